//! What became of a version: in another one, or in the draft.

use std::sync::Arc;

use super::super::difference::{RubricDifferences, changes};
use super::super::draft::TeamRubricView;
use super::super::file::RubricFile;
use super::super::model::{RubricId, RubricVersion, RubricVersionId};
use super::super::store;
use super::writing::show_rubric;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;

/// From any version that the team reads to any other: a copy can be held against what it was copied from. Left out,
/// it is the one [`before`].
pub fn differences(tx: &mut Tx, actor: &Actor, from: Option<RubricVersionId>, to: RubricVersionId) -> Result<RubricDifferences> {
    let to = super::show(tx, actor, to)?;
    let from = match from {
        Some(from) => super::version(tx, from)?,
        None => before(tx, actor, &to)?,
    };
    let changes = changes(&RubricFile::of(&from), &RubricFile::of(&to));
    Ok(RubricDifferences { from: from.summary(), to: Some(to.summary()), changes })
}

/// The version before this one; of a first version what it was copied from, else itself.
pub fn before(tx: &mut Tx, actor: &Actor, version: &Arc<RubricVersion>) -> Result<Arc<RubricVersion>> {
    let earlier = super::versions_of(tx, actor, version.rubric)?.into_iter().find(|other| other.number < version.number);
    if let Some(earlier) = earlier {
        return Ok(earlier);
    }
    let copied_from = store::drafts::find(tx, actor.team_id()?, version.rubric)?.and_then(|rubric| rubric.copied_from);
    copied_from.map_or_else(|| Ok(Arc::clone(version)), |origin| super::version(tx, origin))
}

/// What publishing the draft would change: against what was published last, or else what it was copied from.
pub fn draft_differences(tx: &mut Tx, actor: &Actor, id: RubricId) -> Result<(TeamRubricView, RubricDifferences)> {
    let rubric = show_rubric(tx, actor, id)?;
    let from = rubric.newest_version.as_ref().map(|version| version.id).or(rubric.copied_from).ok_or(Error::NotFound)?;
    let from = super::version(tx, from)?;
    let changes = changes(&RubricFile::of(&from), &rubric.draft.to_file(&from.slug));
    Ok((rubric, RubricDifferences { from: from.summary(), to: None, changes }))
}

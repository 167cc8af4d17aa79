//! What can be done with question sets: reading what is published here, writing in the modules below.

use std::sync::{Arc, LazyLock};

use super::model::{QuestionSetId, QuestionSetVersion, QuestionSetVersionId, QuestionSetVersionSummary};
use super::store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::frozen::Shelf;
use crate::policy::{self, Act, Actor, TeamId};
use crate::web::api::List;
use crate::web::paging::Slice;

mod built_in;
mod comparing;
mod editing;
mod exports;
mod finding;
mod imports;
mod practice;
mod publishing;
mod sets;
mod upstream;

pub(super) use built_in::files as built_in_files;
pub use built_in::import_built_in;
pub use comparing::{difference, draft_difference};
pub use editing::*;
pub use exports::*;
pub use finding::*;
pub use imports::*;
pub use practice::{OpenSet, Practised, practisable, practised};
pub use publishing::*;
pub use sets::*;
pub use upstream::*;

static VERSIONS: LazyLock<Shelf<QuestionSetVersion>> = LazyLock::new(|| Shelf::new(1_000));

/// A version by its id, for a caller who has been let in already.
pub fn version(tx: &mut Tx, id: QuestionSetVersionId) -> Result<Arc<QuestionSetVersion>> {
    load(tx, &[id])?.pop().ok_or(Error::NotFound)
}

/// A version, for somebody who wants to read it.
pub fn show(tx: &mut Tx, actor: &Actor, id: QuestionSetVersionId) -> Result<Arc<QuestionSetVersion>> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    version(tx, id)
}

/// The versions a team sees, its own sets first, newest first within each set.
pub fn published(tx: &mut Tx, actor: &Actor) -> Result<Vec<Arc<QuestionSetVersion>>> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    let mut ids = store::versions::list_ids(tx, actor.team_id()?)?;
    ids.extend(store::library::list_ids(tx)?);
    load(tx, &ids)
}

/// The newest version of each set a team sees.
pub fn newest_each(tx: &mut Tx, actor: &Actor) -> Result<Vec<Arc<QuestionSetVersion>>> {
    let mut newest = published(tx, actor)?;
    newest.dedup_by(|later, first| later.set() == first.set());
    Ok(newest)
}

/// One page of the versions of one question set, newest first.
pub fn versions(tx: &mut Tx, actor: &Actor, set: QuestionSetId, slice: &Slice<i32>) -> Result<List<QuestionSetVersionSummary>> {
    let versions = versions_of(tx, actor, set)?;
    if versions.is_empty() && store::sets::find(tx, actor.team_id()?, set)?.is_none() {
        return Err(Error::NotFound);
    }
    let after = |version: &&Arc<QuestionSetVersion>| slice.after.is_none_or(|after| version.number < after);
    let rows = versions.iter().filter(after).take(slice.rows() as usize).map(|version| version.summary());
    slice.list(rows.collect(), |summary| summary.number)
}

/// All versions of one set, newest first, those of a retired one too.
pub fn versions_of(tx: &mut Tx, actor: &Actor, set: QuestionSetId) -> Result<Vec<Arc<QuestionSetVersion>>> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    let own = store::versions::ids_of(tx, actor.team_id()?, set)?;
    if !own.is_empty() {
        return load(tx, &own);
    }
    let built_in = store::library::list_ids(tx)?;
    Ok(load(tx, &built_in)?.into_iter().filter(|version| version.set() == set).collect())
}

/// Whether it is a set of the team that is offered nowhere any more.
pub fn is_retired(tx: &mut Tx, actor: &Actor, set: QuestionSetId) -> Result<bool> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    Ok(store::sets::find(tx, actor.team_id()?, set)?.is_some_and(|row| row.retired_at.is_some()))
}

/// The newest version of a set, for somebody who wants to read it.
pub fn newest_of(tx: &mut Tx, actor: &Actor, set: QuestionSetId) -> Result<Arc<QuestionSetVersion>> {
    versions_of(tx, actor, set)?.into_iter().next().ok_or(Error::NotFound)
}

/// The newest version of a built-in question set, by its slug.
pub fn newest(tx: &mut Tx, slug: &str) -> Result<Arc<QuestionSetVersion>> {
    let ids = store::library::list_ids(tx)?;
    // The newest version of each comes first.
    load(tx, &ids)?.into_iter().find(|version| version.slug == slug).ok_or(Error::NotFound)
}

/// In the order of `ids`, without those that are another team's.
fn load(tx: &mut Tx, ids: &[QuestionSetVersionId]) -> Result<Vec<Arc<QuestionSetVersion>>> {
    VERSIONS.take(tx, ids, store::library::load, |tx, team, ids| store::versions::load(tx, TeamId(team), ids))
}

//! What changed between two versions, or would change if the draft were published.

use super::super::difference::{ComparedVersion, Outline, SetDifference, Side, words_until};
use super::super::model::{QuestionSetId, QuestionSetVersion, QuestionSetVersionId};
use super::super::store;
use super::{version, versions_of};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, TeamId};
use crate::web::paging::Slice;

/// What changed from one version to another: from the one before it, if none is named.
pub fn difference(
    tx: &mut Tx,
    actor: &Actor,
    to: QuestionSetVersionId,
    from: Option<QuestionSetVersionId>,
    slice: &Slice<usize>,
) -> Result<SetDifference> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    let to = version(tx, to)?;
    let from = match from {
        Some(from) => Some(version(tx, from)?),
        None => versions_of(tx, actor, to.set)?.into_iter().find(|earlier| earlier.number < to.number),
    };
    outlined((from.as_deref(), from_side(from.as_deref())), (Some(&to), Side::of(&to)), slice)
}

/// What publishing the draft would change: since the newest version; in a set without one since the version it was
/// copied from, if none is named.
pub fn draft_difference(
    tx: &mut Tx,
    actor: &Actor,
    set: QuestionSetId,
    from: Option<QuestionSetVersionId>,
    slice: &Slice<usize>,
) -> Result<SetDifference> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    let row = store::sets::find(tx, team, set)?.ok_or(Error::NotFound)?;
    let from = match (from, versions_of(tx, actor, set)?.into_iter().next(), row.copied_from) {
        (Some(from), ..) => Some(version(tx, from)?),
        (None, Some(newest), _) => Some(newest),
        (None, None, Some(origin)) => Some(version(tx, origin)?),
        (None, None, None) => None,
    };
    let draft = draft_side(tx, team, &row)?;
    outlined((from.as_deref(), from_side(from.as_deref())), (None, draft), slice)
}

fn from_side(from: Option<&QuestionSetVersion>) -> Side {
    from.map(Side::of).unwrap_or_default()
}

pub(super) fn draft_side(tx: &mut Tx, team: TeamId, row: &store::sets::SetRow) -> Result<Side> {
    let questions = store::drafts::all(tx, team, row.id)?;
    Ok(Side {
        name: row.name.clone(),
        description: row.description.clone(),
        rubric: row.rubric.clone().unwrap_or_default(),
        questions: questions.into_iter().map(|draft| (draft.id, draft.question)).collect(),
    })
}

type Version<'v> = Option<&'v QuestionSetVersion>;

fn outlined((from, old): (Version, Side), (to, new): (Version, Side), slice: &Slice<usize>) -> Result<SetDifference> {
    let outline = Outline::of(&old, &new);
    let until = words_until();
    let begin = slice.after.map_or(0, |after| after.saturating_add(1));
    let rows = outline.questions(begin, slice.rows() as usize, until);
    let page = slice.list(rows, |(place, _)| *place)?;
    Ok(SetDifference {
        from: from.map(ComparedVersion::of),
        to: to.map(ComparedVersion::of),
        counts: outline.counts(),
        head: outline.head(until),
        questions: page.items.into_iter().map(|(_, question)| question).collect(),
        unchanged_after: if page.next_cursor.is_none() { outline.unchanged_after() } else { Default::default() },
        next_cursor: page.next_cursor,
    })
}

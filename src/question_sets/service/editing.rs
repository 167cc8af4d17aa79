//! Writing the questions of a draft. Each question has a version of its own, so that two people who edit two
//! questions are not in each other's way.

use super::super::draft::{BulkChange, DraftQuestionView, Move, NewOrder, QuestionDraft, TeamSetView, Wanted};
use super::super::file::MOST_QUESTIONS;
use super::super::model::{QuestionId, QuestionSetId};
use super::super::store::drafts::DraftRow;
use super::super::store::{self};
use super::sets::{at_version, show_set};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, TeamId};
use crate::web::api::List;
use crate::web::paging::Slice;

/// One page of a draft's questions in order.
pub fn draft_questions(
    tx: &mut Tx,
    actor: &Actor,
    set: QuestionSetId,
    wanted: &Wanted,
    slice: &Slice<i32>,
) -> Result<List<DraftQuestionView>> {
    let team = editable(tx, actor, set)?;
    let rows = store::drafts::list(tx, team, set, wanted, slice)?;
    slice.list(rows.into_iter().map(view).collect(), |question| question.position)
}

/// The whole draft in order.
pub fn draft(tx: &mut Tx, actor: &Actor, set: QuestionSetId) -> Result<Vec<DraftQuestionView>> {
    let team = editable(tx, actor, set)?;
    Ok(store::drafts::all(tx, team, set)?.into_iter().map(view).collect())
}

pub fn show_draft_question(tx: &mut Tx, actor: &Actor, set: QuestionSetId, id: QuestionId) -> Result<DraftQuestionView> {
    let team = editable(tx, actor, set)?;
    store::drafts::find(tx, team, set, id)?.map(view).ok_or(Error::NotFound)
}

/// A new question behind the others.
pub fn add_draft_question(tx: &mut Tx, actor: &Actor, set: QuestionSetId, question: QuestionDraft) -> Result<DraftQuestionView> {
    let team = locked(tx, actor, set)?;
    let mut question = question;
    let wants_key = question.key.trim().is_empty();
    question = question.tidy()?;
    if wants_key {
        question.key = free_key(tx, team, set, &question.key)?;
    }
    let last = store::drafts::last_position(tx, team, set)?;
    if last as usize >= MOST_QUESTIONS {
        return Err(Error::conflict("set-full", format!("A set has at most {MOST_QUESTIONS} questions.")));
    }
    let id: QuestionId = tx.new_id();
    store::drafts::insert(tx, team, set, last, &[(id, question)], actor.account_or_none())?;
    store::sets::touch(tx, team, set)?;
    show_draft_question(tx, actor, set, id)
}

fn free_key(tx: &mut Tx, team: TeamId, set: QuestionSetId, key: &str) -> Result<String> {
    let taken: Vec<String> = store::drafts::all(tx, team, set)?.into_iter().map(|row| row.question.key).collect();
    let base: String = key.chars().take(55).collect::<String>().trim_end_matches('-').to_owned();
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    Ok(std::iter::once(key.to_owned()).chain(numbered).find(|key| !taken.contains(key)).unwrap_or(base))
}

/// Replaces a question, if it is still at `version`; else nothing is lost: the newest comes back.
pub fn update_draft_question(
    tx: &mut Tx,
    actor: &Actor,
    (set, id): (QuestionSetId, QuestionId),
    version: i32,
    question: QuestionDraft,
) -> Result<DraftQuestionView> {
    let team = locked(tx, actor, set)?;
    let row = store::drafts::lock(tx, team, set, id)?;
    if row.version != version {
        return Err(Error::Stale { current: serde_json::to_value(view(row))? });
    }
    let mut question = question;
    if question.key.trim().is_empty() {
        // A question keeps its key when its title changes.
        question.key = row.question.key;
    }
    store::drafts::update(tx, team, set, id, &question.tidy()?, actor.account_or_none())?;
    store::sets::changed(tx, team, set)?;
    show_draft_question(tx, actor, set, id)
}

pub fn remove_draft_question(tx: &mut Tx, actor: &Actor, set: QuestionSetId, id: QuestionId, version: i32) -> Result<()> {
    let team = locked(tx, actor, set)?;
    let row = store::drafts::lock(tx, team, set, id)?;
    if row.version != version {
        return Err(Error::Stale { current: serde_json::to_value(view(row))? });
    }
    store::drafts::delete(tx, team, set, &[id])?;
    store::sets::touch(tx, team, set)
}

/// The same change for several questions, or takes them out.
pub fn change_draft_questions(tx: &mut Tx, actor: &Actor, set: QuestionSetId, change: &BulkChange) -> Result<TeamSetView> {
    let team = locked(tx, actor, set)?;
    if change.question_ids.is_empty() {
        return Err(Error::invalid("question_ids", "Choose at least one question."));
    }
    let rows = store::drafts::all(tx, team, set)?;
    if let Some(unknown) = change.question_ids.iter().position(|id| rows.iter().all(|row| row.id != *id)) {
        return Err(Error::invalid(format!("question_ids.{unknown}"), "This question is not in the draft any more."));
    }
    if change.remove {
        store::drafts::delete(tx, team, set, &change.question_ids)?;
    } else {
        for mut row in rows.into_iter().filter(|row| change.question_ids.contains(&row.id)) {
            change.apply(&mut row.question);
            store::drafts::update(tx, team, set, row.id, &row.question.tidy()?, actor.account_or_none())?;
        }
    }
    store::sets::touch(tx, team, set)?;
    show_set(tx, actor, set)
}

/// Puts the questions into another order, if the set is still at `version`.
pub fn order_draft_questions(tx: &mut Tx, actor: &Actor, set: QuestionSetId, version: i32, order: &NewOrder) -> Result<TeamSetView> {
    let (team, _) = at_version(tx, actor, set, version)?;
    let mut known = store::drafts::ids(tx, team, set)?;
    let mut given = order.question_ids.clone();
    known.sort();
    given.sort();
    if known != given {
        return Err(Error::invalid("question_ids", "Give every question of the draft once."));
    }
    store::drafts::order(tx, team, set, &order.question_ids)?;
    store::sets::touch(tx, team, set)?;
    show_set(tx, actor, set)
}

/// Moves one question up or down by some places, if the set is still at `version`; gives its new place.
pub fn move_draft_question(tx: &mut Tx, actor: &Actor, (set, id): (QuestionSetId, QuestionId), version: i32, by: isize) -> Result<usize> {
    let team = editable(tx, actor, set)?;
    let ids = store::drafts::ids(tx, team, set)?;
    let from = ids.iter().position(|known| *known == id).ok_or(Error::NotFound)?;
    let place = from.saturating_add_signed(by) + 1;
    place_draft_questions(tx, actor, set, version, &Move { question_ids: vec![id], place })
}

/// Puts questions, in the order they have, at a place of the draft, if the set is still at `version`; gives the place
/// of the first of them.
pub fn place_draft_questions(tx: &mut Tx, actor: &Actor, set: QuestionSetId, version: i32, to: &Move) -> Result<usize> {
    let (team, _) = at_version(tx, actor, set, version)?;
    if to.question_ids.is_empty() {
        return Err(Error::invalid("question_ids", "Choose at least one question."));
    }
    if to.place == 0 {
        return Err(Error::invalid("place", "Places are numbered from 1."));
    }
    let ids = store::drafts::ids(tx, team, set)?;
    if let Some(unknown) = to.question_ids.iter().position(|id| !ids.contains(id)) {
        return Err(Error::invalid(format!("question_ids.{unknown}"), "This question is not in the draft any more."));
    }
    let (moved, mut order): (Vec<_>, Vec<_>) = ids.into_iter().partition(|id| to.question_ids.contains(id));
    let place = (to.place - 1).min(order.len());
    order.splice(place..place, moved);
    store::drafts::order(tx, team, set, &order)?;
    store::sets::touch(tx, team, set)?;
    Ok(place + 1)
}

fn editable(tx: &mut Tx, actor: &Actor, set: QuestionSetId) -> Result<TeamId> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    store::sets::find(tx, team, set)?.ok_or(Error::NotFound)?;
    Ok(team)
}

fn locked(tx: &mut Tx, actor: &Actor, set: QuestionSetId) -> Result<TeamId> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    store::sets::lock(tx, team, set)?;
    Ok(team)
}

fn view(row: DraftRow) -> DraftQuestionView {
    DraftQuestionView {
        id: row.id,
        position: row.position,
        version: row.version,
        missing: row.question.missing(),
        advice: row.question.advice(),
        question: row.question,
        changed_at: row.changed_at,
    }
}

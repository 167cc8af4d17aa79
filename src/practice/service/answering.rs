//! From the first thought to the finished answer.

use super::super::model::{Aloud, AnswerKind, AttemptId, AttemptPhase, AttemptView, OwnAnswer, SaveAnswer, SavedAnswer};
use super::super::store::attempts::{self, AttemptRow};
use super::aloud::{remove_sound, settle};
use super::author;
use super::scoring::reckon;
use super::view::view;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;

/// The answer's time begins; who has begun already goes on.
pub fn begin_answer(tx: &mut Tx, actor: &Actor, id: AttemptId) -> Result<AttemptView> {
    let row = held(tx, actor, id)?;
    if row.phase() == AttemptPhase::Thinking {
        attempts::begin_answer(tx, row.team_id, row.id)?;
    }
    again(tx, actor, &row)
}

/// What was written so far.
pub fn answer(tx: &mut Tx, actor: &Actor, id: AttemptId) -> Result<OwnAnswer> {
    let (team, account) = author(actor)?;
    let row = attempts::find(tx, team, account, id)?.ok_or(Error::NotFound)?;
    Ok(of(&row))
}

/// Saves all of it against the version it was written on. The same save again is the same save. Writing begins the
/// answer.
pub fn save_answer(tx: &mut Tx, actor: &Actor, id: AttemptId, save: &SaveAnswer) -> Result<SavedAnswer> {
    let row = held(tx, actor, id)?;
    if row.knows(save.key) {
        return Ok(SavedAnswer { version: row.version });
    }
    if row.finished_at.is_some() {
        return Err(finished());
    }
    if row.version != save.version {
        return Err(Error::Stale { current: serde_json::to_value(of(&row))? });
    }
    if row.phase() == AttemptPhase::Thinking {
        attempts::begin_answer(tx, row.team_id, row.id)?;
    }
    let version = attempts::save_answer(tx, &row, save.key, &save.text)?;
    Ok(SavedAnswer { version })
}

/// What an answer is finished with.
#[derive(Debug, Clone, Default)]
pub struct Finish {
    /// A text that is saved first.
    pub save: Option<SaveAnswer>,
    /// A recording, saved or kept on the device.
    pub aloud: Option<Aloud>,
}

/// Finishes the answer, typed or said aloud or both; from now on it stays as it is.
pub fn finish(tx: &mut Tx, actor: &Actor, id: AttemptId, with: &Finish) -> Result<AttemptView> {
    let row = held(tx, actor, id)?;
    if row.finished_at.is_some() {
        return again(tx, actor, &row);
    }
    // What was saved by itself meanwhile need not be saved again.
    if let Some(save) = with.save.as_ref().filter(|save| save.text != row.answer) {
        save_answer(tx, actor, id, save)?;
    }
    let row = held(tx, actor, id)?;
    let kind = settle(tx, actor, &row, with.aloud)?;
    if row.answer.trim().is_empty() && kind == AnswerKind::Typed {
        return Err(Error::invalid("text", "Write an answer first, or say it aloud. A few words will do."));
    }
    if row.answering_at.is_none() {
        attempts::begin_answer(tx, row.team_id, row.id)?;
    }
    attempts::finish(tx, row.team_id, row.id, kind)?;
    again(tx, actor, &row)
}

/// It is gone, with all that it was reckoned into.
pub fn remove(tx: &mut Tx, actor: &Actor, id: AttemptId) -> Result<()> {
    let row = held(tx, actor, id)?;
    remove_sound(tx, actor, &row)?;
    attempts::delete(tx, row.team_id, row.id)?;
    reckon(tx, actor, row.question_id)
}

/// One of one's own, which nobody else changes until the commit.
pub(super) fn held(tx: &mut Tx, actor: &Actor, id: AttemptId) -> Result<AttemptRow> {
    let (team, account) = author(actor)?;
    attempts::lock(tx, team, account, id)?.ok_or(Error::NotFound)
}

/// As it is after what was done.
pub(super) fn again(tx: &mut Tx, actor: &Actor, row: &AttemptRow) -> Result<AttemptView> {
    let row = attempts::find(tx, row.team_id, actor.account()?, row.id)?.ok_or(Error::NotFound)?;
    view(tx, actor, &row)
}

fn of(row: &AttemptRow) -> OwnAnswer {
    OwnAnswer { text: row.answer.clone(), version: row.version }
}

fn finished() -> Error {
    Error::conflict("answer-finished", "This answer is finished. Nothing of it changes any more.")
}

//! A full mock interview: questions, order and times as an interview would have them, one after the other.

use super::super::model::{AnswerKind, AttemptPhase, AttemptView, MockId, MockView, NewMock};
use super::super::store::attempts::{self, Which};
use super::super::store::mocks;
use super::asking::{Asked, begin, of_open};
use super::author;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::question_sets::{self, suggest};
use crate::web::paging::Slice;

/// Begins one; the questions are those that would be suggested for an interview of this length. One that goes on is
/// finished first.
pub fn start_mock(tx: &mut Tx, actor: &Actor, new: NewMock) -> Result<MockView> {
    let (team, account) = author(actor)?;
    if mocks::running(tx, team, account)?.is_some() {
        return Err(Error::conflict("mock-goes-on", "A mock interview is going on. Go on with it, or end it."));
    }
    let open = question_sets::practisable(tx, actor)?;
    let version = of_open(&open, new.question_set_version_id)?;
    let questions = suggest(&version, new.level, new.minutes);
    if questions.is_empty() {
        return Err(Error::invalid("minutes", "No question of this set fits this level and time."));
    }
    let id = mocks::insert(tx, (team, account), &version, (new.level, new.minutes), &questions)?;
    mock(tx, actor, id)
}

/// One of one's own: what was asked so far, and nothing of what comes.
pub fn mock(tx: &mut Tx, actor: &Actor, id: MockId) -> Result<MockView> {
    let (team, account) = author(actor)?;
    let row = mocks::find(tx, team, account, id)?.ok_or(Error::NotFound)?;
    let mut asked = attempts::list(tx, account, Which::OfMock(team, id), &Slice::first())?;
    asked.sort_by_key(|attempt| row.question_ids.iter().position(|question| *question == Some(attempt.question_id)));
    Ok(MockView {
        id: row.id,
        question_set_version_id: row.question_set_version_id,
        level: row.level,
        minutes: row.minutes,
        started_at: row.started_at,
        ended_at: row.ended_at,
        now: tx.now,
        questions: row.question_ids.len(),
        attempts: asked,
    })
}

/// The next question; the one that is being answered goes on. After the last the mock is over.
pub fn next_question(tx: &mut Tx, actor: &Actor, id: MockId) -> Result<Option<AttemptView>> {
    let (team, account) = author(actor)?;
    let row = mocks::lock(tx, team, account, id)?.ok_or(Error::NotFound)?;
    if row.ended_at.is_some() {
        return Err(Error::conflict("mock-over", "This mock interview is over."));
    }
    let asked = attempts::list(tx, account, Which::OfMock(team, id), &Slice::first())?;
    if let Some(open) = asked.iter().find(|attempt| matches!(attempt.phase, AttemptPhase::Thinking | AttemptPhase::Answering)) {
        return super::attempt(tx, actor, open.id).map(Some);
    }
    let left = row.question_ids.iter().flatten().find(|question| asked.iter().all(|attempt| attempt.question_id != **question));
    match left.copied() {
        Some(question) => {
            // What was begun at it before becomes the mock's, with what is written there.
            attempts::adopt(tx, team, account, question, id)?;
            let version = question_sets::version(tx, row.question_set_version_id)?;
            let asked = Asked { version, question, level: row.level };
            begin(tx, actor, &asked, AnswerKind::Typed, 0, Some(id)).map(Some)
        }
        None => {
            mocks::end(tx, team, id)?;
            Ok(None)
        }
    }
}

/// Ends it; what was asked can be scored now. An answer that is not finished stays to be finished.
pub fn end_mock(tx: &mut Tx, actor: &Actor, id: MockId) -> Result<MockView> {
    let (team, account) = author(actor)?;
    let row = mocks::lock(tx, team, account, id)?.ok_or(Error::NotFound)?;
    if row.ended_at.is_none() {
        mocks::end(tx, team, id)?;
    }
    mock(tx, actor, id)
}

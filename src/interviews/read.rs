//! What other features ask about an interview.

use chrono::{DateTime, Utc};

use super::model::{Found, PlannedQuestion, SeatView};
use super::store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, InterviewId, Seat};
use crate::question_sets::QuestionId;

/// The interview, if this reader may see it, and what they are in it. Not found else.
pub fn find(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Found> {
    store::find(tx, actor, id)?.ok_or(Error::NotFound)
}

/// Those of these interviews that the reader may see, and what they are in each.
pub fn find_all(tx: &mut Tx, actor: &Actor, ids: &[InterviewId]) -> Result<Vec<Found>> {
    store::find_all(tx, actor, ids)
}

/// The rooms that are open now: for leads and owners all of the team, for others those they are part of.
pub fn live(tx: &mut Tx, actor: &Actor, rows: i64) -> Result<Vec<Found>> {
    store::live(tx, actor, rows)
}

/// What this person is part of that has not begun and was planned for no earlier than `since`, the next first.
pub fn next(tx: &mut Tx, actor: &Actor, since: DateTime<Utc>, rows: i64) -> Result<Vec<Found>> {
    store::next(tx, actor, since, rows)
}

/// Locks the interview's row until the commit. Everything that numbers, submits, reveals or moves the
/// room takes this lock first, so that such acts happen one after the other.
pub fn lock(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<()> {
    store::lock(tx, actor.team_id()?, id)
}

/// The panel, lead interviewer first; removed seats are left out.
pub fn seats(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Vec<SeatView>> {
    store::seats(tx, actor.team_id()?, id)
}

/// The kit's questions in order.
pub fn questions(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Vec<PlannedQuestion>> {
    store::questions(tx, actor.team_id()?, id)
}

/// Puts a question behind the others. The caller holds the lock and has checked that it is of the pinned set.
pub fn add_question(tx: &mut Tx, actor: &Actor, id: InterviewId, question: QuestionId, in_room: bool) -> Result<PlannedQuestion> {
    store::add_question(tx, actor.team_id()?, id, question, in_room)
}

/// For what the candidate alone does: the interview if the reader is its candidate, not found else.
pub fn open_if_candidate(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Found> {
    let found = find(tx, actor, id)?;
    if found.standing.seat == Some(Seat::Candidate) { Ok(found) } else { Err(Error::NotFound) }
}

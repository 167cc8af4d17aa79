//! One's own score, given blind, and what one finds on comparing afterwards.

use super::super::memory::{self, Rating, Review};
use super::super::model::{AttemptId, AttemptPhase, AttemptView, Comparison, GivenScore, NewComparison, NewScore};
use super::super::store::attempts::{self, AttemptRow};
use super::super::store::{cards, mocks};
use super::answering::{again, held};
use super::view::Pinned;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::question_sets::QuestionId;

/// Gives the score; it stays, and what an interviewer listens for opens.
pub fn score(tx: &mut Tx, actor: &Actor, id: AttemptId, new: &NewScore) -> Result<AttemptView> {
    let row = held(tx, actor, id)?;
    match row.phase() {
        AttemptPhase::Scoring => {}
        AttemptPhase::Scored => return Err(Error::conflict("already-scored", "Your score is given. It stays as it is.")),
        _ => return Err(Error::conflict("not-finished", "Finish the answer first.")),
    }
    refuse_in_mock(tx, actor, &row)?;
    let given = GivenScore::parse(new, &Pinned::of(tx, &row)?.scale()?)?;
    attempts::score(tx, row.team_id, row.id, &given)?;
    reckon(tx, actor, row.question_id)?;
    again(tx, actor, &row)
}

/// In an interview nobody is scored between two questions, and one question's points could help with the next.
fn refuse_in_mock(tx: &mut Tx, actor: &Actor, row: &AttemptRow) -> Result<()> {
    let Some(mock) = row.mock_id else { return Ok(()) };
    let mock = mocks::find(tx, row.team_id, actor.account()?, mock)?;
    if mock.is_some_and(|mock| mock.ended_at.is_none()) {
        return Err(Error::conflict("mock-goes-on", "Answers of a mock interview are scored when it is over."));
    }
    Ok(())
}

/// Notes what of the points was in the answer. It may be looked at again and changed.
pub fn compare(tx: &mut Tx, actor: &Actor, id: AttemptId, version: i32, new: &NewComparison) -> Result<AttemptView> {
    let row = held(tx, actor, id)?;
    if row.phase() != AttemptPhase::Scored {
        return Err(Error::conflict("not-scored", "Give your own score first; then there is something to compare with."));
    }
    if attempts::is_open(tx, actor.account()?, row.question_id)? {
        return Err(Error::conflict("answered-anew", "You are answering this question anew. Score that answer first."));
    }
    if row.version != version {
        let current = super::attempt(tx, actor, id)?;
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    let pinned = Pinned::of(tx, &row)?;
    let question = pinned.question()?;
    let points = question.listen_for.len();
    let comparison = Comparison::parse(new, points, question.warning_signs.len())?;
    attempts::compare(tx, &row, &comparison, points)?;
    reckon(tx, actor, row.question_id)?;
    again(tx, actor, &row)
}

/// When the question comes back, from all that was scored of it; never, when nothing was.
pub(super) fn reckon(tx: &mut Tx, actor: &Actor, question: QuestionId) -> Result<()> {
    let (account, zone) = (actor.account()?, actor.time_zone());
    let scored = attempts::reviews(tx, account, question)?;
    let review = |row: &AttemptRow| -> Result<Option<Review>> {
        let (Some(at), Some(area)) = (row.scored_at, row.area_score) else { return Ok(None) };
        let heard = row.kept()?.map(|kept| (kept.heard.len(), kept.points));
        let score = u8::try_from(row.score.unwrap_or(area)).unwrap_or_default();
        Ok(Some(Review { on: at.with_timezone(&zone).date_naive(), rating: Rating::of(score, heard) }))
    };
    let reviews: Vec<Review> = scored.iter().filter_map(|row| review(row).transpose()).collect::<Result<_>>()?;
    let (Some(memory), Some(last)) = (memory::replay(&reviews), scored.last()) else { return cards::forget(tx, account, question) };
    let load = cards::load(tx, account, memory.window(), question)?;
    let daily = cards::schedule(tx, account)?.daily;
    cards::put(tx, account, (last, reviews.len()), &memory, memory.due_on(&load, daily))
}

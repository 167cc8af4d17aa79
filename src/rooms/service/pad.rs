//! Writing together beside a question.

use chrono::TimeDelta;
use uuid::Uuid;

use super::super::model::{EventKind, Phase, already_ended, closed, must_be_open, not_started};
use super::super::pad::{self, AT_ONCE, CheckedUpdate, MAX_UPDATES, OpenPad, PadSaved, PadView};
use super::super::store::{self, PadPlace};
use super::ask::person;
use super::{Entered, enter};
use crate::interviews;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, InterviewId, Seat};
use crate::question_sets::QuestionId;

/// What was typed before the end and could not be sent by then is taken so long after it.
const LATE: TimeDelta = TimeDelta::hours(12);

/// Opens the pad of a question that has come up, or names its language anew. It is told to all.
pub fn open_pad(tx: &mut Tx, actor: &Actor, id: InterviewId, question: QuestionId, open: OpenPad) -> Result<PadView> {
    let found = interviews::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::DriveRoom)?;
    interviews::lock(tx, actor, id)?;
    let mut entered = enter(tx, actor, id)?;
    must_be_open(entered.found.brief.stage())?;
    if entered.room.phase() == Phase::Waiting {
        return Err(not_started());
    }
    let place = place(actor, &entered, question)?;
    let known = store::pad(tx, place)?;
    if known.is_none_or(|(language, _)| language != open.language) {
        store::open_pad(tx, place, open.language, actor.account()?)?;
        entered.room.last_seq += 1;
        store::record(tx, (place.team, id), person(actor)?, entered.room.last_seq, EventKind::PadOpened, Some(question))?;
        store::update_asks(tx, place.team, id, &entered.room)?;
        tx.ring(id.0);
    }
    view(tx, place, 0)
}

/// The pad's updates after a number. Found by who may be in the room, for questions that have come up.
pub fn show_pad(tx: &mut Tx, actor: &Actor, id: InterviewId, question: QuestionId, after: i64) -> Result<PadView> {
    let entered = enter(tx, actor, id)?;
    if closed(entered.found.brief.stage()) {
        return Err(Error::NotFound);
    }
    let place = place(actor, &entered, question)?;
    view(tx, place, after)
}

/// The whole text, as it is now, and the number of the newest update in it.
pub fn pad_text(tx: &mut Tx, actor: &Actor, id: InterviewId, question: QuestionId) -> Result<(String, i64)> {
    let entered = enter(tx, actor, id)?;
    let place = place(actor, &entered, question)?;
    let (_, last) = store::pad(tx, place)?.ok_or(Error::NotFound)?;
    Ok((pad::text(store::contents(tx, place, last)?.iter().map(Vec::as_slice))?, last))
}

/// Adds an update. The same key again is the same update.
pub fn add_pad_update(tx: &mut Tx, actor: &Actor, id: InterviewId, question: QuestionId, update: &CheckedUpdate) -> Result<PadSaved> {
    let (place, candidate) = writes(tx, actor, id, question)?;
    add(tx, actor, place, candidate, update)
}

/// Saves the whole text as it was written on top of an older state of it; nothing of others is lost.
pub fn rewrite_pad(tx: &mut Tx, actor: &Actor, id: InterviewId, question: QuestionId, base: i64, text: &str) -> Result<()> {
    let (place, candidate) = writes(tx, actor, id, question)?;
    let known = store::contents(tx, place, base)?;
    let key = tx.new_id::<Uuid>();
    match pad::rewrite(known.iter().map(Vec::as_slice), key, text)? {
        Some(update) => add(tx, actor, place, candidate, &update).map(drop),
        None => Ok(()),
    }
}

fn add(tx: &mut Tx, actor: &Actor, place: PadPlace, candidate: bool, update: &CheckedUpdate) -> Result<PadSaved> {
    let (_, last) = store::pad_locked(tx, place)?.ok_or(Error::NotFound)?;
    if let Some(number) = store::number_of(tx, place, update.key)? {
        return Ok(PadSaved { number });
    }
    if last >= MAX_UPDATES {
        return Err(Error::conflict("pad-full", "This pad is full. Open the next question's, or go on in your notes."));
    }
    store::add_update(tx, place, last + 1, (person(actor)?, candidate), update)?;
    tx.ring(place.interview.0);
    Ok(PadSaved { number: last + 1 })
}

/// Whoever writes here: a seat that may, while the room runs, or not long after.
fn writes(tx: &mut Tx, actor: &Actor, id: InterviewId, question: QuestionId) -> Result<(PadPlace, bool)> {
    let entered = enter(tx, actor, id)?;
    policy::allow(&entered.found.standing, Act::WritePad)?;
    if closed(entered.found.brief.stage()) {
        return Err(Error::NotFound);
    }
    let place = place(actor, &entered, question)?;
    match entered.room.ended_at {
        Some(ended) if ended + LATE < tx.now => Err(already_ended()),
        _ => Ok((place, entered.found.standing.seat == Some(Seat::Candidate))),
    }
}

/// A question that has not come up has no pad for anybody: its name would tell a candidate what comes.
fn place(actor: &Actor, entered: &Entered, question: QuestionId) -> Result<PadPlace> {
    if entered.room.question(question).is_none() || !entered.room.came_up(question) {
        return Err(Error::NotFound);
    }
    Ok(PadPlace { team: actor.team_id()?, interview: entered.found.brief.id, question })
}

fn view(tx: &mut Tx, place: PadPlace, after: i64) -> Result<PadView> {
    let (language, last_number) = store::pad(tx, place)?.ok_or(Error::NotFound)?;
    let updates = store::updates_after(tx, place, after)?;
    Ok(PadView { question_id: place.question, language, last_number, more: updates.len() as i64 == AT_ONCE, updates })
}

//! Writing together beside a question.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::super::model::{EventKind, Phase, already_ended, closed, must_be_open, not_started};
use super::super::pad::{self, AT_ONCE, CheckedUpdate, MAX_BYTES, MAX_UPDATES, OpenPad, Pad, PadOfInterview, PadSaved, PadView};
use super::super::store::{self, PadPlace};
use super::ask::person;
use super::{Entered, enter, enter_to};
use crate::interviews;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, InterviewId, Seat};
use crate::question_sets::QuestionId;

/// What was typed before the end and could not be sent by then is taken so long after it.
const LATE: TimeDelta = TimeDelta::hours(12);

/// A pad as it was after one of its updates.
pub struct PadReading {
    pub entered: Entered,
    pub pad: Pad,
    /// Its place among the interview's pads, from 1.
    pub place: usize,
    /// The update after which it is shown; 0 is the empty pad.
    pub at: i64,
    pub made_at: Option<DateTime<Utc>>,
    pub text: String,
    /// The reader may still type.
    pub writes: bool,
}

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
    let known = entered.room.pad(question).copied();
    if known.is_none_or(|pad| pad.language != open.language) {
        store::open_pad(tx, place, open.language, actor.account()?)?;
        entered.room.last_seq += 1;
        store::record(tx, (place.team, id), person(actor)?, entered.room.last_seq, EventKind::PadOpened, Some(question))?;
        store::count_event(tx, place.team, id, entered.room.last_seq)?;
        tx.ring(id.0);
    }
    let last_number = known.map_or(0, |pad| pad.last_number);
    view(tx, place, Pad { question_id: question, language: open.language, last_number }, 0)
}

/// The pads of an interview, in the order in which they were opened, for who reads more of it than its candidate.
pub fn pads(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Vec<PadOfInterview>> {
    let entered = enter_to(Act::ReadDebrief, tx, actor, id)?;
    let named = |pad: &Pad| {
        let question = entered.set.question(pad.question_id)?;
        Some(PadOfInterview { question_id: pad.question_id, title: question.title.clone(), language: pad.language })
    };
    Ok(entered.room.pads.iter().filter_map(named).collect())
}

/// What each pad of an interview came to, for who may read it: its question and its text, nobody's keystrokes.
pub fn pad_texts(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Vec<(QuestionId, String)>> {
    let entered = enter_to(Act::ReadPad, tx, actor, id)?;
    let mut contents = store::all_contents(tx, actor.team_id()?, id)?;
    let text = |pad: &Pad| {
        let updates = contents.remove(&pad.question_id).unwrap_or_default();
        Ok((pad.question_id, pad::text(updates.iter().map(Vec::as_slice))?))
    };
    entered.room.pads.iter().map(text).collect()
}

/// The pad's updates after a number, for who may read it.
pub fn show_pad(tx: &mut Tx, actor: &Actor, id: InterviewId, question: QuestionId, after: i64) -> Result<PadView> {
    let (entered, place, pad) = opened(Act::ReadPad, tx, actor, id, question)?;
    drop(entered);
    view(tx, place, pad, after)
}

/// The text as it was after an update, or as it is now.
pub fn read_pad(tx: &mut Tx, actor: &Actor, id: InterviewId, question: QuestionId, at: Option<i64>) -> Result<PadReading> {
    let (entered, place, pad) = opened(Act::ReadPad, tx, actor, id, question)?;
    let at = at.unwrap_or(pad.last_number).clamp(0, pad.last_number);
    let text = pad::text(store::contents(tx, place, at)?.iter().map(Vec::as_slice))?;
    let made_at = store::made_at(tx, place, at)?;
    let place = entered.room.pads.iter().position(|one| one.question_id == question).map_or(0, |place| place + 1);
    let writes = policy::may(&entered.found.standing, Act::WritePad) && entered.room.ended_at.is_none();
    Ok(PadReading { entered, pad, place, at, made_at, text, writes })
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
    let (last, bytes) = store::hold_pad(tx, place)?.ok_or(Error::NotFound)?;
    if let Some(number) = store::number_of(tx, place, update.key)? {
        return Ok(PadSaved { number });
    }
    if last >= MAX_UPDATES || bytes + update.bytes.len() as i64 > MAX_BYTES {
        return Err(Error::conflict("pad-full", "This pad is full. Keep a copy of your text, and go on in another question's pad."));
    }
    store::add_update(tx, place, last + 1, (person(actor)?, candidate), update)?;
    tx.ring(place.interview.0);
    Ok(PadSaved { number: last + 1 })
}

/// Whoever writes here: a seat that may, while the room runs, or not long after.
fn writes(tx: &mut Tx, actor: &Actor, id: InterviewId, question: QuestionId) -> Result<(PadPlace, bool)> {
    let (entered, place, _) = opened(Act::WritePad, tx, actor, id, question)?;
    match entered.room.ended_at {
        Some(ended) if ended + LATE < tx.now => Err(already_ended()),
        _ => Ok((place, entered.found.standing.seat == Some(Seat::Candidate))),
    }
}

/// A pad that is there, for an act.
fn opened(act: Act, tx: &mut Tx, actor: &Actor, id: InterviewId, question: QuestionId) -> Result<(Entered, PadPlace, Pad)> {
    let entered = enter_to(act, tx, actor, id)?;
    if closed(entered.found.brief.stage()) {
        return Err(Error::NotFound);
    }
    let place = place(actor, &entered, question)?;
    let pad = *entered.room.pad(question).ok_or(Error::NotFound)?;
    Ok((entered, place, pad))
}

/// A question that has not come up has no pad for anybody: its name would tell a candidate what comes.
fn place(actor: &Actor, entered: &Entered, question: QuestionId) -> Result<PadPlace> {
    if entered.room.question(question).is_none() || !entered.room.came_up(question) {
        return Err(Error::NotFound);
    }
    Ok(PadPlace { team: actor.team_id()?, interview: entered.found.brief.id, question })
}

fn view(tx: &mut Tx, place: PadPlace, pad: Pad, after: i64) -> Result<PadView> {
    let updates = store::updates_after(tx, place, after)?;
    let Pad { question_id, language, last_number } = pad;
    Ok(PadView { question_id, language, last_number, more: updates.len() as i64 == AT_ONCE, updates })
}

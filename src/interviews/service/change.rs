//! Another time, no interview at all, nobody there: what happens to a plan, with author and reason.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::super::model::{Absent, Brief, ChangeKind, InterviewView, NewCancellation, NewNoShow, NewSchedule, Stage, start};
use super::super::store::{self, NewChange, Schedule};
use super::letters::{self, News};
use super::{check, link, remind, show, state, swap};
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::{Actor, InterviewId, TeamId};

/// Moves an interview that has not begun. Panel and candidate are told, and their calendars follow.
pub fn reschedule(tx: &mut Tx, actor: &Actor, id: InterviewId, version: i32, new: &NewSchedule) -> Result<InterviewView> {
    let before = show::for_change(tx, actor, id, Some(version))?;
    state::scheduled(&before)?;
    let (to, reason) = schedule(&before, new, tx.now)?;
    if to == Slot::before(&before) {
        return Err(Error::conflict("unchanged", "This is what is planned already. Change the time, the length or the place."));
    }
    move_to(tx, actor, before, &to, reason.clone())?;
    let after = store::brief(tx, actor.team_id()?, id)?.ok_or(Error::NotFound)?;
    swap::follow(tx, actor, &after, &reason)?;
    show::show(tx, actor, id)
}

/// Writes another time and place down, and tells everybody.
pub fn move_to(tx: &mut Tx, actor: &Actor, before: Brief, to: &Slot, reason: String) -> Result<()> {
    let (team, author, id) = (actor.team_id()?, actor.account()?, before.id);
    store::reschedule(tx, team, id, &to.of())?;
    let after = store::brief(tx, team, id)?.ok_or(Error::NotFound)?;
    let detail = json!({"from": slot(&before), "to": slot(&after)});
    store::note(tx, team, id, author, &NewChange { kind: ChangeKind::Rescheduled, reason: reason.clone(), detail })?;
    link::prolong(tx, team, &after)?;
    letters::tell(tx, team, &after, &News::Rescheduled { before: Box::new(before), reason })?;
    remind::enqueue(tx, team, &after)
}

/// Calls an interview off that has not begun; a draft is put away, and nobody needs to know.
pub fn cancel(tx: &mut Tx, actor: &Actor, id: InterviewId, version: Option<i32>, new: &NewCancellation) -> Result<InterviewView> {
    let brief = show::for_change(tx, actor, id, version)?;
    state::cancellable(&brief)?;
    let reason = reason(&new.reason, 1)?;
    call_off(tx, actor, &brief, reason.clone())?;
    let after = store::brief(tx, actor.team_id()?, id)?.ok_or(Error::NotFound)?;
    swap::follow(tx, actor, &after, &reason)?;
    show::show(tx, actor, id)
}

/// Writes down that it is off, and tells everybody who knew of it.
pub fn call_off(tx: &mut Tx, actor: &Actor, brief: &Brief, reason: String) -> Result<()> {
    let (team, author, id) = (actor.team_id()?, actor.account()?, brief.id);
    store::cancel(tx, team, id)?;
    store::note(tx, team, id, author, &NewChange { kind: ChangeKind::Cancelled, reason: reason.clone(), detail: json!({}) })?;
    if brief.stage() != Stage::Scheduled {
        return Ok(());
    }
    let after = store::brief(tx, team, id)?.ok_or(Error::NotFound)?;
    letters::tell(tx, team, &after, &News::Cancelled { reason })
}

/// Notes who did not come, from the planned start on, as long as the interview is not over.
pub fn mark_no_show(tx: &mut Tx, actor: &Actor, id: InterviewId, version: Option<i32>, new: &NewNoShow) -> Result<InterviewView> {
    let brief = show::for_change(tx, actor, id, version)?;
    state::missable(&brief, tx.now)?;
    let (team, author) = (actor.team_id()?, actor.account()?);
    let detail = absent(tx, team, &brief, new)?;
    let reason = reason(&new.reason, 0)?;
    store::mark_no_show(tx, team, id)?;
    store::note(tx, team, id, author, &NewChange { kind: ChangeKind::NoShow, reason, detail })?;
    tx.ring(id.0);
    show::show(tx, actor, id)
}

fn absent(tx: &mut Tx, team: TeamId, brief: &Brief, new: &NewNoShow) -> Result<Value> {
    match (new.who, new.account_id) {
        (Absent::Candidate, None) => Ok(json!({"who": "candidate"})),
        (Absent::Candidate, Some(_)) => Err(Error::invalid("account_id", "The candidate needs no account here.")),
        (Absent::Interviewer, account) => {
            let seats = store::seats(tx, team, brief.id)?;
            let seat = seats.iter().find(|seat| Some(seat.account_id) == account);
            let seat = seat.ok_or_else(|| Error::invalid("account_id", "Choose who of the panel did not come."))?;
            Ok(json!({"who": "interviewer", "account_id": seat.account_id}))
        }
    }
}

/// Why, on one line; `least` is 0 where it may be left away.
pub fn reason(text: &str, least: usize) -> Result<String> {
    parse::line(text, least, 500)
        .map_err(|message| Error::invalid("reason", if least > 0 && text.trim().is_empty() { "Say why.".into() } else { message }))
}

/// A time and a place that keep the rules.
#[derive(PartialEq)]
pub struct Slot {
    pub starts_at: DateTime<Utc>,
    pub time_zone: chrono_tz::Tz,
    pub minutes: i32,
    pub extra_minutes: i32,
    pub place: String,
}

impl Slot {
    pub fn before(brief: &Brief) -> Self {
        Slot {
            starts_at: brief.starts_at,
            time_zone: brief.time_zone,
            minutes: brief.minutes,
            extra_minutes: brief.extra_minutes,
            place: brief.place.clone(),
        }
    }

    fn of(&self) -> Schedule<'_> {
        Schedule {
            starts_at: self.starts_at,
            time_zone: self.time_zone,
            minutes: self.minutes,
            extra_minutes: self.extra_minutes,
            place: &self.place,
        }
    }
}

fn schedule(before: &Brief, new: &NewSchedule, now: DateTime<Utc>) -> Result<(Slot, String)> {
    let mut errors = FieldErrors::default();
    let time_zone = match &new.time_zone {
        None => Some(before.time_zone),
        Some(zone) => errors.take("time_zone", parse::time_zone(zone)),
    };
    let starts_at = time_zone.and_then(|zone| {
        let parsed = start::parse(&new.starts_at, zone).and_then(|at| start::check(at, now, false).map(|()| at));
        errors.take("starts_at", parsed)
    });
    let minutes = errors.take("minutes", check::within(new.minutes.unwrap_or(before.minutes), 5, 480));
    let extra_minutes = errors.take("extra_minutes", check::within(new.extra_minutes.unwrap_or(before.extra_minutes), 0, 240));
    let place = errors.take("place", parse::line(new.place.as_deref().unwrap_or(&before.place), 0, 500));
    let why = match reason(&new.reason, 1) {
        Ok(reason) => Some(reason),
        Err(Error::Invalid(wrong)) => {
            wrong.iter().for_each(|error| errors.add(&error.field, &error.message));
            None
        }
        Err(other) => return Err(other),
    };
    match (starts_at, time_zone, minutes, extra_minutes, place, why) {
        (Some(starts_at), Some(time_zone), Some(minutes), Some(extra_minutes), Some(place), Some(reason)) => {
            Ok((Slot { starts_at, time_zone, minutes, extra_minutes, place }, reason))
        }
        _ => Err(Error::Invalid(errors)),
    }
}

fn slot(brief: &Brief) -> Value {
    json!({
        "starts_at": brief.starts_at,
        "time_zone": brief.time_zone.name(),
        "minutes": brief.minutes,
        "extra_minutes": brief.extra_minutes,
        "place": brief.place,
    })
}

//! Changes of the panel after planning. There is always one lead interviewer, and every area stays owned.

use serde_json::{Value, json};

use super::super::model::{AddSeat, Brief, ChangeKind, ChangeSeat, InterviewView, NewSeat, RemoveSeat, SeatView, Stage, areas};
use super::super::store::{self, NewChange, Recipient};
use super::change::reason;
use super::check::{self, Panel};
use super::letters::{self, News};
use super::{remind, show, state};
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{AccountId, Actor, InterviewId, Seat};

/// Seats somebody; also while it runs, and after it until the decision: such a late seat owes no card.
pub fn add_seat(tx: &mut Tx, actor: &Actor, id: InterviewId, version: Option<i32>, new: &AddSeat) -> Result<InterviewView> {
    let brief = show::for_change(tx, actor, id, version)?;
    state::joinable(&brief, new.seat)?;
    let before = store::seats(tx, actor.team_id()?, id)?;
    let mut seats = before.clone();
    if seats.iter().any(|seat| seat.account_id == new.account_id) {
        return Err(Error::invalid("account_id", "This person has a seat already."));
    }
    let wanted = NewSeat { account_id: new.account_id, seat: new.seat, areas: new.areas.clone() };
    check_one(tx, actor, &brief, &wanted)?;
    hand_over(&mut seats, new.account_id, new.seat);
    let why = reason(&new.reason, 0)?;
    let newcomer = SeatView {
        account_id: new.account_id,
        name: String::new(),
        email: String::new(),
        seat: new.seat,
        areas: new.areas.clone(),
        added_at: tx.now,
    };
    seats.push(newcomer);
    let brief = save(tx, actor, &brief, &seats)?;
    note(tx, actor, id, (ChangeKind::SeatAdded, why), (new.account_id, described))?;
    tell(tx, actor, &brief, (&before, &seats))?;
    show::show(tx, actor, id)
}

/// Gives somebody of the panel another part, until the interview is over.
pub fn change_seat(
    tx: &mut Tx,
    actor: &Actor,
    id: InterviewId,
    version: i32,
    account: AccountId,
    new: &ChangeSeat,
) -> Result<InterviewView> {
    let brief = show::for_change(tx, actor, id, Some(version))?;
    state::not_over(&brief)?;
    let panel = store::seats(tx, actor.team_id()?, id)?;
    let before = panel.iter().find(|seat| seat.account_id == account).cloned().ok_or(Error::NotFound)?;
    if before.seat == Seat::LeadInterviewer && new.seat != Seat::LeadInterviewer {
        return Err(needs_lead());
    }
    let kept = if areas::counts(new.seat) { before.areas.clone() } else { Vec::new() };
    let areas = new.areas.clone().unwrap_or(kept);
    check_one(tx, actor, &brief, &NewSeat { account_id: account, seat: new.seat, areas: areas.clone() })?;
    let why = reason(&new.reason, 0)?;
    let mut seats = panel.clone();
    hand_over(&mut seats, account, new.seat);
    for seat in seats.iter_mut().filter(|seat| seat.account_id == account) {
        seat.seat = new.seat;
        seat.areas.clone_from(&areas);
    }
    let brief = save(tx, actor, &brief, &seats)?;
    let detail = |after: &SeatView| json!({"account_id": account, "from": described(&before), "to": described(after)});
    note(tx, actor, id, (ChangeKind::SeatChanged, why), (account, detail))?;
    tell(tx, actor, &brief, (&panel, &seats))?;
    show::show(tx, actor, id)
}

/// Takes somebody off the panel, until the interview is over. What they wrote stays.
pub fn remove_seat(
    tx: &mut Tx,
    actor: &Actor,
    id: InterviewId,
    version: Option<i32>,
    (account, remove): (AccountId, &RemoveSeat),
) -> Result<InterviewView> {
    let brief = show::for_change(tx, actor, id, version)?;
    state::not_over(&brief)?;
    let (team, author) = (actor.team_id()?, actor.account()?);
    let mut seats = store::seats(tx, team, id)?;
    let at = seats.iter().position(|seat| seat.account_id == account).ok_or(Error::NotFound)?;
    if seats[at].seat == Seat::LeadInterviewer {
        return Err(needs_lead());
    }
    let why = reason(&remove.reason, 0)?;
    let leaver = store::recipients(tx, team, id)?.into_iter().find(|person| person.account_id == account);
    let gone = seats.remove(at);
    store::remove_seat(tx, team, id, account)?;
    let brief = save(tx, actor, &brief, &seats)?;
    store::note(tx, team, id, author, &NewChange { kind: ChangeKind::SeatRemoved, reason: why.clone(), detail: described(&gone) })?;
    tell_leaver(tx, actor, &brief, leaver, &why)?;
    show::show(tx, actor, id)
}

/// Tells who was given a seat, or another one; a panel that is over or running has seen each other.
fn tell(tx: &mut Tx, actor: &Actor, brief: &Brief, (before, after): (&[SeatView], &[SeatView])) -> Result<()> {
    if brief.stage() != Stage::Scheduled {
        return Ok(());
    }
    for seat in after {
        let news = match before.iter().find(|other| other.account_id == seat.account_id) {
            None => News::Planned,
            Some(other) if other.seat != seat.seat => News::Reseated,
            Some(_) => continue,
        };
        letters::tell_one(tx, actor.team_id()?, brief, seat.account_id, &news)?;
    }
    Ok(())
}

fn tell_leaver(tx: &mut Tx, actor: &Actor, brief: &Brief, leaver: Option<Recipient>, reason: &str) -> Result<()> {
    match leaver {
        Some(leaver) if brief.stage() == Stage::Scheduled => letters::tell_leaver(tx, actor.team_id()?, brief, &leaver, reason),
        _ => Ok(()),
    }
}

fn needs_lead() -> Error {
    Error::conflict("lead-needed", "Somebody must lead. Make another person the lead interviewer first; this one is an interviewer then.")
}

fn check_one(tx: &mut Tx, actor: &Actor, brief: &Brief, seat: &NewSeat) -> Result<()> {
    let members = store::members(tx, actor.team_id()?, Some(&[seat.account_id]))?;
    let world = Panel { members: &members, mode: brief.mode, candidate_account: brief.candidate_account, draft: false };
    let mut errors = FieldErrors::default();
    check::check_seat("", seat, &world, &mut errors);
    errors.check()
}

/// A new lead interviewer makes the one before an interviewer.
fn hand_over(seats: &mut [SeatView], to: AccountId, seat: Seat) {
    if seat == Seat::LeadInterviewer {
        for other in seats.iter_mut().filter(|other| other.seat == Seat::LeadInterviewer && other.account_id != to) {
            other.seat = Seat::Interviewer;
        }
    }
}

/// Writes the panel with every area owned, and a new version of the plan. Calendars name the panel, so their
/// sequence rises too, and the reminders are those of the new one.
fn save(tx: &mut Tx, actor: &Actor, brief: &Brief, seats: &[SeatView]) -> Result<Brief> {
    let team = actor.team_id()?;
    let mut owned: Vec<_> = seats.iter().map(|seat| (seat.seat, seat.areas.clone())).collect();
    areas::share_out(&mut owned);
    for (seat, (_, areas)) in seats.iter().zip(owned) {
        store::put_seat(tx, team, brief.id, seat.account_id, seat.seat, &areas)?;
    }
    store::bump(tx, team, brief.id)?;
    tx.ring(brief.id.0);
    let after = store::brief(tx, team, brief.id)?.ok_or(Error::NotFound)?;
    if after.stage() == Stage::Scheduled {
        remind::enqueue(tx, team, &after)?;
    }
    Ok(after)
}

fn note(
    tx: &mut Tx,
    actor: &Actor,
    id: InterviewId,
    (kind, reason): (ChangeKind, String),
    (account, detail): (AccountId, impl Fn(&SeatView) -> Value),
) -> Result<()> {
    let team = actor.team_id()?;
    let seats = store::seats(tx, team, id)?;
    let after = seats.iter().find(|seat| seat.account_id == account).ok_or(Error::NotFound)?;
    store::note(tx, team, id, actor.account()?, &NewChange { kind, reason, detail: detail(after) })
}

/// By id: a name is looked up when the history is read, so that who leaves for good leaves no name behind.
fn described(seat: &SeatView) -> Value {
    json!({"account_id": seat.account_id, "seat": seat.seat, "areas": seat.areas})
}

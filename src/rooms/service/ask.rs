//! What a candidate asks for in the room. It is said to everybody there, and changes no clock: a break
//! comes when who drives makes one, and quiet minutes count like any others.

use chrono::TimeDelta;
use uuid::Uuid;

use super::super::model::{AskBreak, AskQuiet, EventKind, MOST_QUIET, Phase, already_ended, must_be_open, not_started};
use super::super::store;
use super::super::view::{self, RoomView};
use super::{Entered, enter};
use crate::interviews;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, InterviewId};

/// Asks for a break, or takes that back. During a break it is no act.
pub fn ask_break(tx: &mut Tx, actor: &Actor, id: InterviewId, ask: AskBreak) -> Result<RoomView> {
    let mut entered = hold(tx, actor, id)?;
    let asked = entered.room.break_asked_at.is_some();
    if asked != ask.asked && entered.room.phase() == Phase::Live {
        entered.room.break_asked_at = ask.asked.then_some(tx.now);
        write(tx, actor, &mut entered, if ask.asked { EventKind::BreakAsked } else { EventKind::BreakWithdrawn })?;
    }
    Ok(view::of(&entered, actor, tx.now))
}

/// Takes some minutes to think from now on, or ends them.
pub fn ask_quiet(tx: &mut Tx, actor: &Actor, id: InterviewId, ask: AskQuiet) -> Result<RoomView> {
    if ask.minutes > MOST_QUIET {
        return Err(Error::invalid("minutes", format!("Take up to {MOST_QUIET} minutes at a time.")));
    }
    let mut entered = hold(tx, actor, id)?;
    if ask.minutes > 0 && entered.room.phase() == Phase::Paused {
        return Err(Error::conflict("paused", "It is a break: the clock stands still, and you can take your time."));
    }
    let before = entered.room.quiet_until.filter(|until| *until > tx.now);
    if ask.minutes > 0 || before.is_some() {
        entered.room.quiet_until = (ask.minutes > 0).then(|| tx.now + TimeDelta::minutes(i64::from(ask.minutes)));
        write(tx, actor, &mut entered, if ask.minutes > 0 { EventKind::QuietBegan } else { EventKind::QuietEnded })?;
    }
    Ok(view::of(&entered, actor, tx.now))
}

/// The room for its candidate: visible, allowed, locked, read anew, begun and not over.
fn hold(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Entered> {
    let found = interviews::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::AskInRoom)?;
    interviews::lock(tx, actor, id)?;
    let entered = enter(tx, actor, id)?;
    must_be_open(entered.found.brief.stage())?;
    match entered.room.phase() {
        Phase::Waiting => Err(not_started()),
        Phase::Ended => Err(already_ended()),
        Phase::Live | Phase::Paused => Ok(entered),
    }
}

fn write(tx: &mut Tx, actor: &Actor, entered: &mut Entered, kind: EventKind) -> Result<()> {
    let (team, id) = (actor.team_id()?, entered.found.brief.id);
    entered.room.last_seq += 1;
    store::record(tx, (team, id), person(actor)?, entered.room.last_seq, kind, None)?;
    store::update_asks(tx, team, id, &entered.room)?;
    tx.ring(id.0);
    Ok(())
}

/// Who is in the room: an account, or the link a candidate came by.
pub fn person(actor: &Actor) -> Result<Uuid> {
    actor.reader().ok_or(Error::Unauthenticated)
}

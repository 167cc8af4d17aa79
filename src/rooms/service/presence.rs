//! Being in a room: what open pages say of the people before them.

use super::super::jobs;
use super::super::model;
use super::super::presence::{PageId, Presence, SayPresence};
use super::super::store;
use super::ask::person;
use crate::interviews;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, InterviewId, Seat};

/// Takes a page's word. Whoever else is there is told when it changes what is known of a person.
pub fn say_presence(tx: &mut Tx, actor: &Actor, id: InterviewId, page: PageId, say: SayPresence) -> Result<()> {
    let found = interviews::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::EnterRoom)?;
    if model::closed(found.brief.stage()) {
        return Err(Error::NotFound);
    }
    let team = actor.team_id()?;
    if say.presence != Presence::Left && store::nobody_said(tx, (team, id))? {
        jobs::forget_presence_later(tx, team, id)?;
    }
    let candidate = found.standing.seat == Some(Seat::Candidate);
    if store::say_presence(tx, (team, id), page, (person(actor)?, candidate), say.presence)? {
        tx.ring(id.0);
    }
    Ok(())
}

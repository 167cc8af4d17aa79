//! The candidate's own notes: read and written by them, before, during and after the interview.

use super::super::model;
use super::super::own_notes::{OwnNotes, SaveNotes, SavedNotes};
use super::super::store;
use crate::interviews;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, InterviewId, TeamId};

/// What was written so far; empty before that.
pub fn own_notes(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<OwnNotes> {
    let team = scope(tx, actor, id)?;
    Ok(store::own_notes(tx, team, id)?.unwrap_or_default())
}

/// Saves all of it against the version it was written on. The same save again is the same save.
pub fn save_own_notes(tx: &mut Tx, actor: &Actor, id: InterviewId, save: &SaveNotes) -> Result<SavedNotes> {
    let team = scope(tx, actor, id)?;
    if let Some(version) = store::save_own_notes(tx, team, id, save)? {
        return Ok(SavedNotes { version });
    }
    let current = store::own_notes(tx, team, id)?.unwrap_or_default();
    Err(Error::Stale { current: serde_json::to_value(current)? })
}

fn scope(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<TeamId> {
    let found = interviews::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::KeepOwnNotes)?;
    if model::closed(found.brief.stage()) { Err(Error::NotFound) } else { actor.team_id() }
}

//! Leaving for good: what becomes of each team when one of its people is deleted.

use super::members::end;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, Role, TeamId};
use crate::teams::model::TeamFate;
use crate::teams::store;

/// Every team one is in or was in.
pub fn all_teams(tx: &mut Tx, actor: &Actor) -> Result<Vec<TeamId>> {
    let account = actor.account()?;
    tx.enter_account(account.0)?;
    store::all_teams_of(tx, account)
}

/// What deleting one's account would mean for the team whose door is open; none for one that was left before.
pub fn fate(tx: &mut Tx, actor: &Actor, team: TeamId) -> Result<Option<TeamFate>> {
    let account = actor.account()?;
    let Some(member) = store::find_member(tx, team, account)? else { return Ok(None) };
    Ok(Some(if store::is_alone(tx, team, account)? {
        TeamFate::Goes
    } else if member.role == Role::Owner && !store::has_other_owner(tx, team, account)? {
        TeamFate::NeedsOwner
    } else {
        TeamFate::Stays
    }))
}

/// Ends one's part in the team whose door is open. Where nobody else is in it, it goes with all that it has; gives
/// whether it did.
pub fn erase(tx: &mut Tx, actor: &Actor, team: TeamId) -> Result<bool> {
    let account = actor.account()?;
    store::lock_team(tx, team)?;
    let fate = fate(tx, actor, team)?;
    match fate {
        Some(TeamFate::Goes) => store::erase_team(tx, team)?,
        Some(TeamFate::NeedsOwner) => {
            let name = store::team_name(tx, team)?.unwrap_or_default();
            let why = format!("{name} has no other owner. Make somebody else an owner there first.");
            return Err(Error::conflict("last-owner", why));
        }
        Some(TeamFate::Stays) => {
            store::forget_address(tx, team, account)?;
            end(tx, team, account)?;
        }
        None => store::forget_address(tx, team, account)?,
    }
    Ok(fate == Some(TeamFate::Goes))
}

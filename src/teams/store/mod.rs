//! SQL of teams, memberships and invitations.

mod invitations;
mod members;
mod own_data;

use diesel::prelude::*;

use super::model::{NewTeam, TeamOfAccount};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, Role, TeamId};
use crate::schema::{memberships, teams};

pub use invitations::*;
pub use members::*;
pub use own_data::*;

pub fn insert_team(tx: &mut Tx, id: TeamId, new: &NewTeam) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(teams::table)
        .values((
            teams::id.eq(id),
            teams::name.eq(&new.name),
            teams::mode.eq(new.mode),
            teams::personal.eq(new.personal),
            teams::time_zone.eq(new.time_zone.name()),
            teams::created_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub fn update_team(tx: &mut Tx, id: TeamId, team: &NewTeam) -> Result<()> {
    diesel::update(teams::table.find(id.0))
        .set((teams::name.eq(&team.name), teams::mode.eq(team.mode), teams::time_zone.eq(team.time_zone.name())))
        .execute(tx.conn())?;
    Ok(())
}

/// None where there is no such team, or its door is not open.
pub fn team_name(tx: &mut Tx, id: TeamId) -> Result<Option<String>> {
    Ok(teams::table.find(id.0).select(teams::name).first(tx.conn()).optional()?)
}

/// Locks the team until the commit: who changes its people does so one after the other.
pub fn lock_team(tx: &mut Tx, id: TeamId) -> Result<()> {
    let locked: Option<TeamId> = teams::table.find(id.0).select(teams::id).for_update().first(tx.conn()).optional()?;
    locked.map(|_| ()).ok_or(Error::NotFound)
}

/// Shared teams first.
pub fn teams_of(tx: &mut Tx, account: AccountId) -> Result<Vec<TeamOfAccount>> {
    let rows: Vec<(TeamId, String, Role, bool)> = memberships::table
        .inner_join(teams::table)
        .filter(memberships::account_id.eq(account).and(memberships::removed_at.is_null()))
        .order((teams::personal, teams::name, teams::id))
        .select((teams::id, teams::name, memberships::role, teams::personal))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(id, name, role, personal)| TeamOfAccount { id, name, role, personal }).collect())
}

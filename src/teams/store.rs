//! SQL of teams and memberships.

use diesel::prelude::*;

use super::model::{NewTeam, TeamOfAccount};
use crate::platform::db::Tx;
use crate::platform::error::{Error, OnConstraint as _, Result};
use crate::policy::{AccountId, Role, TeamId};
use crate::schema::{memberships, teams};

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

/// A removed member who is asked in again takes their old place with the new role.
pub fn insert_membership(tx: &mut Tx, team: TeamId, account: AccountId, role: Role) -> Result<()> {
    let now = tx.now;
    let back = diesel::update(memberships::table.find((team.0, account.0)).filter(memberships::removed_at.is_not_null()))
        .set((memberships::role.eq(role), memberships::removed_at.eq(None::<chrono::DateTime<chrono::Utc>>)))
        .execute(tx.conn())?;
    if back == 1 {
        return Ok(());
    }
    diesel::insert_into(memberships::table)
        .values((
            memberships::team_id.eq(team),
            memberships::account_id.eq(account),
            memberships::role.eq(role),
            memberships::created_at.eq(now),
        ))
        .execute(tx.conn())
        .on_constraint("memberships_pkey", Error::conflict("already-member", "This person is in the team already."))?;
    Ok(())
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

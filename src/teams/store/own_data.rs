//! What a team holds of one of its people, to be taken along or deleted.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Uuid as SqlUuid;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::schema::{accounts, invitations, memberships};

/// Every team this account is or was in, through the account's door.
pub fn all_teams_of(tx: &mut Tx, account: AccountId) -> Result<Vec<TeamId>> {
    Ok(memberships::table
        .filter(memberships::account_id.eq(account))
        .order(memberships::team_id)
        .select(memberships::team_id)
        .load(tx.conn())?)
}

/// Whether nobody else is in the team.
pub fn is_alone(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<bool> {
    let others = memberships::table
        .filter(memberships::team_id.eq(team).and(memberships::account_id.ne(account)))
        .filter(memberships::removed_at.is_null());
    Ok(!diesel::select(diesel::dsl::exists(others)).get_result(tx.conn())?)
}

/// Deletes all that the team has. The database lets only the last person in it do that.
pub fn erase_team(tx: &mut Tx, team: TeamId) -> Result<()> {
    sql_query("SELECT erase_team($1)").bind::<SqlUuid, _>(team.0).execute(tx.conn())?;
    Ok(())
}

/// Takes the address out of the invitations by which this account came, or was asked.
pub fn forget_address(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    let email: String = accounts::table.find(account.0).select(accounts::email).first(tx.conn())?;
    let theirs = invitations::accepted_by.eq(Some(account)).or(lower(invitations::email).eq(Some(email.to_lowercase())));
    diesel::update(invitations::table.filter(invitations::team_id.eq(team)).filter(theirs))
        .set(invitations::email.eq(None::<String>))
        .execute(tx.conn())?;
    Ok(())
}

diesel::define_sql_function! { fn lower(text: diesel::sql_types::Nullable<diesel::sql_types::Text>) -> diesel::sql_types::Nullable<diesel::sql_types::Text>; }

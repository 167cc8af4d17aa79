//! Who is in a team.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::platform::db::Tx;
use crate::platform::error::{Error, OnConstraint as _, Result};
use crate::policy::{AccountId, Role, TeamId};
use crate::schema::{accounts, memberships};
use crate::teams::model::MemberView;
use crate::web::paging::Slice;

/// The place in the list of members: by name, whose case the database folds.
pub type MemberPlace = (String, AccountId);

type MemberRow = (AccountId, String, String, Role, DateTime<Utc>);

/// A removed member who is asked in again takes their old place with the new role.
pub fn insert_membership(tx: &mut Tx, team: TeamId, account: AccountId, role: Role) -> Result<()> {
    let now = tx.now;
    let back = diesel::update(memberships::table.find((team.0, account.0)).filter(memberships::removed_at.is_not_null()))
        .set((memberships::role.eq(role), memberships::removed_at.eq(None::<DateTime<Utc>>), memberships::created_at.eq(now)))
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

pub fn members(tx: &mut Tx, team: TeamId, slice: &Slice<MemberPlace>) -> Result<Vec<MemberView>> {
    let name = lower(accounts::name);
    let mut query = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::team_id.eq(team).and(memberships::removed_at.is_null()))
        .select((accounts::id, accounts::name, accounts::email, memberships::role, memberships::created_at))
        .order((name, accounts::id))
        .limit(slice.rows())
        .into_boxed();
    if let Some((after, id)) = &slice.after {
        query = query.filter(name.gt(lower(after)).or(name.eq(lower(after)).and(accounts::id.gt(id))));
    }
    let rows: Vec<MemberRow> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(view).collect())
}

pub fn find_member(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Option<MemberView>> {
    let row: Option<MemberRow> = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::team_id.eq(team).and(memberships::account_id.eq(account)).and(memberships::removed_at.is_null()))
        .select((accounts::id, accounts::name, accounts::email, memberships::role, memberships::created_at))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(view))
}

/// Whether the team has an owner other than this one.
pub fn has_other_owner(tx: &mut Tx, team: TeamId, but: AccountId) -> Result<bool> {
    let others = memberships::table
        .filter(memberships::team_id.eq(team).and(memberships::role.eq(Role::Owner)))
        .filter(memberships::removed_at.is_null().and(memberships::account_id.ne(but)));
    Ok(diesel::select(diesel::dsl::exists(others)).get_result(tx.conn())?)
}

pub fn update_role(tx: &mut Tx, team: TeamId, account: AccountId, role: Role) -> Result<()> {
    diesel::update(memberships::table.find((team.0, account.0))).set(memberships::role.eq(role)).execute(tx.conn())?;
    tx.ring(account.0);
    Ok(())
}

pub fn end_membership(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    let now = tx.now;
    diesel::update(memberships::table.find((team.0, account.0))).set(memberships::removed_at.eq(now)).execute(tx.conn())?;
    tx.ring(account.0);
    Ok(())
}

/// What these accounts are called.
pub fn names_of(tx: &mut Tx, of: &[AccountId]) -> Result<HashMap<AccountId, String>> {
    let rows: Vec<(AccountId, String)> =
        accounts::table.filter(accounts::id.eq_any(of)).select((accounts::id, accounts::name)).load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

fn view((account_id, name, email, role, joined_at): MemberRow) -> MemberView {
    MemberView { account_id, name, email: Some(email), role, joined_at }
}

diesel::define_sql_function! { fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text; }

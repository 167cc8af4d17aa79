//! Accounts.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;

use crate::accounts::model::{AccountView, Credentials, NewAccount};
use crate::platform::db::Tx;
use crate::platform::error::{Error, OnConstraint as _, Result};
use crate::policy::AccountId;
use crate::schema::accounts;

pub(super) type AccountRow = (AccountId, String, String, String);

pub fn any_account(tx: &mut Tx) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(accounts::table.select(accounts::id))).get_result(tx.conn())?)
}

pub fn find_credentials(tx: &mut Tx, email: &str) -> Result<Option<Credentials>> {
    let row: Option<(AccountId, String, Option<DateTime<Utc>>)> = accounts::table
        .filter(lower(accounts::email).eq(email.to_lowercase()))
        .select((accounts::id, accounts::password_hash, accounts::deactivated_at))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(id, password_hash, deactivated_at)| Credentials { id, password_hash, deactivated: deactivated_at.is_some() }))
}

pub fn find_account(tx: &mut Tx, account: AccountId) -> Result<AccountView> {
    let row: AccountRow =
        accounts::table.find(account.0).select((accounts::id, accounts::name, accounts::email, accounts::time_zone)).first(tx.conn())?;
    Ok(view(row))
}

pub fn insert_account(tx: &mut Tx, new: &NewAccount, operator: bool) -> Result<AccountId> {
    let (id, now) = (tx.new_id::<AccountId>(), tx.now);
    diesel::insert_into(accounts::table)
        .values((
            accounts::id.eq(id),
            accounts::name.eq(&new.name),
            accounts::email.eq(&new.email),
            accounts::password_hash.eq(&new.password_hash),
            accounts::time_zone.eq(new.time_zone.name()),
            accounts::operator_since.eq(operator.then_some(now)),
            accounts::created_at.eq(now),
        ))
        .execute(tx.conn())
        .on_constraint(
            "accounts_one_per_email",
            Error::conflict("address-taken", "There is an account with this address already. Sign in with it, or reset its password."),
        )?;
    Ok(id)
}

pub fn update_account(tx: &mut Tx, account: AccountId, name: &str, time_zone: Tz) -> Result<()> {
    diesel::update(accounts::table.find(account.0))
        .set((accounts::name.eq(name), accounts::time_zone.eq(time_zone.name())))
        .execute(tx.conn())?;
    Ok(())
}

pub fn update_password(tx: &mut Tx, account: AccountId, hash: &str) -> Result<()> {
    diesel::update(accounts::table.find(account.0)).set(accounts::password_hash.eq(hash)).execute(tx.conn())?;
    Ok(())
}

/// Whether this is still the hash of an account that may sign in; it stays so until the commit.
pub fn hold_password(tx: &mut Tx, account: AccountId, hash: &str) -> Result<bool> {
    let held: Option<AccountId> = accounts::table
        .find(account.0)
        .filter(accounts::password_hash.eq(hash).and(accounts::deactivated_at.is_null()))
        .select(accounts::id)
        .for_no_key_update()
        .first(tx.conn())
        .optional()?;
    Ok(held.is_some())
}

diesel::define_sql_function! { fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text; }

pub(super) fn view((id, name, email, time_zone): AccountRow) -> AccountView {
    AccountView { id, name, email, time_zone: time_zone.parse().unwrap_or(chrono_tz::UTC) }
}

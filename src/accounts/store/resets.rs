//! Links that let somebody take a new password.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::accounts::{AccountRow, view};
use crate::accounts::model::AccountView;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::AccountId;
use crate::schema::{accounts, password_resets};

type ResetRow = (AccountRow, DateTime<Utc>, Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// Whose link this is, and whether it still works.
pub fn find_reset(tx: &mut Tx, hash: &[u8]) -> Result<Option<(AccountView, bool)>> {
    let now = tx.now;
    let row: Option<ResetRow> = password_resets::table
        .inner_join(accounts::table)
        .filter(password_resets::token_hash.eq(hash))
        .select((
            (accounts::id, accounts::name, accounts::email, accounts::time_zone),
            password_resets::expires_at,
            password_resets::used_at,
            accounts::deactivated_at,
        ))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(account, expires_at, used_at, deactivated_at)| {
        (view(account), expires_at > now && used_at.is_none() && deactivated_at.is_none())
    }))
}

pub fn count_resets(tx: &mut Tx, account: AccountId, since: DateTime<Utc>) -> Result<i64> {
    let recent = password_resets::account_id.eq(account).and(password_resets::created_at.gt(since));
    Ok(password_resets::table.filter(recent).count().get_result(tx.conn())?)
}

pub fn insert_reset(tx: &mut Tx, account: AccountId, hash: Vec<u8>, expires_at: DateTime<Utc>) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(password_resets::table)
        .values((
            password_resets::id.eq(tx.new_id::<Uuid>()),
            password_resets::account_id.eq(account),
            password_resets::token_hash.eq(hash),
            password_resets::created_at.eq(now),
            password_resets::expires_at.eq(expires_at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Uses the link up; false when somebody was quicker or its time has passed.
pub fn use_reset(tx: &mut Tx, hash: &[u8]) -> Result<bool> {
    let now = tx.now;
    let open = password_resets::used_at.is_null().and(password_resets::expires_at.gt(now));
    let used = diesel::update(password_resets::table.filter(password_resets::token_hash.eq(hash).and(open)))
        .set(password_resets::used_at.eq(now))
        .execute(tx.conn())?;
    Ok(used == 1)
}

/// A changed password takes the power from every link that was sent before.
pub fn end_resets(tx: &mut Tx, account: AccountId) -> Result<()> {
    let now = tx.now;
    diesel::update(password_resets::table.filter(password_resets::account_id.eq(account).and(password_resets::used_at.is_null())))
        .set(password_resets::used_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}

//! What an account says of its person, to be taken along or deleted.

use diesel::prelude::*;
use diesel::sql_query;

use super::accounts::{AccountRow, view};
use crate::accounts::model::{OwnAccount, PastSignIn, browser};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::AccountId;
use crate::schema::{accounts, password_resets, sign_ins};

/// What the account holds, with every sign-in that is kept.
pub fn own_data(tx: &mut Tx, account: AccountId) -> Result<OwnAccount> {
    let (row, created_at): (AccountRow, _) = accounts::table
        .find(account.0)
        .select(((accounts::id, accounts::name, accounts::email, accounts::time_zone), accounts::created_at))
        .first(tx.conn())?;
    let rows: Vec<(String, _, _, _)> = sign_ins::table
        .filter(sign_ins::account_id.eq(account))
        .order((sign_ins::created_at.desc(), sign_ins::id.desc()))
        .select((sign_ins::user_agent, sign_ins::created_at, sign_ins::last_used_at, sign_ins::ended_at))
        .load(tx.conn())?;
    let past = |(user_agent, created_at, last_used_at, ended_at): (String, _, _, _)| PastSignIn {
        browser: browser(&user_agent),
        created_at,
        last_used_at,
        ended_at,
    };
    Ok(OwnAccount { account: view(row), created_at, sign_ins: rows.into_iter().map(past).collect() })
}

/// Leaves a row that names nobody and lets nobody in, for what others keep of what this person wrote. Through the
/// account's own door.
pub fn erase(tx: &mut Tx, account: AccountId) -> Result<()> {
    let now = tx.now;
    sql_query("SELECT erase_own_mails()").execute(tx.conn())?;
    diesel::delete(sign_ins::table.filter(sign_ins::account_id.eq(account))).execute(tx.conn())?;
    diesel::delete(password_resets::table.filter(password_resets::account_id.eq(account))).execute(tx.conn())?;
    diesel::update(accounts::table.find(account.0))
        .set((
            accounts::name.eq("Deleted account"),
            accounts::email.eq(format!("{account}@deleted.invalid")),
            accounts::password_hash.eq(""),
            accounts::time_zone.eq("UTC"),
            accounts::operator_since.eq(None::<chrono::DateTime<chrono::Utc>>),
            accounts::deactivated_at.eq(now),
        ))
        .execute(tx.conn())?;
    tx.ring(account.0);
    Ok(())
}

//! Sign-ins.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::accounts::model::{IDLE, LIFE, OwnSignIn, browser};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, SignInId};
use crate::schema::sign_ins;

/// Those that still stand, last used first.
pub fn sign_ins_of(tx: &mut Tx, account: AccountId, current: SignInId) -> Result<Vec<OwnSignIn>> {
    let now = tx.now;
    let rows: Vec<(SignInId, String, DateTime<Utc>, DateTime<Utc>)> = sign_ins::table
        .filter(sign_ins::account_id.eq(account).and(sign_ins::ended_at.is_null()))
        .filter(sign_ins::created_at.gt(now - LIFE).and(sign_ins::last_used_at.gt(now - IDLE)))
        .order((sign_ins::last_used_at.desc(), sign_ins::id.desc()))
        .limit(100)
        .select((sign_ins::id, sign_ins::user_agent, sign_ins::created_at, sign_ins::last_used_at))
        .load(tx.conn())?;
    let view = |(id, user_agent, created_at, last_used_at): (SignInId, String, _, _)| OwnSignIn {
        id,
        browser: browser(&user_agent),
        created_at,
        last_used_at,
        current: id == current,
    };
    Ok(rows.into_iter().map(view).collect())
}

pub fn insert_sign_in(tx: &mut Tx, account: AccountId, user_agent: &str, ends_at: DateTime<Utc>) -> Result<SignInId> {
    let (id, now) = (tx.new_id::<SignInId>(), tx.now);
    diesel::insert_into(sign_ins::table)
        .values((
            sign_ins::id.eq(id),
            sign_ins::account_id.eq(account),
            sign_ins::created_at.eq(now),
            sign_ins::last_used_at.eq(now),
            sign_ins::ends_at.eq(ends_at),
            sign_ins::user_agent.eq(user_agent.chars().take(200).collect::<String>()),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

pub fn note_use(tx: &mut Tx, sign_in: SignInId) -> Result<()> {
    let now = tx.now;
    diesel::update(sign_ins::table.find(sign_in.0)).set(sign_ins::last_used_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

/// Ends one sign-in of this account; false when there is none such.
pub fn end_sign_in(tx: &mut Tx, account: AccountId, sign_in: SignInId) -> Result<bool> {
    let now = tx.now;
    let ended = diesel::update(sign_ins::table.find(sign_in.0).filter(sign_ins::account_id.eq(account).and(sign_ins::ended_at.is_null())))
        .set(sign_ins::ended_at.eq(now))
        .execute(tx.conn())?;
    tx.ring(account.0);
    Ok(ended == 1)
}

/// Ends every sign-in of this account but one.
pub fn end_sign_ins(tx: &mut Tx, account: AccountId, but: Option<SignInId>) -> Result<()> {
    let now = tx.now;
    let but = but.map_or(uuid::Uuid::nil(), |sign_in| sign_in.0);
    diesel::update(sign_ins::table.filter(sign_ins::account_id.eq(account).and(sign_ins::ended_at.is_null()).and(sign_ins::id.ne(but))))
        .set(sign_ins::ended_at.eq(now))
        .execute(tx.conn())?;
    tx.ring(account.0);
    Ok(())
}

//! What can be done with accounts and sign-ins.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::model::{Credentials, LIFE, NewAccount};
use super::store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::token::{self, Token};
use crate::policy::{AccountId, Actor, Person, SignInId};

/// Wrong passwords an account, and an address block, may have in a minute.
const TRIES: i64 = 10;
const TRIES_WINDOW: TimeDelta = TimeDelta::minutes(1);
const SET_UP_LIFE: TimeDelta = TimeDelta::days(1);

/// The account with this address, for a password to be checked against. Too many wrong tries of late,
/// by account or by `address`, are refused alike whether the account exists or not.
pub fn look_up(tx: &mut Tx, email: &str, address: &str) -> Result<Option<Credentials>> {
    let since = tx.now - TRIES_WINDOW;
    if store::count_failures(tx, &failure_keys(email, address), since)? >= TRIES {
        return Err(Error::TooMany { retry_after: Duration::from_secs(60) });
    }
    store::find_credentials(tx, email)
}

/// Remembers a wrong password.
pub fn note_failure(tx: &mut Tx, email: &str, address: &str) -> Result<()> {
    let forget_before = tx.now - TimeDelta::days(1);
    store::insert_failure(tx, &failure_keys(email, address), forget_before)
}

/// Begins a sign-in of an account whose password was right; gives its row and its end.
pub fn sign_in(tx: &mut Tx, account: AccountId, user_agent: &str) -> Result<(SignInId, DateTime<Utc>)> {
    let ends_at = tx.now + LIFE;
    Ok((store::insert_sign_in(tx, account, user_agent, ends_at)?, ends_at))
}

/// Ends the sign-in this request came with.
pub fn sign_out(tx: &mut Tx, actor: &Actor) -> Result<()> {
    let Person::Account { id, sign_in, .. } = actor.person else { return Err(Error::Unauthenticated) };
    store::end_sign_in(tx, id, sign_in)?;
    Ok(())
}

/// Ends one of one's own sign-ins.
pub fn end_sign_in(tx: &mut Tx, actor: &Actor, sign_in: SignInId) -> Result<()> {
    if store::end_sign_in(tx, actor.account()?, sign_in)? { Ok(()) } else { Err(Error::NotFound) }
}

/// Makes an account. Its personal team is made by `teams`, which drives this.
pub fn create_account(tx: &mut Tx, new: &NewAccount, operator: bool) -> Result<AccountId> {
    store::insert_account(tx, new, operator)
}

/// Whether nobody has an account yet.
pub fn is_empty(tx: &mut Tx) -> Result<bool> {
    Ok(!store::any_account(tx)?)
}

/// A fresh set-up token, which kills the last one; none once there is an account.
pub fn offer_set_up(tx: &mut Tx) -> Result<Option<Token>> {
    if store::any_account(tx)? {
        return Ok(None);
    }
    let (token, expires_at) = (Token::random(), tx.now + SET_UP_LIFE);
    store::replace_set_up_token(tx, token.hash(), expires_at)?;
    Ok(Some(token))
}

/// Passes while this token opens the set-up page, and never again after the first account.
pub fn check_set_up(tx: &mut Tx, token: &str) -> Result<()> {
    let alive = !store::any_account(tx)? && store::find_set_up_token(tx, &token::hash(token))?;
    if alive { Ok(()) } else { Err(Error::NotFound) }
}

/// Uses the set-up token up. Two that try at once: the second finds nothing.
pub fn use_set_up(tx: &mut Tx, token: &str) -> Result<()> {
    check_set_up(tx, token)?;
    if store::delete_set_up_token(tx, &token::hash(token))? { Ok(()) } else { Err(Error::NotFound) }
}

fn failure_keys(email: &str, address: &str) -> [String; 2] {
    [format!("account:{}", email.trim().to_lowercase()), format!("address:{address}")]
}

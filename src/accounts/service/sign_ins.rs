//! Sign-ins, and the tries before one.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::accounts::model::{Begun, Credentials, LIFE, OwnSignIn};
use crate::accounts::store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::parse;
use crate::platform::token;
use crate::policy::{AccountId, Actor, Person, SignInId};

/// Wrong passwords an account, and an address block, may have in a minute.
const TRIES: i64 = 10;
const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// How long a try is kept.
const KEPT: TimeDelta = TimeDelta::days(1);

/// A try at a password, counted before it is known whether it is right: tries made at once are not fewer.
pub struct Try {
    id: Uuid,
    pub credentials: Option<Credentials>,
    /// The same password's hash at today's costs, where the one that is kept is cheaper to guess at.
    pub stronger: Option<String>,
}

/// Counts a try and gives the account it is for. Too many of late, by account or from `address`, are
/// refused alike whether the account exists or not.
pub fn try_password(tx: &mut Tx, email: &str, address: &str) -> Result<Try> {
    let (key, since) = (account_key(email), tx.now - WINDOW);
    store::lock_tries(tx, &key)?;
    if store::count_tries(tx, &[key.clone(), address_key(address)], since)? >= TRIES {
        return Err(Error::TooMany { retry_after: Duration::from_secs(60) });
    }
    let id = store::insert_try(tx, &key)?;
    // What is no address is nobody's.
    let credentials = match parse::email(email) {
        Ok(email) => store::find_credentials(tx, &email)?,
        Err(_) => None,
    };
    Ok(Try { id, credentials, stronger: None })
}

/// It was wrong: the address block's count grows too.
pub fn try_failed(tx: &mut Tx, address: &str) -> Result<()> {
    store::insert_try(tx, &address_key(address))?;
    let before = tx.now - KEPT;
    store::delete_tries_before(tx, before)
}

/// It was right, or could not be judged: it does not count.
pub fn try_forgotten(tx: &mut Tx, tried: &Try) -> Result<()> {
    store::delete_try(tx, tried.id)
}

/// Begins a sign-in after a right password, unless the password was changed while it was checked.
/// A sign-in that this browser had before ends: each has one.
pub fn sign_in_with(tx: &mut Tx, tried: &Try, user_agent: &str, instead_of: Option<(AccountId, SignInId)>) -> Result<Begun> {
    let credentials = tried.credentials.as_ref().ok_or(Error::WrongCredentials)?;
    if !store::hold_password(tx, credentials.id, &credentials.password_hash)? {
        return Err(Error::WrongCredentials);
    }
    try_forgotten(tx, tried)?;
    if let Some(hash) = &tried.stronger {
        store::update_password(tx, credentials.id, hash)?;
    }
    if let Some((account, before)) = instead_of {
        store::end_sign_in(tx, account, before)?;
    }
    begin(tx, credentials.id, user_agent)
}

/// Begins a sign-in of an account that has just been made, or has proved itself otherwise.
pub fn begin(tx: &mut Tx, account: AccountId, user_agent: &str) -> Result<Begun> {
    let (sign_in, ends_at) = sign_in(tx, account, user_agent)?;
    Ok(Begun { account, sign_in, ends_at })
}

/// Begins a sign-in; gives its row and its end.
pub fn sign_in(tx: &mut Tx, account: AccountId, user_agent: &str) -> Result<(SignInId, DateTime<Utc>)> {
    let ends_at = tx.now + LIFE;
    Ok((store::insert_sign_in(tx, account, user_agent, ends_at)?, ends_at))
}

/// Ends the sign-in this request came with.
pub fn sign_out(tx: &mut Tx, actor: &Actor) -> Result<()> {
    let (account, sign_in) = current(actor)?;
    store::end_sign_in(tx, account, sign_in)?;
    Ok(())
}

/// One's own sign-ins that still stand.
pub fn list_sign_ins(tx: &mut Tx, actor: &Actor) -> Result<Vec<OwnSignIn>> {
    let (account, sign_in) = current(actor)?;
    store::sign_ins_of(tx, account, sign_in)
}

/// Ends one of one's own sign-ins.
pub fn end_sign_in(tx: &mut Tx, actor: &Actor, sign_in: SignInId) -> Result<()> {
    if store::end_sign_in(tx, actor.account()?, sign_in)? { Ok(()) } else { Err(Error::NotFound) }
}

/// Ends all of one's own sign-ins but the one that asks.
pub fn end_other_sign_ins(tx: &mut Tx, actor: &Actor) -> Result<()> {
    let (account, sign_in) = current(actor)?;
    store::end_sign_ins(tx, account, Some(sign_in))
}

pub(super) fn current(actor: &Actor) -> Result<(AccountId, SignInId)> {
    match actor.person {
        Person::Account { id, sign_in, .. } => Ok((id, sign_in)),
        _ => actor.account().and(Err(Error::Unauthenticated)),
    }
}

/// By its hash: people type all sorts of things where an address belongs.
fn account_key(email: &str) -> String {
    let hash = token::hash(&email.trim().to_lowercase());
    format!("account:{}", hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

fn address_key(address: &str) -> String {
    format!("address:{address}")
}

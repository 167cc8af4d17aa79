//! The set-up page's token: it makes the first account and dies.

use chrono::TimeDelta;

use crate::accounts::store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::token::{self, Token};

const LIFE: TimeDelta = TimeDelta::days(1);

/// Whether nobody has an account yet.
pub fn is_empty(tx: &mut Tx) -> Result<bool> {
    Ok(!store::any_account(tx)?)
}

/// A fresh set-up token, which kills the last one; none once there is an account.
pub fn offer_set_up(tx: &mut Tx) -> Result<Option<Token>> {
    if store::any_account(tx)? {
        return Ok(None);
    }
    let (token, expires_at) = (Token::random(), tx.now + LIFE);
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

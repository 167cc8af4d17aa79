//! Taking another password: knowing the current one, or holding the link that was mailed.

use chrono::TimeDelta;
use serde_json::json;

use super::sign_ins::current;
use crate::accounts::jobs::SendPasswordReset;
use crate::accounts::model::AccountView;
use crate::accounts::store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::mail::Letter;
use crate::platform::parse;
use crate::platform::token::{self, Token};
use crate::policy::{AccountId, Actor};

const LINK_LIFE: TimeDelta = TimeDelta::minutes(30);
/// Links an account is sent in [`LINK_LIFE`]; more would only fill a mailbox.
const LINKS: i64 = 5;

/// Sets a new password. All other sign-ins of the account end, and links to a new password die.
pub fn change_password(tx: &mut Tx, actor: &Actor, old_hash: &str, new_hash: &str) -> Result<()> {
    let (account, sign_in) = current(actor)?;
    hold_password(tx, actor, old_hash)?;
    store::update_password(tx, account, new_hash)?;
    store::end_resets(tx, account)?;
    store::end_sign_ins(tx, account, Some(sign_in))
}

/// Passes while this is the hash of one's own password, until the commit.
pub fn hold_password(tx: &mut Tx, actor: &Actor, hash: &str) -> Result<()> {
    if store::hold_password(tx, actor.account()?, hash)? {
        return Ok(());
    }
    Err(Error::conflict("password-changed", "The password was changed elsewhere in the meantime. Sign in again."))
}

/// Has a link mailed if there is such an account. Whether there is one shows neither in the answer nor
/// in the time it takes: the link is made by a job.
pub fn request_reset(tx: &mut Tx, email: &str) -> Result<()> {
    let email = parse::email(email).map_err(|message| Error::invalid("email", message))?;
    let account = store::find_credentials(tx, &email)?.filter(|account| !account.deactivated).map(|account| account.id);
    tx.enqueue(&SendPasswordReset { account }, None)
}

/// Makes a link and writes the mail.
pub fn send_reset(tx: &mut Tx, account: AccountId) -> Result<()> {
    let since = tx.now - LINK_LIFE;
    if store::count_resets(tx, account, since)? >= LINKS {
        return Ok(());
    }
    let account = store::find_account(tx, account)?;
    let (token, expires_at) = (Token::random(), tx.now + LINK_LIFE);
    store::insert_reset(tx, account.id, token.hash(), expires_at)?;
    let context = json!({ "token": token.as_str(), "minutes": LINK_LIFE.num_minutes() });
    tx.post(&Letter::new("password-reset", account.name, account.email, context)?.with_secret(&token))
}

/// Whose link this is, while it works.
pub fn check_reset(tx: &mut Tx, token: &str) -> Result<AccountView> {
    let (account, open) = store::find_reset(tx, &token::hash(token))?.ok_or(Error::NotFound)?;
    if open { Ok(account) } else { Err(OVER) }
}

/// Uses the link: the new password holds and every sign-in ends. Gives whose it is.
pub fn reset_password(tx: &mut Tx, token: &str, new_hash: &str) -> Result<AccountId> {
    let account = check_reset(tx, token)?;
    if !store::use_reset(tx, &token::hash(token))? {
        return Err(OVER);
    }
    store::update_password(tx, account.id, new_hash)?;
    store::end_resets(tx, account.id)?;
    store::end_sign_ins(tx, account.id, None)?;
    Ok(account.id)
}

const OVER: Error = Error::Gone("This link was used, or its half hour is over. Ask for a new one.");

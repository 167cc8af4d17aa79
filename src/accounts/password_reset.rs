//! Taking a new password with a mailed link: hashing between two transactions.

use secrecy::SecretString;

use super::service;
use super::visitor::Visitor;
use crate::platform::db::Door;
use crate::platform::error::{Error, Result};
use crate::platform::password::NewPassword;

/// Uses the link. A password that may not be taken leaves it unused.
pub async fn reset(visitor: &Visitor, token: String, password: SecretString) -> Result<()> {
    let looked_at = token.clone();
    let account = visitor.db().read(Door::Anybody, move |tx| service::check_reset(tx, &looked_at)).await?;
    let new = NewPassword::parse(password, &[&account.name, &account.email]).map_err(|message| Error::invalid("password", message))?;
    let hash = visitor.server.passwords.hash(new).await?;
    visitor.write_as_stranger(move |tx| Ok(((), service::reset_password(tx, &token, &hash)?))).await
}

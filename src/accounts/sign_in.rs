//! Signing in: the password is checked between two transactions, on the hashing threads.

use chrono::{DateTime, Utc};

use super::model::NewSignIn;
use super::{Visitor, service};
use crate::platform::db::Door;
use crate::platform::error::{Error, Result};
use crate::platform::token::Purpose;

/// What the browser or the program carries from now on.
pub struct Given {
    pub token: String,
    pub expires_at: DateTime<Utc>,
}

/// Checks address and password and begins a sign-in. Wrong address and wrong password take the same time
/// and get the same words.
pub async fn begin(visitor: &Visitor, input: NewSignIn) -> Result<Given> {
    let (email, address) = (input.email.clone(), visitor.address.clone());
    let credentials = visitor.db().write(Door::Anybody, move |tx| service::look_up(tx, &email, &address)).await?;
    let hash = credentials.as_ref().map(|credentials| credentials.password_hash.clone());
    let right = visitor.server.passwords.verify(input.password, hash).await?;
    let Some(account) = credentials.filter(|credentials| right && !credentials.deactivated) else {
        let (email, address) = (input.email, visitor.address.clone());
        visitor.db().write(Door::Anybody, move |tx| service::note_failure(tx, &email, &address)).await?;
        return Err(Error::invalid("password", "Address and password do not fit together. Check both, or reset your password."));
    };
    let (id, user_agent) = (account.id, visitor.user_agent.clone());
    let (sign_in, expires_at) = visitor.db().write(Door::Anybody, move |tx| service::sign_in(tx, id, &user_agent)).await?;
    let token = visitor.server.signer.sign(Purpose::SignIn, sign_in.0, id.0, visitor.db().now(), expires_at);
    Ok(Given { token, expires_at })
}

//! Signing in and out: passwords are checked between two transactions, on the hashing threads; the
//! browser carries the same token as a program, in a cookie.

use actix_web::cookie::{Cookie, SameSite, time};
use secrecy::SecretString;

use super::model::{Begun, NewSignIn, PasswordChange, PasswordProof, SignInGiven};
use super::service::{self, Try};
use super::visitor::Visitor;
use crate::platform::db::{Door, Tx};
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::password::{self, NewPassword};
use crate::platform::token::Purpose;
use crate::policy::{AccountId, Actor, Person, SignInId};
use crate::web::page::{PageResult, see_other, see_other_with};

/// Checks address and password and begins a sign-in. Wrong address and wrong password take the same time
/// and get the same words. The sign-in `instead_of` which it comes ends.
pub async fn begin(visitor: &Visitor, input: NewSignIn, instead_of: Option<(AccountId, SignInId)>) -> Result<SignInGiven> {
    let password = input.password.clone();
    let mut tried = check(visitor, input.email, input.password).await?;
    tried.stronger = rehash(visitor, &tried, password).await;
    let user_agent = visitor.user_agent.clone();
    let begun = visitor
        .write_as_stranger(move |tx| {
            let begun = service::sign_in_with(tx, &tried, &user_agent, instead_of)?;
            let account = begun.account;
            Ok((begun, account))
        })
        .await?;
    Ok(give(visitor, begun))
}

/// The hash as it is made today, where the one that is kept costs a guesser less. It can wait for the next
/// sign-in when everything is taken.
async fn rehash(visitor: &Visitor, tried: &Try, password: SecretString) -> Option<String> {
    let kept = &tried.credentials.as_ref()?.password_hash;
    if !password::is_outdated(kept) {
        return None;
    }
    visitor.server.passwords.hash(NewPassword::of_old(password)).await.ok()
}

/// Counts a try at a password and passes when it was right.
async fn check(visitor: &Visitor, email: String, password: SecretString) -> Result<Try> {
    let address = visitor.address.clone();
    let tried = visitor.db().write(Door::Anybody, move |tx| service::try_password(tx, &email, &address)).await?;
    let hash = tried.credentials.as_ref().map(|credentials| credentials.password_hash.clone());
    match visitor.server.passwords.verify(password, hash).await {
        Ok(true) if tried.credentials.as_ref().is_some_and(|credentials| !credentials.deactivated) => Ok(tried),
        Ok(_) => {
            let address = visitor.address.clone();
            visitor.db().write(Door::Anybody, move |tx| service::try_failed(tx, &address)).await?;
            Err(Error::WrongCredentials)
        }
        Err(busy) => {
            visitor.db().write(Door::Anybody, move |tx| service::try_forgotten(tx, &tried)).await?;
            Err(busy)
        }
    }
}

/// Changes one's own password, knowing the current one.
pub async fn change_password(visitor: &Visitor, change: PasswordChange) -> Result<()> {
    let (name, email) = visitor.read(|_, actor| own_name(&actor.person)).await?;
    let new = NewPassword::parse(change.new_password, &[&name, &email]);
    let tried = check(visitor, email, change.current_password).await;
    let (new, tried) = both(new, tried)?;
    let new_hash = visitor.server.passwords.hash(new).await?;
    visitor
        .write(move |tx, actor| {
            service::try_forgotten(tx, &tried)?;
            let credentials = tried.credentials.as_ref().ok_or(Error::WrongCredentials)?;
            service::change_password(tx, actor, &credentials.password_hash, &new_hash)
        })
        .await
}

/// The password was given again and is the account's own.
pub struct Proved(Try);

impl Proved {
    /// Passes while that is still so, until the commit. The first line of what asked for it.
    pub fn hold(&self, tx: &mut Tx, actor: &Actor) -> Result<()> {
        service::try_forgotten(tx, &self.0)?;
        let credentials = self.0.credentials.as_ref().ok_or(Error::WrongCredentials)?;
        service::hold_password(tx, actor, &credentials.password_hash)
    }
}

/// Asks for the password once more: whoever sits down at somebody's open browser does not know it.
pub async fn prove(visitor: &Visitor, proof: PasswordProof) -> Result<Proved> {
    let (_, email) = visitor.read(|_, actor| own_name(&actor.person)).await?;
    check(visitor, email, proof.current_password).await.map(Proved).map_err(|error| match error {
        Error::WrongCredentials => Error::invalid("current_password", WRONG_PASSWORD),
        other => other,
    })
}

const WRONG_PASSWORD: &str = "This is not your current password.";

fn own_name(person: &Person) -> Result<(String, String)> {
    match person {
        Person::Account { name, email, .. } => Ok((name.clone(), email.clone())),
        _ => Err(Error::Unauthenticated),
    }
}

/// What is wrong with both fields is said at once.
fn both(new: Result<NewPassword, String>, tried: Result<Try>) -> Result<(NewPassword, Try)> {
    let mut errors = FieldErrors::default();
    let tried = match tried {
        Err(Error::WrongCredentials) => Err(WRONG_PASSWORD.to_owned()),
        Err(other) => return Err(other),
        Ok(tried) => Ok(tried),
    };
    let tried = errors.take("current_password", tried);
    let new = errors.take("new_password", new);
    new.zip(tried).ok_or(Error::Invalid(errors))
}

/// The token of a sign-in that has begun.
pub fn give(visitor: &Visitor, begun: Begun) -> SignInGiven {
    let now = visitor.db().now();
    let token = visitor.server.signer.sign(Purpose::SignIn, begun.sign_in.0, begun.account.0, now, begun.ends_at);
    SignInGiven { token, expires_at: begun.ends_at }
}

/// 303 to a page as somebody who is signed in from now on.
pub fn enter(visitor: &Visitor, url: &str, given: SignInGiven) -> PageResult {
    let seconds = (given.expires_at - visitor.db().now()).num_seconds();
    let cookie = cookie(visitor, given.token, time::Duration::seconds(seconds));
    with_cookie(see_other(url)?, &cookie)
}

/// 303 to the sign-in page, with nothing left in the browser.
pub fn leave(visitor: &Visitor, flash: &'static str) -> PageResult {
    with_cookie(see_other_with("/sign-in", flash)?, &cookie(visitor, String::new(), time::Duration::ZERO))
}

fn cookie(visitor: &Visitor, value: String, age: time::Duration) -> Cookie<'static> {
    Cookie::build(visitor.server.sign_in_cookie(), value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(visitor.server.secure())
        .max_age(age)
        .finish()
}

fn with_cookie(mut answer: actix_web::HttpResponse, cookie: &Cookie<'_>) -> PageResult {
    answer.add_cookie(cookie).map_err(|error| Error::Internal(error.into()))?;
    Ok(answer)
}

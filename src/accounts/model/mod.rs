//! Shapes of accounts and sign-ins.

mod sign_ins;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use sign_ins::{Begun, Found, IDLE, LIFE, NewSignIn, OwnSignIn, PastSignIn, SignInGiven, USE_NOTED_EVERY, browser};

use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::platform::password::{NewPassword, Passwords};
use crate::policy::AccountId;
use crate::web::form::not_shown;

/// What a new account is made from, parsed. The password was hashed before.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub name: String,
    pub email: String,
    pub time_zone: Tz,
    pub password_hash: String,
}

/// What somebody fills in to have an account.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountInput {
    #[serde(default)]
    #[schema(required)]
    pub name: String,
    #[serde(default)]
    #[schema(required)]
    pub email: String,
    #[serde(default, serialize_with = "not_shown")]
    #[schema(required, value_type = String)]
    pub password: SecretString,
    #[serde(default)]
    #[schema(required)]
    pub time_zone: String,
}

/// An account all but made: what was filled in is in order, the password waits to be hashed.
pub struct Registration {
    name: String,
    email: String,
    time_zone: Tz,
    password: NewPassword,
}

/// What of one's own account one may change; what is left out stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountChange {
    pub name: Option<String>,
    pub time_zone: Option<String>,
}

/// A new password, and the current one to show that it is you.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    #[serde(default, serialize_with = "not_shown")]
    #[schema(required, value_type = String)]
    pub current_password: SecretString,
    #[serde(default, serialize_with = "not_shown")]
    #[schema(required, value_type = String)]
    pub new_password: SecretString,
}

/// The address to which the link for a new password goes.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordResetInput {
    #[serde(default)]
    #[schema(required)]
    pub email: String,
}

/// The new password of somebody who holds a link.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    #[serde(default, serialize_with = "not_shown")]
    #[schema(required, value_type = String)]
    pub password: SecretString,
}

/// One's own account, as its pages and `GET /me` show it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AccountView {
    pub id: AccountId,
    pub name: String,
    pub email: String,
    #[schema(value_type = String)]
    pub time_zone: Tz,
}

/// All that an account itself holds of its person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnAccount {
    #[serde(flatten)]
    pub account: AccountView,
    pub created_at: DateTime<Utc>,
    /// The newest first.
    pub sign_ins: Vec<PastSignIn>,
}

/// The password once more, before something that matters.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordProof {
    #[serde(default, serialize_with = "not_shown")]
    #[schema(required, value_type = String)]
    pub current_password: SecretString,
}

/// An account with what is needed to let it in.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub id: AccountId,
    pub password_hash: String,
    pub deactivated: bool,
}

impl NewAccount {
    pub fn parse(name: &str, email: &str, time_zone: &str, password_hash: String) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", parse::line(name, 1, 120));
        let email = errors.take("email", parse::email(email));
        let time_zone = errors.take("time_zone", parse::time_zone(time_zone));
        match (name, email, time_zone) {
            (Some(name), Some(email), Some(time_zone)) => Ok(NewAccount { name, email, time_zone, password_hash }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

impl AccountInput {
    pub fn parse(self) -> Result<Registration> {
        let mut errors = FieldErrors::default();
        self.take(&mut errors).ok_or(Error::Invalid(errors))
    }

    /// The same for a form that asks for more than the account: all errors are shown together.
    pub fn take(self, errors: &mut FieldErrors) -> Option<Registration> {
        let password = NewPassword::parse(self.password, &[&self.name, &self.email]);
        let name = errors.take("name", parse::line(&self.name, 1, 120));
        let email = errors.take("email", parse::email(&self.email));
        let password = errors.take("password", password);
        let time_zone = errors.take("time_zone", parse::time_zone(&self.time_zone));
        Some(Registration { name: name?, email: email?, password: password?, time_zone: time_zone? })
    }
}

impl Registration {
    pub async fn hashed(self, passwords: &Passwords) -> Result<NewAccount> {
        let password_hash = passwords.hash(self.password).await?;
        Ok(NewAccount { name: self.name, email: self.email, time_zone: self.time_zone, password_hash })
    }
}

impl AccountChange {
    /// The name and the zone that hold after this change of `now`.
    pub fn parse(&self, now: &AccountView) -> Result<(String, Tz)> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", parse::line(self.name.as_ref().unwrap_or(&now.name), 1, 120));
        let time_zone = self.time_zone.as_ref().map_or(Ok(now.time_zone), |zone| parse::time_zone(zone));
        let time_zone = errors.take("time_zone", time_zone);
        name.zip(time_zone).ok_or(Error::Invalid(errors))
    }
}

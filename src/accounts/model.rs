//! Shapes of accounts and sign-ins.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::error::{FieldErrors, Result};
use crate::platform::parse;
use crate::policy::{AccountId, SignInId};

/// A sign-in ends this long after it was last used,
pub const IDLE: TimeDelta = TimeDelta::hours(12);
/// and this long after it began, used or not.
pub const LIFE: TimeDelta = TimeDelta::days(7);
/// `last_used_at` is written at most this often.
pub const USE_NOTED_EVERY: TimeDelta = TimeDelta::minutes(5);

/// What a new account is made from, parsed. The password was hashed before.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub name: String,
    pub email: String,
    pub time_zone: Tz,
    pub password_hash: String,
}

impl NewAccount {
    pub fn parse(name: &str, email: &str, time_zone: &str, password_hash: String) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", parse::line(name, 1, 120));
        let email = errors.take("email", parse::email(email));
        let time_zone = errors.take("time_zone", parse::time_zone(time_zone));
        match (name, email, time_zone) {
            (Some(name), Some(email), Some(time_zone)) => Ok(NewAccount { name, email, time_zone, password_hash }),
            _ => Err(crate::platform::error::Error::Invalid(errors)),
        }
    }
}

/// `POST /sign-ins`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSignIn {
    pub email: String,
    #[schema(value_type = String)]
    pub password: SecretString,
}

/// A sign-in that was just made; the token is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignInGiven {
    pub token: String,
    pub expires_at: DateTime<Utc>,
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

/// An account with what is needed to let it in.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub id: AccountId,
    pub password_hash: String,
    pub deactivated: bool,
}

/// A sign-in as the actor's query finds it, with the membership of the asked team.
#[derive(Debug, Clone)]
pub struct Found {
    pub id: SignInId,
    pub account: AccountView,
    pub operator: bool,
    pub last_used_at: DateTime<Utc>,
}

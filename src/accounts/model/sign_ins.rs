//! Shapes of sign-ins.

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::AccountView;
use crate::policy::{AccountId, SignInId};

/// A sign-in ends this long after it was last used,
pub const IDLE: TimeDelta = TimeDelta::hours(12);
/// and this long after it began, used or not.
pub const LIFE: TimeDelta = TimeDelta::days(7);
/// `last_used_at` is written at most this often.
pub const USE_NOTED_EVERY: TimeDelta = TimeDelta::minutes(5);

/// `POST /sign-ins`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSignIn {
    pub email: String,
    #[schema(value_type = String)]
    pub password: SecretString,
}

/// A sign-in that has just begun, before its token is signed.
#[derive(Debug, Clone, Copy)]
pub struct Begun {
    pub account: AccountId,
    pub sign_in: SignInId,
    pub ends_at: DateTime<Utc>,
}

/// A sign-in that was just made; the token is shown this once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SignInGiven {
    pub token: String,
    pub expires_at: DateTime<Utc>,
}

/// A sign-in as the actor's query finds it, with the membership of the asked team.
#[derive(Debug, Clone)]
pub struct Found {
    pub id: SignInId,
    pub account: AccountView,
    pub operator: bool,
    pub last_used_at: DateTime<Utc>,
}

/// One of one's own sign-ins that still stand.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnSignIn {
    pub id: SignInId,
    /// In people's words, as in `Firefox on Linux`.
    pub browser: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
    /// The one that asks.
    pub current: bool,
}

/// One of one's own sign-ins, over or not, as one takes it along.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PastSignIn {
    pub browser: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// What a User-Agent header says, in people's words. It is a claim and used for nothing but this.
pub fn browser(user_agent: &str) -> String {
    const PROGRAMS: [(&str, &str); 7] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
        ("python", "a Python program"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    let find = |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name);
    match (find(&PROGRAMS), find(&SYSTEMS)) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(program), None) => program.to_owned(),
        (None, Some(system)) => format!("Something on {system}"),
        (None, None) => "Unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn a_browser_is_named_as_people_name_it() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
        let edge =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0";
        let safari =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/19.0 Safari/604.1";
        assert_eq!(browser(chrome), "Chrome on Linux");
        assert_eq!(browser(edge), "Edge on Windows");
        assert_eq!(browser(safari), "Safari on iPhone");
        assert_eq!(browser("curl/8.5"), "curl");
        assert_eq!(browser(""), "Unknown");
    }
}

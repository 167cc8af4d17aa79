//! Shapes of invitations.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::Role;
use crate::{id_types, text_enum};

id_types! {
    /// Asks somebody into a team; its token is the link's.
    InvitationId,
}

text_enum! {
    /// What became of an invitation.
    InvitationState { Open = "open", Accepted = "accepted", Revoked = "revoked", Expired = "expired" }
}

/// What an owner fills in to invite somebody.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationInput {
    #[serde(default)]
    #[schema(required, example = "interviewer")]
    pub role: String,
    /// With an address the link is mailed, too.
    pub email: Option<String>,
    /// How long the link works; 7 days if nothing is said.
    #[serde(default)]
    #[schema(value_type = i64, minimum = 1, maximum = 30)]
    pub days: Days,
}

/// A number in JSON, text in a form.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Days {
    Number(i64),
    Text(String),
}

/// An invitation to be made.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    pub role: Role,
    pub email: Option<String>,
    pub life: TimeDelta,
}

/// An invitation as its team sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InvitationView {
    #[schema(value_type = uuid::Uuid)]
    pub id: InvitationId,
    pub role: Role,
    pub email: Option<String>,
    pub invited_by: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub state: InvitationState,
    /// The name of who came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_by: Option<String>,
}

/// An invitation that was just made; its link is shown this once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InvitationGiven {
    #[serde(flatten)]
    pub invitation: InvitationView,
    pub url: String,
}

/// An invitation as who holds its link sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InvitationOpened {
    pub team: String,
    pub role: Role,
    pub invited_by: String,
    pub email: Option<String>,
    pub expires_at: DateTime<Utc>,
    /// Who would join with the account they are signed in to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub you: Option<String>,
}

/// A stored invitation, for it to be judged.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub id: InvitationId,
    pub role: Role,
    pub email: Option<String>,
    pub expires_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
}

impl Default for Days {
    fn default() -> Self {
        Days::Number(7)
    }
}

impl InvitationInput {
    pub fn parse(&self) -> Result<NewInvitation> {
        let mut errors = FieldErrors::default();
        let role = errors.take("role", self.role.parse());
        let email = self.email.as_deref().map(str::trim).filter(|email| !email.is_empty()).map(parse::email).transpose();
        let email = errors.take("email", email);
        let days = errors.take("days", self.days.parse());
        match (role, email, days) {
            (Some(role), Some(email), Some(days)) => Ok(NewInvitation { role, email, life: TimeDelta::days(days) }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

impl Days {
    fn parse(&self) -> Result<i64, String> {
        let days = match self {
            Days::Number(days) => Some(*days),
            Days::Text(text) => text.trim().parse().ok(),
        };
        days.filter(|days| (1..=30).contains(days)).ok_or_else(|| "Choose from 1 to 30 days.".into())
    }
}

impl Invitation {
    pub fn state(&self, now: DateTime<Utc>) -> InvitationState {
        match (self.accepted_at, self.revoked_at) {
            (Some(_), _) => InvitationState::Accepted,
            (None, Some(_)) => InvitationState::Revoked,
            (None, None) if self.expires_at <= now => InvitationState::Expired,
            (None, None) => InvitationState::Open,
        }
    }
}

/// A role in a sentence, as in `as an interviewer`.
pub fn with_article(role: Role) -> &'static str {
    match role {
        Role::Owner => "an owner",
        Role::Lead => "a lead",
        Role::Interviewer => "an interviewer",
        Role::Candidate => "a candidate",
    }
}

//! Changes of a plan as they come in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::PersonRef;
use crate::policy::{AccountId, CandidateLinkId, Seat};
use crate::text_enum;

/// What can happen to a plan, for a page that asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Schedule,
    Cancellation,
    NoShow,
    /// The whole panel, somebody new included.
    Panel,
    /// One seat.
    Seat,
    Links,
    /// A second half in which the roles are swapped.
    Swap,
}

/// `PUT …/schedule`. What is left away stays as it is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSchedule {
    /// RFC 3339; or without an offset, and then meant in `time_zone`.
    pub starts_at: String,
    #[serde(default)]
    pub time_zone: Option<String>,
    #[serde(default)]
    pub minutes: Option<i32>,
    #[serde(default)]
    pub extra_minutes: Option<i32>,
    #[serde(default)]
    pub place: Option<String>,
    /// Why; the panel reads it, the candidate does not.
    pub reason: String,
}

/// `PUT …/cancellation`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCancellation {
    /// Why; the panel reads it, the candidate does not.
    pub reason: String,
}

text_enum! {
    /// Who did not come.
    Absent { Candidate = "candidate", Interviewer = "interviewer" }
}

/// `PUT …/no-show`: the interview did not take place because somebody did not come.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNoShow {
    pub who: Absent,
    /// Which interviewer, when it was one.
    #[serde(default)]
    pub account_id: Option<AccountId>,
    #[serde(default)]
    pub reason: String,
}

/// `POST …/seats`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddSeat {
    pub account_id: AccountId,
    /// A new lead interviewer makes the one before an interviewer.
    pub seat: Seat,
    #[serde(default)]
    pub areas: Vec<i16>,
    #[serde(default)]
    pub reason: String,
}

/// `PUT …/seats/{account_id}`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSeat {
    /// A new lead interviewer makes the one before an interviewer.
    pub seat: Seat,
    /// Left away, the areas stay.
    #[serde(default)]
    pub areas: Option<Vec<i16>>,
    #[serde(default)]
    pub reason: String,
}

/// `DELETE …/seats/{account_id}?reason=…`; the reason may be left away.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveSeat {
    #[serde(default)]
    pub reason: String,
}

/// `POST …/candidate-links`.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCandidateLink {
    /// 1 to 365; 30 days after the interview if not said.
    #[serde(default)]
    pub days: Option<i32>,
}

/// A link that was just made; its address is shown this once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LinkGiven {
    pub id: CandidateLinkId,
    pub url: String,
    pub expires_at: DateTime<Utc>,
}

/// A link that lets the candidate in without an account, without its secret.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LinkView {
    pub id: CandidateLinkId,
    pub by: PersonRef,
    /// The address it was mailed to, if it was.
    pub mailed_to: Option<String>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub last_used_at: Option<DateTime<Utc>>,
    pub uses: i32,
}

impl LinkView {
    pub fn works(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at > now
    }
}

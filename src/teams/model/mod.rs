//! Shapes of teams.

mod entrance;
mod invitations;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use entrance::{Entered, SetUpInput};
pub use invitations::{
    Days, Invitation, InvitationGiven, InvitationId, InvitationInput, InvitationOpened, InvitationState, InvitationView, NewInvitation,
    with_article,
};

use crate::accounts::AccountView;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::{AccountId, Mode, Role, TeamId, TeamOfActor};
use crate::text_enum;

/// A team to be made.
#[derive(Debug, Clone)]
pub struct NewTeam {
    pub name: String,
    pub mode: Mode,
    pub personal: bool,
    pub time_zone: Tz,
}

/// What somebody fills in to have another team.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamInput {
    #[serde(default)]
    #[schema(required)]
    pub name: String,
    #[schema(example = "hiring")]
    #[serde(default)]
    #[schema(required)]
    pub mode: String,
    #[serde(default)]
    #[schema(required)]
    pub time_zone: String,
}

/// What of a team its owners may change; what is left out stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamChange {
    pub name: Option<String>,
    #[schema(example = "mock")]
    pub mode: Option<String>,
    pub time_zone: Option<String>,
}

/// A team as its members see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeamView {
    pub id: TeamId,
    pub name: String,
    pub mode: Mode,
    pub personal: bool,
    #[schema(value_type = String)]
    pub time_zone: Tz,
    /// One's own.
    pub role: Role,
}

/// What of a team somebody may manage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    pub read_members: bool,
    /// Never in a personal team, where nobody comes or goes.
    pub manage_members: bool,
    pub invite: bool,
    pub manage_team: bool,
    pub read_outbox: bool,
    pub read_audit: bool,
}

/// A team of one's own list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeamOfAccount {
    pub id: TeamId,
    pub name: String,
    pub role: Role,
    pub personal: bool,
}

text_enum! {
    /// What becomes of a team when the account of one of its people is deleted.
    TeamFate {
        /// Nobody else is in it: it is deleted with all that it has.
        Goes = "goes",
        /// It goes on without this person; what they wrote there stays, without their name.
        Stays = "stays",
        /// They are its only owner: somebody else must be one first.
        NeedsOwner = "needs_owner",
    }
}

/// `GET /me`: one's account and teams, shared teams first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MeView {
    pub account: AccountView,
    pub teams: Vec<TeamOfAccount>,
}

/// Somebody in a team.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MemberView {
    pub account_id: AccountId,
    pub name: String,
    /// For owners and leads, who write to people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    pub role: Role,
    pub joined_at: DateTime<Utc>,
}

/// The role a member is to have.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleChange {
    pub role: Role,
}

/// A mail as the owners of its team read it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MailView {
    pub id: uuid::Uuid,
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    /// Left out once a mail that lets somebody into their account has gone out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub created_at: DateTime<Utc>,
    /// None: it lies here and goes nowhere by itself.
    pub sent_at: Option<DateTime<Utc>>,
    /// It belongs to the server and not to the team.
    pub of_server: bool,
}

/// One act in a team, as its owners read it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AuditEventView {
    pub id: uuid::Uuid,
    pub at: DateTime<Utc>,
    /// Whose act it was; none for a guest and for a command at the server itself.
    pub account_id: Option<uuid::Uuid>,
    /// The link by which a guest came.
    pub link_id: Option<uuid::Uuid>,
    /// What that account is called today; the audit itself holds no names.
    pub name: Option<String>,
    /// The policy's word for the act.
    pub act: String,
    pub operation: String,
    /// The things it was done to.
    pub subjects: Vec<uuid::Uuid>,
    /// The things it made.
    pub made: Vec<uuid::Uuid>,
    /// It was asked for and not let through; at most one a minute is written down.
    pub refused: bool,
    pub request_id: uuid::Uuid,
}

/// What a team is for.
fn mode(word: &str) -> Result<Mode, String> {
    word.parse().map_err(|_| "Say what the team is for: mock, which is practice, or hiring.".to_owned())
}

impl TeamInput {
    pub fn parse(&self) -> Result<NewTeam> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", parse::line(&self.name, 1, 120));
        let mode = errors.take("mode", mode(&self.mode));
        let time_zone = errors.take("time_zone", parse::time_zone(&self.time_zone));
        match (name, mode, time_zone) {
            (Some(name), Some(mode), Some(time_zone)) => Ok(NewTeam { name, mode, personal: false, time_zone }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

impl TeamChange {
    /// What holds after this change of `now`. A personal team is for practice and stays that.
    pub fn parse(&self, now: &TeamOfActor) -> Result<NewTeam> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", parse::line(self.name.as_ref().unwrap_or(&now.name), 1, 120));
        let mode = errors.take("mode", self.mode.as_ref().map_or(Ok(now.mode), |word| mode(word)));
        let time_zone = self.time_zone.as_ref().map_or(Ok(now.time_zone), |zone| parse::time_zone(zone));
        let time_zone = errors.take("time_zone", time_zone);
        if now.personal && mode == Some(Mode::Hiring) {
            errors.add("mode", "A personal team is for practice. Make another team to hire.");
        }
        match (name, mode, time_zone) {
            (Some(name), Some(mode), Some(time_zone)) if errors.is_empty() => Ok(NewTeam { name, mode, personal: now.personal, time_zone }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

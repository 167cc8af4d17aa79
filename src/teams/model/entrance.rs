//! Shapes of the ways in.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::NewTeam;
use crate::accounts::{AccountInput, Registration, SignInGiven};
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::TeamId;
use crate::web::form::not_shown;

/// What the first owner fills in. The zone is the person's and the team's; each can be changed later.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUpInput {
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
    #[serde(default)]
    #[schema(required)]
    pub team_name: String,
    #[schema(example = "hiring")]
    #[serde(default)]
    #[schema(required)]
    pub team_mode: String,
}

/// The first owner and the first team, all but made.
pub struct SetUp {
    pub owner: Registration,
    pub team: NewTeam,
}

/// Who came in, and where they stand.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Entered {
    /// The team they entered; none after a sign-up, which enters no shared team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_id: Option<TeamId>,
    /// For who was not signed in before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<SignInGiven>,
}

impl SetUpInput {
    pub fn parse(self) -> Result<SetUp> {
        let mut errors = FieldErrors::default();
        let zone = parse::time_zone(&self.time_zone).ok();
        let owner = AccountInput { name: self.name, email: self.email, password: self.password, time_zone: self.time_zone };
        let owner = owner.take(&mut errors);
        let name = errors.take("team_name", parse::line(&self.team_name, 1, 120));
        let mode = errors.take("team_mode", super::mode(&self.team_mode));
        match (owner, name, mode, zone) {
            (Some(owner), Some(name), Some(mode), Some(time_zone)) => {
                Ok(SetUp { owner, team: NewTeam { name, mode, personal: false, time_zone } })
            }
            _ => Err(Error::Invalid(errors)),
        }
    }
}

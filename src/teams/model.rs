//! Shapes of teams.

use chrono_tz::Tz;
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::AccountView;
use crate::policy::{Mode, Role, TeamId};

/// A team to be made.
#[derive(Debug, Clone)]
pub struct NewTeam {
    pub name: String,
    pub mode: Mode,
    pub personal: bool,
    pub time_zone: Tz,
}

/// A team of one's own list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeamOfAccount {
    pub id: TeamId,
    pub name: String,
    pub role: Role,
    pub personal: bool,
}

/// `GET /me`: one's account and teams, shared teams first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MeView {
    pub account: AccountView,
    pub teams: Vec<TeamOfAccount>,
}

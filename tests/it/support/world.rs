//! A small world: one hiring team with somebody of each role, and one whose things do not exist for it.

use fivefold::policy::{AccountId, Mode, Role, TeamId};

use super::App;

#[derive(Clone)]
pub struct World {
    pub team: TeamId,
    pub owner: AccountId,
    pub lead: AccountId,
    pub interviewer: AccountId,
    pub candidate: AccountId,
    /// Owner of another team, nobody here.
    pub outsider: AccountId,
    pub other_team: TeamId,
}

impl World {
    pub fn new(app: &App) -> Self {
        Self::of(app, Mode::Hiring)
    }

    pub fn of(app: &App, mode: Mode) -> Self {
        let owner = app.account("Olive Owner");
        let team = app.team("North", mode, owner);
        let outsider = app.account("Otto Outsider");
        World {
            team,
            owner,
            lead: app.member(team, Role::Lead, "Lena Lead"),
            interviewer: app.member(team, Role::Interviewer, "Ines Interviewer"),
            candidate: app.member(team, Role::Candidate, "Carl Candidate"),
            outsider,
            other_team: app.team("South", mode, outsider),
        }
    }

    /// The account with this role.
    pub fn with_role(&self, role: Role) -> AccountId {
        match role {
            Role::Owner => self.owner,
            Role::Lead => self.lead,
            Role::Interviewer => self.interviewer,
            Role::Candidate => self.candidate,
        }
    }

    /// A path below the team's pages, as in `world.page("/members")`.
    pub fn page(&self, rest: &str) -> String {
        format!("/teams/{}{rest}", self.team)
    }

    /// The same below the API.
    pub fn api(&self, rest: &str) -> String {
        format!("/api/v1/teams/{}{rest}", self.team)
    }
}

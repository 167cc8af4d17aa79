//! A small world: one hiring team with somebody of each role, and one whose things do not exist for it.

use fivefold::policy::{AccountId, InterviewId, Mode, Role, TeamId};
use serde_json::{Value, json};

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

    /// The newest version of the built-in question set, and of the built-in rubric.
    pub fn versions(app: &App) -> (String, String) {
        let newest =
            |table: &str, slug: &str| app.text(&format!("SELECT id FROM {table} WHERE slug = '{slug}' ORDER BY number DESC LIMIT 1"));
        (newest("library_question_set_versions", "django-backend"), newest("library_rubric_versions", "five-areas"))
    }

    /// What `POST …/interviews` is sent: a new candidate with an address, the interviewer as lead
    /// interviewer, the lead as second, tomorrow at ten, in Berlin, an hour.
    pub fn plan(&self, app: &App) -> Value {
        let (set, rubric) = Self::versions(app);
        let tomorrow = (app.now() + chrono::TimeDelta::days(1)).format("%Y-%m-%dT10:00:00Z").to_string();
        json!({
            "candidate": {"name": "Sofia Marin", "email": "sofia@example.com"},
            "level": "mid",
            "question_set_version_id": set,
            "rubric_version_id": rubric,
            "seats": [
                {"account_id": self.interviewer, "seat": "lead_interviewer"},
                {"account_id": self.lead, "seat": "interviewer"},
            ],
            "starts_at": tomorrow,
            "time_zone": "Europe/Berlin",
            "minutes": 60,
        })
    }

    /// An interview as [`World::plan`] has it, planned by the lead; members of `changes` take the place of
    /// those of the same name, null leaves one away.
    pub async fn interview(&self, app: &App, changes: Value) -> InterviewId {
        let answer = app.token(self.lead).post_json(&self.api("/interviews"), merge(self.plan(app), changes)).await;
        answer.is(201).id().parse().unwrap()
    }
}

/// `base` with the members of `changes`; null takes one away.
pub fn merge(mut base: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().cloned().unwrap_or_default() {
        match value {
            Value::Null => drop(base.as_object_mut().unwrap().remove(&name)),
            value => base[name] = value,
        }
    }
    base
}

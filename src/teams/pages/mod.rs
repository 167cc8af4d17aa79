//! Pages of teams and of the ways in.

pub mod audit;
pub mod invitations;
pub mod join;
pub mod members;
pub mod outbox;
pub mod set_up;
pub mod settings;
pub mod sign_up;
pub mod start;
pub mod team;

use serde::Serialize;

use super::model::Entered;
use super::service;
use crate::accounts::{self, Visitor};
use crate::policy::{Actor, Mode, Role, TeamId};
use crate::web::page::{PageResult, Sample, samples_of, see_other};

pub fn samples() -> Vec<Sample> {
    [
        samples_of::<start::SetUpHintPage>(),
        samples_of::<set_up::SetUpPage>(),
        samples_of::<sign_up::SignUpPage>(),
        samples_of::<join::JoinPage>(),
        samples_of::<team::NewTeamPage>(),
        samples_of::<members::MembersPage>(),
        samples_of::<invitations::InvitationsPage>(),
        samples_of::<settings::SettingsPage>(),
        samples_of::<outbox::OutboxPage>(),
        samples_of::<audit::AuditPage>(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A choice of a select or of radio buttons.
#[derive(Debug, Clone, Serialize)]
struct Choice {
    value: &'static str,
    label: &'static str,
    hint: &'static str,
}

fn roles() -> Vec<Choice> {
    let hint = |role| match role {
        Role::Owner => "People, settings, and everything below.",
        Role::Lead => "Plans interviews, opens debriefs, releases reports.",
        Role::Interviewer => "Sits in interviews and scores them.",
        Role::Candidate => "Sees their own interviews and released reports.",
    };
    Role::ALL.iter().rev().map(|role| Choice { value: role.as_str(), label: role_label(*role), hint: hint(*role) }).collect()
}

fn role_label(role: Role) -> &'static str {
    match role {
        Role::Owner => "Owner",
        Role::Lead => "Lead",
        Role::Interviewer => "Interviewer",
        Role::Candidate => "Candidate",
    }
}

fn modes() -> Vec<Choice> {
    let choice = |mode: &Mode| match mode {
        Mode::Mock => Choice { value: mode.as_str(), label: "Practice", hint: "Mock interviews: the outcome is how ready somebody is." },
        Mode::Hiring => Choice { value: mode.as_str(), label: "Hiring", hint: "Real interviews: the outcome is a decision." },
    };
    Mode::ALL.iter().map(choice).collect()
}

/// A link between the pages of Admin.
#[derive(Debug, Clone, Serialize)]
struct Section {
    label: &'static str,
    url: String,
    current: bool,
}

/// The pages of Admin that this reader may open; nothing where there is but one.
fn sections(actor: &Actor, team: TeamId, here: &str) -> Vec<Section> {
    let rights = service::rights(actor);
    let all = [
        ("Members", "members", rights.read_members),
        ("Invitations", "invitations", rights.invite),
        ("Settings", "settings", rights.manage_team),
        ("Outbox", "outbox", rights.read_outbox),
        ("Audit", "audit", rights.read_audit),
    ];
    let open: Vec<_> = all
        .into_iter()
        .filter(|(.., open)| *open)
        .map(|(label, path, _)| Section { label, url: format!("/teams/{team}/{path}"), current: path == here })
        .collect();
    if open.len() > 1 { open } else { Vec::new() }
}

/// Goes to where somebody has come in, with their sign-in in the cookie if it is new.
fn go_in(visitor: &Visitor, entered: Entered) -> PageResult {
    let url = entered.team_id.map_or_else(|| "/".to_owned(), |team| format!("/teams/{team}"));
    match entered.sign_in {
        Some(given) => accounts::enter(visitor, &url, given),
        None => see_other(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_and_mode_can_be_chosen() {
        assert_eq!(roles().len(), Role::ALL.len());
        assert_eq!(modes().len(), Mode::ALL.len());
    }
}

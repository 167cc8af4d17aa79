//! What stands round every page of somebody who is signed in: who they are, their teams, the way about.

use super::store::{self, OwnTeam};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Act, Actor, Person, Role, TeamId, TeamOfActor, may};
use crate::web::page::{AnyPage, Nav, NavLink, Shell, ShellAccount, ShellTeam, ShellTeamLink};

/// One query, whatever the number of teams; none for a page that stands alone.
pub fn fill(tx: &mut Tx, actor: &Actor, page: &AnyPage, mut shell: Shell) -> Result<Shell> {
    let Person::Account { id, name, email, .. } = &actor.person else { return Ok(shell) };
    shell.account = Some(ShellAccount { id: id.to_string(), name: name.clone(), initials: initials(name), email: email.clone() });
    if !page.alone() {
        let link = |own: OwnTeam| ShellTeamLink {
            name: shown_name(own.name, own.personal),
            role: role_word(own.role),
            personal: own.personal,
            url: team_home(own.id),
            current: actor.team.as_ref().is_some_and(|at| at.id == own.id),
        };
        shell.teams = store::teams_of_account(tx, *id)?.into_iter().map(link).collect();
    }
    if let Some(team) = &actor.team {
        shell.urls.home = team_home(team.id);
        shell.nav = nav(actor, team, page.nav());
        shell.urls.find = may(&actor.standing(), Act::EnterTeam).then(|| format!("{}/find", team_home(team.id)));
        shell.team = Some(ShellTeam {
            id: team.id.to_string(),
            name: shown_name(team.name.clone(), team.personal),
            role: team.role.map(|role| role.to_string()).unwrap_or_default(),
            personal: team.personal,
        });
    }
    Ok(shell)
}

/// One has one personal team, and knows whose it is.
fn shown_name(name: String, personal: bool) -> String {
    if personal { "Personal".into() } else { name }
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Owner => "Owner",
        Role::Lead => "Lead",
        Role::Interviewer => "Interviewer",
        Role::Candidate => "Candidate",
    }
}

/// Up to two letters that stand for a person.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next();
    let last = words.next_back();
    [first, last].into_iter().flatten().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

fn team_home(team: TeamId) -> String {
    format!("/teams/{team}")
}

fn nav(actor: &Actor, team: &TeamOfActor, lit: Nav) -> Vec<NavLink> {
    let home = team_home(team.id);
    let entries = [
        (Nav::Home, "Home", home.clone(), Act::EnterTeam),
        (Nav::Interviews, "Interviews", format!("{home}/interviews"), Act::ListInterviews),
        (Nav::Candidates, "Candidates", format!("{home}/candidates"), Act::ReadCandidates),
        (Nav::Questions, "Questions", format!("{home}/question-sets"), Act::ReadLibrary),
        (Nav::Practice, "Practice", format!("{home}/practice"), Act::Practise),
        (Nav::Calibration, "Calibration", format!("{home}/calibration"), Act::ReadOwnCalibration),
        (Nav::Admin, "Admin", format!("{home}/members"), Act::ManageTeam),
    ];
    entries
        .into_iter()
        .filter(|(.., act)| may(&actor.standing(), *act))
        // Nobody is there to be compared with.
        .filter(|(key, ..)| *key != Nav::Calibration || !team.personal)
        .map(|(key, label, url, _)| NavLink { key, label, url, current: key == lit })
        .collect()
}

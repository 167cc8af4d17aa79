//! The pages on which one takes one's data along, or deletes it with the account.

use serde::Serialize;

use super::model::{Deletion, TeamOfDeletion};
use super::{archive, service};
use crate::accounts::{PasswordProof, Visitor, leave, prove};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Actor, TeamId};
use crate::teams::TeamFate;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Nav, PageResult, Sample, Template, samples_of};

#[derive(Debug, Default, Serialize)]
pub struct OwnDataPage {
    errors: FormErrors,
}

#[derive(Debug, Default, Serialize)]
pub struct DeletionPage {
    teams: Vec<TeamLine>,
    possible: bool,
    errors: FormErrors,
}

/// A team and what becomes of it, in words.
#[derive(Debug, Serialize)]
struct TeamLine {
    name: String,
    words: &'static str,
    members_url: Option<String>,
}

pub async fn show(visitor: Visitor) -> PageResult {
    visitor.page(|_, actor| own(actor, FormErrors::default())).await
}

pub async fn export(visitor: Visitor, Form(proof): Form<PasswordProof>) -> PageResult {
    let data = match prove(&visitor, proof).await {
        Ok(proved) => visitor.write(move |tx, actor| service::export(tx, actor, &proved)).await,
        Err(error) => Err(error),
    };
    match data {
        Ok(data) => Ok(archive::answer(&visitor, &data)?),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |_, actor| own(actor, errors)).await
        }
    }
}

fn own(actor: &Actor, errors: FormErrors) -> Result<OwnDataPage> {
    actor.account().map(|_| OwnDataPage { errors })
}

pub async fn show_deletion(visitor: Visitor) -> PageResult {
    visitor.page(|tx, actor| deletion(tx, actor, FormErrors::default())).await
}

pub async fn delete(visitor: Visitor, Form(proof): Form<PasswordProof>) -> PageResult {
    let done = match prove(&visitor, proof).await {
        Ok(proved) => visitor.write(move |tx, actor| service::delete(tx, actor, &proved)).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => leave(&visitor, "account-deleted"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| deletion(tx, actor, errors)).await
        }
    }
}

fn deletion(tx: &mut Tx, actor: &Actor, errors: FormErrors) -> Result<DeletionPage> {
    let Deletion { teams, possible } = service::plan_deletion(tx, actor)?;
    Ok(DeletionPage { teams: teams.into_iter().map(line).collect(), possible, errors })
}

fn line(team: TeamOfDeletion) -> TeamLine {
    let TeamOfDeletion { id: TeamId(id), name, personal, fate } = team;
    let words = match (fate, personal) {
        (TeamFate::Goes, true) => "is yours alone and is deleted with all that is in it.",
        (TeamFate::Goes, false) => "has nobody else in it and is deleted with all that is in it.",
        (TeamFate::Stays, _) => "goes on without you. Scorecards you handed in stay, without your name.",
        (TeamFate::NeedsOwner, _) => "has no other owner. Make somebody else an owner first.",
    };
    TeamLine { name, words, members_url: (fate == TeamFate::NeedsOwner).then(|| format!("/teams/{id}/members")) }
}

/// Every page of this file, for the check of all templates.
pub fn samples() -> Vec<Sample> {
    samples_of::<OwnDataPage>().into_iter().chain(samples_of::<DeletionPage>()).collect()
}

fn titled(title: &str, errors: &FormErrors) -> String {
    if errors.summary.is_empty() { title.into() } else { format!("Error: {title}") }
}

impl Template for OwnDataPage {
    const PATH: &'static str = "own_data/own_data.html";
    const NAV: Nav = Nav::Account;

    fn title(&self) -> String {
        titled("Your data", &self.errors)
    }

    fn samples() -> Vec<Self> {
        vec![OwnDataPage::default(), OwnDataPage { errors: FormErrors::sample(&["current_password"]) }]
    }
}

impl Template for DeletionPage {
    const PATH: &'static str = "own_data/deletion.html";
    const NAV: Nav = Nav::Account;

    fn title(&self) -> String {
        titled("Delete your account", &self.errors)
    }

    fn samples() -> Vec<Self> {
        let team =
            |members_url: Option<&str>| TeamLine { name: "North".into(), words: "goes on.", members_url: members_url.map(Into::into) };
        vec![
            DeletionPage { teams: vec![team(None)], possible: true, ..DeletionPage::default() },
            DeletionPage { teams: vec![team(Some("/teams/1/members"))], possible: true, errors: FormErrors::sample(&["current_password"]) },
            DeletionPage { teams: vec![team(Some("/teams/1/members"))], ..DeletionPage::default() },
        ]
    }
}

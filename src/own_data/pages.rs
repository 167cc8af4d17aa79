//! The page on which one takes one's data along, or deletes it with the account.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::model::{Deletion, TeamOfDeletion};
use super::service;
use crate::accounts::{PasswordProof, Visitor, leave, prove};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, TeamId};
use crate::teams::TeamFate;
use crate::web::download::attachment;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Nav, PageResult, Template};

/// What the file is called.
pub const FILE: &str = "fivefold-own-data.json";

#[derive(Debug, Default, Serialize)]
pub struct OwnDataPage {
    teams: Vec<TeamLine>,
    possible: bool,
    export_errors: FormErrors,
    deletion_errors: FormErrors,
}

/// A team and what becomes of it, in words.
#[derive(Debug, Serialize)]
struct TeamLine {
    name: String,
    words: &'static str,
    members_url: Option<String>,
}

pub async fn show(visitor: Visitor) -> PageResult {
    visitor.page(page).await
}

pub async fn export(visitor: Visitor, Form(proof): Form<PasswordProof>) -> PageResult {
    let data = match prove(&visitor, proof).await {
        Ok(proved) => visitor.write(move |tx, actor| service::export(tx, actor, &proved)).await,
        Err(error) => Err(error),
    };
    match data {
        Ok(data) => Ok(attachment("application/json", FILE, serde_json::to_vec_pretty(&data).map_err(Error::from)?)),
        Err(error) => {
            let (status, export_errors) = FormErrors::shown(error)?;
            again(visitor, status, move |page| OwnDataPage { export_errors, ..page }).await
        }
    }
}

pub async fn delete(visitor: Visitor, Form(proof): Form<PasswordProof>) -> PageResult {
    let done = match prove(&visitor, proof).await {
        Ok(proved) => visitor.write(move |tx, actor| service::delete(tx, actor, &proved)).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => leave(&visitor, "account-deleted"),
        Err(error) => {
            let (status, deletion_errors) = FormErrors::shown(error)?;
            again(visitor, status, move |page| OwnDataPage { deletion_errors, ..page }).await
        }
    }
}

async fn again(visitor: Visitor, status: StatusCode, change: impl FnOnce(OwnDataPage) -> OwnDataPage + Send + 'static) -> PageResult {
    visitor.page_with(status, move |tx, actor| page(tx, actor).map(change)).await
}

fn page(tx: &mut Tx, actor: &Actor) -> Result<OwnDataPage> {
    let Deletion { teams, possible } = service::plan_deletion(tx, actor)?;
    Ok(OwnDataPage { teams: teams.into_iter().map(line).collect(), possible, ..OwnDataPage::default() })
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

impl Template for OwnDataPage {
    const PATH: &'static str = "own_data/own_data.html";
    const NAV: Nav = Nav::Account;

    fn title(&self) -> String {
        let right = self.export_errors.summary.is_empty() && self.deletion_errors.summary.is_empty();
        if right { "Your data".into() } else { "Error: Your data".into() }
    }

    fn samples() -> Vec<Self> {
        let team = |members_url: Option<&str>| TeamLine { name: "North".into(), words: "goes on.", members_url: members_url.map(Into::into) };
        vec![
            OwnDataPage { teams: vec![team(None)], possible: true, ..OwnDataPage::default() },
            OwnDataPage {
                teams: vec![team(Some("/teams/1/members"))],
                possible: false,
                export_errors: FormErrors::sample(&["current_password"]),
                deletion_errors: FormErrors::sample(&["current_password"]),
            },
        ]
    }
}

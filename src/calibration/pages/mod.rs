//! The pages of calibration: the team's, and one's own.

mod agreement;
mod charts;
mod consistency;
mod detail;
mod filter;
mod own;
mod own_detail;
mod own_style;
mod samples;
mod severity;
mod team;
mod tiles;
pub(in crate::calibration) mod words;

use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::exercises::{self, WaitingPart};
use super::model::{Look, LookQuery};
use super::service;
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Act, Actor, TeamId, may};
use crate::web::form::Form;
use crate::web::page::{PageResult, Sample, samples_of, see_other_with};
use own::OwnPage;
use team::TeamPage;

pub fn samples() -> Vec<Sample> {
    [samples_of::<TeamPage>(), samples_of::<OwnPage>()].into_iter().flatten().collect()
}

/// Whether one's name is to be shown to leads.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SharingForm {
    share: String,
}

/// The team's page for who leads; everybody else who interviews finds their own.
pub async fn show(visitor: Visitor, query: Query<LookQuery>) -> PageResult {
    let look = query.look()?;
    let read = visitor
        .read(move |tx, actor| match may(&actor.standing(), Act::ReadCalibration) {
            true => service::team(tx, actor, look).map(Some),
            false => Ok(None),
        })
        .await?;
    let Some(read) = read else { return own(visitor, look).await };
    let view = read.team().await?;
    visitor.page(move |tx, actor| Ok(TeamPage { waiting: waiting(tx, actor)?, ..TeamPage::of(&view, actor)? })).await
}

pub async fn show_own(visitor: Visitor, query: Query<LookQuery>) -> PageResult {
    let look = query.look()?;
    own(visitor, look).await
}

async fn own(visitor: Visitor, look: Look) -> PageResult {
    let view = visitor.read(move |tx, actor| service::own(tx, actor, look)).await?.own().await?;
    visitor.page(move |tx, actor| Ok(OwnPage { waiting: waiting(tx, actor)?, ..OwnPage::of(&view, actor)? })).await
}

/// The gold interviews that wait for the reader.
fn waiting(tx: &mut Tx, actor: &Actor) -> Result<Vec<WaitingPart>> {
    let (team, waiting) = (actor.team_id()?, exercises::waiting(tx, actor)?);
    Ok(waiting.iter().map(|exercise| WaitingPart::of(exercise, team, actor.time_zone())).collect())
}

pub async fn update_sharing(visitor: Visitor, path: Path<String>, Form(form): Form<SharingForm>) -> PageResult {
    let share = form.share == "yes";
    visitor.write(move |tx, actor| if share { service::share(tx, actor) } else { service::unshare(tx, actor) }).await?;
    see_other_with(format!("/teams/{path}/calibration/own"), if share { "severity-shared" } else { "severity-unshared" })
}

fn address(team: TeamId) -> String {
    format!("/teams/{team}/calibration")
}

/// The same look as an address says it.
fn query(look: Look) -> String {
    let level = look.level.map_or("", |level| level.as_str());
    let rubric = look.rubric_version_id.map(|id| id.to_string()).unwrap_or_default();
    format!("?period={}&level={level}&rubric_version_id={rubric}", look.period.as_str())
}

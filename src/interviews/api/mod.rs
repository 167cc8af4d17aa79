//! Interviews over JSON.

mod changes;
mod known;
mod links;
mod seats;
mod suggestion;

pub use changes::{put_cancellation, put_no_show, put_schedule, put_second_half};
pub use known::list_known_questions;
pub use links::{create_candidate_link, delete_candidate_link, list_candidate_links};
pub use seats::{create_seat, delete_seat, update_seat};
pub use suggestion::show_panel_suggestion;

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::model::{Filter, InterviewView, NewInterview};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::InterviewId;
use crate::web::api::{ApiError, ApiResult, Json, created, if_match, ok, ok_versioned};
use crate::web::download::attachment;
use crate::web::paging::Paging;

/// Which part of the list.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    state: Option<String>,
}

impl ListQuery {
    fn filter(&self) -> Result<Filter, Error> {
        self.state.as_deref().map_or(Ok(Filter::All), |state| state.parse().map_err(Error::Malformed))
    }
}

pub async fn list_interviews(visitor: Visitor, query: Query<ListQuery>, paging: Paging) -> ApiResult {
    let (filter, slice) = (query.filter()?, paging.slice()?);
    ok(&visitor.read(move |tx, actor| service::list(tx, actor, filter, &slice)).await?)
}

pub async fn create_interview(visitor: Visitor, Json(new): Json<NewInterview>) -> ApiResult {
    let (view, team) = visitor.write(move |tx, actor| Ok((service::plan(tx, actor, new)?, actor.team_id()?))).await?;
    created(&format!("/api/v1/teams/{team}/interviews/{}", view.id()), &view)
}

pub async fn show_interview(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = id(&path)?;
    shown(&visitor.read(move |tx, actor| service::show(tx, actor, id)).await?)
}

pub async fn update_interview(
    visitor: Visitor,
    path: Path<(String, String)>,
    request: HttpRequest,
    Json(new): Json<NewInterview>,
) -> ApiResult {
    let (id, version) = (id(&path)?, if_match(&request)?);
    shown(&visitor.write(move |tx, actor| service::edit(tx, actor, id, version, new)).await?)
}

pub async fn show_kit(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = id(&path)?;
    ok(&visitor.read(move |tx, actor| service::kit(tx, actor, id)).await?)
}

pub async fn show_interview_resume(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = id(&path)?;
    ok(&visitor.read(move |tx, actor| service::resume(tx, actor, id)).await?.1)
}

pub async fn show_calendar(visitor: Visitor, path: Path<(String, String)>) -> Result<HttpResponse, ApiError> {
    let id = id(&path)?;
    let file = visitor.read(move |tx, actor| service::calendar_file(tx, actor, id)).await?;
    Ok(attachment("text/calendar; charset=utf-8", "interview.ics", file))
}

fn id(path: &(String, String)) -> Result<InterviewId, Error> {
    path.1.parse().map_err(|_| Error::NotFound)
}

/// A plan carries its version for the next If-Match; an invitation has none.
fn shown(view: &InterviewView) -> ApiResult {
    match view {
        InterviewView::Plan(plan) => ok_versioned(plan.version, view),
        InterviewView::Invitation(_) => ok(view),
    }
}

//! Debriefs over JSON.

use actix_web::web::Path;

use super::model::{EarlyOpening, NewDecision};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::policy::InterviewId;
use crate::web::api::{ApiResult, Json, Nothing, created, ok};

type Ids = Path<(String, String)>;

pub async fn put_submission(visitor: Visitor, ids: Ids, _: Json<Nothing>) -> ApiResult {
    let id = interview(&ids)?;
    let card = visitor.write(move |tx, actor| service::submit(tx, actor, id)).await?;
    created(&format!("/api/v1/teams/{}/interviews/{id}/scorecard", ids.0), &card)
}

pub async fn create_debrief(visitor: Visitor, ids: Ids, Json(input): Json<EarlyOpening>) -> ApiResult {
    let id = interview(&ids)?;
    let reason = input.reason.clone();
    visitor.write(move |tx, actor| service::open_early(tx, actor, id, &input)).await?;
    created(&format!("/api/v1/teams/{}/interviews/{id}/debrief", ids.0), &Opened { early_reason: reason })
}

pub async fn show_debrief(visitor: Visitor, ids: Ids) -> ApiResult {
    let id = interview(&ids)?;
    ok(&visitor.read(move |tx, actor| service::show(tx, actor, id)).await?)
}

pub async fn put_decision(visitor: Visitor, ids: Ids, Json(input): Json<NewDecision>) -> ApiResult {
    let id = interview(&ids)?;
    ok(&visitor.write(move |tx, actor| service::decide(tx, actor, id, &input)).await?)
}

/// A debrief that was opened early.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Opened {
    pub early_reason: String,
}

fn interview(ids: &Ids) -> Result<InterviewId> {
    ids.1.parse().map_err(|_| Error::NotFound)
}

//! Scorecards over JSON.

use actix_web::HttpRequest;
use actix_web::web::Path;

use super::model::{NewRevision, Save, ScorecardPatch};
use super::{read, service};
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::InterviewId;
use crate::web::api::{ApiResult, Json, created, idempotency_key, if_match, ok, ok_versioned};

pub async fn show_scorecard(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = interview(&path)?;
    let card = visitor.read(move |tx, actor| read::draft(tx, actor, id)).await?;
    ok_versioned(card.version, &card)
}

pub async fn save_scorecard(
    visitor: Visitor,
    request: HttpRequest,
    path: Path<(String, String)>,
    patch: Json<ScorecardPatch>,
) -> ApiResult {
    let id = interview(&path)?;
    let save = Save::parse(if_match(&request)?, idempotency_key(&request)?, &patch.0)?;
    let saved = visitor.write_draft(move |tx, actor| service::save(tx, actor, id, &save)).await?;
    ok_versioned(saved.version, &saved)
}

pub async fn amend_scorecard(visitor: Visitor, path: Path<(String, String)>, new: Json<NewRevision>) -> ApiResult {
    let id = interview(&path)?;
    let card = visitor.write(move |tx, actor| service::amend(tx, actor, id, &new.0)).await?;
    created(&format!("/api/v1/teams/{}/interviews/{id}/scorecard", path.0), &card)
}

pub async fn list_scorecards(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = interview(&path)?;
    ok(&visitor.read(move |tx, actor| read::list(tx, actor, id)).await?)
}

fn interview(path: &Path<(String, String)>) -> Result<InterviewId, Error> {
    path.1.parse().map_err(|_| Error::NotFound)
}

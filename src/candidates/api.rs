//! Candidate records over JSON.

use actix_web::HttpRequest;
use actix_web::web::{Path, Query};

use super::model::{CandidateId, CandidateInput, NewCandidate, Search};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::api::{ApiResult, Json, created, if_match, ok, ok_versioned};
use crate::web::paging::Paging;

pub async fn list_candidates(visitor: Visitor, search: Query<Search>, paging: Paging) -> ApiResult {
    let slice = paging.slice()?;
    ok(&visitor.read(move |tx, actor| service::list(tx, actor, &search.q, &slice)).await?)
}

pub async fn create_candidate(visitor: Visitor, path: Path<String>, Json(input): Json<CandidateInput>) -> ApiResult {
    let candidate = visitor.write(move |tx, actor| service::create(tx, actor, NewCandidate::parse(&input)?)).await?;
    created(&format!("/api/v1/teams/{path}/candidates/{}", candidate.id), &candidate)
}

pub async fn show_candidate(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = id(&path)?;
    let candidate = visitor.read(move |tx, actor| service::find(tx, actor, id)).await?;
    ok_versioned(candidate.version, &candidate)
}

pub async fn update_candidate(
    visitor: Visitor,
    request: HttpRequest,
    path: Path<(String, String)>,
    Json(input): Json<CandidateInput>,
) -> ApiResult {
    let (id, version) = (id(&path)?, if_match(&request)?);
    let candidate = visitor.write(move |tx, actor| service::update(tx, actor, id, version, NewCandidate::parse(&input)?)).await?;
    ok_versioned(candidate.version, &candidate)
}

fn id((_, id): &(String, String)) -> Result<CandidateId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

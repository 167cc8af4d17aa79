//! Candidate records over JSON.

use actix_web::web::{Path, Query};
use actix_web::{HttpRequest, HttpResponse};

use super::model::{CandidateId, CandidateInput, ClaimId, ClaimInput, NewCandidate, NewClaim, Search, TakeClaims};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::resumes::{Sheet, api_file};
use crate::web::api::{ApiError, ApiResult, Json, created, if_match, no_content, ok, ok_versioned};
use crate::web::download::attachment;
use crate::web::paging::Paging;
use crate::web::upload::RawFile;

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

pub async fn list_claims(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = id(&path)?;
    ok(&visitor.read(move |tx, actor| service::claims(tx, actor, id)).await?)
}

pub async fn create_claim(visitor: Visitor, path: Path<(String, String)>, Json(input): Json<ClaimInput>) -> ApiResult {
    let candidate = id(&path)?;
    let claim = visitor.write(move |tx, actor| service::add_claim(tx, actor, candidate, &NewClaim::parse(&input)?)).await?;
    created(&format!("/api/v1/teams/{}/candidates/{candidate}/claims/{}", path.0, claim.id), &claim)
}

pub async fn update_claim(
    visitor: Visitor,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    Json(input): Json<ClaimInput>,
) -> ApiResult {
    let (claim, version) = (claim_id(&path)?, if_match(&request)?);
    let claim = visitor.write(move |tx, actor| service::update_claim(tx, actor, claim, version, &NewClaim::parse(&input)?)).await?;
    ok_versioned(claim.version, &claim)
}

pub async fn delete_claim(visitor: Visitor, path: Path<(String, String, String)>) -> ApiResult {
    let (candidate, claim) = claim_id(&path)?;
    visitor.write(move |tx, actor| service::remove_claim(tx, actor, candidate, claim)).await?;
    no_content()
}

pub async fn show_candidate_resume(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = id(&path)?;
    let found = visitor.read(move |tx, actor| service::resume(tx, actor, id)).await?;
    ok_versioned(found.version, &found)
}

pub async fn put_candidate_resume(visitor: Visitor, request: HttpRequest, path: Path<(String, String)>, raw: RawFile) -> ApiResult {
    let (id, version) = (id(&path)?, if_match(&request)?);
    visitor.read(service::may_import_resume).await?;
    let brought = api_file::read(raw).await?;
    let put = visitor.write(move |tx, actor| service::import_resume(tx, actor, id, version, &brought)).await?;
    ok_versioned(put.version, &put)
}

pub async fn delete_candidate_resume(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = id(&path)?;
    visitor.write(move |tx, actor| service::remove_resume(tx, actor, id)).await?;
    no_content()
}

pub async fn show_candidate_resume_text(visitor: Visitor, path: Path<(String, String)>) -> Result<HttpResponse, ApiError> {
    let id = id(&path)?;
    let text = visitor.read(move |tx, actor| {
        let found = service::resume(tx, actor, id)?;
        Ok(Sheet::of(&found.resume.ok_or(Error::NotFound)?, found.template).text())
    });
    Ok(attachment("text/plain; charset=utf-8", "resume.txt", text.await?))
}

pub async fn list_suggested_claims(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = id(&path)?;
    ok(&visitor.read(move |tx, actor| service::suggested_claims(tx, actor, id)).await?)
}

pub async fn take_suggested_claims(visitor: Visitor, path: Path<(String, String)>, Json(take): Json<TakeClaims>) -> ApiResult {
    let id = id(&path)?;
    ok(&visitor.write(move |tx, actor| service::take_claims(tx, actor, id, &take)).await?)
}

fn claim_id((_, id, claim): &(String, String, String)) -> Result<(CandidateId, ClaimId), Error> {
    id.parse().ok().zip(claim.parse().ok()).ok_or(Error::NotFound)
}

fn id((_, id): &(String, String)) -> Result<CandidateId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

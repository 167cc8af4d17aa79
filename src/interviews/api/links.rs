//! Candidates' links, over JSON.

use actix_web::web::Path;

use super::super::model::NewCandidateLink;
use super::super::service;
use super::id;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::CandidateLinkId;
use crate::web::api::{ApiResult, Json, List, created, no_content, ok};

/// An interview has a handful of links: the list is one page.
pub async fn list_candidate_links(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = id(&path)?;
    let items = visitor.read(move |tx, actor| service::links(tx, actor, id)).await?;
    ok(&List { items, next_cursor: None })
}

pub async fn create_candidate_link(visitor: Visitor, path: Path<(String, String)>, Json(new): Json<NewCandidateLink>) -> ApiResult {
    let id = id(&path)?;
    let given = visitor.write(move |tx, actor| service::make_link(tx, actor, id, &new)).await?;
    created(&format!("/api/v1/teams/{}/interviews/{id}/candidate-links/{}", path.0, given.id), &given)
}

pub async fn delete_candidate_link(visitor: Visitor, path: Path<(String, String, String)>) -> ApiResult {
    let (_, id, link) = path.into_inner();
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let link: CandidateLinkId = link.parse().map_err(|_| Error::NotFound)?;
    visitor.write(move |tx, actor| service::revoke_link(tx, actor, id, link)).await?;
    no_content()
}

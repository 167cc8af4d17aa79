//! Rubrics over JSON: what is published here, a team's own in `drafts`.

mod drafts;

pub use drafts::*;

use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::model::{RubricId, RubricVersionId};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::api::{ApiResult, ok};
use crate::web::download::attachment;
use crate::web::paging::Paging;

pub async fn list_rubrics(visitor: Visitor, paging: Paging) -> ApiResult {
    let slice = paging.slice()?;
    ok(&visitor.read(move |tx, actor| service::list(tx, actor, &slice)).await?)
}

pub async fn list_rubric_versions(visitor: Visitor, path: Path<(String, String)>, paging: Paging) -> ApiResult {
    let id: RubricId = path.1.parse().map_err(|_| Error::NotFound)?;
    let slice = paging.slice()?;
    ok(&visitor.read(move |tx, actor| service::versions(tx, actor, id, &slice)).await?)
}

pub async fn show_rubric_version(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id: RubricVersionId = path.1.parse().map_err(|_| Error::NotFound)?;
    ok(&*visitor.read(move |tx, actor| service::show(tx, actor, id)).await?)
}

pub async fn show_rubric_export(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id: RubricVersionId = path.1.parse().map_err(|_| Error::NotFound)?;
    let (name, text) = visitor.read(move |tx, actor| service::export(tx, actor, id)).await?;
    Ok(attachment("application/json", &name, text))
}

/// Since which version.
#[derive(Debug, Clone, Deserialize)]
pub struct FromQuery {
    from: Option<RubricVersionId>,
}

pub async fn show_rubric_differences(visitor: Visitor, path: Path<(String, String)>, query: Query<FromQuery>) -> ApiResult {
    let (to, from): (RubricVersionId, _) = (path.1.parse().map_err(|_| Error::NotFound)?, query.from);
    ok(&visitor.read(move |tx, actor| service::differences(tx, actor, from, to)).await?)
}

pub async fn show_draft_differences(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id: RubricId = path.1.parse().map_err(|_| Error::NotFound)?;
    ok(&visitor.read(move |tx, actor| service::draft_differences(tx, actor, id)).await?.1)
}

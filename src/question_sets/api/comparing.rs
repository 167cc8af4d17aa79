//! Differences between versions, and what changed where a set was copied from, over JSON.

use actix_web::HttpRequest;
use actix_web::web::{Path, Query};

use super::super::difference::FromQuery;
use super::super::model::{QuestionSetId, QuestionSetVersionId};
use super::super::service;
use super::super::upstream::UpstreamVersion;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::api::{ApiResult, Json, if_match, ok};
use crate::web::paging::Paging;

fn set(id: &str) -> Result<QuestionSetId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

pub async fn list_version_differences(
    visitor: Visitor,
    path: Path<(String, String)>,
    query: Query<FromQuery>,
    paging: Paging,
) -> ApiResult {
    let to: QuestionSetVersionId = path.1.parse().map_err(|_| Error::NotFound)?;
    let (from, slice) = (query.version()?, paging.slice()?);
    ok(&visitor.read(move |tx, actor| service::difference(tx, actor, to, from, &slice)).await?)
}

pub async fn list_draft_differences(visitor: Visitor, path: Path<(String, String)>, query: Query<FromQuery>, paging: Paging) -> ApiResult {
    let (id, from, slice) = (set(&path.1)?, query.version()?, paging.slice()?);
    ok(&visitor.read(move |tx, actor| service::draft_difference(tx, actor, id, from, &slice)).await?)
}

pub async fn show_upstream(visitor: Visitor, path: Path<(String, String)>, paging: Paging) -> ApiResult {
    let (id, slice) = (set(&path.1)?, paging.slice()?);
    ok(&visitor.read(move |tx, actor| service::upstream(tx, actor, id, &slice)).await?)
}

pub async fn put_upstream_question(
    visitor: Visitor,
    path: Path<(String, String, String)>,
    request: HttpRequest,
    Json(read): Json<UpstreamVersion>,
) -> ApiResult {
    let (id, key, version) = (set(&path.1)?, path.2.clone(), if_match(&request)?);
    ok(&visitor.write(move |tx, actor| service::take_upstream(tx, actor, (id, &key), version, &read)).await?)
}

pub async fn put_upstream_questions(visitor: Visitor, path: Path<(String, String)>, Json(read): Json<UpstreamVersion>) -> ApiResult {
    let id = set(&path.1)?;
    ok(&visitor.write(move |tx, actor| service::take_all_upstream(tx, actor, id, &read)).await?)
}

pub async fn put_upstream_comparison(visitor: Visitor, path: Path<(String, String)>, Json(read): Json<UpstreamVersion>) -> ApiResult {
    let id = set(&path.1)?;
    ok(&visitor.write(move |tx, actor| service::compared_upstream(tx, actor, id, &read)).await?)
}

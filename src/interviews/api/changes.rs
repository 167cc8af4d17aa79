//! What happens to a plan, over JSON.

use actix_web::HttpRequest;
use actix_web::web::Path;

use super::super::model::{NewCancellation, NewNoShow, NewSchedule};
use super::super::service;
use super::{id, shown};
use crate::accounts::Visitor;
use crate::web::api::{ApiResult, Json, Nothing, if_match, if_match_given};

pub async fn put_schedule(visitor: Visitor, path: Path<(String, String)>, request: HttpRequest, Json(new): Json<NewSchedule>) -> ApiResult {
    let (id, version) = (id(&path)?, if_match(&request)?);
    shown(&visitor.write(move |tx, actor| service::reschedule(tx, actor, id, version, &new)).await?)
}

pub async fn put_cancellation(
    visitor: Visitor,
    path: Path<(String, String)>,
    request: HttpRequest,
    Json(new): Json<NewCancellation>,
) -> ApiResult {
    let (id, version) = (id(&path)?, if_match_given(&request)?);
    shown(&visitor.write(move |tx, actor| service::cancel(tx, actor, id, version, &new)).await?)
}

pub async fn put_no_show(visitor: Visitor, path: Path<(String, String)>, request: HttpRequest, Json(new): Json<NewNoShow>) -> ApiResult {
    let (id, version) = (id(&path)?, if_match_given(&request)?);
    shown(&visitor.write(move |tx, actor| service::mark_no_show(tx, actor, id, version, &new)).await?)
}

pub async fn put_second_half(visitor: Visitor, path: Path<(String, String)>, _: Json<Nothing>) -> ApiResult {
    let id = id(&path)?;
    shown(&visitor.write(move |tx, actor| service::swap(tx, actor, id)).await?)
}

//! Guided feedback over JSON.

use actix_web::HttpRequest;
use actix_web::web::Path;

use super::model::NewFeedback;
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::InterviewId;
use crate::web::api::{ApiResult, Json, if_match, ok, ok_versioned};

pub async fn show_peer_feedback(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = id(&path)?;
    let view = visitor.read(move |tx, actor| service::show(tx, actor, id)).await?;
    ok_versioned(view.version, &view)
}

pub async fn put_peer_feedback(
    visitor: Visitor,
    request: HttpRequest,
    path: Path<(String, String)>,
    Json(new): Json<NewFeedback>,
) -> ApiResult {
    let (id, version) = (id(&path)?, if_match(&request)?);
    ok(&visitor.write(move |tx, actor| service::give(tx, actor, id, (version, &new))).await?)
}

fn id(path: &(String, String)) -> Result<InterviewId, Error> {
    path.1.parse().map_err(|_| Error::NotFound)
}

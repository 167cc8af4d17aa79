//! Reports over JSON.

use actix_web::HttpRequest;
use actix_web::web::Path;

use super::model::{NewRelease, NewReport, NewSelfScores, ReportRead};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::policy::InterviewId;
use crate::web::api::{ApiResult, Json, if_match, no_content, ok, ok_versioned};

type Ids = Path<(String, String)>;

pub async fn show_report(visitor: Visitor, ids: Ids) -> ApiResult {
    let id = interview(&ids)?;
    let read = visitor.read(move |tx, actor| service::read(tx, actor, id)).await?;
    match &read {
        ReportRead::Draft(draft) => ok_versioned(draft.version, &read),
        ReportRead::Report(_) => ok(&read),
    }
}

pub async fn put_report(visitor: Visitor, request: HttpRequest, ids: Ids, Json(input): Json<NewReport>) -> ApiResult {
    let (id, version) = (interview(&ids)?, if_match(&request)?);
    let draft = visitor.write(move |tx, actor| service::write(tx, actor, id, (version, &input))).await?;
    ok_versioned(draft.version, &draft)
}

pub async fn show_report_preview(visitor: Visitor, ids: Ids) -> ApiResult {
    let id = interview(&ids)?;
    ok(&visitor.read(move |tx, actor| service::preview(tx, actor, id)).await?)
}

pub async fn put_report_release(visitor: Visitor, ids: Ids, Json(input): Json<NewRelease>) -> ApiResult {
    let id = interview(&ids)?;
    ok(&visitor.write(move |tx, actor| service::release(tx, actor, id, input)).await?)
}

pub async fn delete_report_release(visitor: Visitor, ids: Ids) -> ApiResult {
    let id = interview(&ids)?;
    visitor.write(move |tx, actor| service::withdraw(tx, actor, id)).await?;
    no_content()
}

pub async fn show_self_scores(visitor: Visitor, ids: Ids) -> ApiResult {
    let id = interview(&ids)?;
    ok(&visitor.read(move |tx, actor| service::self_scores(tx, actor, id)).await?)
}

pub async fn put_self_scores(visitor: Visitor, ids: Ids, Json(input): Json<NewSelfScores>) -> ApiResult {
    let id = interview(&ids)?;
    ok(&visitor.write(move |tx, actor| service::give_self_scores(tx, actor, id, &input)).await?)
}

fn interview(ids: &Ids) -> Result<InterviewId> {
    ids.1.parse().map_err(|_| Error::NotFound)
}

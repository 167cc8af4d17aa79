//! Rooms over JSON, and the stream of what happens in them.

use actix_web::HttpRequest;
use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::model::{AddQuestion, ChangePrompt, ChangeRoom};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::InterviewId;
use crate::question_sets::QuestionId;
use crate::web::api::{ApiResult, Json, Nothing, created, ok};
use crate::web::events;

pub async fn show_room(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = interview(&path.1)?;
    ok(&visitor.read(move |tx, actor| service::show(tx, actor, id)).await?)
}

pub async fn show_clock(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = interview(&path.1)?;
    ok(&visitor.read(move |tx, actor| service::clock(tx, actor, id)).await?)
}

pub async fn update_room(visitor: Visitor, path: Path<(String, String)>, Json(change): Json<ChangeRoom>) -> ApiResult {
    let id = interview(&path.1)?;
    ok(&visitor.write(move |tx, actor| service::change(tx, actor, id, change)).await?)
}

pub async fn update_skip(visitor: Visitor, path: Path<(String, String, String)>, _: Json<Nothing>) -> ApiResult {
    let (id, question) = (interview(&path.1)?, question(&path.2)?);
    ok(&visitor.write(move |tx, actor| service::skip(tx, actor, id, question)).await?)
}

pub async fn update_prompt(visitor: Visitor, path: Path<(String, String)>, Json(change): Json<ChangePrompt>) -> ApiResult {
    let id = interview(&path.1)?;
    ok(&visitor.write(move |tx, actor| service::set_prompt(tx, actor, id, change)).await?)
}

pub async fn create_question(visitor: Visitor, path: Path<(String, String)>, Json(add): Json<AddQuestion>) -> ApiResult {
    let id = interview(&path.1)?;
    let room = visitor.write(move |tx, actor| service::add_question(tx, actor, id, add)).await?;
    created(&format!("/api/v1/teams/{}/interviews/{id}/room", path.0), &room)
}

pub async fn update_driver(visitor: Visitor, path: Path<(String, String)>, _: Json<Nothing>) -> ApiResult {
    let id = interview(&path.1)?;
    ok(&visitor.write(move |tx, actor| service::take_the_wheel(tx, actor, id)).await?)
}

#[derive(Debug, Deserialize)]
pub struct After {
    after: Option<String>,
}

pub async fn stream_events(visitor: Visitor, path: Path<(String, String)>, query: Query<After>, request: HttpRequest) -> ApiResult {
    let id = interview(&path.1)?;
    let after = match &query.after {
        Some(number) => {
            Some(number.parse().map_err(|_| Error::Malformed("Send after with the number of the last event you know.".into()))?)
        }
        None => None,
    };
    let server = visitor.server.clone();
    let look = move |after| {
        let visitor = visitor.clone();
        async move { visitor.look(move |tx, actor| service::look(tx, actor, id, after)).await }
    };
    events::stream(&request, &server, id.0, events::after(&request, after), look).await
}

fn interview(id: &str) -> Result<InterviewId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

fn question(id: &str) -> Result<QuestionId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

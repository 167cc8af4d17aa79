//! Rooms over JSON, and the stream of what happens in them.

use actix_web::HttpRequest;
use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::model::{AddQuestion, AskBreak, AskQuiet, ChangePrompt, ChangeRoom};
use super::own_notes::{SaveNotes, WriteNotes};
use super::pad::{CheckedUpdate, NewPadUpdate, OpenPad};
use super::presence::{PageId, SayPresence};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::InterviewId;
use crate::question_sets::QuestionId;
use crate::web::api::{ApiResult, Json, Nothing, created, idempotency_key, if_match, no_content, ok, ok_versioned};
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

pub async fn update_break(visitor: Visitor, path: Path<(String, String)>, Json(ask): Json<AskBreak>) -> ApiResult {
    let id = interview(&path.1)?;
    ok(&visitor.write(move |tx, actor| service::ask_break(tx, actor, id, ask)).await?)
}

pub async fn update_break_postponement(visitor: Visitor, path: Path<(String, String)>, _: Json<Nothing>) -> ApiResult {
    let id = interview(&path.1)?;
    ok(&visitor.write(move |tx, actor| service::put_off_break(tx, actor, id)).await?)
}

pub async fn update_quiet(visitor: Visitor, path: Path<(String, String)>, Json(ask): Json<AskQuiet>) -> ApiResult {
    let id = interview(&path.1)?;
    ok(&visitor.write(move |tx, actor| service::ask_quiet(tx, actor, id, ask)).await?)
}

pub async fn update_presence(visitor: Visitor, path: Path<(String, String, String)>, Json(say): Json<SayPresence>) -> ApiResult {
    let (id, page) = (interview(&path.1)?, path.2.parse::<PageId>().map_err(|_| Error::NotFound)?);
    visitor.write_draft(move |tx, actor| service::say_presence(tx, actor, id, page, say)).await?;
    no_content()
}

pub async fn show_own_notes(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = interview(&path.1)?;
    let notes = visitor.read(move |tx, actor| service::own_notes(tx, actor, id)).await?;
    ok_versioned(notes.version, &notes)
}

pub async fn save_own_notes(
    visitor: Visitor,
    request: HttpRequest,
    path: Path<(String, String)>,
    Json(write): Json<WriteNotes>,
) -> ApiResult {
    let id = interview(&path.1)?;
    let save = SaveNotes::parse(if_match(&request)?, idempotency_key(&request)?, &write)?;
    let saved = visitor.write_draft(move |tx, actor| service::save_own_notes(tx, actor, id, &save)).await?;
    ok_versioned(saved.version, &saved)
}

#[derive(Debug, Deserialize)]
pub struct After {
    after: Option<String>,
}

impl After {
    fn number(&self) -> Result<Option<i64>, Error> {
        let wrong = |_| Error::Malformed("Send after with the number of the last one you know.".into());
        self.after.as_deref().map(|number| number.parse().map_err(wrong)).transpose()
    }
}

pub async fn show_pad(visitor: Visitor, path: Path<(String, String, String)>, query: Query<After>) -> ApiResult {
    let (id, question, after) = (interview(&path.1)?, question(&path.2)?, query.number()?.unwrap_or(0));
    ok(&visitor.read(move |tx, actor| service::show_pad(tx, actor, id, question, after)).await?)
}

pub async fn open_pad(visitor: Visitor, path: Path<(String, String, String)>, Json(open): Json<OpenPad>) -> ApiResult {
    let (id, question) = (interview(&path.1)?, question(&path.2)?);
    ok(&visitor.write(move |tx, actor| service::open_pad(tx, actor, id, question, open)).await?)
}

pub async fn create_pad_update(
    visitor: Visitor,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    Json(new): Json<NewPadUpdate>,
) -> ApiResult {
    let (id, question) = (interview(&path.1)?, question(&path.2)?);
    let update = CheckedUpdate::parse(idempotency_key(&request)?, &new)?;
    ok(&visitor.write_draft(move |tx, actor| service::add_pad_update(tx, actor, id, question, &update)).await?)
}

pub async fn stream_events(visitor: Visitor, path: Path<(String, String)>, query: Query<After>, request: HttpRequest) -> ApiResult {
    let id = interview(&path.1)?;
    let after = query.number()?;
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

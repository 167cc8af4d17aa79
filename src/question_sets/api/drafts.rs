//! A team's own sets and their drafts over JSON.

use actix_web::HttpRequest;
use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::super::draft::{BulkChange, Move, NewOrder, NewQuestionSet, NewVersion, QuestionDraft, QuestionSetHead, Wanted};
use super::super::model::{Kind, QuestionId, QuestionSetId};
use super::super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::rubrics::{AREA_KEYS, Level};
use crate::web::api::{ApiResult, Json, created, if_match, no_content, ok_versioned};
use crate::web::paging::Paging;

type OfSet = Path<(String, String)>;
type OfQuestion = Path<(String, String, String)>;

fn set(path: &OfSet) -> Result<QuestionSetId, Error> {
    path.1.parse().map_err(|_| Error::NotFound)
}

fn question(path: &OfQuestion) -> Result<(QuestionSetId, QuestionId), Error> {
    let not_found = |_| Error::NotFound;
    Ok((path.1.parse().map_err(not_found)?, path.2.parse().map_err(not_found)?))
}

pub async fn create_question_set(visitor: Visitor, Json(new): Json<NewQuestionSet>) -> ApiResult {
    let (view, team) = visitor.write(move |tx, actor| Ok((service::create(tx, actor, &new)?, actor.team_id()?))).await?;
    created(&format!("/api/v1/teams/{team}/question-sets/{}", view.id), &view)
}

pub async fn show_question_set(visitor: Visitor, path: OfSet) -> ApiResult {
    let id = set(&path)?;
    let view = visitor.read(move |tx, actor| service::show_set(tx, actor, id)).await?;
    ok_versioned(view.version, &view)
}

pub async fn update_question_set(visitor: Visitor, path: OfSet, request: HttpRequest, Json(head): Json<QuestionSetHead>) -> ApiResult {
    let (id, version) = (set(&path)?, if_match(&request)?);
    let view = visitor.write(move |tx, actor| service::update_set(tx, actor, id, version, &head)).await?;
    ok_versioned(view.version, &view)
}

pub async fn put_question_set_retirement(visitor: Visitor, path: OfSet) -> ApiResult {
    let id = set(&path)?;
    let view = visitor.write(move |tx, actor| service::retire(tx, actor, id)).await?;
    ok_versioned(view.version, &view)
}

pub async fn delete_question_set_retirement(visitor: Visitor, path: OfSet) -> ApiResult {
    let id = set(&path)?;
    let view = visitor.write(move |tx, actor| service::unretire(tx, actor, id)).await?;
    ok_versioned(view.version, &view)
}

pub async fn put_question_set_practice(visitor: Visitor, path: OfSet) -> ApiResult {
    let id = set(&path)?;
    let view = visitor.write(move |tx, actor| service::open_for_practice(tx, actor, id)).await?;
    ok_versioned(view.version, &view)
}

pub async fn delete_question_set_practice(visitor: Visitor, path: OfSet) -> ApiResult {
    let id = set(&path)?;
    let view = visitor.write(move |tx, actor| service::close_for_practice(tx, actor, id)).await?;
    ok_versioned(view.version, &view)
}

pub async fn create_question_set_version(visitor: Visitor, path: OfSet, Json(new): Json<NewVersion>) -> ApiResult {
    let id = set(&path)?;
    let (view, team) = visitor.write(move |tx, actor| Ok((service::publish(tx, actor, id, &new)?, actor.team_id()?))).await?;
    let version = view.newest_version.as_ref().map(|version| version.id.to_string()).unwrap_or_default();
    created(&format!("/api/v1/teams/{team}/question-sets/versions/{version}"), &view)
}

/// Which of a draft's questions; what is left away is not filtered.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DraftQuery {
    q: String,
    area: Option<u8>,
    level: Option<Level>,
    kind: Option<Kind>,
}

pub async fn list_draft_questions(visitor: Visitor, path: OfSet, query: Query<DraftQuery>, paging: Paging) -> ApiResult {
    let (id, slice, query) = (set(&path)?, paging.slice()?, query.into_inner());
    let area = match query.area {
        None => None,
        Some(area @ 1..=5) => Some(AREA_KEYS[usize::from(area) - 1]),
        Some(_) => return Err(Error::Malformed("Choose an area from 1 to 5.".into()).into()),
    };
    let list = visitor
        .read(move |tx, actor| {
            let wanted = Wanted { words: query.q.trim(), area, level: query.level.map(Level::as_str), kind: query.kind.map(Kind::as_str) };
            service::draft_questions(tx, actor, id, &wanted, &slice)
        })
        .await?;
    crate::web::api::ok(&list)
}

pub async fn create_draft_question(visitor: Visitor, path: OfSet, Json(new): Json<QuestionDraft>) -> ApiResult {
    let id = set(&path)?;
    let (view, team) = visitor.write(move |tx, actor| Ok((service::add_draft_question(tx, actor, id, new)?, actor.team_id()?))).await?;
    created(&format!("/api/v1/teams/{team}/question-sets/{id}/draft/questions/{}", view.id), &view)
}

pub async fn change_draft_questions(visitor: Visitor, path: OfSet, Json(change): Json<BulkChange>) -> ApiResult {
    let id = set(&path)?;
    let view = visitor.write(move |tx, actor| service::change_draft_questions(tx, actor, id, &change)).await?;
    ok_versioned(view.version, &view)
}

pub async fn put_draft_order(visitor: Visitor, path: OfSet, request: HttpRequest, Json(order): Json<NewOrder>) -> ApiResult {
    let (id, version) = (set(&path)?, if_match(&request)?);
    let view = visitor.write(move |tx, actor| service::order_draft_questions(tx, actor, id, version, &order)).await?;
    ok_versioned(view.version, &view)
}

pub async fn move_draft_questions(visitor: Visitor, path: OfSet, request: HttpRequest, Json(to): Json<Move>) -> ApiResult {
    let (id, version) = (set(&path)?, if_match(&request)?);
    let view = visitor
        .write(move |tx, actor| {
            service::place_draft_questions(tx, actor, id, version, &to)?;
            service::show_set(tx, actor, id)
        })
        .await?;
    ok_versioned(view.version, &view)
}

pub async fn show_draft_question(visitor: Visitor, path: OfQuestion) -> ApiResult {
    let (set, id) = question(&path)?;
    let view = visitor.read(move |tx, actor| service::show_draft_question(tx, actor, set, id)).await?;
    ok_versioned(view.version, &view)
}

pub async fn update_draft_question(visitor: Visitor, path: OfQuestion, request: HttpRequest, Json(new): Json<QuestionDraft>) -> ApiResult {
    let (place, version) = (question(&path)?, if_match(&request)?);
    let view = visitor.write(move |tx, actor| service::update_draft_question(tx, actor, place, version, new)).await?;
    ok_versioned(view.version, &view)
}

pub async fn delete_draft_question(visitor: Visitor, path: OfQuestion, request: HttpRequest) -> ApiResult {
    let ((set, id), version) = (question(&path)?, if_match(&request)?);
    visitor.write(move |tx, actor| service::remove_draft_question(tx, actor, set, id, version)).await?;
    no_content()
}

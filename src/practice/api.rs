//! Practice over JSON.

use actix_web::HttpRequest;
use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::model::{
    AttemptId, Choice, MockId, NewAttempt, NewCoachScore, NewComparison, NewMock, NewSchedule, NewScore, NewShare, SaveAnswer, ShareId,
    WithQuery, WriteAnswer,
};
use super::service::{self, privately};
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::api::{ApiResult, Json, Nothing, created, idempotency_key, if_match, no_content, ok, ok_versioned};
use crate::web::paging::Paging;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LevelQuery {
    level: Option<String>,
}

pub async fn show_practice(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::desk).await?)
}

pub async fn show_practice_progress(visitor: Visitor, query: Query<LevelQuery>) -> ApiResult {
    let level = query.level.as_deref().map(|level| level.parse().map_err(|text| Error::invalid("level", text))).transpose()?;
    ok(&visitor.read(move |tx, actor| service::progress(tx, actor, level)).await?)
}

pub async fn put_practice_schedule(visitor: Visitor, Json(new): Json<NewSchedule>) -> ApiResult {
    ok(&visitor.write(privately(move |tx, actor| service::set_schedule(tx, actor, new))).await?)
}

pub async fn list_attempts(visitor: Visitor, paging: Paging) -> ApiResult {
    let slice = paging.slice()?;
    ok(&visitor.read(move |tx, actor| service::attempts(tx, actor, &slice)).await?)
}

pub async fn create_attempt(visitor: Visitor, path: Path<String>, Json(new): Json<NewAttempt>) -> ApiResult {
    let attempt = visitor.write(privately(move |tx, actor| service::start(tx, actor, Choice::parse(&new)?))).await?;
    created(&format!("/api/v1/teams/{path}/attempts/{}", attempt.id), &attempt)
}

pub async fn show_attempt(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = attempt_id(&path)?;
    let attempt = visitor.read(move |tx, actor| service::attempt(tx, actor, id)).await?;
    ok_versioned(attempt.answer.version, &attempt)
}

pub async fn show_side_by_side(visitor: Visitor, path: Path<(String, String)>, query: Query<WithQuery>) -> ApiResult {
    let (id, with) = (attempt_id(&path)?, query.attempt()?);
    ok(&visitor.read(move |tx, actor| service::side_by_side(tx, actor, id, with)).await?)
}

pub async fn delete_attempt(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = attempt_id(&path)?;
    visitor.write(privately(move |tx, actor| service::remove(tx, actor, id))).await?;
    no_content()
}

pub async fn begin_answer(visitor: Visitor, path: Path<(String, String)>, _: Json<Nothing>) -> ApiResult {
    let id = attempt_id(&path)?;
    ok(&visitor.write(privately(move |tx, actor| service::begin_answer(tx, actor, id))).await?)
}

pub async fn show_answer(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = attempt_id(&path)?;
    let answer = visitor.read(move |tx, actor| service::answer(tx, actor, id)).await?;
    ok_versioned(answer.version, &answer)
}

pub async fn save_answer(
    visitor: Visitor,
    request: HttpRequest,
    path: Path<(String, String)>,
    Json(write): Json<WriteAnswer>,
) -> ApiResult {
    let id = attempt_id(&path)?;
    let save = SaveAnswer::parse(if_match(&request)?, idempotency_key(&request)?, &write)?;
    let saved = visitor.write_draft(move |tx, actor| service::save_answer(tx, actor, id, &save)).await?;
    ok_versioned(saved.version, &saved)
}

pub async fn finish_answer(visitor: Visitor, path: Path<(String, String)>, _: Json<Nothing>) -> ApiResult {
    let id = attempt_id(&path)?;
    ok(&visitor.write(privately(move |tx, actor| service::finish(tx, actor, id, None))).await?)
}

pub async fn put_own_score(visitor: Visitor, path: Path<(String, String)>, Json(new): Json<NewScore>) -> ApiResult {
    let id = attempt_id(&path)?;
    ok(&visitor.write(privately(move |tx, actor| service::score(tx, actor, id, &new))).await?)
}

pub async fn put_comparison(
    visitor: Visitor,
    request: HttpRequest,
    path: Path<(String, String)>,
    Json(new): Json<NewComparison>,
) -> ApiResult {
    let (id, version) = (attempt_id(&path)?, if_match(&request)?);
    let attempt = visitor.write(privately(move |tx, actor| service::compare(tx, actor, id, version, &new))).await?;
    ok_versioned(attempt.answer.version, &attempt)
}

pub async fn create_practice_mock(visitor: Visitor, path: Path<String>, Json(new): Json<NewMock>) -> ApiResult {
    let mock = visitor.write(privately(move |tx, actor| service::start_mock(tx, actor, new.check()?))).await?;
    created(&format!("/api/v1/teams/{path}/practice/mocks/{}", mock.id), &mock)
}

pub async fn show_practice_mock(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = mock_id(&path)?;
    ok(&visitor.read(move |tx, actor| service::mock(tx, actor, id)).await?)
}

/// The mock after it: its newest attempt is the next question, or it is over.
pub async fn next_practice_question(visitor: Visitor, path: Path<(String, String)>, _: Json<Nothing>) -> ApiResult {
    let id = mock_id(&path)?;
    let mock = visitor.write(privately(move |tx, actor| {
        service::next_question(tx, actor, id)?;
        service::mock(tx, actor, id)
    }));
    ok(&mock.await?)
}

pub async fn end_practice_mock(visitor: Visitor, path: Path<(String, String)>, _: Json<Nothing>) -> ApiResult {
    let id = mock_id(&path)?;
    ok(&visitor.write(privately(move |tx, actor| service::end_mock(tx, actor, id))).await?)
}

pub async fn list_practice_shares(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::shares).await?)
}

pub async fn create_practice_share(visitor: Visitor, path: Path<String>, Json(new): Json<NewShare>) -> ApiResult {
    let share = visitor.write(privately(move |tx, actor| service::share(tx, actor, &new))).await?;
    created(&format!("/api/v1/teams/{path}/practice/shares/{}", share.id), &share)
}

pub async fn show_practice_share(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = share_id(&path.1)?;
    ok(&visitor.read(move |tx, actor| service::shared(tx, actor, id)).await?)
}

pub async fn delete_practice_share(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = share_id(&path.1)?;
    visitor.write(privately(move |tx, actor| service::take_back(tx, actor, id))).await?;
    no_content()
}

pub async fn put_coach_score(visitor: Visitor, path: Path<(String, String, String)>, Json(new): Json<NewCoachScore>) -> ApiResult {
    let (_, share, attempt) = path.into_inner();
    let ids = (share_id(&share)?, attempt.parse().map_err(|_| Error::NotFound)?);
    ok(&visitor.write(privately(move |tx, actor| service::score_shared(tx, actor, ids, &new))).await?)
}

fn share_id(id: &str) -> Result<ShareId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

fn attempt_id((_, id): &(String, String)) -> Result<AttemptId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

fn mock_id((_, id): &(String, String)) -> Result<MockId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

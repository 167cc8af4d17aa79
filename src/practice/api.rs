//! Practice over JSON.

use actix_web::web::{Bytes, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::model::{
    AttemptId, Choice, FinishAnswer, Keeping, MockId, NewAttempt, NewCoachScore, NewComparison, NewMock, NewPlan, NewRecording,
    NewSchedule, NewScore, NewShare, RecordingEnd, SaveAnswer, ShareId, WithQuery, WriteAnswer,
};
use super::service::{self, Finish, privately};
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::api::{ApiError, ApiResult, Json, Nothing, created, idempotency_key, if_match, no_content, ok, ok_versioned};
use crate::web::download::attachment;
use crate::web::paging::Paging;
use crate::web::ranges::{self, Whole};
use crate::web::upload::RawFile;

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

pub async fn show_practice_plan(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::plan).await?.ok_or(Error::NotFound)?)
}

pub async fn put_practice_plan(visitor: Visitor, Json(new): Json<NewPlan>) -> ApiResult {
    ok(&visitor.write(privately(move |tx, actor| service::set_plan(tx, actor, &new))).await?)
}

pub async fn delete_practice_plan(visitor: Visitor) -> ApiResult {
    visitor.write(privately(service::remove_plan)).await?;
    no_content()
}

pub async fn show_practice_calendar(visitor: Visitor) -> Result<HttpResponse, ApiError> {
    Ok(attachment("text/calendar; charset=utf-8", "practice.ics", visitor.read(service::plan_file).await?))
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

pub async fn finish_answer(visitor: Visitor, path: Path<(String, String)>, Json(given): Json<FinishAnswer>) -> ApiResult {
    let (id, with) = (attempt_id(&path)?, Finish { save: None, aloud: given.recording });
    ok(&visitor.write(privately(move |tx, actor| service::finish(tx, actor, id, &with))).await?)
}

pub async fn show_recording(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = attempt_id(&path)?;
    ok(&visitor.read(move |tx, actor| service::recording(tx, actor, id)).await?)
}

pub async fn put_recording(visitor: Visitor, path: Path<(String, String)>, Json(new): Json<NewRecording>) -> ApiResult {
    let id = attempt_id(&path)?;
    ok(&visitor.write(privately(move |tx, actor| service::begin_recording(tx, actor, id, new))).await?)
}

pub async fn put_recording_part(visitor: Visitor, path: Path<(String, String, String)>, part: RawFile) -> ApiResult {
    let (id, number): (AttemptId, u16) = match (path.1.parse(), path.2.parse()) {
        (Ok(id), Ok(number)) => (id, number),
        _ => return Err(Error::NotFound.into()),
    };
    if part.content_type != "application/octet-stream" {
        return Err(Error::Malformed("Send the part with Content-Type: application/octet-stream.".into()).into());
    }
    let saved = visitor.write_draft(move |tx, actor| service::put_recording_part(tx, actor, id, number.into(), &part.content)).await?;
    ok(&saved)
}

pub async fn finish_recording(visitor: Visitor, path: Path<(String, String)>, Json(end): Json<RecordingEnd>) -> ApiResult {
    let id = attempt_id(&path)?;
    ok(&visitor.write(privately(move |tx, actor| service::finish_recording(tx, actor, id, end.duration_ms))).await?)
}

pub async fn hear_recording(visitor: Visitor, request: HttpRequest, path: Path<(String, String)>) -> ApiResult {
    let id = attempt_id(&path)?;
    let heard = visitor.read(move |tx, actor| service::listen(tx, actor, id)).await?;
    let whole = Whole { kind: heard.media_type.as_str(), size: heard.size(), tag: heard.place.id.to_string() };
    ranges::serve(&request, &whole, move |byte| {
        let visitor = visitor.clone();
        async move { visitor.look(move |tx, actor| service::heard_from(tx, actor, id, byte)).await.map(Bytes::from) }
    })
}

pub async fn delete_recording(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = attempt_id(&path)?;
    visitor.write(privately(move |tx, actor| service::remove_recording(tx, actor, id))).await?;
    no_content()
}

pub async fn show_practice_recordings(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::own_recordings).await?)
}

pub async fn put_practice_keeping(visitor: Visitor, Json(new): Json<Keeping>) -> ApiResult {
    ok(&visitor.write(privately(move |tx, actor| service::set_keeping(tx, actor, new))).await?)
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

pub async fn hear_shared_attempt(visitor: Visitor, request: HttpRequest, path: Path<(String, String, String)>) -> ApiResult {
    let (_, share, attempt) = path.into_inner();
    let ids = (share_id(&share)?, attempt.parse().map_err(|_| Error::NotFound)?);
    let heard = visitor.read(move |tx, actor| service::listen_shared(tx, actor, ids)).await?;
    let whole = Whole { kind: heard.media_type.as_str(), size: heard.bytes, tag: heard.id.to_string() };
    ranges::serve(&request, &whole, move |byte| {
        let visitor = visitor.clone();
        async move { visitor.look(move |tx, actor| service::shared_from(tx, actor, ids, byte)).await.map(Bytes::from) }
    })
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

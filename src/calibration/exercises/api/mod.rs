//! Gold interviews and exercises over JSON.

mod making;

pub use making::*;

use actix_web::HttpRequest;
use actix_web::web::Path;

use super::model::{
    Answers, AnswersInput, DiscussionInput, ExerciseChange, ExerciseId, ExerciseInput, GoldScoreId, NewExercise, NewGoldScore, Plan,
};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::api::{ApiResult, Json, Nothing, created, if_match, ok, ok_versioned};
use crate::web::paging::Paging;

pub async fn list_gold_interviews(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::gold_interviews).await?)
}

pub async fn list_gold_scores(visitor: Visitor, paging: Paging) -> ApiResult {
    let slice = paging.slice()?;
    ok(&visitor.read(move |tx, actor| service::own_scores(tx, actor, &slice)).await?)
}

pub async fn create_gold_score(visitor: Visitor, path: Path<String>, Json(new): Json<NewGoldScore>) -> ApiResult {
    let score = visitor.write(move |tx, actor| service::begin_alone(tx, actor, new.gold_interview_id)).await?;
    created(&score_url(&path, score.id), &score)
}

pub async fn show_gold_score(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = score_id(&path)?;
    let score = visitor.read(move |tx, actor| service::score(tx, actor, id)).await?;
    ok_versioned(score.version, &score)
}

pub async fn save_gold_score(
    visitor: Visitor,
    request: HttpRequest,
    path: Path<(String, String)>,
    Json(input): Json<AnswersInput>,
) -> ApiResult {
    let (id, version) = (score_id(&path)?, if_match(&request)?);
    let score = visitor.write_draft(move |tx, actor| service::save_score(tx, actor, id, version, &Answers::parse(&input)?)).await?;
    ok_versioned(score.version, &score)
}

pub async fn submit_gold_score(visitor: Visitor, path: Path<(String, String)>, _: Json<Nothing>) -> ApiResult {
    let id = score_id(&path)?;
    let score = visitor.write(move |tx, actor| service::submit_score(tx, actor, id)).await?;
    created(&score_url(&path.0, id), &score)
}

pub async fn list_exercises(visitor: Visitor, paging: Paging) -> ApiResult {
    let slice = paging.slice()?;
    ok(&visitor.read(move |tx, actor| service::list(tx, actor, &slice)).await?)
}

pub async fn create_exercise(visitor: Visitor, path: Path<String>, Json(input): Json<ExerciseInput>) -> ApiResult {
    let exercise = visitor.write(move |tx, actor| service::create_exercise(tx, actor, &NewExercise::parse(&input)?)).await?;
    created(&format!("/api/v1/teams/{path}/exercises/{}", exercise.id), &exercise)
}

pub async fn show_exercise(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = exercise_id(&path)?;
    let exercise = visitor.read(move |tx, actor| service::show(tx, actor, id)).await?;
    ok_versioned(exercise.version, &exercise)
}

pub async fn update_exercise(
    visitor: Visitor,
    request: HttpRequest,
    path: Path<(String, String)>,
    Json(change): Json<ExerciseChange>,
) -> ApiResult {
    let (id, version) = (exercise_id(&path)?, if_match(&request)?);
    let exercise = visitor
        .write(move |tx, actor| {
            let plan = Plan::parse(&change, service::holds_back(tx, actor, id)?)?;
            service::change_exercise(tx, actor, id, version, &plan)
        })
        .await?;
    ok_versioned(exercise.version, &exercise)
}

pub async fn create_exercise_score(visitor: Visitor, path: Path<(String, String)>, _: Json<Nothing>) -> ApiResult {
    let id = exercise_id(&path)?;
    let score = visitor.write(move |tx, actor| service::begin_next(tx, actor, id)).await?;
    created(&score_url(&path.0, score.id), &score)
}

pub async fn show_distribution(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = exercise_id(&path)?;
    ok(&visitor.read(move |tx, actor| service::distribution(tx, actor, id)).await?)
}

pub async fn show_discussion(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = exercise_id(&path)?;
    let discussion = visitor.read(move |tx, actor| service::discussion(tx, actor, id)).await?;
    ok_versioned(discussion.version, &discussion)
}

pub async fn update_discussion(
    visitor: Visitor,
    request: HttpRequest,
    path: Path<(String, String)>,
    Json(input): Json<DiscussionInput>,
) -> ApiResult {
    let (id, version) = (exercise_id(&path)?, if_match(&request)?);
    let discussion = visitor.write(move |tx, actor| service::write_notes(tx, actor, id, version, &input.parse()?)).await?;
    ok_versioned(discussion.version, &discussion)
}

pub async fn close_discussion(visitor: Visitor, path: Path<(String, String)>, _: Json<Nothing>) -> ApiResult {
    let id = exercise_id(&path)?;
    ok(&visitor.write(move |tx, actor| service::close_discussion(tx, actor, id)).await?)
}

pub async fn create_rubric_draft(visitor: Visitor, path: Path<(String, String)>, _: Json<Nothing>) -> ApiResult {
    let id = exercise_id(&path)?;
    let rubric = visitor.write(move |tx, actor| service::rubric_draft(tx, actor, id)).await?;
    created(&format!("/api/v1/teams/{}/rubrics/{}", path.0, rubric.id), &rubric)
}

pub async fn show_exercise_result(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = exercise_id(&path)?;
    ok(&visitor.read(move |tx, actor| service::exercise_result(tx, actor, id)).await?)
}

pub async fn show_readiness(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::readiness).await?)
}

fn score_url(team: &str, id: GoldScoreId) -> String {
    format!("/api/v1/teams/{team}/gold-scores/{id}")
}

fn score_id((_, id): &(String, String)) -> Result<GoldScoreId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

fn exercise_id((_, id): &(String, String)) -> Result<ExerciseId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

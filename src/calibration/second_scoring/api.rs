//! Second scoring over JSON.

use actix_web::HttpRequest;
use actix_web::web::Path;

use super::model::{NewDraw, NewDrawInput, SecondAnswers, SecondAnswersInput, SecondScoreId};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::api::{ApiResult, Json, Nothing, created, if_match, ok, ok_versioned};

type Ids = Path<(String, String)>;

pub async fn show_second_scoring(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::show).await?)
}

pub async fn create_second_draw(visitor: Visitor, path: Path<String>, Json(input): Json<NewDrawInput>) -> ApiResult {
    let view = visitor.write(move |tx, actor| service::draw(tx, actor, &NewDraw::parse(&input)?)).await?;
    created(&format!("/api/v1/teams/{path}/second-scoring"), &view)
}

pub async fn list_second_scores(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::asks).await?)
}

pub async fn show_second_score(visitor: Visitor, path: Ids) -> ApiResult {
    let id = score_id(&path)?;
    let score = visitor.read(move |tx, actor| service::show_score(tx, actor, id)).await?;
    ok_versioned(score.version, &score)
}

pub async fn save_second_score(visitor: Visitor, request: HttpRequest, path: Ids, Json(input): Json<SecondAnswersInput>) -> ApiResult {
    let (id, version) = (score_id(&path)?, if_match(&request)?);
    let score = visitor.write_draft(move |tx, actor| service::save(tx, actor, id, version, &SecondAnswers::parse(&input)?)).await?;
    ok_versioned(score.version, &score)
}

pub async fn submit_second_score(visitor: Visitor, path: Ids, _: Json<Nothing>) -> ApiResult {
    let id = score_id(&path)?;
    let score = visitor.write(move |tx, actor| service::submit(tx, actor, id)).await?;
    created(&format!("/api/v1/teams/{}/second-scores/{id}", path.0), &score)
}

fn score_id((_, id): &(String, String)) -> Result<SecondScoreId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

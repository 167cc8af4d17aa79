//! Gold interviews of a team over JSON: made, scored by experts, published.

use actix_web::HttpRequest;
use actix_web::web::{Bytes, Path};

use super::super::model::{Answers, AnswersInput, ConsensusInput, ConsentInput, ExpertsInput, GoldId, GoldInput, NewGold, NewGoldVersion};
use super::super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::InterviewId;
use crate::web::api::{ApiResult, Json, Nothing, created, if_match, no_content, ok, ok_versioned};
use crate::web::paging::Paging;
use crate::web::ranges::{self, Whole};
use crate::web::upload::RawFile;

type Ids = Path<(String, String)>;

pub async fn list_own_gold_interviews(visitor: Visitor, paging: Paging) -> ApiResult {
    let slice = paging.slice()?;
    ok(&visitor.read(move |tx, actor| service::list_making(tx, actor, &slice)).await?)
}

pub async fn create_gold_interview(visitor: Visitor, path: Path<String>, Json(input): Json<GoldInput>) -> ApiResult {
    let gold = visitor.write(move |tx, actor| service::create_gold(tx, actor, &NewGold::parse(&input)?)).await?;
    created(&gold_url(&path, gold.id), &gold)
}

pub async fn create_gold_interview_from(visitor: Visitor, path: Ids, Json(input): Json<ConsentInput>) -> ApiResult {
    let interview: InterviewId = path.1.parse().map_err(|_| Error::NotFound)?;
    let gold = visitor.write(move |tx, actor| service::create_from_interview(tx, actor, interview, &input)).await?;
    created(&gold_url(&path.0, gold.id), &gold)
}

pub async fn show_gold_interview(visitor: Visitor, path: Ids) -> ApiResult {
    let id = gold_id(&path)?;
    let gold = visitor.read(move |tx, actor| service::show_making(tx, actor, id)).await?;
    ok_versioned(gold.version, &gold)
}

pub async fn update_gold_interview(visitor: Visitor, request: HttpRequest, path: Ids, Json(input): Json<GoldInput>) -> ApiResult {
    let (id, version) = (gold_id(&path)?, if_match(&request)?);
    let gold = visitor.write(move |tx, actor| service::change_gold(tx, actor, id, version, &NewGold::parse(&input)?)).await?;
    ok_versioned(gold.version, &gold)
}

pub async fn put_gold_audio(visitor: Visitor, path: Ids, file: RawFile) -> ApiResult {
    let id = gold_id(&path)?;
    ok(&visitor.write(move |tx, actor| service::bring_audio(tx, actor, id, &file.content)).await?)
}

pub async fn delete_gold_audio(visitor: Visitor, path: Ids) -> ApiResult {
    let id = gold_id(&path)?;
    visitor.write(move |tx, actor| service::remove_audio(tx, actor, id)).await?;
    no_content()
}

pub async fn hear_gold_interview(visitor: Visitor, request: HttpRequest, path: Ids) -> ApiResult {
    let id = gold_id(&path)?;
    let heard = visitor.read(move |tx, actor| service::hear_gold(tx, actor, id)).await?;
    let whole = Whole { kind: heard.media_type.as_str(), size: heard.size(), tag: heard.place.id.to_string() };
    ranges::serve(&request, &whole, move |byte| {
        let visitor = visitor.clone();
        async move { visitor.look(move |tx, actor| service::gold_heard_from(tx, actor, id, byte)).await.map(Bytes::from) }
    })
}

pub async fn put_experts(visitor: Visitor, path: Ids, Json(input): Json<ExpertsInput>) -> ApiResult {
    let id = gold_id(&path)?;
    ok(&visitor.write(move |tx, actor| service::ask_experts(tx, actor, id, &input)).await?)
}

pub async fn update_consensus(visitor: Visitor, request: HttpRequest, path: Ids, Json(input): Json<ConsensusInput>) -> ApiResult {
    let (id, version) = (gold_id(&path)?, if_match(&request)?);
    let gold = visitor.write(move |tx, actor| service::write_consensus(tx, actor, id, version, &input.parse()?)).await?;
    ok_versioned(gold.version, &gold)
}

pub async fn create_gold_interview_version(visitor: Visitor, path: Ids, Json(input): Json<NewGoldVersion>) -> ApiResult {
    let id = gold_id(&path)?;
    let gold = visitor.write(move |tx, actor| service::publish_gold(tx, actor, id, &input.parse()?)).await?;
    created(&gold_url(&path.0, id), &gold)
}

pub async fn put_gold_interview_retirement(visitor: Visitor, path: Ids, _: Json<Nothing>) -> ApiResult {
    let id = gold_id(&path)?;
    ok(&visitor.write(move |tx, actor| service::retire_gold(tx, actor, id, true)).await?)
}

pub async fn delete_gold_interview_retirement(visitor: Visitor, path: Ids) -> ApiResult {
    let id = gold_id(&path)?;
    ok(&visitor.write(move |tx, actor| service::retire_gold(tx, actor, id, false)).await?)
}

pub async fn list_expert_asks(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::expert_asks).await?)
}

pub async fn show_expert_score(visitor: Visitor, path: Ids) -> ApiResult {
    let id = gold_id(&path)?;
    let score = visitor.read(move |tx, actor| service::expert_score(tx, actor, id)).await?;
    ok_versioned(score.version, &score)
}

pub async fn save_expert_score(visitor: Visitor, request: HttpRequest, path: Ids, Json(input): Json<AnswersInput>) -> ApiResult {
    let (id, version) = (gold_id(&path)?, if_match(&request)?);
    let score = visitor.write_draft(move |tx, actor| service::save_expert_score(tx, actor, id, version, &Answers::parse(&input)?)).await?;
    ok_versioned(score.version, &score)
}

pub async fn submit_expert_score(visitor: Visitor, path: Ids, _: Json<Nothing>) -> ApiResult {
    let id = gold_id(&path)?;
    let score = visitor.write(move |tx, actor| service::submit_expert_score(tx, actor, id)).await?;
    created(&format!("{}/expert-score", gold_url(&path.0, id)), &score)
}

fn gold_url(team: &str, id: GoldId) -> String {
    format!("/api/v1/teams/{team}/gold-interviews/{id}")
}

fn gold_id((_, id): &(String, String)) -> Result<GoldId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

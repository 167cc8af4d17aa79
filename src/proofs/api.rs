//! Proof and questions to ask over JSON.

use actix_web::HttpRequest;
use actix_web::web::Path;

use super::model::{
    NewPlace, NewProof, NewQuestion, OwnQuestionId, ProofId, ProofInput, QuestionChange, QuestionChangeInput, QuestionInput,
};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::api::{ApiResult, Json, created, if_match, no_content, ok, ok_versioned};

pub async fn list_proofs(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::proofs).await?)
}

pub async fn create_proof(visitor: Visitor, Json(input): Json<ProofInput>) -> ApiResult {
    let proof = visitor.write(move |tx, actor| service::add_proof(tx, actor, &NewProof::parse(&input)?)).await?;
    created(&format!("/api/v1/me/proofs/{}", proof.id), &proof)
}

pub async fn show_proof(visitor: Visitor, id: Path<String>) -> ApiResult {
    let id = proof_id(&id)?;
    let proof = visitor.read(move |tx, actor| service::proof(tx, actor, id)).await?;
    ok_versioned(proof.version, &proof)
}

pub async fn put_proof(visitor: Visitor, request: HttpRequest, id: Path<String>, Json(input): Json<ProofInput>) -> ApiResult {
    let (id, version) = (proof_id(&id)?, if_match(&request)?);
    let proof = visitor.write(move |tx, actor| service::change_proof(tx, actor, id, version, &NewProof::parse(&input)?)).await?;
    ok_versioned(proof.version, &proof)
}

pub async fn put_proof_place(visitor: Visitor, id: Path<String>, Json(new): Json<NewPlace>) -> ApiResult {
    let id = proof_id(&id)?;
    ok(&visitor.write(move |tx, actor| service::place_proof(tx, actor, id, new.place)).await?)
}

pub async fn delete_proof(visitor: Visitor, id: Path<String>) -> ApiResult {
    let id = proof_id(&id)?;
    visitor.write(move |tx, actor| service::remove_proof(tx, actor, id)).await?;
    no_content()
}

pub async fn list_questions_to_ask(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::questions).await?)
}

pub async fn list_suggested_questions_to_ask(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::suggested_questions).await?)
}

pub async fn create_question_to_ask(visitor: Visitor, Json(input): Json<QuestionInput>) -> ApiResult {
    let question = visitor.write(move |tx, actor| service::add_question(tx, actor, &NewQuestion::parse(&input)?)).await?;
    created(&format!("/api/v1/me/questions-to-ask/{}", question.id), &question)
}

pub async fn show_question_to_ask(visitor: Visitor, id: Path<String>) -> ApiResult {
    let id = question_id(&id)?;
    let question = visitor.read(move |tx, actor| service::question(tx, actor, id)).await?;
    ok_versioned(question.version, &question)
}

pub async fn put_question_to_ask(
    visitor: Visitor,
    request: HttpRequest,
    id: Path<String>,
    Json(input): Json<QuestionChangeInput>,
) -> ApiResult {
    let (id, version) = (question_id(&id)?, if_match(&request)?);
    let question =
        visitor.write(move |tx, actor| service::change_question(tx, actor, id, version, &QuestionChange::parse(&input)?)).await?;
    ok_versioned(question.version, &question)
}

pub async fn put_question_to_ask_place(visitor: Visitor, id: Path<String>, Json(new): Json<NewPlace>) -> ApiResult {
    let id = question_id(&id)?;
    ok(&visitor.write(move |tx, actor| service::place_question(tx, actor, id, new.place)).await?)
}

pub async fn delete_question_to_ask(visitor: Visitor, id: Path<String>) -> ApiResult {
    let id = question_id(&id)?;
    visitor.write(move |tx, actor| service::remove_question(tx, actor, id)).await?;
    no_content()
}

fn proof_id(id: &str) -> Result<ProofId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

fn question_id(id: &str) -> Result<OwnQuestionId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

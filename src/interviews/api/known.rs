//! What a candidate may know of the questions of a plan.

use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::super::model::Wish;
use super::super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::policy::CandidateId;
use crate::question_sets::QuestionSetVersionId;
use crate::rubrics::Level;
use crate::web::api::{ApiResult, ok};

/// The plan that is thought of.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct KnownQuery {
    question_set_version_id: Option<QuestionSetVersionId>,
    level: Option<Level>,
    /// Joined by commas.
    question_ids: Option<String>,
}

pub async fn list_known_questions(visitor: Visitor, path: Path<(String, String)>, query: Query<KnownQuery>) -> ApiResult {
    let id: CandidateId = path.1.parse().map_err(|_| Error::NotFound)?;
    let query = query.into_inner();
    let wrong = |_| Error::Malformed("question_ids are ids of questions, joined by commas.".into());
    let ids = query.question_ids.filter(|ids| !ids.is_empty());
    let question_ids = ids.map(|ids| ids.split(',').map(|id| id.trim().parse().map_err(wrong)).collect()).transpose()?;
    let wish = Wish { question_set_version_id: query.question_set_version_id, level: query.level, question_ids };
    ok(&visitor.read(move |tx, actor| service::known_questions(tx, actor, id, &wish)).await?)
}

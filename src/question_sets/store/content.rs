//! A published version as it lies in a row: the file's own shape, with an id beside each question's key.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::super::file::{QuestionFile, QuestionSetFile};
use super::super::model::{Question, QuestionId, QuestionSetId, QuestionSetVersion, QuestionSetVersionId};
use crate::platform::error::Result;
use crate::policy::TeamId;

/// What stands beside the content.
pub struct Published {
    pub id: QuestionSetVersionId,
    pub set: QuestionSetId,
    pub number: i32,
    pub published_at: DateTime<Utc>,
    pub published_by: Option<String>,
    pub reason: Option<String>,
    pub team: Option<TeamId>,
}

/// `ids` are those of the questions, in order.
pub fn write(file: &QuestionSetFile, ids: &[QuestionId]) -> Result<Value> {
    let mut content = serde_json::to_value(file)?;
    let questions = content.get_mut("questions").and_then(Value::as_array_mut).into_iter().flatten();
    for (question, id) in questions.zip(ids) {
        if let Value::Object(members) = question {
            members.insert("id".into(), Value::String(id.to_string()));
        }
    }
    Ok(content)
}

#[derive(Deserialize)]
struct Content {
    slug: String,
    name: String,
    description: String,
    rubric: Option<String>,
    questions: Vec<Value>,
}

pub fn read(content: Value, published: Published) -> Result<QuestionSetVersion> {
    let Content { slug, name, description, rubric, questions } = serde_json::from_value(content)?;
    Ok(QuestionSetVersion {
        id: published.id,
        set: published.set,
        slug,
        number: published.number,
        name,
        description,
        rubric,
        questions: questions.into_iter().map(question).collect::<Result<_>>()?,
        published_at: published.published_at,
        published_by: published.published_by,
        reason: published.reason,
        team: published.team,
        built_in: published.team.is_none(),
    })
}

fn question(mut content: Value) -> Result<Question> {
    let id = content.as_object_mut().and_then(|members| members.remove("id")).unwrap_or_default();
    let id: QuestionId = serde_json::from_value(id)?;
    let file: QuestionFile = serde_json::from_value(content)?;
    Ok(file.into_question(id))
}

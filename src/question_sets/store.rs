//! SQL of question set versions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use super::file::{QuestionFile, QuestionSetFile, question_id};
use super::model::{Question, QuestionId, QuestionSetVersion, QuestionSetVersionId};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::schema::library_question_set_versions as versions;

type Row = (QuestionSetVersionId, i32, Value, DateTime<Utc>);

/// Newest first within one set.
pub fn list_ids(tx: &mut Tx) -> Result<Vec<QuestionSetVersionId>> {
    Ok(versions::table.order((versions::slug, versions::number.desc())).select(versions::id).load(tx.conn())?)
}

/// Those of the ids that exist.
pub fn load(tx: &mut Tx, ids: &[QuestionSetVersionId]) -> Result<Vec<QuestionSetVersion>> {
    let rows: Vec<Row> = versions::table
        .filter(versions::id.eq_any(ids))
        .select((versions::id, versions::number, versions::content, versions::published_at))
        .load(tx.conn())?;
    rows.into_iter().map(from_row).collect()
}

/// The numbers and hashes of what was imported under this slug.
pub fn imported(tx: &mut Tx, slug: &str) -> Result<Vec<(i32, Vec<u8>)>> {
    Ok(versions::table.filter(versions::slug.eq(slug)).select((versions::number, versions::content_hash)).load(tx.conn())?)
}

pub fn insert(tx: &mut Tx, id: QuestionSetVersionId, number: i32, file: &QuestionSetFile, hash: &[u8]) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(versions::table)
        .values((
            versions::id.eq(id),
            versions::slug.eq(&file.slug),
            versions::number.eq(number),
            versions::name.eq(&file.name),
            versions::content.eq(to_content(file)?),
            versions::content_hash.eq(hash),
            versions::published_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The file's own shape, with an id beside each question's key.
fn to_content(file: &QuestionSetFile) -> Result<Value> {
    let mut content = serde_json::to_value(file)?;
    let questions = content.get_mut("questions").and_then(Value::as_array_mut).into_iter().flatten();
    for (question, file_question) in questions.zip(&file.questions) {
        let id = question_id(&file.slug, &file_question.key);
        if let Value::Object(members) = question {
            members.insert("id".into(), Value::String(id.to_string()));
        }
    }
    Ok(content)
}

/// A version as [`to_content`] wrote it.
#[derive(Deserialize)]
struct Content {
    slug: String,
    name: String,
    description: String,
    questions: Vec<Value>,
}

fn from_row((id, number, content, published_at): Row) -> Result<QuestionSetVersion> {
    let Content { slug, name, description, questions } = serde_json::from_value(content)?;
    let questions = questions.into_iter().map(question).collect::<Result<_>>()?;
    Ok(QuestionSetVersion { id, slug, number, name, description, questions, published_at, built_in: true })
}

fn question(mut content: Value) -> Result<Question> {
    let id = content.as_object_mut().and_then(|members| members.remove("id")).unwrap_or_default();
    let id: QuestionId = serde_json::from_value(id)?;
    let file: QuestionFile = serde_json::from_value(content)?;
    Ok(file.into_question(id))
}

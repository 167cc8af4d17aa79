//! SQL of the built-in library's versions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use super::super::file::{QuestionSetFile, question_id};
use super::super::model::{QuestionSetId, QuestionSetVersion, QuestionSetVersionId};
use super::content::{self, Published};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::schema::library_question_set_versions as versions;

type Row = (QuestionSetVersionId, String, i32, Value, DateTime<Utc>);

/// Newest first within one set.
pub fn list_ids(tx: &mut Tx) -> Result<Vec<QuestionSetVersionId>> {
    Ok(versions::table.order((versions::slug, versions::number.desc())).select(versions::id).load(tx.conn())?)
}

/// Those of the ids that exist.
pub fn load(tx: &mut Tx, ids: &[QuestionSetVersionId]) -> Result<Vec<QuestionSetVersion>> {
    let rows: Vec<Row> = versions::table
        .filter(versions::id.eq_any(ids))
        .select((versions::id, versions::slug, versions::number, versions::content, versions::published_at))
        .load(tx.conn())?;
    let read = |(id, slug, number, content, published_at): Row| {
        let set = QuestionSetId::built_in(&slug);
        content::read(content, Published { id, set, number, published_at, published_by: None, reason: None, team: None })
    };
    rows.into_iter().map(read).collect()
}

/// The numbers and hashes of what was imported under this slug.
pub fn imported(tx: &mut Tx, slug: &str) -> Result<Vec<(i32, Vec<u8>)>> {
    Ok(versions::table.filter(versions::slug.eq(slug)).select((versions::number, versions::content_hash)).load(tx.conn())?)
}

pub fn insert(tx: &mut Tx, id: QuestionSetVersionId, number: i32, file: &QuestionSetFile, hash: &[u8]) -> Result<()> {
    let ids: Vec<_> = file.questions.iter().map(|question| question_id(&file.slug, &question.key)).collect();
    let now = tx.now;
    diesel::insert_into(versions::table)
        .values((
            versions::id.eq(id),
            versions::slug.eq(&file.slug),
            versions::number.eq(number),
            versions::name.eq(&file.name),
            versions::content.eq(content::write(file, &ids)?),
            versions::content_hash.eq(hash),
            versions::published_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

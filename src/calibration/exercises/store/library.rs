//! SQL of the built-in gold interviews.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::file::GoldFile;
use super::super::model::{GoldId, GoldVersion, GoldVersionId};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::rubrics::RubricVersionId;
use crate::schema::library_gold_interview_versions as versions;

type Row = (GoldVersionId, i32, serde_json::Value, RubricVersionId, DateTime<Utc>);

/// Newest first within one gold interview.
pub fn list_ids(tx: &mut Tx) -> Result<Vec<GoldVersionId>> {
    Ok(versions::table.order((versions::slug, versions::number.desc())).select(versions::id).load(tx.conn())?)
}

/// Those of the ids that exist.
pub fn load(tx: &mut Tx, ids: &[GoldVersionId]) -> Result<Vec<GoldVersion>> {
    let rows: Vec<Row> = versions::table
        .filter(versions::id.eq_any(ids))
        .select((versions::id, versions::number, versions::content, versions::rubric_version_id, versions::published_at))
        .load(tx.conn())?;
    let read = |(id, number, content, rubric, published_at): Row| {
        let file: GoldFile = serde_json::from_value(content)?;
        Ok(GoldVersion { id, gold: GoldId::built_in(&file.slug), number, file, rubric, published_at, team: None })
    };
    rows.into_iter().map(read).collect()
}

/// The numbers and hashes of what was imported under this slug.
pub fn imported(tx: &mut Tx, slug: &str) -> Result<Vec<(i32, Vec<u8>)>> {
    Ok(versions::table.filter(versions::slug.eq(slug)).select((versions::number, versions::content_hash)).load(tx.conn())?)
}

pub struct NewRow<'n> {
    pub id: GoldVersionId,
    pub number: i32,
    pub file: &'n GoldFile,
    pub hash: &'n [u8],
    pub rubric: RubricVersionId,
}

pub fn insert(tx: &mut Tx, new: &NewRow) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(versions::table)
        .values((
            versions::id.eq(new.id),
            versions::slug.eq(&new.file.slug),
            versions::number.eq(new.number),
            versions::title.eq(&new.file.title),
            versions::content.eq(serde_json::to_value(new.file)?),
            versions::content_hash.eq(new.hash),
            versions::rubric_version_id.eq(new.rubric),
            versions::published_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

//! SQL of the built-in library's versions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::file::{Published, RubricFile};
use super::super::model::{RubricVersion, RubricVersionId};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::schema::library_rubric_versions as versions;

type Row = (RubricVersionId, i32, serde_json::Value, DateTime<Utc>);

/// Newest first within one rubric.
pub fn list_ids(tx: &mut Tx) -> Result<Vec<RubricVersionId>> {
    Ok(versions::table.order((versions::slug, versions::number.desc())).select(versions::id).load(tx.conn())?)
}

/// Those of the ids that exist.
pub fn load(tx: &mut Tx, ids: &[RubricVersionId]) -> Result<Vec<RubricVersion>> {
    let rows: Vec<Row> = versions::table
        .filter(versions::id.eq_any(ids))
        .select((versions::id, versions::number, versions::content, versions::published_at))
        .load(tx.conn())?;
    rows.into_iter().map(from_row).collect()
}

fn from_row((id, number, content, published_at): Row) -> Result<RubricVersion> {
    let file: RubricFile = serde_json::from_value(content)?;
    let published = Published::built_in(id, &file.slug, number, published_at);
    Ok(file.into_version(published))
}

/// The numbers and hashes of what was imported under this slug.
pub fn imported(tx: &mut Tx, slug: &str) -> Result<Vec<(i32, Vec<u8>)>> {
    Ok(versions::table.filter(versions::slug.eq(slug)).select((versions::number, versions::content_hash)).load(tx.conn())?)
}

pub fn insert(tx: &mut Tx, id: RubricVersionId, number: i32, file: &RubricFile, hash: &[u8]) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(versions::table)
        .values((
            versions::id.eq(id),
            versions::slug.eq(&file.slug),
            versions::number.eq(number),
            versions::name.eq(&file.name),
            versions::content.eq(serde_json::to_value(file)?),
            versions::content_hash.eq(hash),
            versions::published_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

//! SQL of the versions that a team has published.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use super::super::file::{Published, RubricFile};
use super::super::model::{RubricId, RubricVersion, RubricVersionId};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::schema::{accounts, rubric_versions as versions, rubrics};

type Row = (RubricVersionId, RubricId, i32, Value, DateTime<Utc>, Option<String>, String);

/// The ids of what is published of rubrics that are not retired, newest first within each rubric.
pub fn list_ids(tx: &mut Tx, team: TeamId) -> Result<Vec<RubricVersionId>> {
    Ok(versions::table
        .inner_join(rubrics::table.on(rubrics::team_id.eq(versions::team_id).and(rubrics::id.eq(versions::rubric_id))))
        .filter(versions::team_id.eq(team).and(rubrics::retired_at.is_null()))
        .order((rubrics::slug, versions::number.desc()))
        .select(versions::id)
        .load(tx.conn())?)
}

/// All that was published of one rubric, newest first.
pub fn ids_of(tx: &mut Tx, team: TeamId, rubric: RubricId) -> Result<Vec<RubricVersionId>> {
    Ok(versions::table
        .filter(versions::team_id.eq(team).and(versions::rubric_id.eq(rubric)))
        .order(versions::number.desc())
        .select(versions::id)
        .load(tx.conn())?)
}

/// The newest version of each of the team's rubrics, of retired ones too.
pub fn newest_ids(tx: &mut Tx, team: TeamId) -> Result<Vec<RubricVersionId>> {
    Ok(versions::table
        .filter(versions::team_id.eq(team))
        .order((versions::rubric_id, versions::number.desc()))
        .distinct_on(versions::rubric_id)
        .select(versions::id)
        .load(tx.conn())?)
}

/// Those of the ids that are this team's.
pub fn load(tx: &mut Tx, team: TeamId, ids: &[RubricVersionId]) -> Result<Vec<RubricVersion>> {
    let rows: Vec<Row> = versions::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(versions::published_by)))
        .filter(versions::team_id.eq(team).and(versions::id.eq_any(ids)))
        .select((
            versions::id,
            versions::rubric_id,
            versions::number,
            versions::content,
            versions::published_at,
            accounts::name.nullable(),
            versions::reason,
        ))
        .load(tx.conn())?;
    let read = |(id, rubric, number, content, published_at, published_by, reason): Row| {
        let file: RubricFile = serde_json::from_value(content)?;
        Ok(file.into_version(Published { id, rubric, number, published_at, published_by, reason: Some(reason), team: Some(team) }))
    };
    rows.into_iter().map(read).collect()
}

/// The newest number and hash of a rubric.
pub fn newest(tx: &mut Tx, team: TeamId, rubric: RubricId) -> Result<Option<(i32, Vec<u8>)>> {
    Ok(versions::table
        .filter(versions::team_id.eq(team).and(versions::rubric_id.eq(rubric)))
        .order(versions::number.desc())
        .select((versions::number, versions::content_hash))
        .first(tx.conn())
        .optional()?)
}

/// What is to be published.
pub struct NewRow<'n> {
    pub rubric: RubricId,
    pub number: i32,
    pub file: &'n RubricFile,
    pub hash: &'n [u8],
    pub reason: &'n str,
    pub by: Option<AccountId>,
}

pub fn insert(tx: &mut Tx, team: TeamId, new: &NewRow) -> Result<RubricVersionId> {
    let (id, now) = (tx.new_id::<RubricVersionId>(), tx.now);
    diesel::insert_into(versions::table)
        .values((
            versions::team_id.eq(team),
            versions::id.eq(id),
            versions::rubric_id.eq(new.rubric),
            versions::number.eq(new.number),
            versions::content.eq(serde_json::to_value(new.file)?),
            versions::content_hash.eq(new.hash),
            versions::reason.eq(new.reason),
            versions::published_by.eq(new.by),
            versions::published_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

//! SQL of the gold interviews that a team has published.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::file::GoldFile;
use super::super::model::{GoldId, GoldVersion, GoldVersionId};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::rubrics::RubricVersionId;
use crate::schema::{gold_interview_versions as versions, gold_interviews};

type Row = (GoldVersionId, GoldId, i32, serde_json::Value, RubricVersionId, DateTime<Utc>);

/// What is published of gold interviews that are not retired, newest first within each.
pub fn list_ids(tx: &mut Tx, team: TeamId) -> Result<Vec<GoldVersionId>> {
    let same = gold_interviews::team_id.eq(versions::team_id).and(gold_interviews::id.eq(versions::gold_interview_id));
    Ok(versions::table
        .inner_join(gold_interviews::table.on(same))
        .filter(versions::team_id.eq(team).and(gold_interviews::retired_at.is_null()))
        .order((gold_interviews::title, gold_interviews::id, versions::number.desc()))
        .select(versions::id)
        .load(tx.conn())?)
}

/// Those of the ids that are this team's.
pub fn load(tx: &mut Tx, team: TeamId, ids: &[GoldVersionId]) -> Result<Vec<GoldVersion>> {
    let rows: Vec<Row> = versions::table
        .filter(versions::team_id.eq(team).and(versions::id.eq_any(ids)))
        .select((
            versions::id,
            versions::gold_interview_id,
            versions::number,
            versions::content,
            versions::rubric_version_id,
            versions::published_at,
        ))
        .load(tx.conn())?;
    let read = |(id, gold, number, content, rubric, published_at): Row| {
        let file: GoldFile = serde_json::from_value(content)?;
        Ok(GoldVersion { id, gold, number, file, rubric, published_at, team: Some(team) })
    };
    rows.into_iter().map(read).collect()
}

/// What was published last of a gold interview.
pub struct Newest {
    pub id: GoldVersionId,
    pub number: i32,
    pub hash: Vec<u8>,
    pub published_at: DateTime<Utc>,
}

pub fn newest(tx: &mut Tx, team: TeamId, gold: GoldId) -> Result<Option<Newest>> {
    let row: Option<(GoldVersionId, i32, Vec<u8>, DateTime<Utc>)> = versions::table
        .filter(versions::team_id.eq(team).and(versions::gold_interview_id.eq(gold)))
        .order(versions::number.desc())
        .select((versions::id, versions::number, versions::content_hash, versions::published_at))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(id, number, hash, published_at)| Newest { id, number, hash, published_at }))
}

/// What is to be published.
pub struct NewRow<'n> {
    pub gold: GoldId,
    pub number: i32,
    pub file: &'n GoldFile,
    pub hash: &'n [u8],
    pub rubric: (RubricVersionId, bool),
    pub reason: &'n str,
    pub by: Option<AccountId>,
}

pub fn insert(tx: &mut Tx, team: TeamId, new: &NewRow) -> Result<GoldVersionId> {
    let (id, now) = (tx.new_id::<GoldVersionId>(), tx.now);
    diesel::insert_into(versions::table)
        .values((
            versions::team_id.eq(team),
            versions::id.eq(id),
            versions::gold_interview_id.eq(new.gold),
            versions::number.eq(new.number),
            versions::content.eq(serde_json::to_value(new.file)?),
            versions::content_hash.eq(new.hash),
            versions::rubric_version_id.eq(new.rubric.0),
            versions::rubric_built_in.eq(new.rubric.1),
            versions::reason.eq(new.reason),
            versions::published_by.eq(new.by),
            versions::published_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

//! SQL of the versions that a team has published.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use super::super::model::{QuestionSetId, QuestionSetVersion, QuestionSetVersionId};
use super::content::{self, Published};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::schema::{accounts, question_set_versions as versions, question_sets as sets};

type Row = (QuestionSetVersionId, QuestionSetId, i32, Value, DateTime<Utc>, Option<String>, String);

/// The ids of what is published of sets that are not retired, newest first within each set.
pub fn list_ids(tx: &mut Tx, team: TeamId) -> Result<Vec<QuestionSetVersionId>> {
    Ok(versions::table
        .inner_join(sets::table.on(sets::team_id.eq(versions::team_id).and(sets::id.eq(versions::set_id))))
        .filter(versions::team_id.eq(team).and(sets::retired_at.is_null()))
        .order((sets::slug, versions::number.desc()))
        .select(versions::id)
        .load(tx.conn())?)
}

/// All that was published of one set, newest first.
pub fn ids_of(tx: &mut Tx, team: TeamId, set: QuestionSetId) -> Result<Vec<QuestionSetVersionId>> {
    Ok(versions::table
        .filter(versions::team_id.eq(team).and(versions::set_id.eq(set)))
        .order(versions::number.desc())
        .select(versions::id)
        .load(tx.conn())?)
}

/// All that was published of these sets, newest first within each.
pub fn ids_of_all(tx: &mut Tx, team: TeamId, sets: &[QuestionSetId]) -> Result<Vec<QuestionSetVersionId>> {
    Ok(versions::table
        .filter(versions::team_id.eq(team).and(versions::set_id.eq_any(sets)))
        .order((versions::set_id, versions::number.desc()))
        .select(versions::id)
        .load(tx.conn())?)
}

/// Those of the ids that are this team's.
pub fn load(tx: &mut Tx, team: TeamId, ids: &[QuestionSetVersionId]) -> Result<Vec<QuestionSetVersion>> {
    let rows: Vec<Row> = versions::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(versions::published_by)))
        .filter(versions::team_id.eq(team).and(versions::id.eq_any(ids)))
        .select((
            versions::id,
            versions::set_id,
            versions::number,
            versions::content,
            versions::published_at,
            accounts::name.nullable(),
            versions::reason,
        ))
        .load(tx.conn())?;
    let read = |(id, set, number, content, published_at, published_by, reason): Row| {
        content::read(content, Published { id, set, number, published_at, published_by, reason: Some(reason), team: Some(team) })
    };
    rows.into_iter().map(read).collect()
}

/// The newest number and hash of a set.
pub fn newest(tx: &mut Tx, team: TeamId, set: QuestionSetId) -> Result<Option<(i32, Vec<u8>)>> {
    Ok(versions::table
        .filter(versions::team_id.eq(team).and(versions::set_id.eq(set)))
        .order(versions::number.desc())
        .select((versions::number, versions::content_hash))
        .first(tx.conn())
        .optional()?)
}

/// What is to be published.
pub struct NewRow<'n> {
    pub set: QuestionSetId,
    pub number: i32,
    pub content: Value,
    pub hash: &'n [u8],
    pub reason: &'n str,
    pub by: Option<AccountId>,
}

pub fn insert(tx: &mut Tx, team: TeamId, new: &NewRow) -> Result<QuestionSetVersionId> {
    let (id, now) = (tx.new_id::<QuestionSetVersionId>(), tx.now);
    diesel::insert_into(versions::table)
        .values((
            versions::team_id.eq(team),
            versions::id.eq(id),
            versions::set_id.eq(new.set),
            versions::number.eq(new.number),
            versions::content.eq(&new.content),
            versions::content_hash.eq(new.hash),
            versions::reason.eq(new.reason),
            versions::published_by.eq(new.by),
            versions::published_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

//! SQL of a team's rubrics as they are being written.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use super::super::draft::RubricDraft;
use super::super::model::{RubricId, RubricVersionId};
use crate::platform::db::Tx;
use crate::platform::error::{Error, OnConstraint as _, Result};
use crate::policy::{AccountId, TeamId};
use crate::schema::{accounts, rubrics};

/// A rubric with its draft.
#[derive(Debug, Clone)]
pub struct RubricRow {
    pub id: RubricId,
    pub slug: String,
    pub draft: RubricDraft,
    pub copied_from: Option<RubricVersionId>,
    pub version: i32,
    pub changed_by: Option<String>,
    pub changed_at: DateTime<Utc>,
    pub retired_at: Option<DateTime<Utc>>,
}

type Columns = (RubricId, String, Value, Option<RubricVersionId>, i32, Option<AccountId>, DateTime<Utc>, Option<DateTime<Utc>>);

const COLUMNS: (
    rubrics::id,
    rubrics::slug,
    rubrics::draft,
    rubrics::copied_from,
    rubrics::version,
    rubrics::changed_by,
    rubrics::changed_at,
    rubrics::retired_at,
) = (
    rubrics::id,
    rubrics::slug,
    rubrics::draft,
    rubrics::copied_from,
    rubrics::version,
    rubrics::changed_by,
    rubrics::changed_at,
    rubrics::retired_at,
);

fn read((id, slug, draft, copied_from, version, _, changed_at, retired_at): Columns) -> Result<RubricRow> {
    let draft = serde_json::from_value(draft)?;
    Ok(RubricRow { id, slug, draft, copied_from, version, changed_by: None, changed_at, retired_at })
}

/// By their short names; who changed them is left out.
pub fn list(tx: &mut Tx, team: TeamId) -> Result<Vec<RubricRow>> {
    let rows: Vec<Columns> =
        rubrics::table.filter(rubrics::team_id.eq(team)).order((rubrics::slug, rubrics::id)).select(COLUMNS).load(tx.conn())?;
    rows.into_iter().map(read).collect()
}

pub fn find(tx: &mut Tx, team: TeamId, id: RubricId) -> Result<Option<RubricRow>> {
    let row: Option<Columns> = rubrics::table.find((team.0, id.0)).select(COLUMNS).first(tx.conn()).optional()?;
    row.map(|row| named(tx, row)).transpose()
}

/// The rubric, which nobody else changes until this transaction ends.
pub fn lock(tx: &mut Tx, team: TeamId, id: RubricId) -> Result<RubricRow> {
    let row: Option<Columns> = rubrics::table.find((team.0, id.0)).select(COLUMNS).for_update().first(tx.conn()).optional()?;
    named(tx, row.ok_or(Error::NotFound)?)
}

fn named(tx: &mut Tx, row: Columns) -> Result<RubricRow> {
    let changed_by = match row.5 {
        Some(account) => accounts::table.find(account.0).select(accounts::name).first(tx.conn()).optional()?,
        None => None,
    };
    Ok(RubricRow { changed_by, ..read(row)? })
}

/// A new rubric.
pub struct NewRow<'n> {
    pub id: RubricId,
    pub slug: &'n str,
    pub draft: &'n RubricDraft,
    pub copied_from: Option<RubricVersionId>,
    pub by: Option<AccountId>,
}

pub fn insert(tx: &mut Tx, team: TeamId, new: &NewRow) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(rubrics::table)
        .values((
            rubrics::team_id.eq(team),
            rubrics::id.eq(new.id),
            rubrics::slug.eq(new.slug),
            rubrics::name.eq(&new.draft.name),
            rubrics::draft.eq(serde_json::to_value(new.draft)?),
            rubrics::copied_from.eq(new.copied_from),
            rubrics::created_by.eq(new.by),
            rubrics::created_at.eq(now),
            rubrics::changed_by.eq(new.by),
            rubrics::changed_at.eq(now),
        ))
        .execute(tx.conn())
        .on_constraint("rubrics_one_per_slug", Error::invalid("slug", "Another rubric of this team has this short name."))?;
    Ok(())
}

pub fn slugs(tx: &mut Tx, team: TeamId) -> Result<Vec<String>> {
    Ok(rubrics::table.filter(rubrics::team_id.eq(team)).select(rubrics::slug).load(tx.conn())?)
}

pub fn update(tx: &mut Tx, team: TeamId, id: RubricId, draft: &RubricDraft, by: Option<AccountId>) -> Result<()> {
    let now = tx.now;
    diesel::update(rubrics::table.find((team.0, id.0)))
        .set((
            rubrics::name.eq(&draft.name),
            rubrics::draft.eq(serde_json::to_value(draft)?),
            rubrics::version.eq(rubrics::version + 1),
            rubrics::changed_by.eq(by),
            rubrics::changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Retires the rubric, or takes it back.
pub fn set_retired(tx: &mut Tx, team: TeamId, id: RubricId, by: Option<AccountId>) -> Result<()> {
    let at = by.map(|_| tx.now);
    diesel::update(rubrics::table.find((team.0, id.0))).set((rubrics::retired_at.eq(at), rubrics::retired_by.eq(by))).execute(tx.conn())?;
    Ok(())
}

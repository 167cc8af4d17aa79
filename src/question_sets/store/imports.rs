//! SQL of the files that people have brought.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use super::super::exchange::{FileKind, ImportId, ImportPlan, ImportState};
use super::super::model::QuestionSetId;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::files::Mistakes;
use crate::policy::{AccountId, TeamId};
use crate::schema::{accounts, question_set_imports as imports};
use crate::web::paging::Slice;

/// A new import.
pub struct NewImport<'n> {
    pub id: ImportId,
    pub by: Option<AccountId>,
    pub file_name: &'n str,
    pub kind: FileKind,
    pub slug: &'n str,
    pub name: &'n str,
    /// None where nothing can be done with it.
    pub content: Option<&'n [u8]>,
    pub plan: &'n ImportPlan,
    pub mistakes: &'n Mistakes,
    pub set: Option<QuestionSetId>,
    pub stamp: Option<&'n str>,
}

/// An import as its row says, without the file.
#[derive(Debug, Clone)]
pub struct ImportRow {
    pub facts: Facts,
    pub plan: ImportPlan,
    pub mistakes: Mistakes,
    pub created_by: Option<String>,
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = imports)]
pub struct Facts {
    pub id: ImportId,
    pub created_at: DateTime<Utc>,
    pub file_name: String,
    pub kind: FileKind,
    pub slug: String,
    pub name: String,
    pub set_id: Option<QuestionSetId>,
    pub stamp: Option<String>,
    pub total: i32,
    pub done: i32,
    pub confirmed_by: Option<AccountId>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub failed_at: Option<DateTime<Utc>>,
    pub failure: Option<String>,
}

type Row = (Facts, Value, Value, Option<String>);

impl ImportRow {
    fn read((facts, plan, mistakes, created_by): Row) -> Result<Self> {
        Ok(ImportRow { facts, plan: serde_json::from_value(plan)?, mistakes: serde_json::from_value(mistakes)?, created_by })
    }

    pub fn state(&self) -> ImportState {
        let facts = &self.facts;
        match () {
            () if facts.cancelled_at.is_some() => ImportState::Cancelled,
            () if facts.finished_at.is_some() => ImportState::Done,
            () if facts.failed_at.is_some() => ImportState::Failed,
            () if facts.confirmed_at.is_some() => ImportState::Running,
            () if self.mistakes.is_empty() => ImportState::Ready,
            () => ImportState::Refused,
        }
    }
}

pub fn insert(tx: &mut Tx, team: TeamId, new: &NewImport) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(imports::table)
        .values((
            imports::team_id.eq(team),
            imports::id.eq(new.id),
            imports::created_by.eq(new.by),
            imports::created_at.eq(now),
            imports::file_name.eq(new.file_name),
            imports::kind.eq(new.kind),
            imports::slug.eq(new.slug),
            imports::name.eq(new.name),
            imports::content.eq(new.content),
            imports::plan.eq(serde_json::to_value(new.plan)?),
            imports::mistakes.eq(serde_json::to_value(new.mistakes)?),
            imports::set_id.eq(new.set),
            imports::stamp.eq(new.stamp),
            imports::total.eq((new.plan.added + new.plan.changed) as i32),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub fn find(tx: &mut Tx, team: TeamId, id: ImportId) -> Result<Option<ImportRow>> {
    let row: Option<Row> = imports::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(imports::created_by)))
        .filter(imports::team_id.eq(team).and(imports::id.eq(id)))
        .select((Facts::as_select(), imports::plan, imports::mistakes, accounts::name.nullable()))
        .first(tx.conn())
        .optional()?;
    row.map(ImportRow::read).transpose()
}

/// One page, the newest first.
pub fn list(tx: &mut Tx, team: TeamId, slice: &Slice<ImportId>) -> Result<Vec<ImportRow>> {
    let mut query = imports::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(imports::created_by)))
        .filter(imports::team_id.eq(team))
        .order(imports::id.desc())
        .limit(slice.rows())
        .select((Facts::as_select(), imports::plan, imports::mistakes, accounts::name.nullable()))
        .into_boxed();
    if let Some(after) = slice.after {
        query = query.filter(imports::id.lt(after));
    }
    query.load::<Row>(tx.conn())?.into_iter().map(ImportRow::read).collect()
}

/// The file itself, as long as it is kept.
pub fn content(tx: &mut Tx, team: TeamId, id: ImportId) -> Result<Option<Vec<u8>>> {
    let content: Option<Option<Vec<u8>>> = imports::table.find((team.0, id.0)).select(imports::content).first(tx.conn()).optional()?;
    Ok(content.flatten())
}

/// Confirms it, unless that was done or it is over. Says whether it did.
pub fn confirm(tx: &mut Tx, team: TeamId, id: ImportId, by: AccountId) -> Result<bool> {
    let now = tx.now;
    let open = imports::table.find((team.0, id.0)).filter(imports::confirmed_at.is_null().and(imports::cancelled_at.is_null()));
    let confirmed = diesel::update(open).set((imports::confirmed_at.eq(now), imports::confirmed_by.eq(by))).execute(tx.conn())?;
    Ok(confirmed == 1)
}

/// Cancels it, unless it is over. Says whether it did.
pub fn cancel(tx: &mut Tx, team: TeamId, id: ImportId, by: AccountId) -> Result<bool> {
    let now = tx.now;
    let cancelled = diesel::update(imports::table.find((team.0, id.0)))
        .filter(imports::cancelled_at.is_null().and(imports::finished_at.is_null()).and(imports::failed_at.is_null()))
        .set((imports::cancelled_at.eq(now), imports::cancelled_by.eq(by), imports::content.eq(None::<Vec<u8>>)))
        .execute(tx.conn())?;
    Ok(cancelled == 1)
}

/// Whether somebody has cancelled it, seen from a transaction that began before.
pub fn is_cancelled(tx: &mut Tx, team: TeamId, id: ImportId) -> Result<bool> {
    let cancelled = imports::table.find((team.0, id.0)).select(imports::cancelled_at.is_not_null()).first(tx.conn()).optional()?;
    Ok(cancelled.unwrap_or(true))
}

/// How many questions are written.
pub fn note_progress(tx: &mut Tx, team: TeamId, id: ImportId, done: i32) -> Result<()> {
    diesel::update(imports::table.find((team.0, id.0))).set(imports::done.eq(done)).execute(tx.conn())?;
    Ok(())
}

/// It is done, unless somebody has cancelled it meanwhile. Says whether it is.
pub fn finish(tx: &mut Tx, team: TeamId, id: ImportId, set: QuestionSetId) -> Result<bool> {
    let now = tx.now;
    let finished = diesel::update(imports::table.find((team.0, id.0)))
        .filter(imports::cancelled_at.is_null())
        .set((
            imports::finished_at.eq(now),
            imports::done.eq(imports::total),
            imports::set_id.eq(set),
            imports::content.eq(None::<Vec<u8>>),
        ))
        .execute(tx.conn())?;
    Ok(finished == 1)
}

/// Nothing was written, and why.
pub fn fail(tx: &mut Tx, team: TeamId, id: ImportId, failure: &str) -> Result<()> {
    let now = tx.now;
    diesel::update(imports::table.find((team.0, id.0)))
        .filter(imports::cancelled_at.is_null())
        .set((imports::failed_at.eq(now), imports::failure.eq(failure), imports::done.eq(0), imports::content.eq(None::<Vec<u8>>)))
        .execute(tx.conn())?;
    Ok(())
}

pub fn delete(tx: &mut Tx, team: TeamId, id: ImportId) -> Result<()> {
    diesel::delete(imports::table.find((team.0, id.0))).execute(tx.conn())?;
    Ok(())
}

/// Forgets the oldest of those that nobody has confirmed, beyond so many.
pub fn delete_waiting_beyond(tx: &mut Tx, team: TeamId, most: i64) -> Result<()> {
    let waiting = imports::table.filter(imports::team_id.eq(team).and(imports::confirmed_at.is_null()));
    let kept: Vec<ImportId> = waiting.order(imports::id.desc()).limit(most).select(imports::id).load(tx.conn())?;
    if kept.len() as i64 == most {
        let beyond = imports::table
            .filter(imports::team_id.eq(team).and(imports::confirmed_at.is_null()))
            .filter(imports::id.lt(kept[kept.len() - 1]));
        diesel::delete(beyond).execute(tx.conn())?;
    }
    Ok(())
}

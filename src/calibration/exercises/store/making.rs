//! SQL of a team's gold interviews while they are made.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use super::super::model::{ConsensusDraft, GoldDraft, GoldId};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, InterviewId, TeamId};
use crate::rubrics::RubricVersionId;
use crate::schema::{gold_interviews as golds, gold_makers as makers};

#[derive(Debug, Clone)]
pub struct GoldRow {
    pub id: GoldId,
    pub draft: GoldDraft,
    pub rubric: RubricVersionId,
    pub interview: Option<InterviewId>,
    pub consent: Option<Consent>,
    pub consensus: Vec<ConsensusDraft>,
    pub version: i32,
    pub changed_at: DateTime<Utc>,
    pub retired_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone)]
pub struct Consent {
    pub words: String,
    pub by: Option<AccountId>,
    pub at: DateTime<Utc>,
}

type Columns = (
    GoldId,
    Value,
    RubricVersionId,
    Option<InterviewId>,
    Option<String>,
    Option<AccountId>,
    Option<DateTime<Utc>>,
    Value,
    i32,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
);

const COLUMNS: (
    golds::id,
    golds::draft,
    golds::rubric_version_id,
    golds::interview_id,
    golds::consent_words,
    golds::consent_recorded_by,
    golds::consent_recorded_at,
    golds::consensus,
    golds::version,
    golds::changed_at,
    golds::retired_at,
) = (
    golds::id,
    golds::draft,
    golds::rubric_version_id,
    golds::interview_id,
    golds::consent_words,
    golds::consent_recorded_by,
    golds::consent_recorded_at,
    golds::consensus,
    golds::version,
    golds::changed_at,
    golds::retired_at,
);

fn read((id, draft, rubric, interview, words, by, at, consensus, version, changed_at, retired_at): Columns) -> Result<GoldRow> {
    let consent = words.zip(at).map(|(words, at)| Consent { words, by, at });
    let (draft, consensus) = (serde_json::from_value(draft)?, serde_json::from_value(consensus)?);
    Ok(GoldRow { id, draft, rubric, interview, consent, consensus, version, changed_at, retired_at })
}

/// By their titles, after a place.
pub fn list(tx: &mut Tx, team: TeamId, after: Option<&(String, GoldId)>, rows: i64) -> Result<Vec<GoldRow>> {
    let mut query = golds::table.filter(golds::team_id.eq(team)).order((golds::title, golds::id)).select(COLUMNS).limit(rows).into_boxed();
    if let Some((title, id)) = after {
        query = query.filter(golds::title.gt(title.clone()).or(golds::title.eq(title.clone()).and(golds::id.gt(*id))));
    }
    let rows: Vec<Columns> = query.load(tx.conn())?;
    rows.into_iter().map(read).collect()
}

pub fn find(tx: &mut Tx, team: TeamId, id: GoldId) -> Result<Option<GoldRow>> {
    let row: Option<Columns> = golds::table.find((team.0, id.0)).select(COLUMNS).first(tx.conn()).optional()?;
    row.map(read).transpose()
}

/// The same, held until the commit.
pub fn lock(tx: &mut Tx, team: TeamId, id: GoldId) -> Result<Option<GoldRow>> {
    let row: Option<Columns> = golds::table.find((team.0, id.0)).select(COLUMNS).for_no_key_update().first(tx.conn()).optional()?;
    row.map(read).transpose()
}

/// A new one, with what it was made from.
pub struct NewRow<'n> {
    pub draft: &'n GoldDraft,
    pub rubric: (RubricVersionId, bool),
    pub interview: Option<(InterviewId, &'n str)>,
    pub by: Option<AccountId>,
}

pub fn insert(tx: &mut Tx, team: TeamId, new: &NewRow) -> Result<GoldId> {
    let (id, now) = (tx.new_id::<GoldId>(), tx.now);
    diesel::insert_into(golds::table)
        .values((
            golds::team_id.eq(team),
            golds::id.eq(id),
            golds::title.eq(&new.draft.title),
            golds::draft.eq(serde_json::to_value(new.draft)?),
            golds::rubric_version_id.eq(new.rubric.0),
            golds::rubric_built_in.eq(new.rubric.1),
            golds::interview_id.eq(new.interview.map(|(interview, _)| interview)),
            golds::consent_words.eq(new.interview.map(|(_, words)| words)),
            golds::consent_recorded_by.eq(new.by.filter(|_| new.interview.is_some())),
            golds::consent_recorded_at.eq(new.interview.map(|_| now)),
            golds::created_by.eq(new.by),
            golds::created_at.eq(now),
            golds::changed_by.eq(new.by),
            golds::changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

pub fn update(
    tx: &mut Tx,
    team: TeamId,
    id: GoldId,
    draft: &GoldDraft,
    rubric: (RubricVersionId, bool),
    by: Option<AccountId>,
) -> Result<()> {
    let now = tx.now;
    diesel::update(golds::table.find((team.0, id.0)))
        .set((
            golds::title.eq(&draft.title),
            golds::draft.eq(serde_json::to_value(draft)?),
            golds::rubric_version_id.eq(rubric.0),
            golds::rubric_built_in.eq(rubric.1),
            golds::version.eq(golds::version + 1),
            golds::changed_by.eq(by),
            golds::changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub fn write_consensus(tx: &mut Tx, team: TeamId, id: GoldId, consensus: &[ConsensusDraft], by: Option<AccountId>) -> Result<()> {
    let now = tx.now;
    diesel::update(golds::table.find((team.0, id.0)))
        .set((
            golds::consensus.eq(serde_json::to_value(consensus)?),
            golds::version.eq(golds::version + 1),
            golds::changed_by.eq(by),
            golds::changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Retires it, or takes it back.
pub fn set_retired(tx: &mut Tx, team: TeamId, id: GoldId, by: Option<AccountId>) -> Result<()> {
    let at = by.map(|_| tx.now);
    diesel::update(golds::table.find((team.0, id.0))).set((golds::retired_at.eq(at), golds::retired_by.eq(by))).execute(tx.conn())?;
    Ok(())
}

/// Somebody had a hand in it; once is for ever.
pub fn note_maker(tx: &mut Tx, team: TeamId, id: GoldId, account: AccountId) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(makers::table)
        .values((makers::team_id.eq(team), makers::gold_interview_id.eq(id), makers::account_id.eq(account), makers::since.eq(now)))
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    Ok(())
}

//! SQL of what people gave to gold interviews. Every query names whose it is.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::model::{Answers, ExerciseId, GoldId, GoldScoreId, GoldVersion, GoldVersionId};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::schema::{gold_makers, gold_scores as scores, memberships};

/// What somebody gave, or is about to.
#[derive(Debug, Clone)]
pub struct ScoreRow {
    pub id: GoldScoreId,
    pub account: AccountId,
    pub gold: GoldId,
    pub gold_version: GoldVersionId,
    pub exercise: Option<ExerciseId>,
    pub answers: Answers,
    pub version: i32,
    pub started_at: DateTime<Utc>,
    pub submitted_at: Option<DateTime<Utc>>,
}

type Columns =
    (GoldScoreId, AccountId, GoldId, GoldVersionId, Option<ExerciseId>, serde_json::Value, i32, DateTime<Utc>, Option<DateTime<Utc>>);

const COLUMNS: (
    scores::id,
    scores::account_id,
    scores::gold_interview_id,
    scores::gold_version_id,
    scores::exercise_id,
    scores::answers,
    scores::version,
    scores::started_at,
    scores::submitted_at,
) = (
    scores::id,
    scores::account_id,
    scores::gold_interview_id,
    scores::gold_version_id,
    scores::exercise_id,
    scores::answers,
    scores::version,
    scores::started_at,
    scores::submitted_at,
);

fn read((id, account, gold, gold_version, exercise, answers, version, started_at, submitted_at): Columns) -> Result<ScoreRow> {
    let answers = Answers::read(answers)?;
    Ok(ScoreRow { id, account, gold, gold_version, exercise, answers, version, started_at, submitted_at })
}

/// One's own, the newest first.
pub fn own(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Vec<ScoreRow>> {
    let rows: Vec<Columns> = scores::table
        .filter(scores::team_id.eq(team).and(scores::account_id.eq(account)))
        .order((scores::started_at.desc(), scores::id.desc()))
        .select(COLUMNS)
        .load(tx.conn())?;
    rows.into_iter().map(read).collect()
}

/// One of one's own; nobody else's is there.
pub fn find(tx: &mut Tx, team: TeamId, account: AccountId, id: GoldScoreId) -> Result<Option<ScoreRow>> {
    let row: Option<Columns> = scores::table
        .filter(scores::team_id.eq(team).and(scores::account_id.eq(account)).and(scores::id.eq(id)))
        .select(COLUMNS)
        .first(tx.conn())
        .optional()?;
    row.map(read).transpose()
}

/// The same, held until the commit.
pub fn lock(tx: &mut Tx, team: TeamId, account: AccountId, id: GoldScoreId) -> Result<Option<ScoreRow>> {
    let row: Option<Columns> = scores::table
        .filter(scores::team_id.eq(team).and(scores::account_id.eq(account)).and(scores::id.eq(id)))
        .select(COLUMNS)
        .for_no_key_update()
        .first(tx.conn())
        .optional()?;
    row.map(read).transpose()
}

/// What is in of these exercises, whoever gave it: for counts and distributions alone.
pub fn submitted_in(tx: &mut Tx, team: TeamId, exercise: ExerciseId) -> Result<Vec<ScoreRow>> {
    let rows: Vec<Columns> = scores::table
        .filter(scores::team_id.eq(team).and(scores::exercise_id.eq(exercise)).and(scores::submitted_at.is_not_null()))
        .order((scores::submitted_at, scores::id))
        .select(COLUMNS)
        .load(tx.conn())?;
    rows.into_iter().map(read).collect()
}

/// Everything that is in, of people who are still members: for counts alone.
pub fn submitted(tx: &mut Tx, team: TeamId) -> Result<Vec<ScoreRow>> {
    let here = memberships::team_id.eq(scores::team_id).and(memberships::account_id.eq(scores::account_id));
    let rows: Vec<Columns> = scores::table
        .inner_join(memberships::table.on(here))
        .filter(scores::team_id.eq(team).and(scores::submitted_at.is_not_null()).and(memberships::removed_at.is_null()))
        .order((scores::submitted_at, scores::id))
        .select(COLUMNS)
        .load(tx.conn())?;
    rows.into_iter().map(read).collect()
}

/// What one person begins comes one after the other.
pub fn hold_member(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    memberships::table.find((team.0, account.0)).select(memberships::account_id).for_no_key_update().first::<AccountId>(tx.conn())?;
    Ok(())
}

pub fn insert(tx: &mut Tx, team: TeamId, account: AccountId, version: &GoldVersion, exercise: Option<ExerciseId>) -> Result<GoldScoreId> {
    let (id, now) = (tx.new_id::<GoldScoreId>(), tx.now);
    diesel::insert_into(scores::table)
        .values((
            scores::team_id.eq(team),
            scores::id.eq(id),
            scores::account_id.eq(account),
            scores::gold_interview_id.eq(version.gold),
            scores::gold_version_id.eq(version.id),
            scores::gold_built_in.eq(version.team.is_none()),
            scores::exercise_id.eq(exercise),
            scores::started_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

/// A draft of one's own that was begun alone goes on in an exercise; its words stay.
pub fn adopt(tx: &mut Tx, team: TeamId, id: GoldScoreId, version: &GoldVersion, exercise: ExerciseId) -> Result<()> {
    diesel::update(scores::table.find((team.0, id.0)))
        .set((scores::exercise_id.eq(exercise), scores::gold_version_id.eq(version.id), scores::gold_built_in.eq(version.team.is_none())))
        .execute(tx.conn())?;
    Ok(())
}

/// The draft, held by the caller.
pub fn save(tx: &mut Tx, team: TeamId, id: GoldScoreId, answers: &Answers) -> Result<()> {
    diesel::update(scores::table.find((team.0, id.0)).filter(scores::submitted_at.is_null()))
        .set((scores::answers.eq(answers.json()?), scores::version.eq(scores::version + 1)))
        .execute(tx.conn())?;
    Ok(())
}

/// Locks it; without its exercise when that is over.
pub fn submit(tx: &mut Tx, team: TeamId, id: GoldScoreId, exercise: Option<ExerciseId>) -> Result<()> {
    let now = tx.now;
    diesel::update(scores::table.find((team.0, id.0)).filter(scores::submitted_at.is_null()))
        .set((scores::submitted_at.eq(now), scores::exercise_id.eq(exercise)))
        .execute(tx.conn())?;
    Ok(())
}

/// The gold interviews that somebody had a hand in.
pub fn made(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Vec<GoldId>> {
    Ok(gold_makers::table
        .filter(gold_makers::team_id.eq(team).and(gold_makers::account_id.eq(account)))
        .select(gold_makers::gold_interview_id)
        .load(tx.conn())?)
}

/// What of these interviews these people have begun or given, here or elsewhere, without what they gave.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct Given {
    pub id: GoldScoreId,
    pub account: AccountId,
    pub gold: GoldId,
    pub exercise: Option<ExerciseId>,
    pub submitted_at: Option<DateTime<Utc>>,
}

pub fn given(tx: &mut Tx, team: TeamId, accounts: &[AccountId], golds: &[GoldId]) -> Result<Vec<Given>> {
    Ok(scores::table
        .filter(scores::team_id.eq(team).and(scores::account_id.eq_any(accounts)).and(scores::gold_interview_id.eq_any(golds)))
        .order((scores::account_id, scores::started_at, scores::id))
        .select((scores::id, scores::account_id, scores::gold_interview_id, scores::exercise_id, scores::submitted_at))
        .load(tx.conn())?)
}

/// Who of these had a hand in which of these interviews.
pub fn makers(tx: &mut Tx, team: TeamId, golds: &[GoldId]) -> Result<Vec<(AccountId, GoldId)>> {
    Ok(gold_makers::table
        .filter(gold_makers::team_id.eq(team).and(gold_makers::gold_interview_id.eq_any(golds)))
        .select((gold_makers::account_id, gold_makers::gold_interview_id))
        .load(tx.conn())?)
}

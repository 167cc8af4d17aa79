//! SQL of full mock interviews practised alone.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::model::MockId;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::question_sets::{QuestionId, QuestionSetVersion, QuestionSetVersionId};
use crate::rubrics::Level;
use crate::schema::practice_mocks as mocks;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = mocks)]
pub struct MockRow {
    pub team_id: TeamId,
    pub id: MockId,
    pub question_set_version_id: QuestionSetVersionId,
    pub level: Level,
    pub minutes: i32,
    pub question_ids: Vec<Option<QuestionId>>,
    pub started_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

pub fn find(tx: &mut Tx, team: TeamId, account: AccountId, id: MockId) -> Result<Option<MockRow>> {
    Ok(mocks::table
        .filter(mocks::team_id.eq(team).and(mocks::account_id.eq(account)).and(mocks::id.eq(id)))
        .select(MockRow::as_select())
        .first(tx.conn())
        .optional()?)
}

/// The same, held until the commit.
pub fn lock(tx: &mut Tx, team: TeamId, account: AccountId, id: MockId) -> Result<Option<MockRow>> {
    Ok(mocks::table
        .filter(mocks::team_id.eq(team).and(mocks::account_id.eq(account)).and(mocks::id.eq(id)))
        .select(MockRow::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .optional()?)
}

/// The one that goes on here.
pub fn running(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Option<MockId>> {
    Ok(mocks::table
        .filter(mocks::team_id.eq(team).and(mocks::account_id.eq(account)).and(mocks::ended_at.is_null()))
        .order((mocks::started_at.desc(), mocks::id.desc()))
        .select(mocks::id)
        .first(tx.conn())
        .optional()?)
}

pub fn insert(
    tx: &mut Tx,
    (team, account): (TeamId, AccountId),
    version: &QuestionSetVersion,
    (level, minutes): (Level, u16),
    questions: &[QuestionId],
) -> Result<MockId> {
    let (id, now) = (tx.new_id::<MockId>(), tx.now);
    let questions: Vec<Option<QuestionId>> = questions.iter().copied().map(Some).collect();
    diesel::insert_into(mocks::table)
        .values((
            mocks::team_id.eq(team),
            mocks::id.eq(id),
            mocks::account_id.eq(account),
            mocks::question_set_version_id.eq(version.id),
            mocks::question_set_built_in.eq(version.built_in),
            mocks::level.eq(level),
            mocks::minutes.eq(i32::from(minutes)),
            mocks::question_ids.eq(questions),
            mocks::started_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

pub fn end(tx: &mut Tx, team: TeamId, id: MockId) -> Result<()> {
    let now = tx.now;
    diesel::update(mocks::table.find((team.0, id.0))).set(mocks::ended_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

/// Everything one has.
pub fn all(tx: &mut Tx, account: AccountId) -> Result<Vec<MockRow>> {
    Ok(mocks::table
        .filter(mocks::account_id.eq(account))
        .order((mocks::started_at, mocks::id))
        .select(MockRow::as_select())
        .load(tx.conn())?)
}

//! SQL of exercises.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::model::{ExerciseId, GoldId, GoldVersion, GoldVersionId, NewExercise, Plan};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::schema::{accounts, exercise_interviews as interviews, exercise_members as members, exercises};

/// An exercise without what is scored and who is asked.
#[derive(Debug, Clone, Queryable)]
pub struct ExerciseRow {
    pub id: ExerciseId,
    pub name: String,
    pub deadline: DateTime<Utc>,
    pub second_deadline: Option<DateTime<Utc>>,
    pub version: i32,
    pub notes: String,
    pub notes_version: i32,
    pub notes_changed_by: Option<AccountId>,
    pub discussed_at: Option<DateTime<Utc>>,
}

/// One interview of it.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct InterviewRow {
    pub exercise: ExerciseId,
    pub gold: GoldId,
    pub version: GoldVersionId,
    pub held_back: bool,
}

type Columns = (
    exercises::id,
    exercises::name,
    exercises::deadline,
    exercises::second_deadline,
    exercises::version,
    exercises::notes,
    exercises::notes_version,
    exercises::notes_changed_by,
    exercises::discussed_at,
);

const COLUMNS: Columns = (
    exercises::id,
    exercises::name,
    exercises::deadline,
    exercises::second_deadline,
    exercises::version,
    exercises::notes,
    exercises::notes_version,
    exercises::notes_changed_by,
    exercises::discussed_at,
);

/// All of the team after a place, the latest deadline first.
pub fn list(tx: &mut Tx, team: TeamId, after: Option<&(DateTime<Utc>, ExerciseId)>, rows: i64) -> Result<Vec<ExerciseRow>> {
    let mut query = exercises::table
        .filter(exercises::team_id.eq(team))
        .order((exercises::deadline.desc(), exercises::id.desc()))
        .select(COLUMNS)
        .limit(rows)
        .into_boxed();
    if let Some((deadline, id)) = after {
        query = query.filter(exercises::deadline.lt(*deadline).or(exercises::deadline.eq(*deadline).and(exercises::id.lt(*id))));
    }
    Ok(query.load(tx.conn())?)
}

/// Those in which this person is asked and something may still be scored, the first deadline first.
pub fn open_for(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Vec<ExerciseRow>> {
    let now = tx.now;
    let asked = members::table.filter(members::team_id.eq(team).and(members::account_id.eq(account))).select(members::exercise_id);
    let open = exercises::deadline.gt(now).or(exercises::second_deadline.gt(now));
    Ok(exercises::table
        .filter(exercises::team_id.eq(team).and(exercises::id.eq_any(asked)).and(open.assume_not_null()))
        .order((exercises::deadline, exercises::id))
        .select(COLUMNS)
        .load(tx.conn())?)
}

pub fn find(tx: &mut Tx, team: TeamId, id: ExerciseId) -> Result<Option<ExerciseRow>> {
    Ok(exercises::table.find((team.0, id.0)).select(COLUMNS).first(tx.conn()).optional()?)
}

/// The same, held until the commit.
pub fn lock(tx: &mut Tx, team: TeamId, id: ExerciseId) -> Result<Option<ExerciseRow>> {
    Ok(exercises::table.find((team.0, id.0)).select(COLUMNS).for_no_key_update().first(tx.conn()).optional()?)
}

/// What these exercises are made of, in the order it was chosen.
pub fn interviews(tx: &mut Tx, team: TeamId, of: &[ExerciseId]) -> Result<Vec<InterviewRow>> {
    Ok(interviews::table
        .filter(interviews::team_id.eq(team).and(interviews::exercise_id.eq_any(of)))
        .order((interviews::exercise_id, interviews::held_back, interviews::position))
        .select((interviews::exercise_id, interviews::gold_interview_id, interviews::gold_version_id, interviews::held_back))
        .load(tx.conn())?)
}

/// Who is asked in these.
pub fn members(tx: &mut Tx, team: TeamId, of: &[ExerciseId]) -> Result<Vec<(ExerciseId, AccountId)>> {
    Ok(members::table
        .filter(members::team_id.eq(team).and(members::exercise_id.eq_any(of)))
        .order((members::exercise_id, members::account_id))
        .select((members::exercise_id, members::account_id))
        .load(tx.conn())?)
}

/// An exercise, its deadlines, and whether the interview is held back in it.
type Asked = (ExerciseId, DateTime<Utc>, Option<DateTime<Utc>>, bool);

/// The exercises that asked this person for this interview and whose deadline for it lay between two moments.
pub fn passed(
    tx: &mut Tx,
    (team, account): (TeamId, AccountId),
    gold: GoldId,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<ExerciseId>> {
    let asked = members::table.filter(members::team_id.eq(team).and(members::account_id.eq(account))).select(members::exercise_id);
    let same = exercises::team_id.eq(interviews::team_id).and(exercises::id.eq(interviews::exercise_id));
    let of_it = interviews::gold_interview_id.eq(gold).and(interviews::exercise_id.eq_any(asked));
    let rows: Vec<Asked> = interviews::table
        .inner_join(exercises::table.on(same))
        .filter(interviews::team_id.eq(team).and(of_it))
        .order((exercises::deadline.desc(), exercises::id))
        .select((exercises::id, exercises::deadline, exercises::second_deadline, interviews::held_back))
        .load(tx.conn())?;
    let within = |(id, first, second, held_back): Asked| {
        let deadline = if held_back { second? } else { first };
        (from < deadline && deadline <= to).then_some(id)
    };
    Ok(rows.into_iter().filter_map(within).collect())
}

pub fn name_of(tx: &mut Tx, account: AccountId) -> Result<Option<String>> {
    Ok(accounts::table.find(account.0).select(accounts::name).first(tx.conn()).optional()?)
}

pub fn insert(tx: &mut Tx, team: TeamId, new: &NewExercise, versions: &[(GoldVersion, bool)], by: Option<AccountId>) -> Result<ExerciseId> {
    let (id, now) = (tx.new_id::<ExerciseId>(), tx.now);
    diesel::insert_into(exercises::table)
        .values((
            exercises::team_id.eq(team),
            exercises::id.eq(id),
            exercises::name.eq(&new.plan.name),
            exercises::deadline.eq(new.plan.deadline),
            exercises::second_deadline.eq(new.plan.second_deadline),
            exercises::created_by.eq(by),
            exercises::created_at.eq(now),
        ))
        .execute(tx.conn())?;
    for (position, (version, held_back)) in (0_i32..).zip(versions) {
        diesel::insert_into(interviews::table)
            .values((
                interviews::team_id.eq(team),
                interviews::exercise_id.eq(id),
                interviews::gold_interview_id.eq(version.gold),
                interviews::gold_version_id.eq(version.id),
                interviews::gold_built_in.eq(version.team.is_none()),
                interviews::held_back.eq(held_back),
                interviews::position.eq(position),
            ))
            .execute(tx.conn())?;
    }
    ask(tx, team, id, &new.plan.accounts)?;
    Ok(id)
}

/// Asks those who were not asked yet.
pub fn ask(tx: &mut Tx, team: TeamId, id: ExerciseId, accounts: &BTreeSet<AccountId>) -> Result<()> {
    let now = tx.now;
    let rows: Vec<_> = accounts
        .iter()
        .map(|account| {
            (members::team_id.eq(team), members::exercise_id.eq(id), members::account_id.eq(*account), members::asked_at.eq(now))
        })
        .collect();
    diesel::insert_into(members::table).values(rows).on_conflict_do_nothing().execute(tx.conn())?;
    Ok(())
}

/// Asks these no more.
pub fn spare(tx: &mut Tx, team: TeamId, id: ExerciseId, accounts: &[AccountId]) -> Result<()> {
    diesel::delete(
        members::table.filter(members::team_id.eq(team).and(members::exercise_id.eq(id)).and(members::account_id.eq_any(accounts))),
    )
    .execute(tx.conn())?;
    Ok(())
}

pub fn update(tx: &mut Tx, team: TeamId, id: ExerciseId, plan: &Plan) -> Result<()> {
    diesel::update(exercises::table.find((team.0, id.0)))
        .set((
            exercises::name.eq(&plan.name),
            exercises::deadline.eq(plan.deadline),
            exercises::second_deadline.eq(plan.second_deadline),
            exercises::version.eq(exercises::version + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub fn write_notes(tx: &mut Tx, team: TeamId, id: ExerciseId, notes: &str, by: Option<AccountId>) -> Result<()> {
    let now = tx.now;
    diesel::update(exercises::table.find((team.0, id.0)))
        .set((
            exercises::notes.eq(notes),
            exercises::notes_version.eq(exercises::notes_version + 1),
            exercises::notes_changed_by.eq(by),
            exercises::notes_changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub fn close_discussion(tx: &mut Tx, team: TeamId, id: ExerciseId, by: Option<AccountId>) -> Result<()> {
    let now = tx.now;
    diesel::update(exercises::table.find((team.0, id.0)))
        .set((exercises::discussed_by.eq(by), exercises::discussed_at.eq(now)))
        .execute(tx.conn())?;
    Ok(())
}

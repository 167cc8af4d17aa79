//! SQL of when questions come back, and of how one wants that.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Date, Nullable, SmallInt, Uuid};

use super::super::memory::Memory;
use super::super::model::{DueQuestion, Schedule};
use super::attempts::AttemptRow;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::question_sets::QuestionId;
use crate::rubrics::Level;
use crate::schema::{practice_cards as cards, practice_schedules as schedules};

/// A question that comes back.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = cards)]
pub struct CardRow {
    pub question_id: QuestionId,
    pub title: String,
    pub area: i16,
    pub level: Level,
    pub reviews: i32,
    pub reviewed_on: NaiveDate,
    pub due_on: NaiveDate,
}

pub fn due_on(tx: &mut Tx, account: AccountId, question: QuestionId) -> Result<Option<NaiveDate>> {
    Ok(cards::table.find((account.0, question.0)).select(cards::due_on).first(tx.conn()).optional()?)
}

/// One question that is due here, and its level.
pub fn due_one(
    tx: &mut Tx,
    account: AccountId,
    team: TeamId,
    today: NaiveDate,
    question: QuestionId,
) -> Result<Option<(QuestionId, Level)>> {
    Ok(cards::table
        .filter(cards::account_id.eq(account).and(cards::due_on.le(today)).and(cards::question_id.eq(question)))
        .filter(cards::built_in.or(cards::attempt_team.eq(team)))
        .select((cards::question_id, cards::level))
        .first(tx.conn())
        .optional()?)
}

/// What is due here by a day, the longest waiting first, at most so many.
pub fn due(tx: &mut Tx, account: AccountId, team: TeamId, today: NaiveDate, most: i64) -> Result<Vec<DueQuestion>> {
    let rows: Vec<CardRow> = cards::table
        .filter(cards::account_id.eq(account).and(cards::due_on.le(today)))
        .filter(cards::built_in.or(cards::attempt_team.eq(team)))
        .order((cards::due_on, cards::question_id))
        .select(CardRow::as_select())
        .limit(most)
        .load(tx.conn())?;
    let shown = |row: CardRow| DueQuestion {
        question_id: row.question_id,
        title: row.title,
        area: u8::try_from(row.area).unwrap_or_default(),
        level: row.level,
        due_on: row.due_on,
        reviews: row.reviews,
    };
    Ok(rows.into_iter().map(shown).collect())
}

#[derive(QueryableByName)]
struct Today {
    #[diesel(sql_type = BigInt)]
    due: i64,
    #[diesel(sql_type = BigInt)]
    answered: i64,
    #[diesel(sql_type = Nullable<SmallInt>)]
    daily: Option<i16>,
    #[diesel(sql_type = Nullable<Date>)]
    paused_on: Option<NaiveDate>,
}

const TODAY: &str = "SELECT
        (SELECT count(*) FROM practice_cards WHERE account_id = $1 AND due_on <= $3 AND (built_in OR attempt_team = $2)) AS due,
        (SELECT count(*) FROM practice_cards WHERE account_id = $1 AND reviewed_on = $3 AND reviews > 1) AS answered,
        s.daily, s.paused_on
    FROM (VALUES ($1)) AS who (account_id) LEFT JOIN practice_schedules s ON s.account_id = who.account_id";

/// How many are due here, how many that had come back were answered on this day, and how one wants to be asked: one query.
pub fn today(tx: &mut Tx, account: AccountId, team: TeamId, day: NaiveDate) -> Result<(i64, i64, Schedule)> {
    let row: Today = sql_query(TODAY).bind::<Uuid, _>(account.0).bind::<Uuid, _>(team.0).bind::<Date, _>(day).get_result(tx.conn())?;
    let usual = Schedule::default();
    let daily = row.daily.and_then(|daily| u8::try_from(daily).ok()).unwrap_or(usual.daily);
    Ok((row.due, row.answered, Schedule { daily, paused_on: row.paused_on }))
}

/// The next day after this one on which something comes back here.
pub fn next_on(tx: &mut Tx, account: AccountId, team: TeamId, today: NaiveDate) -> Result<Option<NaiveDate>> {
    Ok(cards::table
        .filter(cards::account_id.eq(account).and(cards::due_on.gt(today)))
        .filter(cards::built_in.or(cards::attempt_team.eq(team)))
        .select(min(cards::due_on))
        .first(tx.conn())?)
}

/// How many others come back on each day from one to another.
pub fn load(tx: &mut Tx, account: AccountId, (from, to): (NaiveDate, NaiveDate), but: QuestionId) -> Result<HashMap<NaiveDate, i64>> {
    let rows: Vec<(NaiveDate, i64)> = cards::table
        .filter(cards::account_id.eq(account).and(cards::due_on.between(from, to)).and(cards::question_id.ne(but)))
        .group_by(cards::due_on)
        .select((cards::due_on, count_star()))
        .load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

/// Writes when a question comes back after its newest attempt.
pub fn put(tx: &mut Tx, account: AccountId, (last, reviews): (&AttemptRow, usize), memory: &Memory, due_on: NaiveDate) -> Result<()> {
    let facts = (
        cards::attempt_team.eq(last.team_id),
        cards::attempt_id.eq(last.id),
        cards::built_in.eq(last.question_set_built_in),
        cards::title.eq(&last.title),
        cards::area.eq(last.area),
        cards::level.eq(last.level),
        cards::stability.eq(memory.stability),
        cards::difficulty.eq(memory.difficulty),
        cards::reviews.eq(reviews as i32),
        cards::reviewed_on.eq(memory.reviewed_on),
        cards::due_on.eq(due_on),
    );
    diesel::insert_into(cards::table)
        .values((cards::account_id.eq(account), cards::question_id.eq(last.question_id), facts))
        .on_conflict((cards::account_id, cards::question_id))
        .do_update()
        .set(facts)
        .execute(tx.conn())?;
    Ok(())
}

pub fn forget(tx: &mut Tx, account: AccountId, question: QuestionId) -> Result<()> {
    diesel::delete(cards::table.find((account.0, question.0))).execute(tx.conn())?;
    Ok(())
}

/// Everything one has.
pub fn all(tx: &mut Tx, account: AccountId) -> Result<Vec<CardRow>> {
    Ok(cards::table
        .filter(cards::account_id.eq(account))
        .order((cards::due_on, cards::question_id))
        .select(CardRow::as_select())
        .load(tx.conn())?)
}

pub fn schedule(tx: &mut Tx, account: AccountId) -> Result<Schedule> {
    let row: Option<(i16, Option<NaiveDate>)> =
        schedules::table.find(account.0).select((schedules::daily, schedules::paused_on)).first(tx.conn()).optional()?;
    let known = row.and_then(|(daily, paused_on)| Some(Schedule { daily: u8::try_from(daily).ok()?, paused_on }));
    Ok(known.unwrap_or_default())
}

pub fn set_schedule(tx: &mut Tx, account: AccountId, schedule: Schedule) -> Result<()> {
    let facts = (schedules::daily.eq(i16::from(schedule.daily)), schedules::paused_on.eq(schedule.paused_on));
    diesel::insert_into(schedules::table)
        .values((schedules::account_id.eq(account), facts))
        .on_conflict(schedules::account_id)
        .do_update()
        .set(facts)
        .execute(tx.conn())?;
    Ok(())
}

/// After a pause everything that had waited comes back as many days later as it lasted.
pub fn put_off(tx: &mut Tx, account: AccountId, paused_on: NaiveDate, days: u64) -> Result<()> {
    let waiting: Vec<(QuestionId, NaiveDate)> = cards::table
        .filter(cards::account_id.eq(account).and(cards::reviewed_on.le(paused_on)))
        .select((cards::question_id, cards::due_on))
        .load(tx.conn())?;
    let mut by_day: HashMap<NaiveDate, Vec<QuestionId>> = HashMap::new();
    for (question, day) in waiting {
        by_day.entry(day).or_default().push(question);
    }
    for (day, questions) in by_day {
        let later = day.checked_add_days(Days::new(days)).unwrap_or(day);
        diesel::update(cards::table.filter(cards::account_id.eq(account).and(cards::question_id.eq_any(questions))))
            .set(cards::due_on.eq(later))
            .execute(tx.conn())?;
    }
    Ok(())
}

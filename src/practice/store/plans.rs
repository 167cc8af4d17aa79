//! SQL of plans, and of what was done since one was made.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text, Timestamptz, Uuid};

use super::super::model::{AttemptId, PlanId, PlanSettings};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::question_sets::{QuestionId, QuestionSetId};
use crate::rubrics::Level;
use crate::schema::{practice_attempts as attempts, practice_cards as cards, practice_plans as plans};

/// A plan as its row says.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = plans)]
pub struct PlanRow {
    pub id: PlanId,
    pub towards: NaiveDate,
    pub weekdays: i16,
    pub minutes: i16,
    pub begins_at: NaiveTime,
    pub level: Level,
    pub set_id: Option<QuestionSetId>,
    pub made_at: DateTime<Utc>,
}

pub fn find(tx: &mut Tx, account: AccountId) -> Result<Option<PlanRow>> {
    Ok(plans::table.find(account.0).select(PlanRow::as_select()).first(tx.conn()).optional()?)
}

/// The plan that stands is changed; a new one takes the place of one whose day is over.
pub fn put(tx: &mut Tx, account: AccountId, settings: &PlanSettings, new: bool) -> Result<()> {
    let (id, now) = (tx.new_id::<PlanId>(), tx.now);
    let facts = (
        plans::towards.eq(settings.towards),
        plans::weekdays.eq(i16::from(settings.weekdays.bits())),
        plans::minutes.eq(settings.minutes.cast_signed()),
        plans::begins_at.eq(settings.begins_at),
        plans::level.eq(settings.level),
        plans::set_id.eq(settings.set),
    );
    if new {
        delete(tx, account)?;
    }
    diesel::insert_into(plans::table)
        .values((plans::account_id.eq(account), plans::id.eq(id), plans::made_at.eq(now), facts))
        .on_conflict(plans::account_id)
        .do_update()
        .set(facts)
        .execute(tx.conn())?;
    Ok(())
}

pub fn delete(tx: &mut Tx, account: AccountId) -> Result<()> {
    diesel::delete(plans::table.find(account.0)).execute(tx.conn())?;
    Ok(())
}

/// As many questions as any plan has room for.
const DUE: i64 = 500;

/// What comes back here before a day, the longest waiting first.
pub fn due_before(tx: &mut Tx, account: AccountId, team: TeamId, before: NaiveDate) -> Result<Vec<(QuestionId, String, NaiveDate)>> {
    Ok(cards::table
        .filter(cards::account_id.eq(account).and(cards::due_on.lt(before)))
        .filter(cards::built_in.or(cards::attempt_team.eq(team)))
        .order((cards::due_on, cards::question_id))
        .select((cards::question_id, cards::title, cards::due_on))
        .limit(DUE)
        .load(tx.conn())?)
}

/// As many answers as a page shows of one day.
const ANSWERS: i64 = 100;

/// What was scored since a moment, the first first: attempt, title, minutes of the question, when.
type Scored = (AttemptId, QuestionId, String, i32, Option<DateTime<Utc>>);

pub fn scored_since(tx: &mut Tx, account: AccountId, since: DateTime<Utc>) -> Result<Vec<Scored>> {
    Ok(attempts::table
        .filter(attempts::account_id.eq(account).and(attempts::scored_at.ge(since)))
        .order((attempts::scored_at, attempts::id))
        .select((attempts::id, attempts::question_id, attempts::title, attempts::minutes, attempts::scored_at))
        .limit(ANSWERS)
        .load(tx.conn())?)
}

#[derive(QueryableByName)]
struct DayRow {
    #[diesel(sql_type = diesel::sql_types::Date)]
    day: NaiveDate,
    #[diesel(sql_type = BigInt)]
    answers: i64,
}

const DAYS: &str = "SELECT (scored_at AT TIME ZONE $2)::date AS day, count(*) AS answers
    FROM practice_attempts WHERE account_id = $1 AND scored_at >= $3 GROUP BY 1 ORDER BY 1";

/// On which days of a zone something was scored since a moment, and how much: a row a day, however many answers.
pub fn days_since(tx: &mut Tx, account: AccountId, zone: Tz, since: DateTime<Utc>) -> Result<Vec<(NaiveDate, i64)>> {
    let rows: Vec<DayRow> =
        sql_query(DAYS).bind::<Uuid, _>(account.0).bind::<Text, _>(zone.name()).bind::<Timestamptz, _>(since).load(tx.conn())?;
    Ok(rows.into_iter().map(|DayRow { day, answers }| (day, answers)).collect())
}

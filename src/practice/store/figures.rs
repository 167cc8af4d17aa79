//! What the progress page is made of: sums that the database makes, as many rows for two thousand attempts as for twenty.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Date, Double, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid};

use super::super::honesty::Said;
use super::super::model::MonthMean;
use super::super::statistics::Sums;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::AccountId;

#[derive(QueryableByName)]
struct AreaSums {
    #[diesel(sql_type = SmallInt)]
    area: i16,
    #[diesel(sql_type = BigInt)]
    attempts: i64,
    #[diesel(sql_type = BigInt)]
    recent: i64,
    #[diesel(sql_type = Double)]
    mean: f64,
    #[diesel(sql_type = Nullable<Double>)]
    sd: Option<f64>,
    #[diesel(sql_type = Double)]
    sxx: f64,
    #[diesel(sql_type = Double)]
    syy: f64,
    #[diesel(sql_type = Double)]
    sxy: f64,
}

/// By area: its sums, and how many were scored since a moment. Days are counted from 2020 on, so that their squares stay small.
const AREAS: &str = "SELECT area, count(*) AS attempts, count(*) FILTER (WHERE scored_at >= $2) AS recent,
        avg(area_score)::float8 AS mean, stddev_samp(area_score)::float8 AS sd,
        coalesce(regr_sxx(y, x), 0) AS sxx, coalesce(regr_syy(y, x), 0) AS syy, coalesce(regr_sxy(y, x), 0) AS sxy
    FROM (SELECT area, area_score, scored_at, area_score::float8 AS y,
        (extract(epoch FROM scored_at)::float8 - 1577836800) / 86400 AS x
        FROM practice_attempts WHERE account_id = $1 AND scored_at IS NOT NULL) AS scored
    GROUP BY area";

pub fn areas(tx: &mut Tx, account: AccountId, since: DateTime<Utc>) -> Result<HashMap<u8, (Sums, i64)>> {
    let rows: Vec<AreaSums> = sql_query(AREAS).bind::<Uuid, _>(account.0).bind::<Timestamptz, _>(since).load(tx.conn())?;
    let sums = |row: AreaSums| {
        let AreaSums { area, attempts, recent, mean, sd, sxx, syy, sxy } = row;
        (u8::try_from(area).unwrap_or_default(), (Sums { attempts, mean, sd, sxx, syy, sxy }, recent))
    };
    Ok(rows.into_iter().map(sums).collect())
}

#[derive(QueryableByName)]
struct MonthRow {
    #[diesel(sql_type = SmallInt)]
    area: i16,
    #[diesel(sql_type = Date)]
    month: NaiveDate,
    #[diesel(sql_type = BigInt)]
    attempts: i64,
    #[diesel(sql_type = Double)]
    mean: f64,
    #[diesel(sql_type = Nullable<Double>)]
    sd: Option<f64>,
}

const MONTHS: &str = "SELECT area, date_trunc('month', scored_at AT TIME ZONE $2)::date AS month, count(*) AS attempts,
        avg(area_score)::float8 AS mean, stddev_samp(area_score)::float8 AS sd
    FROM practice_attempts WHERE account_id = $1 AND scored_at >= $3 GROUP BY 1, 2 ORDER BY 1, 2";

/// By area and month, since a moment; months are those of the reader's zone.
pub fn months(tx: &mut Tx, account: AccountId, zone: Tz, since: DateTime<Utc>) -> Result<HashMap<u8, Vec<MonthMean>>> {
    let rows: Vec<MonthRow> =
        sql_query(MONTHS).bind::<Uuid, _>(account.0).bind::<Text, _>(zone.name()).bind::<Timestamptz, _>(since).load(tx.conn())?;
    let mut months: HashMap<u8, Vec<MonthMean>> = HashMap::new();
    for MonthRow { area, month, attempts, mean, sd } in rows {
        let sums = Sums { attempts, mean, sd, ..Sums::default() };
        let month = MonthMean { month, attempts, mean: sums.estimate(), reason: sums.too_few() };
        months.entry(u8::try_from(area).unwrap_or_default()).or_default().push(month);
    }
    Ok(months)
}

#[derive(QueryableByName)]
struct TopicRow {
    #[diesel(sql_type = Text)]
    topic: String,
    #[diesel(sql_type = BigInt)]
    attempts: i64,
    #[diesel(sql_type = BigInt)]
    questions: i64,
}

const TOPICS: &str = "SELECT topic, count(*) AS attempts, count(DISTINCT question_id) AS questions
    FROM practice_attempts, unnest(topics) AS topic WHERE account_id = $1 AND scored_at IS NOT NULL GROUP BY topic";

/// By topic: attempts, and different questions among them.
pub fn topics(tx: &mut Tx, account: AccountId) -> Result<HashMap<String, (i64, i64)>> {
    let rows: Vec<TopicRow> = sql_query(TOPICS).bind::<Uuid, _>(account.0).load(tx.conn())?;
    Ok(rows.into_iter().map(|row| (row.topic, (row.attempts, row.questions))).collect())
}

#[derive(QueryableByName)]
struct SaidRow {
    #[diesel(sql_type = Integer)]
    percent: i32,
    #[diesel(sql_type = BigInt)]
    answers: i64,
    #[diesel(sql_type = Bool)]
    passed: bool,
}

/// What the level asks for is that of the pinned rubric; where a team that one has left kept it, the answer is left out.
const SAID: &str = "WITH sums AS (
        SELECT team_id, library_rubric, team_rubric, area, level, area_score, would_pass::int AS percent,
            jsonb_array_length(compared -> 'heard') * 2 >= (compared ->> 'points')::int AS heard, count(*) AS answers
        FROM practice_attempts WHERE account_id = $1 AND scored_at IS NOT NULL AND compared IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8),
    asked AS (
        SELECT sums.*, (coalesce(l.content, t.content) -> 'areas' -> (area - 1) -> 'expected' ->> level)::int AS expected
        FROM sums LEFT JOIN library_rubric_versions l ON l.id = library_rubric
            LEFT JOIN rubric_versions t ON t.team_id = sums.team_id AND t.id = team_rubric)
    SELECT percent, (heard AND area_score >= expected) AS passed, sum(answers)::bigint AS answers
    FROM asked WHERE expected IS NOT NULL GROUP BY 1, 2";

/// Scored and compared answers by what was said of them and what came out.
pub fn said(tx: &mut Tx, account: AccountId) -> Result<Vec<Said>> {
    let rows: Vec<SaidRow> = sql_query(SAID).bind::<Uuid, _>(account.0).load(tx.conn())?;
    let said = |SaidRow { percent, answers, passed }| Said { percent, answers, passed };
    Ok(rows.into_iter().map(said).collect())
}

//! SQL of second scoring. What somebody gives is found by its owner only; of all of it, only for counts and means.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::draw::Drawable;
use super::model::{NewDraw, SecondAnswers, SecondDraw, SecondDrawId, SecondScoreId};
use crate::platform::db::Tx;
use crate::platform::error::{Error, OnConstraint as _, Result};
use crate::policy::{AccountId, InterviewId, TeamId};
use crate::rubrics::Level;
use crate::schema::{interviews, second_draws as draws, second_scores as scores};

/// Whether `m.account_id` knows too much of an interview of `candidate`: a seat with the same candidate, whenever it was
/// and whether or not it was taken back, or being the candidate.
macro_rules! knows {
    ($candidate:literal) => {
        concat!(
            "(EXISTS (SELECT FROM seats JOIN interviews sat ON sat.team_id = seats.team_id AND sat.id = seats.interview_id
                      WHERE seats.team_id = $1 AND seats.account_id = m.account_id AND sat.candidate_id = ",
            $candidate,
            ") OR EXISTS (SELECT FROM candidates c WHERE c.team_id = $1 AND c.id = ",
            $candidate,
            " AND c.account_id = m.account_id))"
        )
    };
}

/// What one person gives to one interview.
#[derive(Debug, Clone)]
pub struct ScoreRow {
    pub id: SecondScoreId,
    pub interview: InterviewId,
    pub account: AccountId,
    pub level: Level,
    pub minutes: i32,
    pub answers: SecondAnswers,
    pub version: i32,
    pub asked_at: DateTime<Utc>,
    pub submitted_at: Option<DateTime<Utc>>,
}

type Columns = (SecondScoreId, InterviewId, AccountId, Level, i32, serde_json::Value, i32, DateTime<Utc>, Option<DateTime<Utc>>);

const COLUMNS: (
    scores::id,
    scores::interview_id,
    scores::account_id,
    interviews::level,
    interviews::minutes,
    scores::answers,
    scores::version,
    scores::asked_at,
    scores::submitted_at,
) = (
    scores::id,
    scores::interview_id,
    scores::account_id,
    interviews::level,
    interviews::minutes,
    scores::answers,
    scores::version,
    scores::asked_at,
    scores::submitted_at,
);

fn read((id, interview, account, level, minutes, answers, version, asked_at, submitted_at): Columns) -> Result<ScoreRow> {
    let answers = SecondAnswers::read(answers)?;
    Ok(ScoreRow { id, interview, account, level, minutes, answers, version, asked_at, submitted_at })
}

#[derive(QueryableByName)]
struct FreeRow {
    #[diesel(sql_type = SqlUuid)]
    interview: Uuid,
    #[diesel(sql_type = SqlUuid)]
    account: Uuid,
}

/// The interviews that began in this window, whose debrief is open and which nobody was asked to score again, each with
/// who is free to: interviewers, since leads read every debrief, who know nothing of the interview.
pub fn pool(tx: &mut Tx, team: TeamId, window: &NewDraw) -> Result<Vec<Drawable>> {
    let query = concat!(
        "SELECT i.id AS interview, m.account_id AS account
         FROM interviews i
         JOIN debriefs ON debriefs.team_id = i.team_id AND debriefs.interview_id = i.id
         JOIN memberships m ON m.team_id = $1 AND m.role = 'interviewer' AND m.removed_at IS NULL
         JOIN accounts ON accounts.id = m.account_id AND accounts.deactivated_at IS NULL
         WHERE i.team_id = $1 AND i.starts_at >= $2 AND i.starts_at < $3
           AND i.cancelled_at IS NULL AND i.no_show_at IS NULL
           AND NOT EXISTS (SELECT FROM second_scores s WHERE s.team_id = $1 AND s.interview_id = i.id)
           AND NOT ",
        knows!("i.candidate_id"),
        " ORDER BY i.id, m.account_id"
    );
    let rows: Vec<FreeRow> = sql_query(query)
        .bind::<SqlUuid, _>(team.0)
        .bind::<Timestamptz, _>(window.since)
        .bind::<Timestamptz, _>(window.until)
        .load(tx.conn())?;
    let mut pool: Vec<Drawable> = Vec::new();
    for FreeRow { interview, account } in rows {
        match pool.last_mut().filter(|last| last.interview.0 == interview) {
            Some(last) => last.free.push(AccountId(account)),
            None => pool.push(Drawable { interview: InterviewId(interview), free: vec![AccountId(account)] }),
        }
    }
    Ok(pool)
}

#[derive(QueryableByName)]
struct KnownRow {
    #[diesel(sql_type = SqlUuid)]
    interview: Uuid,
}

/// The interviews this person was asked for and has come to know by a seat since.
pub fn known(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<HashSet<InterviewId>> {
    let query = concat!(
        "SELECT i.id AS interview
         FROM second_scores m JOIN interviews i ON i.team_id = m.team_id AND i.id = m.interview_id
         WHERE m.team_id = $1 AND m.account_id = $2 AND ",
        knows!("i.candidate_id")
    );
    let rows: Vec<KnownRow> = sql_query(query).bind::<SqlUuid, _>(team.0).bind::<SqlUuid, _>(account.0).load(tx.conn())?;
    Ok(rows.into_iter().map(|row| InterviewId(row.interview)).collect())
}

/// How much each person has still to score.
pub fn open(tx: &mut Tx, team: TeamId) -> Result<HashMap<AccountId, i64>> {
    let rows: Vec<(AccountId, i64)> = scores::table
        .filter(scores::team_id.eq(team).and(scores::submitted_at.is_null()))
        .group_by(scores::account_id)
        .select((scores::account_id, count_star()))
        .load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

/// A draw with what it came to.
pub struct Draw<'d> {
    pub window: &'d NewDraw,
    pub seed: i64,
    pub pool: i32,
    pub by: AccountId,
    pub asked: Vec<(InterviewId, AccountId)>,
}

pub fn insert(tx: &mut Tx, team: TeamId, draw: &Draw) -> Result<SecondDrawId> {
    let (id, now) = (tx.new_id::<SecondDrawId>(), tx.now);
    diesel::insert_into(draws::table)
        .values((
            draws::team_id.eq(team),
            draws::id.eq(id),
            draws::since.eq(draw.window.since),
            draws::until.eq(draw.window.until),
            draws::percent.eq(i16::from(draw.window.percent)),
            draws::seed.eq(draw.seed),
            draws::pool.eq(draw.pool),
            draws::asked_by.eq(draw.by),
            draws::asked_at.eq(now),
        ))
        .execute(tx.conn())?;
    let row = |(interview, account): &(InterviewId, AccountId)| {
        (
            scores::team_id.eq(team),
            scores::id.eq(tx.new_id::<SecondScoreId>()),
            scores::draw_id.eq(id),
            scores::interview_id.eq(*interview),
            scores::account_id.eq(*account),
            scores::asked_at.eq(now),
        )
    };
    let rows: Vec<_> = draw.asked.iter().map(row).collect();
    let meanwhile = Error::conflict("drawn-meanwhile", "Somebody else drew interviews just now. Look at theirs, then draw again.");
    diesel::insert_into(scores::table).values(rows).execute(tx.conn()).on_constraint("second_scores_one_per_interview", meanwhile)?;
    Ok(id)
}

/// The team's draws, the newest first, with how many of each are in.
pub fn draws(tx: &mut Tx, team: TeamId) -> Result<Vec<SecondDraw>> {
    type Row = (SecondDrawId, DateTime<Utc>, DateTime<Utc>, i16, i64, i32, DateTime<Utc>);
    let rows: Vec<Row> = draws::table
        .filter(draws::team_id.eq(team))
        .order((draws::asked_at.desc(), draws::id.desc()))
        .limit(MOST_DRAWS)
        .select((draws::id, draws::since, draws::until, draws::percent, draws::seed, draws::pool, draws::asked_at))
        .load(tx.conn())?;
    let counts: Vec<(SecondDrawId, i64, i64)> = scores::table
        .filter(scores::team_id.eq(team))
        .group_by(scores::draw_id)
        .select((scores::draw_id, count_star(), diesel::dsl::count(scores::submitted_at)))
        .load(tx.conn())?;
    let counts: HashMap<SecondDrawId, (i64, i64)> = counts.into_iter().map(|(id, drawn, scored)| (id, (drawn, scored))).collect();
    let draw = |(id, since, until, percent, seed, pool, asked_at): Row| {
        let (drawn, scored) = counts.get(&id).copied().unwrap_or_default();
        SecondDraw { id, since, until, percent: u8::try_from(percent).unwrap_or_default(), seed, pool, drawn, scored, asked_at }
    };
    Ok(rows.into_iter().map(draw).collect())
}

/// Older ones nobody looks at.
const MOST_DRAWS: i64 = 100;

macro_rules! all {
    () => {
        scores::table
            .inner_join(interviews::table.on(interviews::team_id.eq(scores::team_id).and(interviews::id.eq(scores::interview_id))))
            .select(COLUMNS)
    };
}

/// One's own, what waits first and then the newest.
pub fn own(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Vec<ScoreRow>> {
    let rows: Vec<Columns> = all!()
        .filter(scores::team_id.eq(team).and(scores::account_id.eq(account)))
        .order((scores::submitted_at.is_not_null(), scores::asked_at.desc(), scores::id))
        .load(tx.conn())?;
    rows.into_iter().map(read).collect()
}

/// One of one's own; nobody else's is there.
pub fn find(tx: &mut Tx, team: TeamId, account: AccountId, id: SecondScoreId) -> Result<Option<ScoreRow>> {
    let row: Option<Columns> =
        all!().filter(scores::team_id.eq(team).and(scores::account_id.eq(account)).and(scores::id.eq(id))).first(tx.conn()).optional()?;
    row.map(read).transpose()
}

/// Holds one of one's own until the commit.
pub fn hold(tx: &mut Tx, team: TeamId, account: AccountId, id: SecondScoreId) -> Result<()> {
    scores::table
        .filter(scores::team_id.eq(team).and(scores::account_id.eq(account)).and(scores::id.eq(id)))
        .select(scores::id)
        .for_no_key_update()
        .first::<SecondScoreId>(tx.conn())
        .optional()?
        .map(drop)
        .ok_or(Error::NotFound)
}

/// Everything that is in, whoever gave it: for counts and means alone.
pub fn submitted(tx: &mut Tx, team: TeamId) -> Result<Vec<ScoreRow>> {
    let rows: Vec<Columns> =
        all!().filter(scores::team_id.eq(team).and(scores::submitted_at.is_not_null())).order(scores::id).load(tx.conn())?;
    rows.into_iter().map(read).collect()
}

/// The draft, held by the caller.
pub fn save(tx: &mut Tx, team: TeamId, id: SecondScoreId, answers: &SecondAnswers) -> Result<()> {
    diesel::update(scores::table.find((team.0, id.0)))
        .set((scores::answers.eq(answers.json()?), scores::version.eq(scores::version + 1)))
        .execute(tx.conn())?;
    Ok(())
}

pub fn submit(tx: &mut Tx, team: TeamId, id: SecondScoreId) -> Result<()> {
    let now = tx.now;
    diesel::update(scores::table.find((team.0, id.0))).set(scores::submitted_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

/// What was handed in stays, since means are made of it; what was not, somebody else can be asked for.
pub fn erase_drafts(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    diesel::delete(scores::table.filter(scores::team_id.eq(team).and(scores::account_id.eq(account)).and(scores::submitted_at.is_null())))
        .execute(tx.conn())?;
    Ok(())
}

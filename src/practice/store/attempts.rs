//! SQL of attempts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::super::model::{AnswerKind, AttemptId, AttemptOfList, AttemptPhase, Comparison, GivenScore, MockId};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::question_sets::{Question, QuestionId, QuestionSetVersion, QuestionSetVersionId};
use crate::rubrics::{Level, RubricVersion, RubricVersionId};
use crate::schema::{memberships, practice_attempts as attempts};
use crate::web::paging::Slice;

/// A place in the list: the newest first.
pub type Place = (DateTime<Utc>, AttemptId);

/// One attempt as its row says.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = attempts)]
pub struct AttemptRow {
    pub team_id: TeamId,
    pub id: AttemptId,
    pub question_set_version_id: QuestionSetVersionId,
    pub question_set_built_in: bool,
    pub rubric_version_id: RubricVersionId,
    pub question_id: QuestionId,
    pub title: String,
    pub prompt: String,
    pub area: i16,
    pub minutes: i32,
    pub level: Level,
    pub kind: AnswerKind,
    pub mock_id: Option<MockId>,
    pub think_seconds: i32,
    pub started_at: DateTime<Utc>,
    pub answering_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub scored_at: Option<DateTime<Utc>>,
    pub answer: String,
    pub version: i32,
    pub keys: Vec<Option<Uuid>>,
    pub checked: Vec<Option<i16>>,
    pub score: Option<i16>,
    pub area_score: Option<i16>,
    pub would_pass: Option<i16>,
    pub compared: Option<Value>,
    pub note: String,
}

/// What is kept of a comparison: the places, and of how many points.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Kept {
    pub heard: Vec<u8>,
    pub signs: Vec<u8>,
    pub points: usize,
}

/// How many of the newest saves are known by their keys.
const KEYS: usize = 20;

impl AttemptRow {
    pub fn phase(&self) -> AttemptPhase {
        AttemptPhase::of(self.answering_at, self.finished_at, self.scored_at)
    }

    pub fn kept(&self) -> Result<Option<Kept>> {
        Ok(self.compared.clone().map(serde_json::from_value).transpose()?)
    }

    pub fn knows(&self, key: Uuid) -> bool {
        self.keys.contains(&Some(key))
    }
}

/// What is to be begun.
pub struct NewRow<'n> {
    pub version: &'n QuestionSetVersion,
    pub rubric: &'n RubricVersion,
    pub question: &'n Question,
    pub level: Level,
    pub kind: AnswerKind,
    pub mock: Option<MockId>,
    pub think_seconds: u16,
}

pub fn find(tx: &mut Tx, team: TeamId, account: AccountId, id: AttemptId) -> Result<Option<AttemptRow>> {
    Ok(attempts::table
        .filter(attempts::team_id.eq(team).and(attempts::account_id.eq(account)).and(attempts::id.eq(id)))
        .select(AttemptRow::as_select())
        .first(tx.conn())
        .optional()?)
}

/// The same, held until the commit.
pub fn lock(tx: &mut Tx, team: TeamId, account: AccountId, id: AttemptId) -> Result<Option<AttemptRow>> {
    Ok(attempts::table
        .filter(attempts::team_id.eq(team).and(attempts::account_id.eq(account)).and(attempts::id.eq(id)))
        .select(AttemptRow::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .optional()?)
}

/// The one that is begun at this question and not scored.
pub fn open_at(tx: &mut Tx, team: TeamId, account: AccountId, question: QuestionId) -> Result<Option<AttemptId>> {
    Ok(attempts::table
        .filter(attempts::team_id.eq(team).and(attempts::account_id.eq(account)).and(attempts::question_id.eq(question)))
        .filter(attempts::scored_at.is_null())
        .select(attempts::id)
        .first(tx.conn())
        .optional()?)
}

/// Whether one is being answered anywhere.
pub fn is_open(tx: &mut Tx, account: AccountId, question: QuestionId) -> Result<bool> {
    let open = attempts::account_id.eq(account).and(attempts::question_id.eq(question)).and(attempts::scored_at.is_null());
    Ok(diesel::select(diesel::dsl::exists(attempts::table.filter(open))).get_result(tx.conn())?)
}

pub fn insert(tx: &mut Tx, team: TeamId, account: AccountId, new: &NewRow) -> Result<AttemptId> {
    let (id, now) = (tx.new_id::<AttemptId>(), tx.now);
    let topics: Vec<Option<&str>> = new.question.topics.iter().map(|topic| Some(topic.as_str())).collect();
    let written = diesel::insert_into(attempts::table)
        .values((
            attempts::team_id.eq(team),
            attempts::id.eq(id),
            attempts::account_id.eq(account),
            attempts::question_set_version_id.eq(new.version.id),
            attempts::question_set_built_in.eq(new.version.built_in),
            attempts::rubric_version_id.eq(new.rubric.id),
            attempts::rubric_built_in.eq(new.rubric.built_in),
            attempts::question_id.eq(new.question.id),
            (
                attempts::title.eq(&new.question.title),
                attempts::prompt.eq(&new.question.prompt),
                attempts::area.eq(i16::from(new.question.primary_area().unwrap_or(1))),
                attempts::topics.eq(topics),
                attempts::minutes.eq(i32::from(new.question.minutes)),
                attempts::level.eq(new.level),
                attempts::kind.eq(new.kind),
            ),
            (
                attempts::mock_id.eq(new.mock),
                attempts::think_seconds.eq(i32::from(new.think_seconds)),
                attempts::started_at.eq(now),
                attempts::answering_at.eq((new.think_seconds == 0).then_some(now)),
            ),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    match open_at(tx, team, account, new.question.id)? {
        // Another window was quicker.
        Some(there) if written == 0 => Ok(there),
        _ => Ok(id),
    }
}

/// What is begun at a question and of no mock that goes on becomes part of this one.
pub fn adopt(tx: &mut Tx, team: TeamId, account: AccountId, question: QuestionId, mock: MockId) -> Result<()> {
    let begun = attempts::team_id.eq(team).and(attempts::account_id.eq(account)).and(attempts::question_id.eq(question));
    diesel::update(attempts::table.filter(begun.and(attempts::scored_at.is_null()))).set(attempts::mock_id.eq(mock)).execute(tx.conn())?;
    Ok(())
}

pub fn begin_answer(tx: &mut Tx, team: TeamId, id: AttemptId) -> Result<()> {
    let now = tx.now;
    diesel::update(attempts::table.find((team.0, id.0))).set(attempts::answering_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

/// The next version of an answer that the caller holds.
pub fn save_answer(tx: &mut Tx, row: &AttemptRow, key: Uuid, text: &str) -> Result<i32> {
    let keys: Vec<Option<Uuid>> = std::iter::once(Some(key)).chain(row.keys.iter().copied()).take(KEYS).collect();
    diesel::update(attempts::table.find((row.team_id.0, row.id.0)))
        .set((attempts::answer.eq(text), attempts::keys.eq(keys), attempts::version.eq(row.version + 1)))
        .execute(tx.conn())?;
    Ok(row.version + 1)
}

pub fn finish(tx: &mut Tx, team: TeamId, id: AttemptId, kind: AnswerKind) -> Result<()> {
    let finished = (attempts::finished_at.eq(tx.now), attempts::kind.eq(kind));
    diesel::update(attempts::table.find((team.0, id.0))).set(finished).execute(tx.conn())?;
    Ok(())
}

pub fn score(tx: &mut Tx, team: TeamId, id: AttemptId, given: &GivenScore) -> Result<()> {
    let now = tx.now;
    let checked: Vec<Option<i16>> = given.checked.iter().copied().map(i16::from).map(Some).collect();
    diesel::update(attempts::table.find((team.0, id.0)))
        .set((
            attempts::scored_at.eq(now),
            attempts::score.eq(given.score.map(i16::from)),
            attempts::area_score.eq(i16::from(given.area_score)),
            attempts::would_pass.eq(i16::from(given.would_pass)),
            attempts::checked.eq(checked),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The caller holds the row.
pub fn compare(tx: &mut Tx, row: &AttemptRow, comparison: &Comparison, points: usize) -> Result<()> {
    let compared = &comparison.compared;
    let kept = serde_json::to_value(Kept { heard: compared.heard.clone(), signs: compared.signs.clone(), points })?;
    let note = comparison.note.as_deref().unwrap_or(&row.note);
    diesel::update(attempts::table.find((row.team_id.0, row.id.0)))
        .set((attempts::compared.eq(kept), attempts::note.eq(note), attempts::version.eq(row.version + 1)))
        .execute(tx.conn())?;
    Ok(())
}

pub fn delete(tx: &mut Tx, team: TeamId, id: AttemptId) -> Result<()> {
    diesel::delete(attempts::table.find((team.0, id.0))).execute(tx.conn())?;
    Ok(())
}

/// All scored attempts at a question, the oldest first.
pub fn reviews(tx: &mut Tx, account: AccountId, question: QuestionId) -> Result<Vec<AttemptRow>> {
    Ok(attempts::table
        .filter(attempts::account_id.eq(account).and(attempts::question_id.eq(question)).and(attempts::scored_at.is_not_null()))
        .order((attempts::scored_at, attempts::id))
        .select(AttemptRow::as_select())
        .load(tx.conn())?)
}

/// How often something was begun, and when last.
type Begun = (i64, Option<DateTime<Utc>>);

/// How often, and when last, each of these questions was begun.
pub fn practised(tx: &mut Tx, account: AccountId, questions: &[QuestionId]) -> Result<HashMap<QuestionId, Begun>> {
    let rows: Vec<(QuestionId, i64, Option<DateTime<Utc>>)> = attempts::table
        .filter(attempts::account_id.eq(account).and(attempts::question_id.eq_any(questions)))
        .group_by(attempts::question_id)
        .select((attempts::question_id, count_star(), max(attempts::started_at)))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(question, times, last)| (question, (times, last))).collect())
}

/// The level of the newest.
pub fn last_level(tx: &mut Tx, account: AccountId) -> Result<Option<Level>> {
    Ok(attempts::table
        .filter(attempts::account_id.eq(account))
        .order((attempts::started_at.desc(), attempts::id.desc()))
        .select(attempts::level)
        .first(tx.conn())
        .optional()?)
}

type Listed = (
    (AttemptId, QuestionId, Level, i16, i32, String, String, Option<MockId>),
    (DateTime<Utc>, Option<DateTime<Utc>>, Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    (Option<i16>, Option<i16>),
    Option<TeamId>,
);

/// Which attempts a list holds.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    All,
    /// Begun and not scored, outside of a mock that goes on.
    Open,
    OfMock(TeamId, MockId),
    /// Scored and typed in this team: what can be shared there.
    Shareable(TeamId),
}

/// One's own, wherever they were made, the newest first; those of a mock in their order.
pub fn list(tx: &mut Tx, account: AccountId, which: Which, slice: &Slice<Place>) -> Result<Vec<AttemptOfList>> {
    let member = memberships::team_id
        .eq(attempts::team_id)
        .and(memberships::account_id.eq(attempts::account_id))
        .and(memberships::removed_at.is_null());
    let mut query = attempts::table
        .left_join(memberships::table.on(member))
        .filter(attempts::account_id.eq(account))
        .select((
            (
                attempts::id,
                attempts::question_id,
                attempts::level,
                attempts::area,
                attempts::minutes,
                attempts::prompt,
                attempts::title,
                attempts::mock_id,
            ),
            (attempts::started_at, attempts::answering_at, attempts::finished_at, attempts::scored_at),
            (attempts::area_score, attempts::would_pass),
            memberships::team_id.nullable(),
        ))
        .limit(slice.rows())
        .into_boxed();
    query = match which {
        Which::OfMock(team, mock) => {
            query.filter(attempts::team_id.eq(team).and(attempts::mock_id.eq(mock))).order((attempts::started_at, attempts::id))
        }
        Which::Shareable(team) => query
            .filter(attempts::team_id.eq(team).and(attempts::scored_at.is_not_null()).and(super::shared_sound::can_be_shown()))
            .order((attempts::started_at.desc(), attempts::id.desc())),
        Which::Open => query.filter(attempts::scored_at.is_null()).order((attempts::started_at.desc(), attempts::id.desc())),
        Which::All => query.order((attempts::started_at.desc(), attempts::id.desc())),
    };
    if let Some((at, id)) = slice.after {
        query = query.filter(attempts::started_at.lt(at).or(attempts::started_at.eq(at).and(attempts::id.lt(id))));
    }
    let rows: Vec<Listed> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(listed).collect())
}

fn listed((what, (started_at, answering, finished, scored), (area_score, would_pass), team_id): Listed) -> AttemptOfList {
    let (id, question_id, level, area, minutes, prompt, title, mock_id) = what;
    let small = |value: Option<i16>| value.and_then(|value| u8::try_from(value).ok());
    AttemptOfList {
        id,
        question_id,
        phase: AttemptPhase::of(answering, finished, scored),
        level,
        area: u8::try_from(area).unwrap_or_default(),
        prompt,
        title: scored.map(|_| title),
        started_at,
        scored_at: scored,
        answer_seconds: answering.zip(finished).map(|(from, to)| (to - from).num_seconds()),
        minutes,
        area_score: small(area_score),
        would_pass: small(would_pass),
        mock_id,
        team_id,
    }
}

/// Everything one has, the oldest first.
pub fn all(tx: &mut Tx, account: AccountId) -> Result<Vec<AttemptRow>> {
    Ok(attempts::table
        .filter(attempts::account_id.eq(account))
        .order((attempts::started_at, attempts::id))
        .select(AttemptRow::as_select())
        .load(tx.conn())?)
}

//! Everything of somebody's practice, to be taken along.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::model::{AnswerKind, AttemptId, Compared, MockId, PlanWeekday, RecordingView, Schedule, ShareId};
use super::super::store::attempts::{self, AttemptRow};
use super::super::store::shares::{self, GivenRow};
use super::super::store::{cards, mocks, own_data, plans, recordings as aloud};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, Actor, TeamId};
use crate::question_sets::{QuestionId, QuestionSetId, QuestionSetVersionId};
use crate::recordings;
use crate::rubrics::{Level, RubricVersionId};

/// What one owns of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PracticeExport {
    pub attempts: Vec<ExportedAttempt>,
    pub mocks: Vec<ExportedMock>,
    pub due: Vec<ExportedCard>,
    pub schedule: Schedule,
    /// For how many days saved recordings are kept.
    pub keep_recordings_days: i32,
    /// None where there is none. What is to be done on which day is worked out from all of this.
    pub plan: Option<ExportedPlan>,
    /// What one showed to coaches, and what they gave.
    pub shares: Vec<ExportedShare>,
    /// What one gave as a coach.
    pub coach_scores: Vec<ExportedCoachScore>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ExportedPlan {
    pub towards: NaiveDate,
    pub weekdays: Vec<PlanWeekday>,
    pub minutes: u16,
    /// As in `18:00`.
    pub begins_at: String,
    pub level: Level,
    pub question_set_id: Option<QuestionSetId>,
    pub made_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExportedPracticeShare)]
pub struct ExportedShare {
    pub id: ShareId,
    /// What the coach is called.
    pub coach: String,
    pub made_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub attempt_ids: Vec<AttemptId>,
    pub scores: Vec<ExportedCoachScore>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ExportedCoachScore {
    pub share_id: ShareId,
    pub attempt_id: AttemptId,
    pub scored_at: DateTime<Utc>,
    pub score: Option<i16>,
    pub area_score: i16,
    pub checked: Vec<i16>,
    pub evidence: String,
    pub comment: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ExportedAttempt {
    pub id: AttemptId,
    pub team_id: TeamId,
    pub question_set_version_id: QuestionSetVersionId,
    pub rubric_version_id: RubricVersionId,
    pub question_id: QuestionId,
    pub mock_id: Option<MockId>,
    pub prompt: String,
    pub level: Level,
    pub area: i16,
    pub kind: AnswerKind,
    pub think_seconds: i32,
    pub minutes: i32,
    pub started_at: DateTime<Utc>,
    pub answering_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub scored_at: Option<DateTime<Utc>>,
    pub answer: String,
    pub recording: Option<ExportedRecording>,
    pub checked: Vec<i16>,
    pub score: Option<i16>,
    pub area_score: Option<i16>,
    pub would_pass: Option<i16>,
    pub compared: Option<Compared>,
    pub note: String,
}

/// What was said aloud.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExportedRecording {
    #[serde(flatten)]
    pub recording: RecordingView,
    /// What its sound is called in the archive of one's own data; none where it is not on the server.
    pub file: Option<String>,
    /// Where its sound is fetched as long as it is kept; none where that is not, and of teams one has left.
    pub audio: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ExportedMock {
    pub id: MockId,
    pub team_id: TeamId,
    pub question_set_version_id: QuestionSetVersionId,
    pub level: Level,
    pub minutes: i32,
    pub started_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ExportedCard {
    pub question_id: QuestionId,
    pub title: String,
    pub reviews: i32,
    pub reviewed_on: NaiveDate,
    pub due_on: NaiveDate,
}

impl PracticeExport {
    /// The recordings whose sound is on the server, by what they are called in the archive.
    pub fn sounds(&self) -> impl Iterator<Item = (&str, AttemptId)> {
        self.attempts.iter().filter_map(|attempt| Some((attempt.recording.as_ref()?.file.as_deref()?, attempt.id)))
    }
}

/// The sound of an answer of one's own from this byte on, as far as one part goes, in whatever team it was made. Nothing
/// where there is none, and at its end; what goes while it is read is not found.
pub fn own_sound_from(tx: &mut Tx, actor: &Actor, id: AttemptId, byte: u64) -> Result<Vec<u8>> {
    let account = actor.account()?;
    tx.enter_account(account.0)?;
    match aloud::find(tx, account, id)?.and_then(|there| there.sound) {
        Some(sound) => recordings::bytes_from(tx, sound.place, byte),
        None if byte == 0 => Ok(Vec::new()),
        None => Err(Error::NotFound),
    }
}

/// All of it, through the account's door; `teams` are those one is in.
pub fn export(tx: &mut Tx, account: AccountId, teams: &[TeamId]) -> Result<PracticeExport> {
    let mock = |row: mocks::MockRow| ExportedMock {
        id: row.id,
        team_id: row.team_id,
        question_set_version_id: row.question_set_version_id,
        level: row.level,
        minutes: row.minutes,
        started_at: row.started_at,
        ended_at: row.ended_at,
    };
    let card = |row: cards::CardRow| ExportedCard {
        question_id: row.question_id,
        title: row.title,
        reviews: row.reviews,
        reviewed_on: row.reviewed_on,
        due_on: row.due_on,
    };
    let (given, received): (Vec<_>, Vec<_>) = shares::all_scores(tx)?.into_iter().partition(|row| row.coach == account);
    let spoken = aloud::list(tx, account, i64::MAX)?;
    let mut spoken: HashMap<AttemptId, ExportedRecording> = spoken.iter().map(|row| (row.attempt, told(row, teams))).collect();
    let mut attempt = |row: AttemptRow| exported(spoken.remove(&row.id), row);
    Ok(PracticeExport {
        shares: exported_shares(tx, account, received)?,
        coach_scores: given.into_iter().map(exported_score).collect(),
        attempts: attempts::all(tx, account)?.into_iter().map(&mut attempt).collect::<Result<_>>()?,
        mocks: mocks::all(tx, account)?.into_iter().map(mock).collect(),
        due: cards::all(tx, account)?.into_iter().map(card).collect(),
        schedule: cards::schedule(tx, account)?,
        keep_recordings_days: aloud::keep_days(tx, account)?,
        plan: plans::find(tx, account)?.map(exported_plan).transpose()?,
    })
}

fn exported_plan(row: plans::PlanRow) -> Result<ExportedPlan> {
    let settings = super::plan::settings(&row)?;
    Ok(ExportedPlan {
        towards: settings.towards,
        weekdays: settings.weekdays.list(),
        minutes: settings.minutes,
        begins_at: settings.begins_at.format("%H:%M").to_string(),
        level: settings.level,
        question_set_id: settings.set,
        made_at: row.made_at,
    })
}

/// All attempts, recordings and mocks in the team whose door is open.
pub fn erase_in(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    own_data::erase_in(tx, team, account)?;
    recordings::erase(tx, team, account)
}

fn exported_shares(tx: &mut Tx, account: AccountId, received: Vec<GivenRow>) -> Result<Vec<ExportedShare>> {
    let shared = shares::all_shared(tx)?;
    let mut scores: Vec<ExportedCoachScore> = received.into_iter().map(exported_score).collect();
    let mut exported = Vec::new();
    for row in shares::list(tx, account)?.into_iter().filter(|row| row.account_id == account) {
        let (of_it, others) = scores.into_iter().partition(|score| score.share_id == row.id);
        scores = others;
        exported.push(ExportedShare {
            id: row.id,
            coach: row.coach,
            made_at: row.made_at,
            ends_at: row.ends_at,
            withdrawn_at: row.withdrawn_at,
            attempt_ids: shared.iter().filter(|(share, _)| *share == row.id).map(|(_, attempt)| *attempt).collect(),
            scores: of_it,
        });
    }
    Ok(exported)
}

fn exported_score(row: GivenRow) -> ExportedCoachScore {
    ExportedCoachScore {
        share_id: row.share,
        attempt_id: row.attempt,
        scored_at: row.scored_at,
        score: row.score,
        area_score: row.area_score,
        checked: row.checked.into_iter().flatten().collect(),
        evidence: row.evidence,
        comment: row.comment,
    }
}

/// What comes back when, and how one wanted it; and the words one has given as a coach, wherever the answers lie.
/// Through the account's own door.
pub fn erase(tx: &mut Tx, account: AccountId) -> Result<()> {
    for team in shares::teams_coached_in(tx, account)? {
        tx.enter(team.0, Some(account.0))?;
        shares::forget_coach(tx, team, account)?;
    }
    tx.enter_account(account.0)?;
    own_data::erase(tx, account)
}

fn told(row: &aloud::AloudRow, teams: &[TeamId]) -> ExportedRecording {
    let audio = format!("/api/v1/teams/{}/attempts/{}/recording/audio", row.team, row.attempt);
    let file =
        row.sound.filter(|sound| sound.bytes > 0).map(|sound| format!("recordings/{}.{}", row.attempt, sound.media_type.extension()));
    ExportedRecording { recording: row.view(), file, audio: (row.is_saved() && teams.contains(&row.team)).then_some(audio) }
}

fn exported(recording: Option<ExportedRecording>, row: AttemptRow) -> Result<ExportedAttempt> {
    let compared = row.kept()?.map(|kept| Compared { heard: kept.heard, signs: kept.signs });
    Ok(ExportedAttempt {
        id: row.id,
        team_id: row.team_id,
        question_set_version_id: row.question_set_version_id,
        rubric_version_id: row.rubric_version_id,
        question_id: row.question_id,
        mock_id: row.mock_id,
        prompt: row.prompt,
        level: row.level,
        area: row.area,
        kind: row.kind,
        think_seconds: row.think_seconds,
        minutes: row.minutes,
        started_at: row.started_at,
        answering_at: row.answering_at,
        finished_at: row.finished_at,
        scored_at: row.scored_at,
        answer: row.answer,
        recording,
        checked: row.checked.into_iter().flatten().collect(),
        score: row.score,
        area_score: row.area_score,
        would_pass: row.would_pass,
        compared,
        note: row.note,
    })
}

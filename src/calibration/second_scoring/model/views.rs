//! Draws, what a second scorer reads, and what is said when the scores are in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answers::SecondAnswer;
use crate::id_types;
use crate::platform::error::{FieldErrors, Result};
use crate::question_sets::QuestionId;
use crate::rubrics::{Level, RubricVersionId};

id_types! {
    /// One draw of interviews that are scored again.
    SecondDrawId,
    /// What one person gives to one interview, as its second scorer.
    SecondScoreId,
}

/// `POST …/second-scoring/draws`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDrawInput {
    /// The interviews that began from then on,
    pub since: DateTime<Utc>,
    /// and before then.
    pub until: DateTime<Utc>,
    /// 1 to 100, of those that are finished and that somebody is free to score; at least one is drawn.
    pub percent: i64,
}

/// The same, parsed.
#[derive(Debug, Clone, Copy)]
pub struct NewDraw {
    pub since: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub percent: u8,
}

impl NewDraw {
    pub fn parse(input: &NewDrawInput) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let percent = u8::try_from(input.percent).ok().filter(|percent| (1..=100).contains(percent));
        if percent.is_none() {
            errors.add("percent", "Give a share from 1 to 100.");
        }
        if input.until <= input.since {
            errors.add("until", "The end comes after the beginning.");
        }
        errors.check()?;
        Ok(NewDraw { since: input.since, until: input.until, percent: percent.unwrap_or(100) })
    }
}

/// One draw, for who leads: how many, never whose.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SecondDraw {
    pub id: SecondDrawId,
    pub since: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub percent: u8,
    /// The draw can be done again from it.
    pub seed: i64,
    /// Out of how many was drawn.
    pub pool: i32,
    /// How many interviews were drawn.
    pub drawn: i64,
    /// How many of them are scored again.
    pub scored: i64,
    pub asked_at: DateTime<Utc>,
}

/// What leads find.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SecondScoring {
    /// The newest first.
    pub draws: Vec<SecondDraw>,
    /// How many interviews have a second scoring that can be compared: it is in, and both sides scored one area at least.
    pub double_scored: usize,
    /// How many it takes before something is said.
    pub needed: usize,
    /// Null until then, and until three people have scored.
    pub agreement: Option<SecondAgreement>,
}

/// How near the second scoring is to the first, over interviews.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct SecondAgreement {
    pub interviews: usize,
    /// Areas that both scored.
    pub scores: usize,
    /// The second score minus the first panel's mean; above 0 the second is more lenient.
    pub mean_difference: f64,
    /// Of its 95 % interval.
    pub low: f64,
    pub high: f64,
    /// The share of scores that are at most a point from the panel's mean.
    pub within_one: f64,
}

/// One that somebody is asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SecondAsk {
    pub id: SecondScoreId,
    /// The how manieth of one's own it is, in the order in which one was asked: to tell them apart.
    pub number: usize,
    pub level: Level,
    pub minutes: i32,
    pub asked_at: DateTime<Utc>,
    /// Something of it is saved.
    pub begun: bool,
    pub submitted_at: Option<DateTime<Utc>>,
}

/// A question with what was written down beside it, by whoever.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SecondQuestion {
    /// Null: what was written down beside no question.
    pub question_id: Option<QuestionId>,
    pub title: Option<String>,
    pub prompt: Option<String>,
    /// The panel's notes as bare words.
    pub notes: Vec<String>,
    /// What stood on the pad at the end, if one was opened.
    pub pad: Option<String>,
}

/// What a second scorer reads and gives, and once it is in, how it compares.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SecondScoreView {
    pub id: SecondScoreId,
    pub level: Level,
    pub minutes: i32,
    pub rubric_version_id: RubricVersionId,
    pub questions: Vec<SecondQuestion>,
    /// Five, in order.
    pub areas: Vec<SecondAnswer>,
    /// For the next If-Match.
    pub version: i32,
    pub asked_at: DateTime<Utc>,
    /// Since then nothing of it changes.
    pub submitted_at: Option<DateTime<Utc>>,
    /// What it lacks to be submitted.
    pub missing: FieldErrors,
    /// Only once it is in; null also while one owes a card for the same candidate (R2).
    pub comparison: Option<Vec<SecondComparison>>,
}

/// One area: one's own beside the first panel's mean.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SecondComparison {
    pub area: u8,
    /// Null: not enough evidence.
    pub own: Option<u8>,
    /// Null: nobody of the panel scored it.
    pub panel_mean: Option<f64>,
    /// Own minus the mean, where there are both.
    pub difference: Option<f64>,
}

/// What one gave as a second scorer, as one takes it along.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnSecondScore {
    pub level: Level,
    pub areas: Vec<SecondAnswer>,
    pub asked_at: DateTime<Utc>,
    pub submitted_at: Option<DateTime<Utc>>,
}

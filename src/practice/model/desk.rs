//! What can be practised now, and how one wants to be asked again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AttemptOfList, Estimate, MockId};
use crate::platform::error::{Error, Result};
use crate::question_sets::{QuestionId, QuestionSetVersionId};
use crate::rubrics::Level;

/// How many questions come back on one day, unless somebody says otherwise.
pub const DAILY: u8 = 5;
/// The most that somebody may ask for.
pub const MOST_DAILY: u8 = 20;

/// What can be practised here now.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeDesk)]
pub struct DeskView {
    pub due: DueView,
    /// Areas, the lowest that enough is known of first; then those of which too little is known.
    pub weak_areas: Vec<WeakArea>,
    pub sets: Vec<OpenSetView>,
    /// Begun and not scored yet, the newest first.
    pub open: Vec<AttemptOfList>,
    /// A mock that is going on.
    pub mock_id: Option<MockId>,
    /// The level of the newest attempt.
    pub level: Level,
}

/// What comes back today.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeDue)]
pub struct DueView {
    /// Of today, at most what is left of the day's share.
    pub items: Vec<DueQuestion>,
    /// Due too, and left for the days after.
    pub later: i64,
    /// The next day on which something comes back, when nothing does today.
    pub next_on: Option<NaiveDate>,
    pub schedule: Schedule,
    /// The two sentences.
    pub how: &'static str,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DueQuestion {
    pub question_id: QuestionId,
    pub title: String,
    pub area: u8,
    pub level: Level,
    pub due_on: NaiveDate,
    pub reviews: i32,
}

/// How many come back on one day, and since when none does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PracticeSchedule)]
pub struct Schedule {
    pub daily: u8,
    pub paused_on: Option<NaiveDate>,
}

/// `PUT …/practice/schedule`.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewPracticeSchedule)]
pub struct NewSchedule {
    /// 1 to 20.
    pub daily: u8,
    pub paused: bool,
}

/// An area with what is known of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WeakArea {
    pub area: u8,
    pub name: String,
    pub attempts: i64,
    /// With its 95 % interval, from three attempts on.
    pub mean: Option<Estimate>,
    /// Why there is no mean; null where there is one.
    pub reason: Option<String>,
}

/// A set on which one can practise.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeSet)]
pub struct OpenSetView {
    pub question_set_version_id: QuestionSetVersionId,
    pub number: i32,
    pub name: String,
    pub description: String,
    pub built_in: bool,
    /// How many questions fit each level.
    pub questions: crate::rubrics::PerLevel<usize>,
}

/// Said wherever questions come back.
pub const HOW: &str = "A question comes back shortly before you would have forgotten it: sooner after a low score or missed points, later each time it goes well. The days come from FSRS, an open method that knows your own attempts and nothing else, and no day gets more than its share.";

impl Default for Schedule {
    fn default() -> Self {
        Schedule { daily: DAILY, paused_on: None }
    }
}

impl NewSchedule {
    pub fn check(self) -> Result<Self> {
        if (1..=MOST_DAILY).contains(&self.daily) {
            Ok(self)
        } else {
            Err(Error::invalid("daily", format!("Choose 1 to {MOST_DAILY} questions a day.")))
        }
    }
}

//! A full mock interview practised alone.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AttemptOfList, MockId};
use crate::platform::error::{Error, FieldErrors, Result};
use crate::question_sets::QuestionSetVersionId;
use crate::rubrics::Level;

/// How long it may be planned, in minutes.
const MINUTES: std::ops::RangeInclusive<u16> = 10..=180;

/// `POST …/practice/mocks`.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewPracticeMock)]
pub struct NewMock {
    pub question_set_version_id: QuestionSetVersionId,
    pub level: Level,
    /// 10 to 180.
    pub minutes: u16,
}

/// One mock, without the questions to come.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeMock)]
pub struct MockView {
    pub id: MockId,
    pub question_set_version_id: QuestionSetVersionId,
    pub level: Level,
    /// What was planned.
    pub minutes: i32,
    pub started_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    /// The server's clock.
    pub now: DateTime<Utc>,
    /// How many questions there are in all.
    pub questions: usize,
    /// Those that were asked, in order.
    pub attempts: Vec<AttemptOfList>,
}

impl NewMock {
    pub fn check(self) -> Result<Self> {
        let mut errors = FieldErrors::default();
        if !MINUTES.contains(&self.minutes) {
            errors.add("minutes", format!("A mock takes {} to {} minutes.", MINUTES.start(), MINUTES.end()));
        }
        if errors.is_empty() { Ok(self) } else { Err(Error::Invalid(errors)) }
    }
}

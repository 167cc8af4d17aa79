//! Attempts at one question beside each other.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AnswerKind, AttemptId, RecordingView};
use crate::platform::error::{Error, Result};
use crate::platform::words::Words;
use crate::question_sets::QuestionId;
use crate::rubrics::Level;

/// Two attempts at one question, and which others there are.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeSideBySide)]
pub struct SideBySide {
    pub question_id: QuestionId,
    /// Null while the question is being answered anew.
    pub title: Option<String>,
    pub prompt: String,
    /// Every scored attempt at it, the oldest first; of very many the newest.
    pub attempts: Vec<PastAttempt>,
    /// Null as long as there is only one.
    pub pair: Option<Pair>,
}

/// The two that are compared.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticePair)]
pub struct Pair {
    pub older: AttemptSide,
    pub newer: AttemptSide,
    /// What became of the older answer; null where one of them was recorded.
    pub words: Option<Words>,
}

/// One of the two.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttemptSide {
    #[serde(flatten)]
    pub attempt: PastAttempt,
    pub answer: String,
    pub recording: Option<RecordingView>,
    pub note: String,
}

/// One scored attempt.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct PastAttempt {
    pub id: AttemptId,
    pub kind: AnswerKind,
    pub level: Level,
    pub started_at: DateTime<Utc>,
    pub scored_at: DateTime<Utc>,
    /// Time that the answer took, in seconds, and what was planned, in minutes.
    pub answer_seconds: i64,
    pub minutes: i32,
    /// On the question's own anchors, where it has some.
    pub score: Option<u8>,
    pub area_score: u8,
    pub would_pass: u8,
    /// Points that were found in it afterwards; null before, and while the question is being answered anew.
    pub heard: Option<HeardPoints>,
}

/// Of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeardPoints {
    pub found: usize,
    pub of: usize,
}

/// `?with=`: the attempt to compare with; the server's choice without it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WithQuery {
    with: Option<String>,
}

impl WithQuery {
    /// An empty one is none: a form sends it so.
    pub fn attempt(&self) -> Result<Option<AttemptId>> {
        let with = self.with.as_deref().map(str::trim).filter(|with| !with.is_empty());
        with.map(|with| with.parse().map_err(|_| Error::NotFound)).transpose()
    }
}

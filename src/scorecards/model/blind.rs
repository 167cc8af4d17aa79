//! What statistics across interviews are made of.

use chrono::{DateTime, Utc};

use crate::policy::{AccountId, InterviewId};
use crate::rubrics::{Level, RubricVersionId};

/// A counted card as it was submitted: given blind, and whatever was amended later is not in it (R5).
#[derive(Debug, Clone, PartialEq)]
pub struct BlindCard {
    pub interview: InterviewId,
    pub candidate: String,
    pub starts_at: DateTime<Utc>,
    pub level: Level,
    pub rubric_version: RubricVersionId,
    pub rater: AccountId,
    pub rater_name: String,
    pub submitted_at: DateTime<Utc>,
    /// 1 to 5 by area; none where it was not asked or not seen enough (R3).
    pub areas: [Option<u8>; 5],
}

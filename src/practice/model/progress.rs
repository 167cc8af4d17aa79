//! How practice goes, area by area.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Honesty, SelfGap};
use crate::question_sets::Topic;
use crate::rubrics::Level;
use crate::text_enum;

/// Fewer attempts say nothing about an area.
pub const LEAST: i64 = 3;

/// One's own progress at a level.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeProgress)]
pub struct ProgressView {
    /// What readiness is measured by.
    pub level: Level,
    /// Scored so far, and in the last four weeks.
    pub attempts: i64,
    pub recent: i64,
    pub areas: Vec<AreaProgress>,
    /// The eleven topics, practised or not.
    pub topics: Vec<TopicProgress>,
    /// How honest the percentages are.
    pub honesty: Honesty,
    pub self_gap: SelfGap,
}

/// One area. Numbers are of one's own scores on the area's anchors.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaProgress {
    pub area: u8,
    pub name: String,
    pub attempts: i64,
    /// What the level asks for.
    pub expected: u8,
    /// From three attempts on.
    pub mean: Option<Estimate>,
    /// Change in thirty days, from three attempts on different days on.
    pub change: Option<Estimate>,
    /// Of the last twelve months, the oldest first; those without an attempt are left out.
    pub months: Vec<MonthMean>,
    pub readiness: PracticeReadiness,
    /// Why, in one sentence.
    pub reason: String,
}

/// A number with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
#[schema(as = PracticeEstimate)]
pub struct Estimate {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// The mean of one month.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MonthMean {
    /// Its first day.
    pub month: NaiveDate,
    pub attempts: i64,
    /// From three attempts on.
    pub mean: Option<Estimate>,
    /// Why there is no mean; null where there is one.
    pub reason: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct TopicProgress {
    pub topic: Topic,
    /// Scored attempts, and different questions among them.
    pub attempts: i64,
    pub questions: i64,
}

text_enum! {
    /// What one's own scores say of an area at a level.
    PracticeReadiness {
        /// Fewer than three attempts.
        NotEnough = "not_enough",
        NotYet = "not_yet",
        NearlyReady = "nearly_ready",
        Ready = "ready",
    }
}

impl PracticeReadiness {
    /// How much an area needs time, 0 the most. What nothing is known of needs less than what is known to be low.
    pub fn need(self) -> u8 {
        match self {
            PracticeReadiness::NotYet => 0,
            PracticeReadiness::NearlyReady => 1,
            PracticeReadiness::NotEnough => 2,
            PracticeReadiness::Ready => 3,
        }
    }

    /// As it stands on a page.
    pub fn label(self) -> &'static str {
        match self {
            PracticeReadiness::NotEnough => "Too few attempts",
            PracticeReadiness::NotYet => "Not yet",
            PracticeReadiness::NearlyReady => "Nearly ready",
            PracticeReadiness::Ready => "Ready",
        }
    }
}

//! What is read of a report: the draft by who writes it, the report by the candidate.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::content::{Content, NextStep, Strength, TwoWays};
use crate::policy::InterviewId;
use crate::rubrics::{Anchor, Level};
use crate::scorecards::Recommendation;
use crate::text_enum;

text_enum! {
    /// The decision as a candidate is told it: how strong a yes or no was stays with the panel.
    Outcome { ReadyNow = "ready_now", NearlyReady = "nearly_ready", NotYet = "not_yet", Yes = "yes", No = "no", CannotSay = "cannot_say" }
}

impl Outcome {
    pub fn of(decided: Recommendation) -> Self {
        match decided {
            Recommendation::ReadyNow => Outcome::ReadyNow,
            Recommendation::NearlyReady => Outcome::NearlyReady,
            Recommendation::NotYet => Outcome::NotYet,
            Recommendation::StrongNo | Recommendation::No => Outcome::No,
            Recommendation::Yes | Recommendation::StrongYes => Outcome::Yes,
            Recommendation::CannotSay => Outcome::CannotSay,
        }
    }
}

/// `GET …/report`: the candidate reads the report, who writes it the draft.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
pub enum ReportRead {
    Draft(Box<DraftView>),
    Report(Box<ReportView>),
}

/// The report: chosen fields, nobody's name but the candidate's own.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReportView {
    pub interview_id: InterviewId,
    pub candidate_name: String,
    /// The question set's name.
    pub about: String,
    pub level: Level,
    /// In the interview's own zone.
    pub held_on: NaiveDate,
    pub headline: String,
    pub lede: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub areas: Option<Vec<AreaReport>>,
    pub strengths: Vec<Strength>,
    pub next_steps: Vec<NextStep>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub two_ways: Option<TwoWays>,
    pub advice: Vec<String>,
    pub message: String,
}

/// One area in the report.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AreaReport {
    pub area: u8,
    pub name: String,
    pub short_name: String,
    /// The anchor nearest to what the panel saw; null where too little was seen.
    pub anchor: Option<AnchorText>,
    /// The one above it.
    pub next_anchor: Option<AnchorText>,
    /// Only when numbers are chosen, and the area was scored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<AreaNumbers>,
}

/// What a level looks like, without its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AnchorText {
    pub label: String,
    pub text: String,
}

impl AnchorText {
    pub fn of(anchor: &Anchor) -> Self {
        AnchorText { label: anchor.label.clone(), text: anchor.text.clone() }
    }
}

/// The average with its uncertainty (R13).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct AreaNumbers {
    pub mean: f64,
    /// Where another panel's average would lie, nineteen times in twenty; by assumed variance components.
    pub low: f64,
    pub high: f64,
    pub cards: u32,
    /// What the interview's level asks.
    pub expected: u8,
}

/// What who writes the report works on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DraftView {
    /// 0 for a report not begun. The next save says which version it changes.
    pub version: i32,
    pub written_by: Option<String>,
    pub written_at: Option<DateTime<Utc>>,
    #[serde(flatten)]
    pub content: Content,
    /// Scores or decision are no longer what this version shows: save again before releasing.
    pub outdated: bool,
    /// Words that may be somebody's name.
    pub perhaps_named: Vec<String>,
    /// What the candidate can read now.
    pub release: Option<ReleaseView>,
    /// From the scorecards, to start with; nobody but the writer sees it.
    pub suggestions: Suggestions,
}

/// What the scorecards say, to choose from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestions {
    pub strengths: Vec<Suggestion>,
    pub next_steps: Vec<String>,
    /// Keys of warning signs that were seen.
    pub advice: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// The area's name.
    pub area: String,
    /// A note, as it was written.
    pub text: String,
}

/// A release that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReleaseView {
    pub number: i32,
    /// Which version the candidate reads.
    pub version: i32,
    pub released_by: String,
    pub released_at: DateTime<Utc>,
}

/// `PUT …/report/release`.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewRelease {
    /// The version that was looked at; without it, the newest.
    pub version: Option<i32>,
}

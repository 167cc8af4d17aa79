//! A card as it is read.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::claims::ClaimMark;
use super::rules::{CheckItem, Missing};
use super::value::{Confidence, Recommendation, Sign, TickKind, Value};
use crate::policy::{AccountId, Seat};
use crate::question_sets::QuestionId;

/// How many areas a rubric has, always.
pub const AREAS: u8 = 5;

/// What an interviewer has recorded. A revision freezes exactly this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ScorecardContent)]
pub struct Content {
    /// Always five, in order.
    pub areas: Vec<AreaScore>,
    /// One for each question of the interview, in its order.
    pub questions: Vec<QuestionScore>,
    /// By the interview's clock; what was written without a clock stands last.
    pub evidence: Vec<Evidence>,
    /// What was ticked off beside the questions.
    pub ticks: Vec<Tick>,
    pub warning_signs: Vec<WarningMark>,
    /// One for each claim of the candidate's record, in its order.
    #[serde(default)]
    pub claims: Vec<ClaimMark>,
    pub recommendation: Option<Recommendation>,
    pub confidence: Option<Confidence>,
    /// The most useful next step for the candidate.
    pub next_step: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AreaScore {
    /// 1 to 5.
    pub area: u8,
    /// Null: not yet.
    pub value: Option<Value>,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuestionScore {
    pub question_id: QuestionId,
    /// Null: not yet.
    pub value: Option<Value>,
}

/// A note: what was seen or said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// Made by the client, so that a note sent twice is one note.
    pub id: Uuid,
    pub sign: Sign,
    pub area: Option<u8>,
    pub question_id: Option<QuestionId>,
    /// Seconds of the interview, pauses left out.
    pub at_seconds: Option<i32>,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tick {
    pub question_id: QuestionId,
    pub kind: TickKind,
    /// The line's place, from 0.
    pub index: u16,
    pub on: bool,
}

/// A warning sign that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WarningMark {
    /// A sign of the rubric by its key, or `question:<index>` for a sign of the question itself.
    pub key: String,
    pub question_id: Option<QuestionId>,
    pub on: bool,
}

/// One's own card, with what it lacks before it can be submitted.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Card {
    /// 0 for a card that has not been begun. The next save says which version it changes.
    pub version: i32,
    pub submitted_at: Option<DateTime<Utc>>,
    #[serde(flatten)]
    pub content: Content,
    /// Why it cannot be submitted yet; empty after submission.
    pub missing: Vec<Missing>,
    /// The same as a list to work through, with what is done.
    pub checklist: Vec<CheckItem>,
    /// None before submission; then the blind one first.
    pub revisions: Vec<Revision>,
}

/// A save that is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Saved {
    /// For the next `If-Match`.
    pub version: i32,
}

/// What was submitted, and each later amendment. None replaces another.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Revision {
    pub number: i32,
    /// The card as submitted, before anything of another's was seen.
    pub blind: bool,
    pub author_id: AccountId,
    pub author: String,
    pub created_at: DateTime<Utc>,
    /// Why it was amended; empty for the first.
    pub reason: String,
    /// Others' cards could be read by the author when this was written.
    pub others_visible: bool,
    /// Written after the debrief had opened: a second field beside the first scores, never instead (R7).
    pub after_debrief: bool,
    pub content: Content,
}

/// A card that the reader may see: their own, or another's that was submitted.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CardView {
    pub account_id: AccountId,
    pub name: String,
    pub seat: Seat,
    /// It is the reader's.
    pub own: bool,
    pub version: i32,
    /// Null: the reader's own draft.
    pub submitted_at: Option<DateTime<Utc>>,
    /// As submitted, or the draft. Amendments stand in `revisions`.
    #[serde(flatten)]
    pub content: Content,
    pub revisions: Vec<Revision>,
}

impl CardView {
    /// A shadow's card is read and never counted.
    pub fn counts(&self) -> bool {
        matches!(self.seat, Seat::LeadInterviewer | Seat::Interviewer)
    }

    /// The card with its amendments.
    pub fn latest(&self) -> &Content {
        self.revisions.last().map_or(&self.content, |revision| &revision.content)
    }
}

/// Whether somebody on the panel has submitted: yes or no, and nothing more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Submission {
    pub account_id: AccountId,
    pub name: String,
    pub seat: Seat,
    pub submitted: bool,
}

impl Submission {
    /// The debrief waits for this one.
    pub fn counts(&self) -> bool {
        matches!(self.seat, Seat::LeadInterviewer | Seat::Interviewer)
    }
}

/// `GET …/scorecards`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CardList {
    /// What the reader may see, own draft included.
    pub items: Vec<CardView>,
    /// Who owes or has given a card; empty for the candidate.
    pub submissions: Vec<Submission>,
}

impl Content {
    /// A card nobody has written on.
    pub fn empty(questions: &[QuestionId]) -> Self {
        Content {
            areas: (1..=AREAS).map(|area| AreaScore { area, value: None, reason: String::new() }).collect(),
            questions: questions.iter().map(|id| QuestionScore { question_id: *id, value: None }).collect(),
            evidence: Vec::new(),
            ticks: Vec::new(),
            warning_signs: Vec::new(),
            claims: Vec::new(),
            recommendation: None,
            confidence: None,
            next_step: String::new(),
        }
    }

    pub fn area(&self, number: u8) -> Option<&AreaScore> {
        self.areas.iter().find(|area| area.area == number)
    }

    /// The notes tagged with this area.
    pub fn evidence_of(&self, area: u8) -> impl Iterator<Item = &Evidence> {
        self.evidence.iter().filter(move |note| note.area == Some(area))
    }
}

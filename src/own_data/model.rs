//! Shapes of what is one's own.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::OwnAccount;
use crate::calibration::exercises::OwnAnswers;
use crate::calibration::second_scoring::OwnSecondScore;
use crate::peer_practice::OwnOffer;
use crate::policy::{InterviewId, Role, TeamId};
use crate::practice::PracticeExport;
use crate::proofs::{OwnQuestion, Proof};
use crate::question_sets::QuestionId;
use crate::reports::{ReportView, SelfScoresView};
use crate::resumes::{OwnResume, Sending};
use crate::scorecards::Card;
use crate::teams::TeamFate;

/// What the file says it is.
pub const FORMAT: &str = "fivefold/own-data@1";

/// What it is called.
pub const FILE: &str = "fivefold-own-data.json";

/// What the archive is called in which it comes with the recordings.
pub const ARCHIVE: &str = "fivefold-own-data.zip";

/// All that is a person's own, over all teams they are in.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnData {
    /// `fivefold/own-data@1`.
    pub format: &'static str,
    pub made_at: DateTime<Utc>,
    pub account: OwnAccount,
    pub resume: OwnResume,
    /// Where the résumé went, the newest first.
    pub sent_resumes: Vec<Sending>,
    /// What can be shown in public.
    pub proofs: Vec<Proof>,
    /// What one wants to ask, and what one heard.
    pub questions_to_ask: Vec<OwnQuestion>,
    /// Attempts, mocks and what comes back when, of every team.
    pub practice: PracticeExport,
    pub teams: Vec<OwnTeamData>,
}

/// What is one's own in one team.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnTeamData {
    pub id: TeamId,
    pub name: String,
    pub personal: bool,
    pub role: Role,
    /// As the candidate, the newest first.
    pub interviews: Vec<OwnInterview>,
    /// As an interviewer, the newest first.
    pub scorecards: Vec<OwnScorecard>,
    pub exercises: Vec<OwnAnswers>,
    /// Given or begun from the notes of interviews in which one had no seat.
    pub second_scores: Vec<OwnSecondScore>,
    /// Since when one's severity is shared with the leads, if it is.
    pub severity_shared_since: Option<DateTime<Utc>>,
    /// Times that one offered on the board of peer practice, the oldest first.
    pub peer_offers: Vec<OwnOffer>,
}

/// An interview of one's own.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnInterview {
    pub id: InterviewId,
    pub starts_at: DateTime<Utc>,
    pub minutes: i32,
    /// One's own notes.
    pub notes: String,
    /// The pads, as they were left.
    pub pads: Vec<OwnPad>,
    pub self_scores: Option<SelfScoresView>,
    /// What was released to read, once it was read.
    pub report: Option<ReportView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OwnPad {
    pub question_id: QuestionId,
    pub text: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OwnScorecard {
    pub interview_id: InterviewId,
    pub scorecard: Card,
}

/// What deleting the account would do to a team.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeamOfDeletion {
    pub id: TeamId,
    pub name: String,
    pub personal: bool,
    pub fate: TeamFate,
}

/// What deleting the account would do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Deletion {
    /// Shared teams first.
    pub teams: Vec<TeamOfDeletion>,
    /// No team stands in the way.
    pub possible: bool,
}

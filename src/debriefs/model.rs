//! Shapes of debriefs and decisions.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::combination::Combination;
use crate::candidates::ClaimId;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::{AccountId, InterviewId, Mode, Seat};
use crate::rooms::PadOfInterview;
use crate::rubrics::Level;
use crate::scorecards::{Confidence, Evidence, Recommendation, Submission, Value, Verdict};

/// `POST …/debrief`: opens before the last card is in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EarlyOpening {
    /// Why it does not wait; stands in the record.
    pub reason: String,
}

impl EarlyOpening {
    pub fn parse(&self) -> Result<String> {
        parse::line(&self.reason, 3, 500).map_err(|message| Error::invalid("reason", message))
    }
}

/// `PUT …/decision`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDecision {
    /// In mode mock `ready_now`, `nearly_ready`, `not_yet`; in hiring `strong_no`, `no`, `yes`, `strong_yes`; `cannot_say` in both.
    pub outcome: Recommendation,
    /// Names the evidence, not the average.
    pub reason: String,
    /// Needed when the outcome is not the one the rule proposes.
    #[serde(default)]
    pub override_reason: Option<String>,
    /// Who of the panel wants a different view noted.
    #[serde(default)]
    pub dissents: Vec<AccountId>,
}

/// A decision whose words were read.
pub struct ParsedDecision {
    pub outcome: Recommendation,
    pub reason: String,
    pub override_reason: String,
    pub dissents: Vec<AccountId>,
}

impl NewDecision {
    /// `proposed` is the rule's outcome; `panel` are those who may dissent.
    pub fn parse(&self, mode: Mode, proposed: Option<Recommendation>, panel: &[AccountId]) -> Result<ParsedDecision> {
        let mut errors = FieldErrors::default();
        if !self.outcome.fits(mode) {
            errors.add(
                "outcome",
                format!("Choose one of: {}.", Recommendation::of(mode).iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", ")),
            );
        }
        let reason = errors.take("reason", required_text(&self.reason));
        let written = self.override_reason.as_deref().unwrap_or_default();
        let override_reason = match errors.take("override_reason", parse::text(written, 2000)) {
            Some(text) if text.trim().is_empty() && proposed.is_some_and(|proposed| proposed != self.outcome) => {
                errors.add("override_reason", "The rule proposes another outcome. Say why this one is right.");
                None
            }
            other => other,
        };
        if self.dissents.iter().any(|account| !panel.contains(account)) {
            errors.add("dissents", "Only people of the panel can have their view noted.");
        }
        errors.check()?;
        let mut dissents = self.dissents.clone();
        dissents.sort();
        dissents.dedup();
        Ok(ParsedDecision {
            outcome: self.outcome,
            reason: reason.unwrap_or_default(),
            override_reason: override_reason.unwrap_or_default(),
            dissents,
        })
    }
}

fn required_text(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("Give the reason. Name the evidence, not the average.".into());
    }
    parse::text(text, 4000)
}

/// Everything that is laid on the table.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DebriefView {
    pub interview_id: InterviewId,
    pub candidate_name: String,
    pub mode: Mode,
    pub level: Level,
    pub opened_at: DateTime<Utc>,
    /// Null when the last card opened it.
    pub early_reason: Option<String>,
    /// Who owes or has given a card, yes or no.
    pub submissions: Vec<Submission>,
    /// Widest disagreement first.
    pub areas: Vec<AreaView>,
    /// The rule before the talk.
    pub proposal: Proposal,
    pub recommendations: Vec<RecommendationView>,
    pub warning_signs: Vec<WarningSignView>,
    /// What the résumé claims, and what became of it.
    pub claims: Vec<ClaimOfDebrief>,
    /// What was typed together, to be played back.
    pub pads: Vec<PadOfInterview>,
    /// The candidate gave scores of their own.
    pub self_scored: bool,
    /// The newest first.
    pub decisions: Vec<DecisionView>,
    pub may_decide: bool,
    pub may_report: bool,
}

/// A debrief that is not open yet.
#[derive(Debug, Clone, Serialize)]
pub struct Waiting {
    pub candidate_name: String,
    pub submissions: Vec<Submission>,
    pub ended: bool,
    pub may_open: bool,
}

/// What the rubric's rule makes of the counted cards.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Proposal {
    #[serde(flatten)]
    pub combination: Combination,
    /// Null without a number.
    pub outcome: Option<Recommendation>,
    /// The rubric's cuts for this level and mode, rising.
    pub cuts: Vec<f64>,
    /// The band rests on built-in variance components and not on this team's own.
    pub assumed: bool,
    /// Over how many of the team's interviews with two scorecards or more its own components were found; null when
    /// they are assumed.
    pub measured_over: Option<i32>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaView {
    pub area: u8,
    pub name: String,
    pub short_name: String,
    /// What this level asks.
    pub expected: u8,
    pub scores: Vec<ScoreView>,
    /// Of the counted, scored cards.
    pub median: Option<f64>,
    pub mean: Option<f64>,
    /// Highest minus lowest of the counted, scored cards; null with fewer than two.
    pub spread: Option<u8>,
    pub self_score: Option<u8>,
}

/// One person's score of one area, with what carries it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScoreView {
    pub account_id: AccountId,
    pub name: String,
    pub seat: Seat,
    pub own: bool,
    /// A shadow's card is read and never counted.
    pub counted: bool,
    /// As submitted, blind.
    pub value: Option<Value>,
    pub reason: String,
    /// What it was amended to; null when it was not. Never instead of the first (R7).
    pub later: Option<LaterScore>,
    pub evidence: Vec<Evidence>,
}

/// A second score beside the first: when, why, and what its author knew.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LaterScore {
    pub value: Option<Value>,
    pub reason: String,
    pub given_at: DateTime<Utc>,
    /// The debrief had opened by then.
    pub after_debrief: bool,
    /// Others' cards could be read by then.
    pub others_visible: bool,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RecommendationView {
    pub account_id: AccountId,
    pub name: String,
    pub own: bool,
    pub counted: bool,
    pub recommendation: Option<Recommendation>,
    pub confidence: Option<Confidence>,
    pub next_step: String,
}

/// A warning sign, and who ticked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WarningSignView {
    pub name: String,
    /// The question it was seen in.
    pub question: Option<String>,
    pub seen_by: Vec<String>,
}

/// A résumé claim in the words of the cards, and each one's verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClaimOfDebrief {
    pub claim_id: ClaimId,
    pub text: String,
    /// Of those who marked it, in the panel's order.
    pub verdicts: Vec<ClaimVerdict>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClaimVerdict {
    pub account_id: AccountId,
    pub name: String,
    pub own: bool,
    /// A shadow's card is read and never counted.
    pub counted: bool,
    pub value: Option<Verdict>,
    /// What the candidate said to it.
    pub evidence: String,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DecisionView {
    pub number: i32,
    pub outcome: Recommendation,
    pub reason: String,
    pub proposed_outcome: Option<Recommendation>,
    pub override_reason: String,
    /// Names of those who see it differently.
    pub dissents: Vec<String>,
    pub decided_by: String,
    pub decided_at: DateTime<Utc>,
}

//! What a lead is told of the team.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::statistics::bands::Band;
use super::super::statistics::gates::Tier;
use super::super::statistics::reason::Reason;
use super::detail::{ManyFacets, PairAgreement};
use super::look::Look;
use crate::interviews::PersonOfPanel;
use crate::policy::InterviewId;
use crate::rubrics::RubricVersionId;

/// A number with its interval. All null where the gate hides it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Estimate {
    pub value: Option<f64>,
    /// 95 %.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// hidden: too little data; indicative: an early signal; reportable.
    #[schema(value_type = String)]
    pub tier: Tier,
    /// low, workable, high by the lower limit, or not_enough_evidence.
    #[schema(value_type = String)]
    pub word: Band,
    /// Why there is none, where it is not defined.
    #[schema(value_type = Option<String>)]
    pub reason: Option<Reason>,
}

/// A count that is exact for oneself and for who shares their severity. Of everybody else it is a class: beside the
/// seats of the interviews an exact one would say whose number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
pub struct RoughCount {
    pub at_least: usize,
    /// Null: as many as you like.
    pub at_most: Option<usize>,
}

impl RoughCount {
    pub const fn exact(count: usize) -> Self {
        RoughCount { at_least: count, at_most: Some(count) }
    }

    /// The class of a count; classes begin at these, which rise.
    pub fn class(count: usize, starts: &[usize]) -> Self {
        RoughCount {
            at_least: starts.iter().copied().rfind(|start| *start <= count).unwrap_or(0),
            at_most: starts.iter().find(|start| **start > count).map(|next| next - 1),
        }
    }
}

/// A version of a rubric with how many cards were scored on it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RubricChoice {
    pub id: RubricVersionId,
    pub name: String,
    pub number: i32,
    pub cards: usize,
}

/// What the numbers rest on.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Basis {
    pub look: Look,
    /// The one that is shown; null without a scorecard.
    pub rubric: Option<RubricChoice>,
    /// All with scorecards in the period and level, the most used first.
    pub rubrics: Vec<RubricChoice>,
    /// The first and the last interview.
    pub from: Option<DateTime<Utc>>,
    pub to: Option<DateTime<Utc>>,
    pub interviewers: usize,
    pub cards: usize,
    pub interviews: usize,
    /// Of these, scored by two or more: all that statistics of agreement rest on.
    pub shared_interviews: usize,
    /// What to know before any number is believed, as sentences.
    pub cautions: Vec<String>,
}

/// Block one: how often the same number, and how far above chance.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Agreement {
    #[schema(value_type = String)]
    pub tier: Tier,
    /// Candidates that two scored in one area or more.
    pub shared_candidates: usize,
    /// Share of pairs of scores for the same candidate and area that are equal, raw.
    pub exact: Option<f64>,
    /// At most one point apart, raw.
    pub within_one: Option<f64>,
    pub pairs: Option<u64>,
    /// Krippendorff's alpha, ordinal, over all areas.
    pub alpha: Estimate,
    pub areas: Vec<AreaAgreement>,
    pub more: Vec<OtherCoefficient>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AreaAgreement {
    /// 1 to 5.
    pub area: u8,
    pub name: String,
    pub short_name: String,
    /// Ordinal.
    pub alpha: Estimate,
    /// How often each level from 1 to 5 was given.
    pub scores: Vec<u64>,
}

/// For who wants to know how much hangs on the choice of the coefficient.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OtherCoefficient {
    pub name: &'static str,
    pub value: Option<f64>,
    /// 95 %, by leaving out one candidate at a time.
    pub low: Option<f64>,
    pub high: Option<f64>,
    #[schema(value_type = Option<String>)]
    pub reason: Option<Reason>,
}

/// Block two: how much of a score is the candidate, and how many interviewers that takes.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Consistency {
    /// ICC(A,1) of the mean over areas: one interviewer.
    pub one: Estimate,
    /// ICC(A,k̂): the usual panel.
    pub panel: Estimate,
    /// k̂, the harmonic mean of the panel sizes.
    pub panel_size: Option<f64>,
    /// G(q,k): candidates who met different panels.
    pub different_panels: Estimate,
    #[schema(value_type = String)]
    pub shares_tier: Tier,
    /// Where the variance of single scores comes from; they sum to 1.
    pub shares: Vec<Share>,
    /// Φ for panels of 1 to 10, with 95 % limits.
    pub curve: Vec<CurvePoint>,
    pub needed: Option<Needed>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Share {
    pub name: &'static str,
    pub share: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct CurvePoint {
    pub interviewers: u32,
    pub phi: f64,
    pub low: f64,
    pub high: f64,
}

/// How many interviewers reach Φ = .8: a range, never one number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Needed {
    pub low: Option<u32>,
    /// Null: more than 50.
    pub high: Option<u32>,
}

/// Block three: severity. Positive is more lenient than colleagues on the same candidates.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SeverityStrip {
    /// Interviewers with a number, and of these who lie outside the quarter point that needs no action.
    pub shown: usize,
    pub outside: usize,
    /// Without a number, because they share too few candidates.
    pub hidden: usize,
    /// Without a number, because it would be the only one without a name.
    pub kept_back: usize,
    /// In an order that says nothing.
    pub dots: Vec<SeverityDot>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SeverityDot {
    pub value: f64,
    /// Without a name: as wide as the widest of those who share as many candidates, since the width would tell how many.
    pub low: f64,
    pub high: f64,
    #[schema(value_type = String)]
    pub tier: Tier,
    /// More than a quarter point from the team, and zero is not in the interval.
    pub outside: bool,
    /// The reader's own.
    pub own: bool,
    /// Of who shares it, and one's own.
    pub name: Option<String>,
    /// Without a name: 5 to 9, 10 to 19, or 20 or more.
    pub shared_candidates: RoughCount,
}

/// Block four: scorecards to talk about, two points apart or more.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TalkAbout {
    pub interview_id: InterviewId,
    pub candidate: String,
    pub starts_at: DateTime<Utc>,
    pub area: u8,
    pub area_name: String,
    pub low: u8,
    pub high: u8,
    /// The reader's own score, on their own page.
    pub own: Option<u8>,
}

/// A candidate's mean with what an average panel would have given. Beside the recorded score, never for it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AdjustedScore {
    pub interview_id: InterviewId,
    pub candidate: String,
    pub starts_at: DateTime<Utc>,
    pub raw: f64,
    pub adjusted: f64,
    pub low: f64,
    pub high: f64,
    /// For the panel's severity alone: positive where this panel is stricter than the team.
    pub panel: f64,
    pub cards: usize,
    #[schema(value_type = String)]
    pub tier: Tier,
}

/// Who met whose candidates: without it no number above exists.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Overlap {
    /// Everybody is linked to everybody through shared candidates.
    pub connected: bool,
    /// Pairs that never met the same candidate, by name.
    pub never_met: Vec<[PersonOfPanel; 2]>,
    /// Upcoming panels that mend it, the shortest list found.
    pub plan: Vec<Vec<PersonOfPanel>>,
}

/// The team's calibration in four blocks.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TeamCalibration {
    #[serde(flatten)]
    pub basis: Basis,
    pub agreement: Agreement,
    pub consistency: Consistency,
    pub severity: SeverityStrip,
    pub talk_about: Vec<TalkAbout>,
    /// Of panels in which everybody lets leads see their severity, or is the reader: a few panels tell the severity of
    /// everyone in them.
    pub adjusted: Vec<AdjustedScore>,
    /// Interviews with such a score that is not shown, since somebody of the panel shares no severity.
    pub adjusted_kept_back: usize,
    pub overlap: Overlap,
    pub pairs: PairAgreement,
    pub many_facets: ManyFacets,
}

//! What stands behind disclosures: pairs of interviewers, and the many-facet Rasch model. Nobody is named.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::statistics::gates::Tier;
use super::super::statistics::reason::Reason;
use super::own::OwnSeverity;
use super::team::{Estimate, RoughCount};
use crate::policy::InterviewId;

/// Who agrees with whom, where two interviewers share ten candidates or more. People are places in an order that says
/// nothing; none of them is named.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PairAgreement {
    /// So many interviewers have a pair with a number; their places count from 0.
    pub people: usize,
    /// The reader's own place.
    pub own: Option<usize>,
    pub pairs: Vec<PairOfPlaces>,
    /// Pairs that met and share fewer than ten candidates.
    pub too_few: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct PairOfPlaces {
    /// The lower place first.
    pub places: [usize; 2],
    /// Quadratic-weighted kappa over all areas. indicative: 10 to 19 shared candidates, reportable: 20 or more; the exact
    /// number would tell who they are.
    pub kappa: Estimate,
}

/// The many-facet Rasch model (rating scale): the same questions, with the steps of the scale as they were used.
/// Measures are in logits; positive is more lenient, as with severity.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ManyFacets {
    #[schema(value_type = String)]
    pub tier: Tier,
    /// Why there is no model, where there is none.
    #[schema(value_type = Option<String>)]
    pub reason: Option<Reason>,
    /// How many scores the interviewer has given who has given fewest.
    pub fewest: usize,
    /// Scores in the model.
    pub scores: Option<usize>,
    /// In an order that says nothing, and without somebody whom the strip of severity keeps back.
    pub raters: Vec<FacetOfRater>,
    /// Interviewers who gave only the lowest or only the highest scores: they have no measure.
    pub unmeasured: usize,
    pub areas: Vec<FacetOfArea>,
    /// Each interview beside what an average interviewer would have given, the newest first; of panels in which
    /// everybody lets leads see their severity, or is the reader.
    pub candidates: Vec<FacetOfCandidate>,
    /// Interviews that are not shown, since somebody of the panel shares no severity.
    pub candidates_kept_back: usize,
}

/// A measure with 95 % limits, and how well the scores fit the model.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct FacetMeasure {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// Mean squares of what the model did not expect: 1 is expected, less is more even, more is more scattered.
    pub infit: f64,
    pub outfit: f64,
    /// Where about 95 % of infits lie by chance alone, for so many scores.
    pub chance_low: f64,
    pub chance_high: f64,
    pub scores: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct FacetOfRater {
    pub value: f64,
    /// Of another than the reader: as wide as the widest with as many scores, since the width would tell how many.
    pub low: f64,
    pub high: f64,
    pub infit: f64,
    pub outfit: f64,
    /// Of another than the reader: for the fewest scores of the class.
    pub chance_low: f64,
    pub chance_high: f64,
    /// Of another than the reader: 30 to 49, or 50 or more.
    pub scores: RoughCount,
    /// The reader's own.
    pub own: bool,
}

/// Positive: higher scores are given in this area.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FacetOfArea {
    pub area: u8,
    pub name: String,
    pub short_name: String,
    #[serde(flatten)]
    pub measure: FacetMeasure,
}

/// Beside the recorded score, never for it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FacetOfCandidate {
    pub interview_id: InterviewId,
    pub candidate: String,
    pub starts_at: DateTime<Utc>,
    /// The mean of all scores.
    pub average: f64,
    /// What is to be expected of an average interviewer in an average area, with 95 % limits.
    pub fair: f64,
    pub low: f64,
    pub high: f64,
}

/// One's own measure in the many-facet Rasch model.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct OwnFacet {
    #[schema(value_type = String)]
    pub tier: Tier,
    #[schema(value_type = Option<String>)]
    pub reason: Option<Reason>,
    /// How many scores the interviewer has given who has given fewest.
    pub fewest: usize,
    pub measure: Option<FacetMeasure>,
}

/// One's own severity in one area.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OwnAreaSeverity {
    pub area: u8,
    pub name: String,
    pub short_name: String,
    #[serde(flatten)]
    pub severity: OwnSeverity,
}

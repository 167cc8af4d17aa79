//! What each interviewer is told of themselves, and nobody else is.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::statistics::gates::Tier;
use super::detail::{OwnAreaSeverity, OwnFacet};
use super::team::{Basis, TalkAbout};

/// One's own severity: how far from colleagues on the same candidates. Not an error: the colleagues may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct OwnSeverity {
    #[schema(value_type = String)]
    pub tier: Tier,
    /// Points; positive is more lenient. Null where the gate hides it.
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub shared_candidates: usize,
    pub colleagues: usize,
}

/// How one uses the scale, beside colleagues on the same candidates. Hypotheses, not faults.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OwnStyle {
    #[schema(value_type = String)]
    pub tier: Tier,
    pub candidates: usize,
    /// How often one gave 1 to 5, and how often colleagues did for the same candidates.
    pub own_scores: Vec<u64>,
    pub colleagues_scores: Vec<u64>,
    /// Own spread over colleagues' spread.
    pub spread_ratio: Option<StyleFigure>,
    /// Share of 3, less the colleagues' share.
    pub middle_excess: Option<StyleFigure>,
    /// How far one's areas go together, and the colleagues' on the same candidates.
    pub areas_together: Option<StyleFigure>,
    pub areas_together_of_colleagues: Option<StyleFigure>,
}

/// A figure of style with its 95 % interval, by leaving out one candidate at a time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct StyleFigure {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// What it rests on.
    pub candidates: usize,
}

/// Whether one's level moved relative to colleagues.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct OwnDrift {
    #[schema(value_type = String)]
    pub tier: Tier,
    /// Scorecards with a colleague's beside them.
    pub scorecards: usize,
    /// Since when; null where nothing moved, or it is hidden.
    pub moved_since: Option<DateTime<Utc>>,
    /// Up or down, in points, since then.
    pub by: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OwnCalibration {
    #[serde(flatten)]
    pub basis: Basis,
    /// One's own cards among them.
    pub own_cards: usize,
    pub severity: OwnSeverity,
    /// The same for each area: so many comparisons that one may lie apart by chance.
    pub areas: Vec<OwnAreaSeverity>,
    pub many_facets: OwnFacet,
    /// Leads see one's name at one's dot.
    pub shared_since: Option<DateTime<Utc>>,
    pub style: OwnStyle,
    pub drift: OwnDrift,
    /// Where one was two points or more from a colleague.
    pub talk_about: Vec<TalkAbout>,
}

//! What somebody learns once their scores are in.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::file::Mark;

/// One's own scores beside the reference.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Feedback {
    /// Five, in order.
    pub areas: Vec<AreaFeedback>,
    /// Over the areas that are scored, of this interview alone.
    pub distance: Option<DistanceView>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaFeedback {
    pub area: u8,
    pub own: u8,
    pub reference: u8,
    /// Own less reference: above 0 is more lenient. None where the area is not scored.
    pub difference: Option<i8>,
    /// The scores that can be defended.
    pub acceptable: Vec<u8>,
    /// The experts lay too far apart: it is talked about, never scored.
    pub contested: bool,
    pub reason: String,
    pub evidence: Vec<Mark>,
    /// What each expert gave before they talked.
    pub experts: Vec<ExpertOfArea>,
}

/// What one expert gave an area, before anybody talked.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExpertOfArea {
    pub name: String,
    pub value: u8,
    pub reason: String,
}

/// How far scores lie from the reference.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DistanceView {
    /// Interviews they are of.
    pub interviews: usize,
    /// Scores that were compared.
    pub scores: usize,
    /// Mean of own less reference; above 0 is more lenient.
    pub bias: f64,
    /// Mean distance, in either direction.
    pub mean_distance: f64,
    /// Share that is the reference's, 0 to 1; null below four interviews.
    pub exact: Option<f64>,
    /// Share within one of the reference's, 0 to 1; null below four interviews.
    pub within_one: Option<f64>,
}

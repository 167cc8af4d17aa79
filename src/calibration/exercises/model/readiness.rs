//! Whether somebody is ready to score on their own, by the table of criteria; and what an exercise changed.

use serde::Serialize;
use utoipa::ToSchema;

use super::feedback::DistanceView;
use crate::text_enum;

text_enum! {
    /// What is looked at: the share within one point of the reference, the share that is the reference's, the mean
    /// distance in points, the mean difference in points, and whether candidates are told apart as the experts do.
    Criterion {
        WithinOne = "within_one",
        Exact = "exact",
        MeanDistance = "mean_distance",
        Bias = "bias",
        DifferentialAccuracy = "differential_accuracy",
    }
}

text_enum! {
    /// Ready, worth talking about, to be repeated; or not enough was scored to say.
    ReadinessVerdict { Ready = "ready", Talk = "talk", Repeat = "repeat", NotEnough = "not_enough" }
}

/// One's own, for oneself alone.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReadinessView {
    pub verdict: ReadinessVerdict,
    /// Gold interviews; of one that was scored twice the later.
    pub interviews: usize,
    /// Areas that were compared; contested ones are not.
    pub scores: usize,
    pub lines: Vec<ReadinessLine>,
    pub areas: Vec<ReadinessArea>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReadinessLine {
    pub criterion: Criterion,
    pub value: Option<f64>,
    /// 95 percent, over interviews; none for three or fewer, and of the bias alone.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// `not_enough` while the whole is.
    pub verdict: ReadinessVerdict,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReadinessArea {
    pub area: u8,
    pub scores: usize,
    pub bias: f64,
    pub mean_distance: f64,
}

/// How many of a team are where. Of at least three people, and without a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct TeamReadiness {
    pub people: usize,
    pub ready: usize,
    pub talk: usize,
    pub repeat: usize,
    pub not_enough: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Readiness {
    /// None before the first interview is scored.
    pub own: Option<ReadinessView>,
    /// For who leads exercises, once three people have scored.
    pub team: Option<TeamReadiness>,
}

/// One's own result of an exercise.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct ExerciseResult {
    pub first: Option<DistanceView>,
    /// Of what was held back.
    pub second: Option<DistanceView>,
    /// Interviews it takes on each side before a change is told.
    pub needed: usize,
    /// After less before; empty until there are enough on both sides.
    pub changes: Vec<ChangeView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ChangeOfExercise)]
pub struct ChangeView {
    pub criterion: Criterion,
    pub before: f64,
    pub after: f64,
    pub change: f64,
    /// 95 percent; none where nothing varies.
    pub low: Option<f64>,
    pub high: Option<f64>,
}

//! Why a number is not defined, and what to know about one that is.

use serde::Serialize;

/// Why a statistic has no value. Where several apply, the first of this list is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    NoRatings,
    SingleRater,
    /// No unit has two ratings.
    NoOverlap,
    TooFewUnits,
    /// The raters fall into groups that share no candidate.
    Disconnected,
    /// No expected disagreement.
    ConstantRatings,
    ZeroVariance,
    IncompleteDesign,
    TargetNotReachable,
    NotConverged,
    NotEstimable,
    UnobservedCategory,
    /// An element has only minimum or only maximum scores.
    ExtremeScore,
}

/// A warning that goes with a defined value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    Disconnected,
    ConstantRatings,
}

/// Why a whole input is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    EmptyId,
    ScoreOutOfRange,
    ScoreNotOnScale,
    DuplicateRating,
    /// The scale has fewer than two levels, more than 255, or levels that do not rise.
    InvalidScale,
}

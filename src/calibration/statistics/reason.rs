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

impl Reason {
    /// For people, as the end of a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Reason::NoRatings => "nothing was scored",
            Reason::SingleRater => "only one person scored",
            Reason::NoOverlap => "nothing was scored by two",
            Reason::TooFewUnits => "too little was scored by two",
            Reason::Disconnected => "those who scored fall into groups that share nothing",
            Reason::ConstantRatings => "everybody gave the same score: no variation to agree about",
            Reason::ZeroVariance => "the scores do not vary",
            Reason::IncompleteDesign => "not everybody scored everything",
            Reason::TargetNotReachable => "it cannot be reached",
            Reason::NotConverged | Reason::NotEstimable => "the scores are too alike, or too few, to estimate it",
            Reason::UnobservedCategory => "a level between others was never given",
            Reason::ExtremeScore => "only lowest or only highest scores were given",
        }
    }
}

/// Why there is no interval, and so no number, although enough was scored by two.
pub const NEARLY_CONSTANT: &str = "nearly everybody gave the same score: little variation to agree about";

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
    /// More than 65,535.
    TooManyAreas,
    /// The scale has fewer than two levels, more than 255, or levels that do not rise.
    InvalidScale,
}

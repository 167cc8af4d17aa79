//! How one sees oneself: the percentages one says against what came out, and one's own scores against interviewers'.

use serde::Serialize;
use utoipa::ToSchema;

use super::Estimate;
use crate::text_enum;

/// Fewer percentages say nothing.
pub const LEAST_SAID: i64 = 10;

/// What came of "would I pass this question?". An answer passed when its own score on the area is at least what the
/// level asks for, and at least half of the points to listen for were found in it afterwards. Answers that were not
/// compared are left out.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeHonesty)]
pub struct Honesty {
    /// Scored and compared.
    pub answers: i64,
    /// How many of them passed.
    pub passed: i64,
    /// From ten answers on.
    pub found: Option<HonestyFound>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = PracticeHonestyFound)]
pub struct HonestyFound {
    /// What one said on average, and the share that passed, both in percent.
    pub said: f64,
    pub passed: f64,
    /// The first less the second, in points, with its 95 % interval.
    pub gap: Estimate,
    /// The mean squared distance of what was said from what came out: 0 is best.
    pub brier: f64,
    /// The same for somebody who always says the share that passed.
    pub baseline: f64,
    /// The first less the second, over the same answers, with its 95 % interval: below zero the percentages say more than
    /// that share alone.
    pub brier_difference: Estimate,
    pub brier_verdict: BrierVerdict,
    pub verdict: HonestyVerdict,
    /// By what was said; bands without an answer are left out.
    pub bands: Vec<HonestyBand>,
}

/// Answers of which one said about the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PracticeHonestyBand)]
pub struct HonestyBand {
    /// In percent, both inclusive.
    pub from: u8,
    pub to: u8,
    pub answers: i64,
    pub passed: i64,
}

text_enum! {
    /// What the percentages say, by the interval of the gap.
    HonestyVerdict {
        TooSure = "too_sure",
        TooCautious = "too_cautious",
        /// The interval holds zero.
        NoDifference = "no_difference",
    }
}

text_enum! {
    /// What the Brier score says beside its baseline, by the interval of their difference.
    BrierVerdict {
        /// The percentages say more than the share that passed.
        SaysMore = "says_more",
        SaysLess = "says_less",
        /// The interval holds zero.
        NoDifference = "no_difference",
    }
}

/// One's own scores against those of interviewers, from reports of this team that were released and show their averages.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeSelfGap)]
pub struct SelfGap {
    /// Interviews that both sides scored.
    pub interviews: usize,
    /// All areas together, each interview counted once; from three interviews on.
    pub all: Option<Estimate>,
    /// Those that both sides scored.
    pub areas: Vec<AreaGap>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PracticeAreaGap)]
pub struct AreaGap {
    pub area: u8,
    pub name: String,
    pub interviews: usize,
    /// Means of both sides with their 95 % intervals, from three interviews on.
    pub own: Option<Estimate>,
    pub given: Option<Estimate>,
    /// The first less the second with its 95 % interval, from three interviews on: above zero one sees oneself higher.
    pub gap: Option<Estimate>,
    /// Why there is no number; null where there is one.
    pub reason: Option<String>,
}

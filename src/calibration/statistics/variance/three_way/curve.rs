//! How dependable a score is with 1, 2, 3 ... raters, and how many are enough: always with a range.

use super::super::super::reason::Reason;
use super::super::super::request::{AreasAre, Coefficient};
use super::super::draws::{DRAWS, middle};
use super::components::Components;
use super::decision::{decision, raters_needed};
use super::estimate::Estimate;

/// phi with n raters, and the middle part of its draws. No limits where there is no uncertainty to draw from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    pub raters: u32,
    pub phi: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// A number of raters, or more than were allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Enough {
    With(u32),
    MoreThan(u32),
}

/// The raters needed. `low` and `high` are the ends of the middle part of what the draws need.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Needed {
    pub value: Enough,
    pub low: Option<Enough>,
    pub high: Option<Enough>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    pub points: Vec<CurvePoint>,
    pub needed: Needed,
}

/// What is asked of a curve. The areas are fixed: these, and not others of their kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ask {
    /// phi from 1 to this many raters.
    pub longest: u32,
    /// The phi that is enough.
    pub target: f64,
    /// More raters than this are not counted.
    pub cap: u32,
    /// The part of the draws within the limits.
    pub level: f64,
}

impl Default for Ask {
    fn default() -> Self {
        Ask { longest: 10, target: 0.8, cap: 50, level: 0.95 }
    }
}

/// The uncertainty of the components is carried through by draws: see [`Estimate::draws`]. With fixed areas phi of n
/// raters follows from phi of one ([`spearman_brown`]) and rises with it, so the middle part of the draws of phi of one
/// gives the limits everywhere.
pub fn curve(estimate: &Estimate, ask: &Ask) -> Result<Curve, Reason> {
    if !(ask.level > 0.0 && ask.level < 1.0) {
        return Err(Reason::NotEstimable);
    }
    let phi = |parts: &Components, raters| decision(parts, estimate.areas, raters, AreasAre::Fixed).map(|found| found.phi);
    let mut drawn = Vec::with_capacity(DRAWS);
    let limits = estimate.draws(|parts| drawn.extend(phi(parts, 1))).and_then(|()| middle(drawn, ask.level));
    let point = |raters| {
        let at = |one| spearman_brown(one, raters);
        let phi = phi(&estimate.components, raters)?;
        Ok(CurvePoint { raters, phi, low: limits.map(|(low, _)| at(low)), high: limits.map(|(_, high)| at(high)) })
    };
    let value = match raters_needed(&estimate.components, estimate.areas, AreasAre::Fixed, Coefficient::Phi, ask.target, ask.cap) {
        Ok(raters) => Enough::With(raters),
        Err(Reason::TargetNotReachable) => Enough::MoreThan(ask.cap),
        Err(reason) => return Err(reason),
    };
    let enough = |one| (1..=ask.cap).find(|raters| spearman_brown(one, *raters) >= ask.target);
    let enough = |one| enough(one).map_or(Enough::MoreThan(ask.cap), Enough::With);
    // The more dependable one rater is, the fewer are needed.
    let needed = Needed { value, low: limits.map(|(_, high)| enough(high)), high: limits.map(|(low, _)| enough(low)) };
    Ok(Curve { points: (1..=ask.longest).map(point).collect::<Result<_, Reason>>()?, needed })
}

/// The dependability of the mean of n raters from that of one: n phi / (1 + (n - 1) phi) (Spearman 1910, Brown 1910).
fn spearman_brown(one: f64, raters: u32) -> f64 {
    let n = f64::from(raters);
    n * one / (1.0 + (n - 1.0) * one)
}

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

/// What is asked of a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ask {
    pub areas: AreasAre,
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
        Ask { areas: AreasAre::Fixed, longest: 10, target: 0.8, cap: 50, level: 0.95 }
    }
}

/// The uncertainty of the components is carried through by draws: see [`Estimate::draws`]. Each draw has its own curve
/// and its own number of raters; limits are percentiles over the draws, point by point.
pub fn curve(estimate: &Estimate, ask: &Ask) -> Result<Curve, Reason> {
    if !(ask.level > 0.0 && ask.level < 1.0) {
        return Err(Reason::NotEstimable);
    }
    let enough = |parts: &Components| match raters_needed(parts, estimate.areas, ask.areas, Coefficient::Phi, ask.target, ask.cap) {
        Ok(raters) => Ok(Enough::With(raters)),
        Err(Reason::TargetNotReachable) => Ok(Enough::MoreThan(ask.cap)),
        Err(reason) => Err(reason),
    };
    let value = enough(&estimate.components)?;
    let mut drawn: Vec<Vec<f64>> = (0..ask.longest).map(|_| Vec::with_capacity(DRAWS)).collect();
    let mut numbers = Vec::with_capacity(DRAWS);
    let carried = estimate.draws(|parts| {
        for (raters, values) in (1..).zip(drawn.iter_mut()) {
            values.extend(decision(parts, estimate.areas, raters, ask.areas).map(|found| found.phi));
        }
        numbers.extend(enough(parts));
    });
    let mut points = Vec::new();
    for (raters, values) in (1..).zip(drawn) {
        let phi = decision(&estimate.components, estimate.areas, raters, ask.areas)?.phi;
        let limits = carried.and_then(|()| middle(values, ask.level));
        points.push(CurvePoint { raters, phi, low: limits.map(|limits| limits.0), high: limits.map(|limits| limits.1) });
    }
    numbers.sort_unstable();
    let last = numbers.len().saturating_sub(1) as f64;
    let tail = (1.0 - ask.level) / 2.0;
    let (low, high) = ((tail * last).floor() as usize, ((1.0 - tail) * last).ceil() as usize);
    let needed = Needed { value, low: numbers.get(low).copied(), high: numbers.get(high).copied() };
    Ok(Curve { points, needed })
}

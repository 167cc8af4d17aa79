//! How dependable a decision is with n raters (Brennan 2001).

use super::super::super::reason::Reason;
use super::super::super::request::{AreasAre, Coefficient};
use super::components::Components;

/// Of the mean over n raters and the areas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// For ranking subjects that met the same raters.
    pub g: f64,
    /// For scores by themselves, or of subjects that met different raters.
    pub phi: f64,
    /// Standard error of a score, in points.
    pub sem_abs: f64,
}

impl Decision {
    pub fn coefficient(&self, which: Coefficient) -> f64 {
        match which {
            Coefficient::G => self.g,
            Coefficient::Phi => self.phi,
        }
    }
}

/// With clamped components. Fixed areas: tau = p + pa / a, rel = pr / n + pra / (n a), abs = rel + r / n + ra / (n a).
/// Random areas: tau = p, rel = pr / n + pa / a + pra / (n a), abs = rel + r / n + a / a + ra / (n a). g = tau / (tau + rel),
/// phi = tau / (tau + abs), sem_abs = sqrt(abs). `not_estimable` for no raters or areas, `zero_variance` for 0 / 0.
pub fn decision(parts: &Components, areas: f64, raters: u32, are: AreasAre) -> Result<Decision, Reason> {
    let parts = parts.clamped();
    if raters == 0 || areas < 1.0 {
        return Err(Reason::NotEstimable);
    }
    let n = f64::from(raters);
    let shared = parts.r / n + parts.ra / (n * areas);
    let own = parts.pr / n + parts.pra / (n * areas);
    let (tau, rel, abs) = match are {
        AreasAre::Fixed => (parts.p + parts.pa / areas, own, own + shared),
        AreasAre::Random => {
            let rel = own + parts.pa / areas;
            (parts.p, rel, rel + shared + parts.a / areas)
        }
    };
    let share = |error: f64| if tau + error > 0.0 { Ok(tau / (tau + error)) } else { Err(Reason::ZeroVariance) };
    Ok(Decision { g: share(rel)?, phi: share(abs)?, sem_abs: abs.sqrt() })
}

/// The smallest number of raters, at most `cap`, with a coefficient of at least the target.
/// `target_not_reachable` where there is none.
pub fn raters_needed(
    parts: &Components,
    areas: f64,
    are: AreasAre,
    coefficient: Coefficient,
    target: f64,
    cap: u32,
) -> Result<u32, Reason> {
    // The coefficient never falls with more raters, so the place is found by halving.
    let reached = |raters: u32| decision(parts, areas, raters, are).map(|found| found.coefficient(coefficient) >= target);
    if cap == 0 || !reached(cap)? {
        return Err(Reason::TargetNotReachable);
    }
    let (mut below, mut enough) = (0, cap);
    while enough - below > 1 {
        let middle = below + (enough - below) / 2;
        if reached(middle)? { enough = middle } else { below = middle }
    }
    Ok(enough)
}

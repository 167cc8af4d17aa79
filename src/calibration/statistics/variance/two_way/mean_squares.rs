//! Mean squares and components of a complete unit × rater table.

use super::super::super::reason::Reason;
use super::super::team::Team;

/// What is less than this part of the whole sum of squares is rounding.
const ROUNDING: f64 = 1e-20;

/// Mean squares of n units by k raters, in squared points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanSquares {
    pub n: f64,
    pub k: f64,
    /// Between units, n - 1 degrees of freedom.
    pub units: f64,
    /// Within units, n(k - 1).
    pub within: f64,
    /// Between raters, k - 1.
    pub raters: f64,
    /// What unit and rater leave, (n - 1)(k - 1).
    pub residual: f64,
}

/// Components of variance in squared points. By mean squares they may be negative.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Components {
    pub subject: f64,
    pub rater: f64,
    pub residual: f64,
}

/// `too_few_units`, `zero_variance` or `incomplete_design` where there are none.
pub fn mean_squares(team: &Team) -> Result<MeanSquares, Reason> {
    if team.subjects() < 2 {
        return Err(Reason::TooFewUnits);
    }
    if team.is_constant() {
        return Err(Reason::ZeroVariance);
    }
    if !team.is_complete() {
        return Err(Reason::IncompleteDesign);
    }
    let (n, k) = (team.unit_count() as f64, team.raters().len() as f64);
    let mut by_rater = vec![0.0; team.raters().len()];
    for seat in team.seats() {
        if let Some(sum) = by_rater.get_mut(seat.rater) {
            *sum += (seat.value - team.mean()) / n;
        }
    }
    let (mut whole, mut units, mut within, mut residual) = (0.0, 0.0, 0.0, 0.0);
    for unit in team.units() {
        let own = unit.seats.iter().map(|seat| seat.value - team.mean()).sum::<f64>() / k;
        units += k * own * own;
        for seat in unit.seats {
            let apart = seat.value - team.mean() - own;
            let rest = apart - by_rater.get(seat.rater).copied().unwrap_or_default();
            whole += (apart + own).powi(2);
            within += apart * apart;
            residual += rest * rest;
        }
    }
    let raters = n * by_rater.iter().map(|mean| mean * mean).sum::<f64>();
    let mean = |squares: f64, df: f64| if squares <= ROUNDING * whole { 0.0 } else { squares / df };
    Ok(MeanSquares {
        n,
        k,
        units: mean(units, n - 1.0),
        within: mean(within, n * (k - 1.0)),
        raters: mean(raters, k - 1.0),
        residual: mean(residual, (n - 1.0) * (k - 1.0)),
    })
}

impl MeanSquares {
    /// Components that make the expected mean squares equal to the observed ones; not clamped.
    pub fn components(&self) -> Components {
        Components {
            subject: (self.units - self.residual) / self.k,
            rater: (self.raters - self.residual) / self.n,
            residual: self.residual,
        }
    }
}

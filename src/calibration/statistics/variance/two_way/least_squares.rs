//! Severity and fair scores by least squares: score = unit + rater, the raters' effects summing to zero.

use nalgebra::{Cholesky, DMatrix, DVector};

use super::super::super::reason::Reason;
use super::super::team::{Team, Unit};
use super::panels::Panels;

/// A least squares fit. Effects are in points; a rater's positive effect is leniency.
#[derive(Debug, Clone)]
pub struct LeastSquares {
    /// By the rater's place in the team; they sum to zero.
    pub raters: DVector<f64>,
    /// The generalised inverse of the raters' normal equations: times `variance` the covariance of the effects.
    pub inverse: DMatrix<f64>,
    /// Sum of squares of what the fit leaves.
    pub rest: f64,
    /// Values less units less raters plus one.
    pub df: f64,
    /// rest / df; none without degrees of freedom.
    pub variance: Option<f64>,
    centre: f64,
}

/// An estimate in points, with its standard error where there are degrees of freedom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    pub value: f64,
    pub se: Option<f64>,
}

/// Solves the raters' equations after the units are eliminated; only a rater × rater system remains. `disconnected`
/// where the units do not link all raters.
pub fn least_squares(team: &Team) -> Result<LeastSquares, Reason> {
    if !team.is_connected() {
        return Err(Reason::Disconnected);
    }
    solve(team, &Panels::of(team)).ok_or(Reason::Disconnected)
}

/// None where the equations have no solution, which a connected team excludes.
pub fn solve(team: &Team, panels: &Panels) -> Option<LeastSquares> {
    let size = panels.raters;
    let mut normal = DMatrix::from_diagonal(&panels.counts);
    let mut right = panels.sums.clone();
    for panel in &panels.sizes {
        normal -= &panel.together / panel.size;
        right -= &panel.totals / panel.size;
    }
    // The equations leave the raters' level free; this addition sets their sum to zero.
    let level = normal.trace() / size as f64;
    let ones = DMatrix::from_element(size, size, level / size as f64);
    let inverse = Cholesky::new(normal + ones)?.inverse().add_scalar(-1.0 / (level * size as f64));
    let raters = &inverse * right;
    let raters = raters.add_scalar(-raters.mean());
    let mut rest = 0.0;
    for unit in team.units() {
        let own = unit_effect(&unit, &raters);
        rest += unit.seats.iter().map(|seat| (seat.value - own - raters[seat.rater]).powi(2)).sum::<f64>();
    }
    if rest <= 1e-20 * panels.squares {
        rest = 0.0;
    }
    let df = panels.n - panels.units - size as f64 + 1.0;
    let variance = (df > 0.0).then(|| rest / df);
    Some(LeastSquares { raters, inverse, rest, df, variance, centre: panels.centre })
}

fn unit_effect(unit: &Unit, raters: &DVector<f64>) -> f64 {
    unit.seats.iter().map(|seat| seat.value - raters[seat.rater]).sum::<f64>() / unit.seats.len() as f64
}

impl LeastSquares {
    /// A rater by its place in the team.
    pub fn rater(&self, place: usize) -> Option<Estimate> {
        let value = *self.raters.get(place)?;
        let se = self.variance.map(|variance| (variance * self.inverse[(place, place)]).max(0.0).sqrt());
        Some(Estimate { value, se })
    }

    /// What an average rater of the team would give the units; of several units of one subject the mean.
    pub fn fair(&self, units: &[Unit]) -> Option<Estimate> {
        if units.is_empty() {
            return None;
        }
        let count = units.len() as f64;
        let value = units.iter().map(|unit| unit_effect(unit, &self.raters) - self.centre).sum::<f64>() / count;
        // Own error of the units, and the error of the raters' effects that all of them share.
        let mut weights = DVector::zeros(self.raters.len());
        let mut own = 0.0;
        for unit in units {
            let size = unit.seats.len() as f64;
            own += 1.0 / size;
            for seat in unit.seats {
                weights[seat.rater] += 1.0 / (size * count);
            }
        }
        let scale = own / (count * count) + weights.dot(&(&self.inverse * &weights));
        let se = self.variance.map(|variance| (variance * scale).max(0.0).sqrt());
        Some(Estimate { value: value + self.centre, se })
    }
}

//! Components of the two-way model by restricted maximum likelihood (Patterson & Thompson 1971), all effects random.

use nalgebra::DMatrix;

use super::super::super::reason::Reason;
use super::super::draws;
use super::super::optimum::{CEILING, Surface, lowest};
use super::super::team::Team;
use super::least_squares::{LeastSquares, solve};
use super::likelihood::Point;
use super::mean_squares::Components;
use super::panels::Panels;

/// The fitted model. Components are never negative; they are not all zero.
pub struct Fit {
    /// The mean by generalised least squares, in points.
    pub mu: f64,
    /// In squared points.
    pub components: Components,
    pub solution: Solution,
    panels: Panels,
}

/// Where the maximum lies.
pub enum Solution {
    /// A positive residual variance.
    Inside(Box<Point>),
    /// Unit and rater explain every value, so the residual variance is zero and the likelihood has no bound. This is
    /// the limit: the effects are known up to their level, and their variances are those of the effects.
    Exact(Box<LeastSquares>),
}

/// `zero_variance` where all values are the same, `not_converged` where no maximum was found.
pub fn fit(team: &Team) -> Result<Fit, Reason> {
    if team.is_constant() {
        return Err(Reason::ZeroVariance);
    }
    let panels = Panels::of(team);
    let ls = if team.is_connected() { solve(team, &panels) } else { None };
    if let Some(ls) = &ls
        && ls.rest == 0.0
        && ls.df > 0.0
    {
        return exact(team, panels, ls.clone());
    }
    let optimum = lowest(&panels, &starts(&panels)).filter(|optimum| optimum.settled).ok_or(Reason::NotConverged)?;
    let [unit, rater] = optimum.ratios[..] else { return Err(Reason::NotConverged) };
    let boundless = unit.max(rater) > 0.99 * CEILING;
    if let (Some(ls), true) = (ls, boundless) {
        return exact(team, panels, ls);
    }
    let point = panels.point(unit, rater).ok_or(Reason::NotConverged)?;
    let residual = point.rest / (panels.n - 1.0);
    let components = Components { subject: unit * residual, rater: rater * residual, residual: if boundless { 0.0 } else { residual } };
    Ok(Fit { mu: panels.centre + point.beta, components, solution: Solution::Inside(Box::new(point)), panels })
}

fn exact(team: &Team, panels: Panels, ls: LeastSquares) -> Result<Fit, Reason> {
    let effects: Vec<f64> = team.units().filter_map(|unit| ls.fair(&[unit])).map(|effect| effect.value).collect();
    let raters: Vec<f64> = ls.raters.iter().copied().collect();
    let components = Components { subject: variance(&effects), rater: variance(&raters), residual: 0.0 };
    let mu = effects.iter().sum::<f64>() / effects.len() as f64;
    Ok(Fit { mu, components, solution: Solution::Exact(Box::new(ls)), panels })
}

fn variance(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
    let size = values.iter().map(|value| value * value).sum::<f64>();
    if n < 2.0 || squares <= 1e-24 * size { 0.0 } else { squares / (n - 1.0) }
}

/// The best points of a coarse grid. The criterion may have more than one minimum.
fn starts(panels: &Panels) -> Vec<Vec<f64>> {
    let steps: &[f64] = if panels.raters <= 100 { &[0.0, 0.1, 1.0, 10.0, 1000.0] } else { &[0.0, 0.3, 3.0] };
    let mut grid: Vec<(f64, Vec<f64>)> = Vec::new();
    for unit in steps {
        for rater in steps {
            let ratios = vec![*unit, *rater];
            grid.extend(panels.value(&ratios).map(|value| (value, ratios)));
        }
    }
    grid.sort_by(|a, b| a.0.total_cmp(&b.0));
    let best = grid.into_iter().take(2).map(|(_, ratios)| ratios);
    best.chain([vec![1.0, 0.1]]).collect()
}

impl Fit {
    /// Covariance of the estimated (subject, rater, residual): the inverse of the expected REML information; with a
    /// residual of zero that of two sample variances.
    pub fn covariance(&self) -> Option<DMatrix<f64>> {
        let Components { subject, rater, residual } = self.components;
        if let Solution::Inside(point) = &self.solution
            && residual > 0.0
        {
            return Some(draws::covariance(&self.panels.information(point))? * (residual * residual));
        }
        let of = |component: f64, n: f64| 2.0 * component * component / (n - 1.0).max(1.0);
        let parts = [of(subject, self.panels.units), of(rater, self.panels.raters as f64), 0.0];
        Some(DMatrix::from_diagonal(&nalgebra::DVector::from_row_slice(&parts)))
    }

    pub fn unit_count(&self) -> f64 {
        self.panels.units
    }

    /// The residual variance where it is inside, for scaling.
    pub fn scale(&self) -> f64 {
        match &self.solution {
            Solution::Inside(point) => point.rest / (self.panels.n - 1.0),
            Solution::Exact(_) => 0.0,
        }
    }
}

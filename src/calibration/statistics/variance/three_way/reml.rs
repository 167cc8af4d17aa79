//! Components of the three-way model by restricted maximum likelihood; cells may be missing.

use nalgebra::DMatrix;

use super::super::super::reason::Reason;
use super::super::draws;
use super::super::optimum::{CEILING, lowest};
use super::blocks::Blocks;
use super::components::Components;
use super::mean_squares::mean_squares;
use super::study::Study;

/// Raters, areas and their pairs beyond which the dense algebra would take too long to wait for.
const MOST_SHARED: usize = 700;

#[derive(Debug, Clone, PartialEq)]
pub struct Reml {
    /// Never negative.
    pub components: Components,
    /// Covariance of the estimates: inverse of the expected information. None where the residual is zero.
    pub covariance: Option<DMatrix<f64>>,
}

/// `not_converged` also where an effect has no level with two values and cannot be told from the residual.
pub fn reml(study: &Study) -> Result<Reml, Reason> {
    if !study.is_separable() {
        return Err(Reason::NotConverged);
    }
    let by_squares = mean_squares(study).ok().map(|squares| squares.components());
    // A complete study whose mean squares give no negative component has these as its maximum; without a residual
    // the likelihood has no bound and they are its limit.
    if let Some(parts) = by_squares
        && parts.pra == 0.0
        && parts.list().iter().all(|part| *part >= 0.0)
    {
        return Ok(Reml { components: parts, covariance: None });
    }
    let blocks = Blocks::of(study);
    if blocks.width > MOST_SHARED {
        return Err(Reason::NotConverged);
    }
    let mut starts = vec![vec![1.0, 0.1, 0.1, 0.2, 0.5, 0.1], vec![0.1; 6], vec![3.0; 6]];
    if let Some(parts) = by_squares.filter(|parts| parts.pra > 0.0) {
        let near = parts.clamped().list().map(|part| (part / parts.pra).max(1e-3));
        starts.truncate(1);
        starts.push(near.into_iter().take(6).collect());
    }
    let optimum = lowest(&blocks, &starts).filter(|optimum| optimum.settled).ok_or(Reason::NotConverged)?;
    let point = blocks.point(&optimum.ratios).ok_or(Reason::NotConverged)?;
    let residual = point.rest / (blocks.n - 1.0);
    let boundless = optimum.ratios.iter().any(|ratio| *ratio > 0.99 * CEILING);
    let [p, r, a, pr, pa, ra] = optimum.ratios[..] else { return Err(Reason::NotConverged) };
    let parts = [p, r, a, pr, pa, ra].map(|ratio| ratio * residual);
    let [p, r, a, pr, pa, ra] = parts;
    let components = Components::from_list([p, r, a, pr, pa, ra, if boundless { 0.0 } else { residual }]);
    if components.list().iter().any(|part| !part.is_finite()) {
        return Err(Reason::NotConverged);
    }
    let covariance = if boundless {
        None
    } else {
        draws::covariance(&blocks.information(&point, &optimum.ratios)).map(|inverse| inverse * (residual * residual))
    };
    Ok(Reml { components, covariance })
}

//! Intervals of reliability from the uncertainty of the components.

use super::super::super::reason::Reason;
use super::super::super::request::RemlForm;
use super::super::draws;
use super::super::team::Team;
use super::coefficients::{Spread, coefficient};
use super::fit::Fit;
use super::mean_squares::Components;

/// The middle `level` of a coefficient over draws of the components from N(estimate, inverse expected REML
/// information), negative draws set to zero. The draws depend on the values alone.
pub fn interval(team: &Team, fit: &Fit, spread: Spread, form: RemlForm, level: f64) -> Result<(f64, f64), Reason> {
    if !(level > 0.0 && level < 1.0) {
        return Err(Reason::NotEstimable);
    }
    let Components { subject, rater, residual } = fit.components;
    let covariance = fit.covariance().ok_or(Reason::NotConverged)?;
    let mut values = Vec::with_capacity(draws::DRAWS);
    let drawn = draws::of_components(&[subject, rater, residual], &covariance, draws::seed(team), |parts| {
        if let [subject, rater, residual] = *parts {
            values.extend(coefficient(&Components { subject, rater, residual }, spread, form));
        }
    });
    drawn.and_then(|()| draws::middle(values, level)).ok_or(Reason::NotConverged)
}

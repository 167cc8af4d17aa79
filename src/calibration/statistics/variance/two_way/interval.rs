//! Intervals of reliability from the uncertainty of the components.

use super::super::super::reason::Reason;
use super::super::super::request::RemlForm;
use super::super::draws;
use super::super::team::Team;
use super::coefficients::{Spread, coefficient};
use super::fit::Fit;
use super::mean_squares::Components;

/// The lower and the upper limit.
pub type Limits = Result<(f64, f64), Reason>;

/// The middle `level` of coefficients over draws of the components from N(estimate, inverse expected REML information),
/// negative draws set to zero. The draws depend on the values alone, and are the same for all forms.
pub fn intervals<const N: usize>(team: &Team, fit: &Fit, spread: Spread, forms: [RemlForm; N], level: f64) -> [Limits; N] {
    let drawn = draw(team, fit, spread, forms, level);
    drawn.unwrap_or_else(|reason| forms.map(|_| Err(reason)))
}

fn draw<const N: usize>(team: &Team, fit: &Fit, spread: Spread, forms: [RemlForm; N], level: f64) -> Result<[Limits; N], Reason> {
    if !(level > 0.0 && level < 1.0) {
        return Err(Reason::NotEstimable);
    }
    let Components { subject, rater, residual } = fit.components;
    let covariance = fit.covariance().ok_or(Reason::NotConverged)?;
    let mut drawn = forms.map(|form| (form, Vec::with_capacity(draws::DRAWS)));
    draws::of_components([subject, rater, residual], &covariance, draws::seed(team), |[subject, rater, residual]| {
        for (form, values) in &mut drawn {
            values.extend(coefficient(&Components { subject, rater, residual }, spread, *form));
        }
    })
    .ok_or(Reason::NotConverged)?;
    Ok(drawn.map(|(_, values)| draws::middle(values, level).ok_or(Reason::NotConverged)))
}

/// The same of one.
pub fn interval(team: &Team, fit: &Fit, spread: Spread, form: RemlForm, level: f64) -> Limits {
    let [limits] = intervals(team, fit, spread, [form], level);
    limits
}

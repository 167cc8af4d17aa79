//! Severity as it is shown: shrunken, beside the team's mean, with what it rests on.

use super::super::super::quantile::normal;
use super::super::team::Team;
use super::effects::Effects;

/// A rater's severity in points; positive is lenient. It is a difference from colleagues and no error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Severity {
    /// The prediction less the mean of the team's predictions.
    pub value: f64,
    /// Standard error of that contrast. The conditional standard deviation is wider: it holds the uncertainty of the
    /// overall level, which a comparison with colleagues does not need.
    pub se: f64,
    pub low: f64,
    pub high: f64,
    /// Subjects that a colleague rated in the same unit.
    pub shared: usize,
    /// Colleagues on those.
    pub colleagues: usize,
}

/// By the rater's place in the team, with the 95% interval value +- 1.96 se. None for a place that is not there.
/// Where the component of raters is zero, value and interval are zero: the data show no differences between raters.
pub fn severity(team: &Team, effects: &Effects, place: usize) -> Option<Severity> {
    let contrast = effects.contrast(place)?;
    let width = normal(0.975)? * contrast.se;
    let mut met = vec![false; team.raters().len()];
    let (mut shared, mut last) = (0, None);
    for unit in team.units().filter(|unit| unit.seats.len() > 1) {
        if unit.seats.iter().all(|seat| seat.rater != place) {
            continue;
        }
        if last != Some(unit.subject) {
            shared += 1;
            last = Some(unit.subject);
        }
        for seat in unit.seats.iter().filter(|seat| seat.rater != place) {
            if let Some(met) = met.get_mut(seat.rater) {
                *met = true;
            }
        }
    }
    let colleagues = met.iter().filter(|met| **met).count();
    let (low, high) = (contrast.value - width, contrast.value + width);
    Some(Severity { value: contrast.value, se: contrast.se, low, high, shared, colleagues })
}

//! Reliability from components of variance, for panels of any make-up.

use super::super::super::reason::Reason;
use super::super::super::request::RemlForm;
use super::super::team::Team;
use super::mean_squares::Components;

/// How the raters are spread over the units (Putka, Le, McCloy & Diaz 2008).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Harmonic mean of the raters per unit.
    pub khat: f64,
    /// 1 / khat less the mean share of common raters of two units: 0 when everybody rates all, 1 / khat when no two
    /// units have a rater in common.
    pub q: f64,
}

/// With shares c / (k k') for two units of k and k' raters, c of them common; the sum over pairs of units is a sum
/// over raters of squares.
pub fn spread(team: &Team) -> Spread {
    let mut weights = vec![0.0; team.raters().len()];
    let mut own = 0.0;
    for unit in team.units() {
        let share = 1.0 / unit.seats.len() as f64;
        own += share;
        for seat in unit.seats {
            if let Some(weight) = weights.get_mut(seat.rater) {
                *weight += share;
            }
        }
    }
    let n = team.unit_count() as f64;
    let khat = n / own;
    let common = if n > 1.0 { (weights.iter().map(|w| w * w).sum::<f64>() - own) / (n * (n - 1.0)) } else { 0.0 };
    Spread { khat, q: (1.0 / khat - common).max(0.0) }
}

/// The share of the units in the variance of: one rating (A,1); one rating when all are rated by the same rater (C,1);
/// the mean of the usual panel (A,khat); the mean of panels that overlap as they do here, G(q,k). `zero_variance` where
/// nothing varies.
pub fn coefficient(parts: &Components, spread: Spread, form: RemlForm) -> Result<f64, Reason> {
    let Components { subject, rater, residual } = *parts;
    let error = match form {
        RemlForm::AgreementOne => rater + residual,
        RemlForm::ConsistencyOne => residual,
        RemlForm::AgreementPanel => (rater + residual) / spread.khat,
        RemlForm::Panels => spread.q * rater + residual / spread.khat,
    };
    let value = subject / (subject + error);
    if value.is_finite() { Ok(value) } else { Err(Reason::ZeroVariance) }
}

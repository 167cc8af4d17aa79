//! Predicted effects of raters and units: best linear unbiased predictions and their errors.

use nalgebra::{DMatrix, DVector};

use super::super::team::Unit;
use super::fit::{Fit, Solution};

/// A prediction in points with the standard deviation of its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    pub value: f64,
    pub se: f64,
}

/// A subject's effect, and mu plus that effect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SubjectEffects {
    pub effect: Effect,
    pub level: Effect,
}

/// The raters' predictions with the covariance of their errors; what the subjects' need is kept beside.
pub struct Effects<'a> {
    fit: &'a Fit,
    raters: DVector<f64>,
    errors: DMatrix<f64>,
}

impl<'a> Effects<'a> {
    /// û = λr Zrᵀ P₀ y, Var(û - u) = σ²λr (I - λr Zrᵀ P₀ Zr). The uncertainty of the mean is in it.
    pub fn of(fit: &'a Fit) -> Self {
        let (raters, errors) = match &fit.solution {
            Solution::Inside(point) => {
                let spread = &point.inverse * point.reduced() - &point.level * point.level.transpose() / point.weight;
                let size = point.pull.len();
                let errors = (DMatrix::identity(size, size) - spread * point.rater_ratio) * fit.components.rater;
                (&point.pull * point.rater_ratio, errors)
            }
            // The effects are exact but for a level that they share.
            Solution::Exact(ls) => {
                let size = ls.raters.len();
                (ls.raters.clone(), DMatrix::from_element(size, size, fit.components.rater / size as f64))
            }
        };
        Effects { fit, raters, errors }
    }

    /// A rater's severity, positive is lenient, with the conditional standard deviation.
    pub fn rater(&self, place: usize) -> Option<Effect> {
        let value = *self.raters.get(place)?;
        Some(Effect { value, se: root(self.errors[(place, place)]) })
    }

    /// A rater's severity less the mean of the team's, in which the uncertainty of the overall level cancels.
    pub fn contrast(&self, place: usize) -> Option<Effect> {
        let value = *self.raters.get(place)? - self.raters.mean();
        let variance = self.errors[(place, place)] - 2.0 * self.errors.row(place).mean() + self.errors.mean();
        Some(Effect { value, se: root(variance) })
    }

    /// A subject by its units; of several units the mean. None without units.
    pub fn subject(&self, units: &[Unit]) -> Option<SubjectEffects> {
        if units.is_empty() {
            return None;
        }
        let count = units.len() as f64;
        let (mu, parts) = (self.fit.mu, self.fit.components);
        match &self.fit.solution {
            Solution::Exact(ls) => {
                let level = ls.fair(units)?.value;
                let all = self.fit.unit_count();
                Some(SubjectEffects {
                    effect: Effect { value: level - mu, se: root(parts.subject / all) },
                    level: Effect { value: level, se: root(parts.rater / self.raters.len() as f64) },
                })
            }
            Solution::Inside(point) => {
                let (lp, lr) = (point.unit_ratio, point.rater_ratio);
                // Means over the units of z, f, the weighted indicator and the diagonal: see the likelihood.
                let (mut z, mut f, mut own) = (0.0, 0.0, 0.0);
                let mut seen = DVector::zeros(self.raters.len());
                for unit in units {
                    let n = unit.seats.len() as f64;
                    let d = 1.0 / (1.0 + lp * n);
                    let (mut rest, mut level) = (0.0, n);
                    for seat in unit.seats {
                        rest += seat.value - mu - self.raters[seat.rater];
                        level -= lr * point.level[seat.rater];
                        seen[seat.rater] += d / count;
                    }
                    z += d * rest / count;
                    f += d * level / count;
                    own += d * n / (count * count);
                }
                let scale = self.fit.scale();
                let within = own - lr * seen.dot(&(&point.inverse * &seen));
                let known = lp / count - lp * lp * within;
                Some(SubjectEffects {
                    effect: Effect { value: lp * z, se: root(scale * (known + (lp * f).powi(2) / point.weight)) },
                    level: Effect { value: mu + lp * z, se: root(scale * (known + (1.0 - lp * f).powi(2) / point.weight)) },
                })
            }
        }
    }
}

fn root(variance: f64) -> f64 {
    variance.max(0.0).sqrt()
}

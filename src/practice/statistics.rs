//! What own scores say of an area, and how surely. Pure.

use super::honesty;
use super::model::{Estimate, LEAST, PracticeReadiness};
use crate::calibration::statistics::moments::interval95;
use crate::rubrics::Level;

/// A score is a whole number, so that even equal ones are known to half a step only: the standard deviation of what lies
/// evenly within one step, 1/√12.
pub const ROUNDING: f64 = 0.288_675_134_594_812_9;

/// In days.
const MONTH: f64 = 30.0;

/// The sums of one area over its scored attempts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sums {
    pub attempts: i64,
    pub mean: f64,
    /// With n-1; none for a single one.
    pub sd: Option<f64>,
    /// Sums of squares and products of days (x) and scores (y) round their means.
    pub sxx: f64,
    pub syy: f64,
    pub sxy: f64,
}

impl Sums {
    /// The mean with its 95 % t interval, from three attempts on.
    pub fn estimate(&self) -> Option<Estimate> {
        if self.attempts < LEAST {
            return None;
        }
        let n = self.attempts as f64;
        let se = self.sd.unwrap_or_default().max(ROUNDING) / n.sqrt();
        let (low, high) = interval95(self.mean, se, n - 1.0)?;
        Some(Estimate { value: self.mean, low: low.max(1.0), high: high.min(5.0) })
    }

    /// Why there is no mean; none where there is one.
    pub fn too_few(&self) -> Option<String> {
        honesty::too_few(self.attempts, "attempts")
    }

    /// The slope of a straight line through the scores, for thirty days, with its 95 % t interval.
    pub fn change(&self) -> Option<Estimate> {
        if self.attempts < LEAST || self.sxx <= 0.0 {
            return None;
        }
        let (n, slope) = (self.attempts as f64, self.sxy / self.sxx);
        let rest = (self.syy - slope * self.sxy).max(ROUNDING * ROUNDING * n);
        let se = (rest / (n - 2.0) / self.sxx).sqrt();
        let (low, high) = interval95(slope * MONTH, se * MONTH, n - 2.0)?;
        Some(Estimate { value: slope * MONTH, low, high })
    }

    /// What they say at a level that asks for `expected`, with the reason.
    pub fn readiness(&self, level: Level, expected: u8) -> (PracticeReadiness, String) {
        let Some(mean) = self.estimate() else {
            return (PracticeReadiness::NotEnough, self.too_few().unwrap_or_default());
        };
        let (level, asked) = (level.label().to_lowercase(), f64::from(expected));
        let numbers = format!(
            "Your mean is {:.1} ({:.1} to {:.1}) from {} attempts; {level} asks for {expected}",
            mean.value, mean.low, mean.high, self.attempts
        );
        if mean.low >= asked - 0.5 {
            (PracticeReadiness::Ready, format!("{numbers}, and the interval stays within half a level of that, or above."))
        } else if mean.value >= asked - 0.5 {
            (PracticeReadiness::NearlyReady, format!("{numbers}, but the interval still reaches lower."))
        } else {
            (PracticeReadiness::NotYet, format!("{numbers}."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(points: &[(f64, f64)]) -> Sums {
        let n = points.len() as f64;
        let (mx, my) = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
        let of = |f: fn((f64, f64)) -> f64| points.iter().map(|(x, y)| f((x - mx, y - my))).sum::<f64>();
        let syy = of(|(_, y)| y * y);
        Sums {
            attempts: points.len() as i64,
            mean: my,
            sd: (points.len() > 1).then(|| (syy / (n - 1.0)).sqrt()),
            sxx: of(|(x, _)| x * x),
            syy,
            sxy: of(|(x, y)| x * y),
        }
    }

    #[test]
    fn nothing_is_said_before_three_attempts() {
        let two = sums(&[(0.0, 4.0), (1.0, 4.0)]);
        assert_eq!((two.estimate(), two.change()), (None, None));
        assert_eq!(
            two.readiness(Level::Mid, 3),
            (PracticeReadiness::NotEnough, "2 of 3 attempts; one more before anything can be said.".into())
        );
        assert_eq!(Sums::default().readiness(Level::Mid, 3).1, "0 of 3 attempts; 3 more before anything can be said.");
    }

    #[test]
    fn a_mean_has_its_t_interval_and_equal_scores_are_not_certain() {
        // Mean 3, sd 1, se .57735; t of 2 degrees of freedom is 4.302653.
        let mean = sums(&[(0.0, 2.0), (1.0, 3.0), (2.0, 4.0)]).estimate().unwrap();
        assert_eq!((mean.value, mean.low, mean.high), (3.0, 1.0, 5.0), "the scale ends at 1 and 5");
        let equal = sums(&[(0.0, 3.0), (1.0, 3.0), (2.0, 3.0)]).estimate().unwrap();
        assert!((equal.high - 3.0 - 4.302652729749464 * ROUNDING / 3f64.sqrt()).abs() < 1e-9, "{equal:?}");
        let eight: Vec<_> = [3.0, 3.0, 4.0, 3.0, 4.0, 4.0, 3.0, 4.0].iter().enumerate().map(|(i, y)| (i as f64, *y)).collect();
        let (verdict, reason) = sums(&eight).readiness(Level::Mid, 3);
        assert_eq!(verdict, PracticeReadiness::Ready, "{reason}");
        assert_eq!(sums(&eight).readiness(Level::Senior, 4).0, PracticeReadiness::NearlyReady);
        assert_eq!(sums(&eight).readiness(Level::Senior, 5).0, PracticeReadiness::NotYet);
    }

    #[test]
    fn change_is_a_slope_for_thirty_days_and_undefined_within_one_day() {
        let rising = sums(&[(0.0, 2.0), (30.0, 3.0), (60.0, 4.0)]).change().unwrap();
        assert!((rising.value - 1.0).abs() < 1e-12 && rising.low < 1.0 && rising.high > 1.0, "{rising:?}");
        assert_eq!(sums(&[(5.0, 2.0), (5.0, 3.0), (5.0, 4.0)]).change(), None);
    }
}

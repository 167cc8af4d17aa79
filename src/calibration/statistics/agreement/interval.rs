//! Intervals by Student's t.

use super::super::quantile::student;

/// A standard error and the 95% limits that follow from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub se: f64,
    /// From the value to either limit, before these are cut.
    pub margin: f64,
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// value ± t(degrees) se at 95%, limited to [-1, 1], where a coefficient of agreement lies. None without a degree
    /// of freedom or a finite standard error.
    pub fn around(value: f64, se: f64, degrees: usize) -> Option<Self> {
        let margin = student(0.975, degrees as f64)? * se;
        margin.is_finite().then(|| Interval { se, margin, low: (value - margin).clamp(-1.0, 1.0), high: (value + margin).clamp(-1.0, 1.0) })
    }

    /// Of the interval before it is cut: how much is known, also where the value is near 1.
    pub fn width(&self) -> f64 {
        2.0 * self.margin
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_is_that_of_the_tables() {
        // With 2 degrees t(.975) is sqrt(2 · .95² / (1 − .95²)): the distribution has a closed form there.
        let t = (2.0f64 * 0.9025 / 0.0975).sqrt();
        let interval = Interval::around(0.0, 0.1, 2).unwrap();
        assert!((interval.high - 0.1 * t).abs() < 1e-12, "{interval:?}");
        assert!(Interval::around(0.0, 0.1, 0).is_none());
        let cut = Interval::around(0.9, 1.0, 9).unwrap();
        assert_eq!((cut.low, cut.high, cut.width()), (-1.0, 1.0, 2.0 * cut.margin));
        assert!(cut.margin > 2.2);
    }
}

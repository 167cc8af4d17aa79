//! Means, spreads and correlations of short lists. Every function answers `None` where the number is not
//! defined or not finite, so that no caller can pass on a NaN.

use super::quantile::student;

/// Correlations of ±1 are cut here before Fisher's z, which would be infinite.
const NEARLY_ONE: f64 = 0.999999;

pub fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

pub fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    finite(values.iter().sum::<f64>() / values.len() as f64)
}

/// Standard deviation with n-1; from two values on. Equal values give exactly 0.
pub fn sd(values: &[f64]) -> Option<f64> {
    let middle = mean(values)?;
    if values.len() < 2 {
        return None;
    }
    if constant(values) {
        return Some(0.0);
    }
    let squares: f64 = values.iter().map(|value| (value - middle).powi(2)).sum();
    finite((squares / (values.len() - 1) as f64).sqrt())
}

/// Pearson's r; none for fewer than two pairs or where one side does not vary.
pub fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (mx, my) = (mean(&x)?, mean(&y)?);
    if pairs.len() < 2 || constant(&x) || constant(&y) {
        return None;
    }
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (a, b) in pairs {
        xx += (a - mx) * (a - mx);
        yy += (b - my) * (b - my);
        xy += (a - mx) * (b - my);
    }
    finite(xy / (xx.sqrt() * yy.sqrt())).map(|r| r.clamp(-1.0, 1.0))
}

/// Mean of correlations on Fisher's z scale, back as a correlation.
pub fn fisher_mean(correlations: &[f64]) -> Option<f64> {
    let z: Vec<f64> = correlations.iter().map(|r| r.clamp(-NEARLY_ONE, NEARLY_ONE).atanh()).collect();
    mean(&z).map(f64::tanh)
}

/// The 95 % interval of a mean with its standard error.
pub fn interval95(middle: f64, se: f64, freedom: f64) -> Option<(f64, f64)> {
    let half = student(0.975, freedom)? * se;
    Some((finite(middle - half)?, finite(middle + half)?))
}

/// Equal up to rounding: means of the same scores in another order must not count as variation.
fn constant(values: &[f64]) -> bool {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    high - low <= 1e-12 * high.abs().max(low.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(sd(&[2.0, 4.0]), Some(2f64.sqrt()));
        assert_eq!(sd(&[0.1; 7]), Some(0.0));
        assert_eq!(sd(&[1.0]), None);
        assert_eq!(mean(&[]), None);
        // t of 12 degrees of freedom at 97.5 %: 2.1788.
        let (low, high) = interval95(1.0, 0.5, 12.0).unwrap();
        assert!((low + high - 2.0).abs() < 1e-12 && (high - 1.0 - 2.1788128296672284 / 2.0).abs() < 1e-9);
        assert_eq!(interval95(1.0, 0.5, 0.0), None);
    }

    #[test]
    fn correlation_is_undefined_without_variation() {
        let third = 1.0 / 3.0;
        assert_eq!(correlation(&[(third, 1.0), (third, 2.0)]), None);
        assert_eq!(correlation(&[(1.0, 2.0)]), None);
        assert!((correlation(&[(1.0, 2.0), (2.0, 1.0), (3.0, 0.0)]).unwrap() + 1.0).abs() < 1e-15);
    }

    #[test]
    fn fisher_mean_stays_below_one() {
        assert!((fisher_mean(&[1.0, 1.0]).unwrap() - NEARLY_ONE).abs() < 1e-12);
        assert!(fisher_mean(&[0.5, -0.5]).unwrap().abs() < 1e-15);
    }
}

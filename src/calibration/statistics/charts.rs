//! Control charts of a series: EWMA (Roberts 1959) and tabular CUSUM (Page 1954).

use super::answer::Answer;
use super::moments::finite;
use super::reason::Reason;

/// z_t = lambda x_t + (1 - lambda) z_t-1 from the target on; limits with the exact variance of each t, in the
/// units of the series.
#[derive(Debug, Clone, PartialEq)]
pub struct Ewma {
    pub z: Vec<f64>,
    pub upper: Vec<f64>,
    pub lower: Vec<f64>,
    /// Counted from 1.
    pub first_signal: Option<usize>,
}

/// Sums of what goes beyond the allowance, upward and downward, in the units of the series.
#[derive(Debug, Clone, PartialEq)]
pub struct Cusum {
    pub above: Vec<f64>,
    pub below: Vec<f64>,
    /// Counted from 1.
    pub first_signal: Option<usize>,
}

/// `lambda` in (0, 1]; limits at `width` standard deviations of z: `width` sigma
/// sqrt(lambda / (2 - lambda) (1 - (1 - lambda)^2t)).
pub fn ewma(series: &[f64], target: f64, sigma: f64, lambda: f64, width: f64) -> Result<Ewma, Reason> {
    check(series, &[target, sigma, lambda, width], sigma)?;
    if lambda <= 0.0 || lambda > 1.0 || width < 0.0 {
        return Err(Reason::NotEstimable);
    }
    let (mut z, mut kept) = (target, 1.0);
    let mut found = Ewma { z: Vec::new(), upper: Vec::new(), lower: Vec::new(), first_signal: None };
    for (t, x) in series.iter().enumerate() {
        z = finite(lambda * x + (1.0 - lambda) * z).ok_or(Reason::NotEstimable)?;
        kept *= (1.0 - lambda) * (1.0 - lambda);
        let half = width * sigma * (lambda / (2.0 - lambda) * (1.0 - kept)).sqrt();
        let (upper, lower) = (finite(target + half).ok_or(Reason::NotEstimable)?, finite(target - half).ok_or(Reason::NotEstimable)?);
        if found.first_signal.is_none() && (z > upper || z < lower) {
            found.first_signal = Some(t + 1);
        }
        found.z.push(z);
        found.upper.push(upper);
        found.lower.push(lower);
    }
    Ok(found)
}

/// Allowance `k` sigma around the target; a signal where a sum goes above `h` sigma.
pub fn cusum(series: &[f64], target: f64, sigma: f64, k: f64, h: f64) -> Result<Cusum, Reason> {
    check(series, &[target, sigma, k, h], sigma)?;
    if k < 0.0 || h < 0.0 {
        return Err(Reason::NotEstimable);
    }
    let (mut above, mut below) = (0.0, 0.0);
    let mut found = Cusum { above: Vec::new(), below: Vec::new(), first_signal: None };
    for (t, x) in series.iter().enumerate() {
        above = finite(above + x - (target + k * sigma)).ok_or(Reason::NotEstimable)?.max(0.0);
        below = finite(below + (target - k * sigma) - x).ok_or(Reason::NotEstimable)?.max(0.0);
        if found.first_signal.is_none() && (above > h * sigma || below > h * sigma) {
            found.first_signal = Some(t + 1);
        }
        found.above.push(above);
        found.below.push(below);
    }
    Ok(found)
}

fn check(series: &[f64], numbers: &[f64], sigma: f64) -> Result<(), Reason> {
    if series.is_empty() {
        return Err(Reason::NoRatings);
    }
    if !series.iter().chain(numbers).all(|number| number.is_finite()) || sigma < 0.0 {
        return Err(Reason::NotEstimable);
    }
    if sigma == 0.0 { Err(Reason::ZeroVariance) } else { Ok(()) }
}

pub fn answer_ewma(series: &[f64], target: f64, sigma: f64, lambda: f64, width: f64) -> Answer {
    match ewma(series, target, sigma, lambda, width) {
        Err(reason) => Answer::none(reason),
        Ok(chart) => Answer::default()
            .with("ucl_last", chart.upper.last().copied())
            .with("lcl_last", chart.lower.last().copied())
            .with("z", chart.z)
            .with("ucl", chart.upper)
            .with("lcl", chart.lower)
            .with("first_signal", chart.first_signal),
    }
}

pub fn answer_cusum(series: &[f64], target: f64, sigma: f64, k: f64, h: f64) -> Answer {
    match cusum(series, target, sigma, k, h) {
        Err(reason) => Answer::none(reason),
        Ok(chart) => Answer::default().with("cplus", chart.above).with("cminus", chart.below).with("first_signal", chart.first_signal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn refused_numbers() {
        assert_eq!(ewma(&[], 0.0, 1.0, 0.2, 3.0), Err(Reason::NoRatings));
        assert_eq!(ewma(&[1.0], 0.0, 0.0, 0.2, 3.0), Err(Reason::ZeroVariance));
        assert_eq!(ewma(&[f64::NAN], 0.0, 1.0, 0.2, 3.0), Err(Reason::NotEstimable));
        assert_eq!(ewma(&[1.0], 0.0, 1.0, 1.5, 3.0), Err(Reason::NotEstimable));
        assert_eq!(ewma(&[1.0], 0.0, -1.0, 0.2, 3.0), Err(Reason::NotEstimable));
        assert_eq!(cusum(&[f64::MAX, f64::MAX], -f64::MAX, 1.0, 0.5, 5.0), Err(Reason::NotEstimable));
    }

    #[test]
    fn with_lambda_one_the_chart_is_the_series() {
        let chart = ewma(&[0.5, -3.5, 0.0], 0.0, 1.0, 1.0, 3.0).unwrap();
        assert_eq!(chart.z, [0.5, -3.5, 0.0]);
        assert_eq!((chart.upper[2], chart.first_signal), (3.0, Some(2)));
    }

    proptest! {
        /// Another unit of measurement changes no signal, and a mirrored series mirrors the chart.
        #[test]
        fn units_do_not_matter(series in prop::collection::vec(-4.0..4.0f64, 1..40), shift in -9.0..9.0f64, scale in 0.25..4.0f64) {
            let moved: Vec<f64> = series.iter().map(|x| shift - scale * x).collect();
            let (a, b) = (cusum(&series, 0.3, 1.0, 0.5, 4.0).unwrap(), cusum(&moved, shift - scale * 0.3, scale, 0.5, 4.0).unwrap());
            for (above, below) in a.above.iter().zip(&b.below) {
                prop_assert!((above * scale - below).abs() < 1e-9);
            }
            let (a, b) = (ewma(&series, 0.3, 1.0, 0.2, 3.0).unwrap(), ewma(&moved, shift - scale * 0.3, scale, 0.2, 3.0).unwrap());
            for (upper, lower) in a.upper.iter().zip(&b.lower) {
                prop_assert!((shift - scale * upper - lower).abs() < 1e-9);
            }
            for (x, y) in a.z.iter().zip(&b.z) {
                prop_assert!((shift - scale * x - y).abs() < 1e-9);
            }
        }

        #[test]
        fn nothing_is_nan(series in prop::collection::vec(any::<f64>(), 0..20), a in any::<f64>(), b in any::<f64>(), c in any::<f64>(), d in any::<f64>()) {
            if let Ok(chart) = ewma(&series, a, b, c, d) {
                prop_assert!(chart.z.iter().chain(&chart.upper).chain(&chart.lower).all(|x| x.is_finite()));
            }
            if let Ok(chart) = cusum(&series, a, b, c, d) {
                prop_assert!(chart.above.iter().chain(&chart.below).all(|x| x.is_finite()));
            }
        }
    }
}

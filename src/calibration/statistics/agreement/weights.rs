//! How much two levels agree.

use super::super::reason::Reason;
use super::super::request::Weights;

/// |a - b| as a share of the scale's range. Halved before it is taken apart, so that no range overflows.
pub fn share_apart(values: &[f64], a: usize, b: usize) -> f64 {
    match (values.first(), values.last(), values.get(a), values.get(b)) {
        (Some(min), Some(max), Some(a), Some(b)) if max > min => ((a / 2.0 - b / 2.0) / (max / 2.0 - min / 2.0)).abs(),
        _ => 0.0,
    }
}

/// The disagreement 1 - w of each pair of levels of the declared scale, row by row (Gwet 2014):
/// linear |d|/R, quadratic (d/R)², ordinal c / max c with c = (|i-j|+1)|i-j|/2 on ranks, identity 1 unless equal.
/// `Custom` has no table here and is not estimable.
pub fn disagreement(weights: Weights, values: &[f64]) -> Result<Vec<f64>, Reason> {
    let q = values.len();
    let most = (q * q.saturating_sub(1) / 2) as f64;
    let apart = |a: usize, b: usize| match weights {
        Weights::Identity => f64::from(u8::from(a != b)),
        Weights::Linear => share_apart(values, a, b),
        Weights::Quadratic => share_apart(values, a, b).powi(2),
        Weights::Ordinal => ((a.abs_diff(b) + 1) * a.abs_diff(b) / 2) as f64 / most,
        Weights::Custom => f64::NAN,
    };
    let table: Vec<f64> = (0..q).flat_map(|a| (0..q).map(move |b| apart(a, b))).collect();
    if table.iter().all(|v| v.is_finite()) { Ok(table) } else { Err(Reason::NotEstimable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_of_three_levels() {
        let row = |weights| disagreement(weights, &[1.0, 2.0, 4.0]).unwrap()[..3].to_vec();
        assert_eq!(row(Weights::Identity), [0.0, 1.0, 1.0]);
        assert_eq!(row(Weights::Linear), [0.0, 1.0 / 3.0, 1.0]);
        assert_eq!(row(Weights::Quadratic), [0.0, 1.0 / 9.0, 1.0]);
        assert_eq!(row(Weights::Ordinal), [0.0, 1.0 / 3.0, 1.0]);
        assert_eq!(disagreement(Weights::Custom, &[1.0, 2.0]), Err(Reason::NotEstimable));
    }
}

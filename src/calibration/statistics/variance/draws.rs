//! Random draws that depend on the data alone, so that the same data show the same interval everywhere.

use nalgebra::{Cholesky, DMatrix, SymmetricEigen};

use super::team::Team;
pub use crate::platform::splitmix::splitmix as mix;

/// The number of draws behind an interval. The 2.5% and 97.5% points of 20,000 draws of a normal move by about .03
/// standard deviations from one seed to another.
pub const DRAWS: usize = 20_000;

/// A seed from the values alone: sums of mixed bits, so that neither names nor order change it.
pub fn seed(team: &Team) -> u64 {
    team.units().fold(0, |whole: u64, unit| {
        let values = unit.seats.iter().fold(0, |sum: u64, seat| sum.wrapping_add(mix(key(seat.value))));
        whole.wrapping_add(mix(values))
    })
}

/// A value to six decimals as a key. What rounding changes in a mean lies far below.
pub fn key(value: f64) -> u64 {
    ((value * 1e6).round() as i64) as u64
}

/// A generator of uniform, normal and chi-squared numbers.
pub struct Draws {
    state: u64,
    spare: Option<f64>,
}

impl Draws {
    pub fn new(seed: u64) -> Self {
        Draws { state: seed, spare: None }
    }

    /// Within (0, 1].
    pub fn uniform(&mut self) -> f64 {
        let bits = mix(self.state);
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        ((bits >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// Standard normal, by the polar form of Box & Muller (1958).
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let (radius, angle) = ((-2.0 * self.uniform().ln()).sqrt(), std::f64::consts::TAU * self.uniform());
        let (sine, cosine) = angle.sin_cos();
        self.spare = Some(radius * sine);
        radius * cosine
    }

    /// Chi-squared with `df` > 0 degrees of freedom: twice a gamma number (Marsaglia & Tsang 2000).
    pub fn chi_squared(&mut self, df: f64) -> f64 {
        let shape = df / 2.0;
        // Below 1 the shape is raised by one and the number scaled down.
        let scale = if shape < 1.0 { self.uniform().powf(1.0 / shape) } else { 1.0 };
        let d = if shape < 1.0 { shape + 1.0 } else { shape } - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v <= 0.0 {
                continue;
            }
            let (uniform, square) = (self.uniform(), x * x);
            // Their squeeze lies within what the logarithms accept, and nearly always saves both.
            if uniform < 1.0 - 0.0331 * square * square || uniform.ln() < 0.5 * square + d - d * v + d * v.ln() {
                return 2.0 * d * v * scale;
            }
        }
    }
}

/// The inverse of an information matrix. A direction about which the data say nothing gets a very large variance
/// instead of an infinite one.
pub fn covariance(information: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    if information.iter().any(|x| !x.is_finite()) {
        return None;
    }
    let eigen = SymmetricEigen::new(information.clone());
    let largest = eigen.eigenvalues.iter().copied().fold(0.0, f64::max);
    if largest <= 0.0 {
        return None;
    }
    let inverse = eigen.eigenvalues.map(|value| 1.0 / value.max(1e-11 * largest));
    Some(&eigen.eigenvectors * DMatrix::from_diagonal(&inverse) * eigen.eigenvectors.transpose())
}

/// Draws of components from N(estimate, covariance), with what falls below zero set to zero, each given to `look`.
/// None where the covariance is not one.
pub fn of_components<const N: usize>(
    estimate: [f64; N],
    covariance: &DMatrix<f64>,
    seed: u64,
    mut look: impl FnMut([f64; N]),
) -> Option<()> {
    if covariance.shape() != (N, N) {
        return None;
    }
    let ridge = 1e-14 * covariance.diagonal().max();
    let lower = Cholesky::new(covariance + DMatrix::identity(N, N) * ridge)?.unpack();
    let rows: [[f64; N]; N] = std::array::from_fn(|row| std::array::from_fn(|column| lower[(row, column)]));
    let mut draws = Draws::new(seed);
    for _ in 0..DRAWS {
        let noise: [f64; N] = std::array::from_fn(|_| draws.normal());
        let mut drawn = estimate;
        for (part, row) in drawn.iter_mut().zip(&rows) {
            let by: f64 = row.iter().zip(noise).map(|(weight, noise)| weight * noise).sum();
            *part = (*part + by).max(0.0);
        }
        look(drawn);
    }
    Some(())
}

/// The middle `level` of values: percentiles by linear interpolation. None without values.
pub fn middle(mut values: Vec<f64>, level: f64) -> Option<(f64, f64)> {
    let last = values.len().checked_sub(1)?;
    let tail = (1.0 - level) / 2.0;
    let high = percentile(&mut values, (1.0 - tail) * last as f64)?;
    let low = percentile(&mut values, tail * last as f64)?;
    Some((low, high))
}

/// The value at a place between 0 and the last in rising order; between two places by linear interpolation. Finding two
/// neighbours takes one pass where sorting everything takes many.
fn percentile(values: &mut [f64], place: f64) -> Option<f64> {
    let below = place.floor() as usize;
    if below >= values.len() {
        return None;
    }
    let (_, low, above) = values.select_nth_unstable_by(below, f64::total_cmp);
    let low = *low;
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    Some(low + (high - low) * (place - place.floor()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_values_in_any_order() {
        assert_eq!(middle(vec![4.0, 0.0, 2.0, 1.0, 3.0], 0.5), Some((1.0, 3.0)));
        assert_eq!(middle(vec![10.0, 0.0], 0.5), Some((2.5, 7.5)));
        assert_eq!(middle(vec![7.0], 0.95), Some((7.0, 7.0)));
        assert_eq!(middle(vec![], 0.95), None);
        // As by sorting everything.
        let mut draws = Draws::new(5);
        let values: Vec<f64> = (0..1_001).map(|_| draws.normal()).collect();
        let mut rising = values.clone();
        rising.sort_unstable_by(f64::total_cmp);
        assert_eq!(middle(values, 0.5), Some((rising[250], rising[750])));
    }

    #[test]
    fn chi_squared_numbers_have_their_mean_and_variance() {
        for df in [1.0, 4.0, 441.0] {
            let mut draws = Draws::new(11);
            let drawn: Vec<f64> = (0..DRAWS).map(|_| draws.chi_squared(df)).collect();
            let mean = drawn.iter().sum::<f64>() / DRAWS as f64;
            let variance = drawn.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / DRAWS as f64;
            // Within five standard errors: of the mean sqrt(2 df / n), of the variance sqrt((8 df² + 48 df) / n).
            let n = DRAWS as f64;
            assert!((mean - df).abs() < 5.0 * (2.0 * df / n).sqrt(), "{df}: mean {mean}");
            assert!((variance - 2.0 * df).abs() < 5.0 * ((8.0 * df * df + 48.0 * df) / n).sqrt(), "{df}: variance {variance}");
        }
    }
}

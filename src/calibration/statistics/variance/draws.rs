//! Random draws that depend on the data alone, so that the same data show the same interval everywhere.

use nalgebra::{Cholesky, DMatrix, DVector, SymmetricEigen};

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
        self.spare = Some(radius * angle.sin());
        radius * angle.cos()
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
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
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
pub fn of_components(estimate: &[f64], covariance: &DMatrix<f64>, seed: u64, mut look: impl FnMut(&[f64])) -> Option<()> {
    let size = estimate.len();
    let ridge = 1e-14 * covariance.diagonal().max();
    let lower = Cholesky::new(covariance + DMatrix::identity(size, size) * ridge)?.unpack();
    let mut draws = Draws::new(seed);
    for _ in 0..DRAWS {
        let noise = &lower * DVector::from_fn(size, |_, _| draws.normal());
        let drawn: Vec<f64> = estimate.iter().zip(noise.iter()).map(|(at, by)| (at + by).max(0.0)).collect();
        look(&drawn);
    }
    Some(())
}

/// The middle `level` of values: percentiles by linear interpolation. None without values.
pub fn middle(mut values: Vec<f64>, level: f64) -> Option<(f64, f64)> {
    values.sort_unstable_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let at = |p: f64| {
        let place = p * last as f64;
        let below = place.floor() as usize;
        let (low, high) = (values.get(below)?, values.get((below + 1).min(last))?);
        Some(low + (high - low) * (place - place.floor()))
    };
    let tail = (1.0 - level) / 2.0;
    Some((at(tail)?, at(1.0 - tail)?))
}

//! Two-way statistics: score = mu + unit + rater + rest.

pub mod coefficients;
pub mod effects;
pub mod fair;
pub mod fit;
pub mod icc;
pub mod interval;
pub mod least_squares;
mod likelihood;
pub mod mean_squares;
mod panels;
pub mod raw;
pub mod severity;

#[cfg(test)]
pub use panels::Panels;

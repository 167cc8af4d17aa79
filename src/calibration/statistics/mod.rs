//! Reliability statistics of ratings: pure functions, no input or output.
//!
//! A set of [`Ratings`] is read once; each statistic looks at it through a [`Scope`] and answers with its own
//! type or with the [`Reason`] why it is not defined. Nothing here is ever NaN or infinite.
#![forbid(unsafe_code)]

pub mod agreement;
pub mod answer;
pub mod answers;
pub mod bands;
pub mod charts;
pub mod consensus;
pub mod drift;
pub mod gates;
pub mod generate;
pub mod gold;
pub mod mfrm;
pub mod moments;
pub mod quantile;
pub mod ratings;
pub mod readiness;
pub mod reason;
pub mod request;
#[cfg(test)]
mod samples;
pub mod scope;
pub mod self_gap;
pub mod shape;
pub mod style;
pub mod style_intervals;
pub mod unions;
pub mod variance;

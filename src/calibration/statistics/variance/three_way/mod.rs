//! The study subject × rater × area, and the decisions that follow from it.

mod blocks;
pub mod components;
pub mod curve;
pub mod decision;
pub mod estimate;
mod likelihood;
pub mod mean_squares;
pub mod reml;
pub mod study;

#[cfg(test)]
pub use blocks::Blocks;

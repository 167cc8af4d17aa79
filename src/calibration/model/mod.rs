//! Shapes of calibration, without I/O.

mod look;
mod own;
mod team;

pub use look::*;
pub use own::*;
pub use team::*;

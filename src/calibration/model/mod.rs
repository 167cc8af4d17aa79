//! Shapes of calibration, without I/O.

mod detail;
mod look;
mod own;
mod team;

pub use detail::*;
pub use look::*;
pub use own::*;
pub use team::*;

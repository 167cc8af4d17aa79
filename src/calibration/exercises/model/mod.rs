//! Shapes of gold interviews and exercises.

mod answers;
mod exercise;
mod feedback;
mod gold;
mod making;
mod readiness;

pub use answers::*;
pub use exercise::*;
pub use feedback::*;
pub use gold::*;
pub use making::*;
pub use readiness::*;

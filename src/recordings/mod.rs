//! Recordings: audio that is brought in parts and given in ranges, for the features that have some.
//!
//! Always true: parts follow each other without a gap, and the same part twice is one; the first says by its own bytes
//! what kind of audio it is; what is finished does not change, it can only go; nothing holds a whole one in memory. One
//! of an account is that person's alone, behind a wall of the database, whatever anybody's role; one without is its
//! team's. Who may begin one or listen is decided by the feature that it belongs to.

mod model;
mod service;
mod store;

pub use model::*;
pub use service::*;

//! SQL of practice. Every query names whose it is, and the wall behind it does so again.

pub mod attempts;
pub mod cards;
pub mod figures;
pub mod mocks;
pub mod own_data;
pub mod plans;
pub mod recordings;
pub mod shared_sound;
pub mod shares;
pub mod sides;

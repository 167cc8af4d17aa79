//! Find: one box for what a reader may see in a team.
//!
//! Always true: it finds what the other features would show this reader anyway, asked through their own scopes, and
//! decides nothing itself. Candidate records by name are for who reads them, interviews by their candidate's name for
//! who sees them, questions by words for who reads the library; no score, note or card is looked into. Every member
//! may look.

pub mod api;
mod model;
pub mod pages;
mod service;

pub use model::{Hit, HitKind};
pub use service::find;

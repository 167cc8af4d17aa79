//! Calibration: do we mean the same thing by a 3? The reliability of live scores, for leads and for oneself.
//!
//! Always true: only blind revisions of counted cards enter, of interviews whose debrief is open and in which the
//! reader owes no card (R2, R5); no shadow's, no candidate's own, nothing from an exercise. A number about people
//! carries its interval, what it rests on and a gate that hides it when data is thin (R13); what a gate hides is in
//! no byte of page or answer. Leads see severity as dots without names, in an order that says nothing; by name each
//! sees their own only, or who chose to share it. Nobody is ranked.

pub mod api;
mod components;
pub mod exercises;
mod model;
pub mod pages;
pub mod reading;
mod score_forms;
pub mod second_scoring;
mod service;
pub mod statistics;
mod store;
mod tabs;

pub use model::*;
use pages::words;
pub use service::{erase, own, share, shared_since, team, unshare};

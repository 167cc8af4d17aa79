//! Second scoring: a share of the finished interviews is scored once more, from what was written down of them.
//!
//! An interview is not recorded, so a second scorer reads the prompts, the panel's notes as bare words, what stood on
//! the pads at the end, and the anchors. Always true: no score, recommendation, decision, sign, count or average of
//! anybody is in a byte for them before their own are in (R2); names of the candidate and the panel are replaced by
//! roles; what is in is locked; nobody is asked who had a seat with this candidate, is the candidate, or leads, since
//! leads read every debrief, and who comes to know the interview later scores it no more. Leads see how near the two
//! scorings are, from ten interviews of at least three people on, and nobody's by name. None of it enters the
//! reliability of live scores.

mod agreement;
pub mod api;
mod draw;
mod model;
pub mod pages;
mod service;
mod store;

pub use model::*;
pub use service::*;

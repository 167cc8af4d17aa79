//! Scorecards: blind, complete, frozen, and never lost.

mod blind;
mod drafts;
mod panel;
mod submissions;

pub use panel::Panel;

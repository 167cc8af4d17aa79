//! Scorecards: blind, complete, frozen, and never lost.

mod blind;
mod claims;
mod drafts;
mod pages;
mod panel;
mod submissions;

pub use panel::Panel;

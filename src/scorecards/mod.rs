//! Scorecards: what each interviewer records of one interview, by themselves.
//!
//! Always true: a card is its author's alone until it is submitted, and nobody reads another's before
//! their own is in (R2, `visibility`); "not scored" is a value and never a number (R3); a score has a
//! reason, and 1 and 5 have evidence (R4); a submitted card is frozen, and what is amended later is a
//! revision beside it (R5, R7); a save that was acknowledged is on disk, a repeat of it counts once and
//! gets its own answer (R8). Who has a scoring seat writes and submits: from the interview's start on, or
//! its planned start where it was held without a room. Who was added after its end has no card.

pub mod api;
pub mod jobs;
mod model;
pub mod pages;
mod read;
mod service;
mod store;
pub mod visibility;

pub use jobs::remind_later;
pub use model::*;
pub use pages::{Fields, submit_with};
pub use read::{
    OwnCard, blind_cards, blind_cards_of_team, draft, list, owed, own, reader, readers, submissions, submissions_of, visible_cards,
};
pub use service::{amend, erase_drafts, of_author, save, save_form, submit};

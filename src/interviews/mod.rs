//! Interviews: the plan of one event, and the facts of its life.
//!
//! Always true: an interview pins one question-set version and one rubric version for ever; its stage
//! follows from dated facts; it is visible to leads and owners, to who has a seat, to its candidate, and
//! to nobody else (not found). Leads and owners plan and change it, each change with author and reason.

mod model;
mod read;
mod store;

pub use model::{Brief, Facts, Found, PlannedQuestion, SeatView, Stage};
pub use read::{add_question, find, lock, open_if_candidate, questions, seats};

//! Practice: a candidate answers alone, scores the answer on the anchors of an interview, and only then sees what an
//! interviewer listens for.
//!
//! Always true: an attempt pins a version of a set and of a rubric (R1); until its own score is saved, nothing but the
//! prompt, the kind and the time reaches its author, and the anchors and the checklist once the answer is finished; an
//! answer that is finished and a score that is given never change; going over time is shown and never cut off (R9).
//! What is said aloud stays on its device unless it is saved, and what is saved goes after the time its author wished.
//! All of it is its author's alone, behind a wall of the database, whatever anybody's role; a team sees nothing of it,
//! not even in its audit. Every member of a team may practise on the built-in sets and on what the team has opened.
//! What its author shares is seen by the one person they named, while they share it, and for thirty days at most: prompt
//! and answer, and the author's own scores once that person has scored every answer of the share (R2).

pub mod api;
mod honesty;
pub mod jobs;
mod memory;
mod model;
pub mod pages;
mod planning;
mod service;
mod statistics;
mod store;

pub use model::*;
pub use service::*;

//! Guided feedback: how somebody who never interviewed gives a peer something to work with.
//!
//! Always true: it is for whoever led a practice that two booked on the board, once it is over; one page asks, area by
//! area, for the words of the rubric that fit and what was seen or heard (R4), then what went well, what to try next and
//! where the other stands. It is the same card as any other: given at once and locked (R5), decided by the same rule
//! (R6), and a draft of the report is written from it, which is looked at and given as any report is (R10). All of it
//! happens or nothing does. Only one's own card is seen (R2).

pub mod api;
mod model;
pub mod pages;
mod service;

pub use model::{FeedbackArea, FeedbackGiven, FeedbackView, NewAreaFeedback, NewFeedback};
pub use service::{give, show};

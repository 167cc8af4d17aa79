//! Reports: what the candidate is given.
//!
//! Always true: a report holds chosen fields and nothing else, and names nobody of the panel (R10); the
//! preview is made by the same code and the same template as the candidate's page; what was released is
//! frozen, and a withdrawal is a date. Before reading it the candidate is asked for own scores on the five
//! areas, blind both ways: they do not see the report before, and the panel sees those scores only in an
//! open debrief, with its own cards in. Leads and owners write and release, in mode mock the lead
//! interviewer too; who owes a card does neither before it is in.

pub mod api;
mod compose;
mod model;
pub mod pages;
mod service;
mod store;

pub use model::{
    Content, DraftView, NewRelease, NewReport, NewSelfScore, NewSelfScores, NewStrength, NextStep, ReleaseView, ReportRead, ReportView,
    SelfScoresView, Strength,
};
pub use service::{
    Beside, OwnReport, OwnStep, beside_own, draft, erase, give_self_scores, own, preview, read, release, self_scores, unreleased, withdraw,
    write,
};

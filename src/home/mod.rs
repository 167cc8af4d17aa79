//! Home: what waits for one person in one team.
//!
//! Always true: it holds what the other features would show this reader anyway, and decides nothing itself;
//! others' cards appear as yes or no per seat, where the table of R2 allows that; a few queries make it,
//! however many interviews there are. Every member has one. Owners of a team without interviews also get a
//! checklist of first steps, which follows from facts and can be put away.

pub mod api;
mod model;
pub mod pages;
mod service;
mod store;

pub use model::{
    Checklist, ChecklistFact, ChecklistNote, HomeView, MissingScorecards, OwnReportView, Part, ReportStep, ReportToGive, Step, StepName,
};
pub use service::{erase, note, show};

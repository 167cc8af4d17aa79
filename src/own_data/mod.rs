//! Everybody's own data: taken along as one file, or deleted (R14).
//!
//! Always true: both ask for the password once more; the file holds what its person could read anyway, and nobody
//! else's words; a deletion is one transaction, and after it no table, mail or line of the audit names the person or
//! their address, and nothing lets them in. What others' work rests on stays without a name: submitted scorecards, the
//! interviews of a candidate, what was given to exercises. A team with nobody else in it is deleted whole; a team whose
//! only owner one is needs another owner first.

pub mod api;
mod model;
pub mod pages;
mod service;

pub use model::{Deletion, OwnData, OwnInterview, OwnPad, OwnScorecard, OwnTeamData, TeamOfDeletion};
pub use service::{export, plan_deletion};

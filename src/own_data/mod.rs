//! Everybody's own data: taken along as one file, or deleted (R14).
//!
//! Always true: both ask for the password once more; the file holds what its person could read anyway, and of others'
//! words those alone that were given to them, a report or a coach's; a deletion is one transaction, and after it the
//! account, its records in teams and the mails to it name nobody, and nothing lets them in. What others' work rests on
//! stays without a name: submitted scorecards, the interviews of a candidate, what was given to exercises. What others
//! have written stays theirs: a note may still say a name, and so does a record that a team never linked to the account. A team with nobody else in it is deleted whole; a team whose only owner one is needs
//! another owner first.

pub mod api;
mod archive;
mod model;
pub mod pages;
mod service;

pub use model::{Deletion, OwnData, OwnInterview, OwnPad, OwnScorecard, OwnTeamData, TeamOfDeletion};
pub use service::{export, plan_deletion};

//! Candidate records: a team's file on each person it interviews.
//!
//! Always true: a record belongs to one team; an interview points at the record, never at an account; an
//! address, and a linked account, stands in one record of the team only; a linked account is a member
//! with the role candidate, and in a team of mode mock any member, since there people interview each other;
//! nobody is on the panel of their own interview; a résumé claim that is removed stays for the cards it stands on;
//! the résumé on a record is what its person has sent to this team, else a file that a lead has put there.
//! Owners and leads read and write them; interviewers see the candidate of their
//! interview, and its claims and résumé where they score, no more.

pub mod api;
mod model;
pub mod pages;
mod service;
mod store;

pub use model::*;
pub use service::*;

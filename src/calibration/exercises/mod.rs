//! Exercises: several people score the same gold interview, each for themselves, and find out where and why they differ.
//!
//! A gold interview is a transcript that experts have scored: at least three, blind, before they agreed on a reference
//! with its reasons. Built-in ones belong to no team and are written by the importer only; a team writes its own.
//! Always true: nobody finds a byte of the reference, of the experts' or of colleagues' scores before their own are
//! in, whatever their role; what is in is locked; a published version never changes, and a result keeps the version it
//! was given for; an area on which the experts lay more than a point apart is talked about and never scored; nobody
//! gives the same interview again within 90 days, or one they had a hand in; a result is its owner's alone, and a lead
//! finds counts and distributions of at least three people. Owners and leads write gold interviews and exercises;
//! they and interviewers take part.

mod addresses;
pub mod api;
mod file;
mod measures;
mod model;
mod order;
pub mod pages;
mod progress;
mod roles;
mod service;
mod store;
mod transcript;
mod waiting;

pub use file::{Consensus, Expert, ExpertScore, GoldFile, Mark, SCHEMA, parse_file, read_json, schema_passes};
pub use model::*;
pub use order::order;
pub(in crate::calibration) use roles::{Named, by_roles};
pub use service::*;
pub use transcript::{Speaker, Turn};
pub use waiting::WaitingPart;

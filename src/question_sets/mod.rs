//! Question sets: what is asked, with all an interviewer needs beside it.
//!
//! Always true: a published version never changes; a question keeps its id over the versions of its set;
//! every question has at least one area of the rubric and one level; the built-in sets belong to no team,
//! are read by all and are written by the importer only, which is not the role that answers requests.
//! Owners and leads write a team's own sets: a draft, published as the next version with a reason.
//! Owners, leads and interviewers read them; a candidate sees a prompt in the room and nothing else.

pub mod api;
mod difference;
mod draft;
mod exchange;
mod file;
mod found;
pub mod jobs;
mod model;
pub mod pages;
mod service;
mod store;
mod suggestion;
mod upstream;

pub use difference::*;
pub use draft::*;
pub use exchange::*;
pub use file::{QuestionFile, QuestionSetFile, parse_file};
pub use found::{FoundPlace, FoundQuestion, Piece};
pub use model::*;
pub use service::*;
pub use suggestion::suggest;
pub use upstream::{Ours, Upstream, UpstreamQuestion, UpstreamVersion};

pub use crate::rubrics::Level;

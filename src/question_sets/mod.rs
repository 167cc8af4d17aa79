//! Question sets: what is asked, with all an interviewer needs beside it.
//!
//! Always true: a published version never changes; a question keeps its id over the versions of its set;
//! every question has at least one area of the rubric and one level; the built-in sets belong to no team,
//! are read by all and are written by the importer only, which is not the role that answers requests.
//! Owners, leads and interviewers read them; a candidate sees a prompt in the room and nothing else.

mod file;
mod model;
mod service;
mod store;

pub use file::{QuestionFile, QuestionSetFile, parse_file};
pub use model::*;
pub use service::*;

pub use crate::rubrics::Level;

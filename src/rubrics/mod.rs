//! Rubrics: five areas, each with five levels written as behaviour, and what each seniority asks of them.
//!
//! Always true: a published version never changes; there are always five areas with the same keys in the
//! same order, so a number from 1 to 5 means the same area everywhere; the built-in ones belong to no
//! team, are read by all and are written by the importer only, which is not the role that answers requests.
//! Owners and leads write a team's own: a draft, copied from a version, published as the next version with a
//! reason. Owners, leads and interviewers read them; a candidate never does.

mod advice;
pub mod api;
mod difference;
mod draft;
mod file;
mod model;
pub mod pages;
mod service;
mod store;

pub use difference::{RubricChange, RubricDifferences};
pub use draft::*;
pub use file::{RubricFile, SCHEMA, parse_file, read_json, schema_passes};
pub use model::*;
pub use pages::{LibraryPart, library_tabs};
pub use service::*;

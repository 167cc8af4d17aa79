//! SQL of rubrics: the built-in library, a team's drafts, and what a team has published.

pub mod drafts;
pub mod library;
pub mod versions;

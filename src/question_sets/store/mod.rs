//! SQL of question sets: the built-in library, a team's sets with their drafts, and what they published.

mod content;
pub mod drafts;
pub mod found;
pub mod imports;
pub mod library;
pub mod sets;
pub mod versions;

pub use content::write as content_of;

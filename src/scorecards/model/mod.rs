//! Shapes and rules of scorecards, without I/O.

mod amendment;
mod card;
mod patch;
mod rules;
mod value;

pub use amendment::*;
pub use card::*;
pub use patch::{AreaPatch, Changes, EvidencePatch, MAX_TEXT, QuestionPatch, ScorecardPatch, TickPatch, WarningPatch};
pub use rules::*;
pub use value::*;

//! Shapes and rules of scorecards, without I/O.

mod amendment;
mod blind;
mod card;
mod claims;
mod patch;
mod rules;
mod value;

pub use amendment::*;
pub use blind::BlindCard;
pub use card::*;
pub use claims::{ClaimMark, Verdict};
pub use patch::{AreaPatch, Changes, ClaimPatch, EvidencePatch, MAX_TEXT, QuestionPatch, ScorecardPatch, TickPatch, WarningPatch};
pub use rules::*;
pub use value::*;

//! Shapes of practice and the rules that need nothing else.

mod aloud;
mod attempt;
mod choice;
mod desk;
mod giving;
mod honesty;
mod mock;
mod plan;
mod progress;
mod share;
mod side;

pub use aloud::*;
pub use attempt::*;
pub use choice::*;
pub use desk::*;
pub use giving::*;
pub use honesty::*;
pub use mock::*;
pub use plan::*;
pub use progress::*;
pub use share::*;
pub use side::*;

use crate::{id_types, text_enum};

id_types! {
    /// One answer in practice.
    AttemptId,
    /// A full mock interview practised alone.
    MockId,
    /// Attempts shown to a coach.
    ShareId,
}

text_enum! {
    /// How an answer is given.
    AnswerKind { Typed = "typed", Recorded = "recorded" }
}

text_enum! {
    /// Where an attempt stands.
    AttemptPhase {
        /// The question is read and thought about.
        Thinking = "thinking",
        Answering = "answering",
        /// The answer is finished, and its own score owed.
        Scoring = "scoring",
        /// Everything is open.
        Scored = "scored",
    }
}

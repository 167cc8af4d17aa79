//! Rooms: the live side of an interview, of the same id.
//!
//! Always true: the log of a room has no gap and is the truth of what happened; every act holds the
//! interview's lock, writes one line to the log for each thing that changed, and rings the bell after the
//! commit. The clock is the server's, computed from the stretches in which it ran; over the planned time
//! it goes on. One person drives: the lead interviewer, or the interviewer who took the wheel, and that is
//! recorded. The candidate is given the prompt, the clock and the people's names, never what comes next;
//! an observer reads and is given nobody's notes, ticks or scores. A cancelled interview has no room.

pub mod api;
mod clock;
mod model;
pub mod pages;
mod service;
mod store;
mod view;

pub use clock::{ClockView, QuestionClock};
pub use model::{AddQuestion, ChangePrompt, ChangeRoom, NextPhase, Phase};
pub use service::{add_question, change, look, set_prompt, show, skip, take_the_wheel};
pub use view::{GuidanceView, PanelView, PersonView, PromptView, QueueItem, RoomView};

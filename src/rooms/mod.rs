//! Rooms: the live side of an interview, of the same id.
//!
//! Always true: the log of a room has no gap and is the truth of what happened; every act holds the
//! interview's lock, writes one line to the log for each thing that changed, and rings the bell after the
//! commit. The clock is the server's, computed from the stretches in which it ran; over the planned time
//! it goes on. One person drives: the lead interviewer, or the interviewer who took the wheel, and that is
//! recorded. The candidate is given the prompt, the clock and the people's names, never what comes next;
//! they may ask for a break and for minutes to think, and keep notes that nobody else reads. A pad beside a
//! question is written by interviewers and candidate together, and every change of it is kept;
//! an observer reads and is given nobody's notes, ticks or scores. A cancelled interview has no room.

pub mod api;
mod clock;
pub mod jobs;
mod model;
mod own_notes;
mod pad;
pub mod pages;
mod presence;
mod service;
mod store;
mod view;

pub use clock::{ClockView, QuestionClock};
pub use model::{AddQuestion, AskBreak, AskQuiet, ChangePrompt, ChangeRoom, NextPhase, Phase};
pub use own_notes::{OwnNotes, SavedNotes, WriteNotes};
pub use pad::{Language, NewPadUpdate, OpenPad, Pad, PadAuthor, PadOfInterview, PadSaved, PadUpdate, PadView};
pub use presence::{Presence, SayPresence};
pub use service::{
    add_pad_update, add_question, ask_break, ask_quiet, asked_at, change, erase_written, look, open_pad, own_notes, own_writing, pad_texts,
    pads, put_off_break, read_pad, rewrite_pad, save_own_notes, say_presence, set_prompt, show, show_pad, skip, take_the_wheel,
};
pub use view::{GuidanceView, PanelView, PersonView, PromptView, QueueItem, RoomView};

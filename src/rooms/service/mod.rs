//! What can be done in a room.

mod ask;
mod drive;
mod jot;
mod look;
mod own_data;
mod own_notes;
mod pad;
mod presence;
mod visit;

use std::sync::Arc;

pub use super::store::erase_written;
pub use ask::{ask_break, ask_quiet};
pub use drive::{add_question, change, put_off_break, set_prompt, skip, take_the_wheel};
pub use jot::{NewNote, add_note, delete_note, save_marks};
pub use look::look;
pub use own_data::own_writing;
pub use own_notes::{own_notes, save_own_notes};
pub use pad::{PadReading, add_pad_update, open_pad, pad_texts, pads, read_pad, rewrite_pad, show_pad};
pub use presence::say_presence;
pub use visit::{Visit, visit};

use super::clock::{ClockView, used};
use super::model::{self, Room};
use super::store;
use super::view::{self, RoomView};
use crate::interviews::{self, Found, SeatView};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, AccountId, Act, Actor, InterviewId, Seat};
use crate::question_sets::{self, QuestionId, QuestionSetVersion};

/// A room somebody may be in, with all that is shared there.
pub struct Entered {
    pub found: Found,
    pub room: Room,
    pub seats: Vec<SeatView>,
    pub set: Arc<QuestionSetVersion>,
}

impl Entered {
    pub fn driver(&self) -> Option<AccountId> {
        self.room.driver(&self.seats)
    }
}

/// The room as this reader may see it.
pub fn show(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<RoomView> {
    let entered = enter(tx, actor, id)?;
    if model::closed(entered.found.brief.stage()) {
        return Err(Error::NotFound);
    }
    Ok(view::of(&entered, actor, tx.now))
}

/// When each question was first on the screen, in seconds of the interview without its pauses; for who reads the debrief.
pub fn asked_at(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Vec<(QuestionId, u32)>> {
    let found = interviews::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::ReadDebrief)?;
    let room = store::load(tx, actor.team_id()?, id)?;
    let mut asked: Vec<(QuestionId, u32)> = Vec::new();
    for (place, stretch) in room.stretches.iter().enumerate() {
        let Some(question) = stretch.question_id.filter(|question| asked.iter().all(|(known, _)| known != question)) else { continue };
        let before = used(&room.stretches[..place], tx.now).num_seconds();
        asked.push((question, u32::try_from(before).unwrap_or_default()));
    }
    Ok(asked)
}

/// The clock alone, for pages that look at it from time to time.
pub fn clock(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<ClockView> {
    Ok(show(tx, actor, id)?.clock)
}

/// Scope and policy of everything here: three queries, whatever is asked for then.
pub fn enter(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Entered> {
    enter_to(Act::EnterRoom, tx, actor, id)
}

/// The same for one act alone.
fn enter_to(act: Act, tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Entered> {
    let found = interviews::find(tx, actor, id)?;
    policy::allow(&found.standing, act)?;
    let mut room = store::load(tx, actor.team_id()?, id)?;
    if found.standing.seat == Some(Seat::Candidate) {
        room.present = room.present.without_away();
    }
    let seats = interviews::seats(tx, actor, id)?;
    let set = question_sets::version(tx, found.brief.question_set_version_id)?;
    Ok(Entered { found, room, seats, set })
}

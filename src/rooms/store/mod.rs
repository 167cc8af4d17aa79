//! SQL of rooms: the row, its stretches and skips, and the log of what happened.

mod events;
mod load;
mod own_data;
mod own_notes;
mod pad;
mod presence;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

pub use events::since;
pub use load::load;
pub use own_data::erase_written;
pub use own_notes::{own_notes, save_own_notes};
pub use pad::{PadPlace, add_update, all_contents, contents, hold_pad, made_at, number_of, open_pad, updates_after};
pub use presence::{forget_presence, nobody_said, say_presence};

use super::model::{EventKind, Room};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, InterviewId, TeamId};
use crate::question_sets::QuestionId;
use crate::schema::{room_events, room_skips, room_stretches, rooms};

/// Whose room a write is for. The caller holds the interview's lock.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub team: TeamId,
    pub interview: InterviewId,
    /// Who acts.
    pub by: AccountId,
}

/// Makes the room, before or at its start.
pub fn make(tx: &mut Tx, place: Place) -> Result<()> {
    diesel::insert_into(rooms::table)
        .values((rooms::team_id.eq(place.team), rooms::interview_id.eq(place.interview), rooms::driver_id.eq(place.by)))
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    Ok(())
}

/// Writes down that it began. Who starts drives.
pub fn start(tx: &mut Tx, place: Place) -> Result<()> {
    let now = tx.now;
    diesel::update(rooms::table.find((place.team.0, place.interview.0)))
        .set((rooms::started_at.eq(now), rooms::started_by.eq(place.by), rooms::driver_id.eq(place.by)))
        .execute(tx.conn())?;
    Ok(())
}

pub fn end(tx: &mut Tx, place: Place) -> Result<()> {
    let now = tx.now;
    diesel::update(rooms::table.find((place.team.0, place.interview.0)))
        .set((rooms::ended_at.eq(now), rooms::ended_by.eq(place.by)))
        .execute(tx.conn())?;
    Ok(())
}

/// Writes what of the room changes without a history of its own: where it is, who drives, what shows.
pub fn update(tx: &mut Tx, place: Place, room: &Room) -> Result<()> {
    diesel::update(rooms::table.find((place.team.0, place.interview.0)))
        .set((
            rooms::driver_id.eq(room.driver_id.unwrap_or(place.by)),
            rooms::question_id.eq(room.question_id),
            rooms::prompt_hidden.eq(room.prompt_hidden),
            rooms::last_seq.eq(room.last_seq),
            rooms::break_asked_at.eq(room.break_asked_at),
            rooms::quiet_until.eq(room.quiet_until),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Writes that the log has grown, and nothing of the room has changed.
pub fn count_event(tx: &mut Tx, team: TeamId, interview: InterviewId, last_seq: i64) -> Result<()> {
    diesel::update(rooms::table.find((team.0, interview.0))).set(rooms::last_seq.eq(last_seq)).execute(tx.conn())?;
    Ok(())
}

/// Writes what the candidate asked for.
pub fn update_asks(tx: &mut Tx, team: TeamId, interview: InterviewId, room: &Room) -> Result<()> {
    diesel::update(rooms::table.find((team.0, interview.0)))
        .set((rooms::last_seq.eq(room.last_seq), rooms::break_asked_at.eq(room.break_asked_at), rooms::quiet_until.eq(room.quiet_until)))
        .execute(tx.conn())?;
    Ok(())
}

pub fn begin_stretch(tx: &mut Tx, place: Place, number: i32, question: Option<QuestionId>) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(room_stretches::table)
        .values((
            room_stretches::team_id.eq(place.team),
            room_stretches::interview_id.eq(place.interview),
            room_stretches::number.eq(number),
            room_stretches::question_id.eq(question),
            room_stretches::began_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub fn end_stretch(tx: &mut Tx, place: Place, at: DateTime<Utc>) -> Result<()> {
    let open = room_stretches::table
        .filter(room_stretches::team_id.eq(place.team).and(room_stretches::interview_id.eq(place.interview)))
        .filter(room_stretches::ended_at.is_null());
    diesel::update(open).set(room_stretches::ended_at.eq(at)).execute(tx.conn())?;
    Ok(())
}

pub fn skip(tx: &mut Tx, place: Place, question: QuestionId) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(room_skips::table)
        .values((
            room_skips::team_id.eq(place.team),
            room_skips::interview_id.eq(place.interview),
            room_skips::question_id.eq(question),
            room_skips::skipped_at.eq(now),
            room_skips::skipped_by.eq(place.by),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// A skipped question was asked after all; that it was skipped stays in the log.
pub fn unskip(tx: &mut Tx, place: Place, question: QuestionId) -> Result<()> {
    diesel::delete(room_skips::table.find((place.team.0, place.interview.0, question.0))).execute(tx.conn())?;
    Ok(())
}

/// Adds to the log. Numbers have no gap because the interview is locked. `by` is an account, or the link a candidate came by.
pub fn record(
    tx: &mut Tx,
    (team, interview): (TeamId, InterviewId),
    by: Uuid,
    seq: i64,
    kind: EventKind,
    question: Option<QuestionId>,
) -> Result<()> {
    let now = tx.now;
    let detail = match question {
        Some(id) => serde_json::json!({ "question_id": id }),
        None => serde_json::json!({}),
    };
    diesel::insert_into(room_events::table)
        .values((
            room_events::team_id.eq(team),
            room_events::interview_id.eq(interview),
            room_events::seq.eq(seq),
            room_events::kind.eq(kind),
            room_events::audience.eq(kind.audience()),
            room_events::detail.eq(detail),
            room_events::actor_id.eq(by),
            room_events::happened_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

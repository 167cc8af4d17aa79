//! Deleting what was written in the rooms of one person's interviews.

use diesel::prelude::*;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{InterviewId, TeamId};
use crate::schema::{own_notes, pad_updates, pads, room_presence};

/// The candidate's own notes and the pads, of which nobody can tell whose a word was, with the traces of who was there.
pub fn erase_written(tx: &mut Tx, team: TeamId, ids: &[InterviewId]) -> Result<()> {
    diesel::delete(own_notes::table.filter(own_notes::team_id.eq(team).and(own_notes::interview_id.eq_any(ids)))).execute(tx.conn())?;
    diesel::delete(pad_updates::table.filter(pad_updates::team_id.eq(team).and(pad_updates::interview_id.eq_any(ids))))
        .execute(tx.conn())?;
    diesel::delete(pads::table.filter(pads::team_id.eq(team).and(pads::interview_id.eq_any(ids)))).execute(tx.conn())?;
    diesel::delete(
        room_presence::table
            .filter(room_presence::team_id.eq(team).and(room_presence::interview_id.eq_any(ids)))
            .filter(room_presence::candidate),
    )
    .execute(tx.conn())?;
    Ok(())
}

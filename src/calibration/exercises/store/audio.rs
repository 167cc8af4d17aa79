//! SQL of the sound of a team's gold interviews.

use diesel::prelude::*;

use super::super::model::{GoldAudio, GoldId};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::recordings::{MediaType, Place, RecordingId};
use crate::schema::{gold_audio as audio, recordings};

/// Where it lies, and what is told of it.
pub fn find(tx: &mut Tx, team: TeamId, gold: GoldId) -> Result<Option<(Place, GoldAudio)>> {
    let same = recordings::team_id.eq(audio::team_id).and(recordings::id.eq(audio::recording_id));
    let row: Option<(RecordingId, MediaType, i64)> = audio::table
        .inner_join(recordings::table.on(same))
        .filter(audio::team_id.eq(team).and(audio::gold_interview_id.eq(gold)))
        .select((recordings::id, recordings::media_type, recordings::bytes))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(id, media_type, bytes)| (Place { team, id }, GoldAudio { media_type, bytes })))
}

pub fn put(tx: &mut Tx, gold: GoldId, place: Place, by: Option<AccountId>) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(audio::table)
        .values((
            audio::team_id.eq(place.team),
            audio::gold_interview_id.eq(gold),
            audio::recording_id.eq(place.id),
            audio::brought_by.eq(by),
            audio::brought_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub fn forget(tx: &mut Tx, team: TeamId, gold: GoldId) -> Result<()> {
    diesel::delete(audio::table.find((team.0, gold.0))).execute(tx.conn())?;
    Ok(())
}

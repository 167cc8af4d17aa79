//! SQL of the sound of shared answers: the two of a share are given it by `shared_sounds` and `shared_sound_part`, through
//! the door of the team in which it lies, and by no other way.

use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid};

use super::super::model::{AttemptId, ShareId};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::recordings::{MediaType, RecordingId};

/// What was said in one answer.
#[derive(Debug, Clone, QueryableByName)]
pub struct SharedSoundRow {
    #[diesel(sql_type = Uuid)]
    pub attempt_id: AttemptId,
    #[diesel(sql_type = Uuid)]
    pub recording_id: RecordingId,
    #[diesel(sql_type = Text)]
    pub media_type: MediaType,
    #[diesel(sql_type = BigInt)]
    pub bytes: i64,
    #[diesel(sql_type = Nullable<Integer>)]
    pub duration_ms: Option<i32>,
}

#[derive(QueryableByName)]
struct PartRow {
    #[diesel(sql_type = BigInt)]
    first_byte: i64,
    #[diesel(sql_type = Binary)]
    content: Vec<u8>,
}

/// Of all answers of a share that were said aloud and are kept.
pub fn of_share(tx: &mut Tx, share: ShareId) -> Result<Vec<SharedSoundRow>> {
    let now = tx.now;
    let query = sql_query("SELECT attempt_id, recording_id, media_type, bytes, duration_ms FROM shared_sounds($1, $2)");
    Ok(query.bind::<Uuid, _>(share.0).bind::<Timestamptz, _>(now).load(tx.conn())?)
}

/// The part in which this byte lies, with the place of its first.
pub fn part(tx: &mut Tx, (share, attempt): (ShareId, AttemptId), byte: i64) -> Result<Option<(i64, Vec<u8>)>> {
    let now = tx.now;
    let part: Option<PartRow> = sql_query("SELECT first_byte, content FROM shared_sound_part($1, $2, $3, $4)")
        .bind::<Uuid, _>(share.0)
        .bind::<Uuid, _>(attempt.0)
        .bind::<Timestamptz, _>(now)
        .bind::<BigInt, _>(byte)
        .get_result(tx.conn())
        .optional()?;
    Ok(part.map(|part| (part.first_byte, part.content)))
}

/// There is something for a coach: words, or sound that is saved.
pub fn can_be_shown() -> SqlLiteral<Bool> {
    sql("(practice_attempts.kind = 'typed' OR practice_attempts.answer <> '' OR EXISTS (
            SELECT FROM practice_recordings p JOIN recordings r ON r.team_id = p.team_id AND r.id = p.recording_id
            WHERE p.team_id = practice_attempts.team_id AND p.attempt_id = practice_attempts.id AND r.finished_at IS NOT NULL))")
}

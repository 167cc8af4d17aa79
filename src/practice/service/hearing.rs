//! Hearing what was said in a shared answer: its coach may as long as it is shown to them, its author always.

use super::super::model::{AttemptId, ShareId, SharedSound};
use super::super::store::shared_sound::{self, SharedSoundRow};
use super::sharing::{open, within};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::recordings::{self, MediaType, RecordingId};

/// What can be heard of one answer.
pub struct SharedAudio {
    pub id: RecordingId,
    pub media_type: MediaType,
    pub bytes: u64,
}

/// The sound of an answer, for the two of the share.
pub fn listen_shared(tx: &mut Tx, actor: &Actor, (share, attempt): (ShareId, AttemptId)) -> Result<SharedAudio> {
    let row = open(tx, actor, share)?;
    let sounds = within(tx, actor, row.team_id, |tx| shared_sound::of_share(tx, share))?;
    let sound = sounds.into_iter().find(|sound| sound.attempt_id == attempt).ok_or(Error::NotFound)?;
    Ok(SharedAudio { id: sound.recording_id, media_type: sound.media_type, bytes: u64::try_from(sound.bytes).unwrap_or_default() })
}

/// Its bytes from this one on, as far as one part goes; whether it is still shared is asked each time.
pub fn shared_from(tx: &mut Tx, actor: &Actor, (share, attempt): (ShareId, AttemptId), byte: u64) -> Result<Vec<u8>> {
    let row = open(tx, actor, share)?;
    within(tx, actor, row.team_id, |tx| recordings::from_byte(byte, |byte| shared_sound::part(tx, (share, attempt), byte)))
}

/// What of an answer was said aloud, among what can be heard of its share.
pub(super) fn sound_of(sounds: &[SharedSoundRow], attempt: AttemptId) -> Option<SharedSound> {
    sounds.iter().find(|sound| sound.attempt_id == attempt).map(|sound| SharedSound { duration_ms: sound.duration_ms })
}

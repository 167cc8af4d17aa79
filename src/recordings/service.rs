//! What can be done with a recording. The caller has made sure who may.

use sha2::{Digest as _, Sha256};

use super::model::{LARGEST_PART, MediaType, NewAudio, Place, Recording, TOGETHER, length};
use super::store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, TeamId};

pub fn begin(tx: &mut Tx, team: TeamId, new: NewAudio) -> Result<Place> {
    store::insert(tx, team, new)
}

pub fn find(tx: &mut Tx, place: Place) -> Result<Option<Recording>> {
    store::find(tx, place)
}

/// Brings a part. The same again is the same part, at any time.
pub fn put_part(tx: &mut Tx, place: Place, number: i32, content: &[u8]) -> Result<Recording> {
    let recording = store::lock(tx, place)?.ok_or(Error::NotFound)?;
    if content.is_empty() {
        return Err(Error::invalid("part", "A part is not empty."));
    }
    let digest = Sha256::digest(content).to_vec();
    if number < recording.parts {
        return match store::digest(tx, place, number)? {
            Some(known) if known == digest => Ok(recording),
            _ => Err(Error::conflict("another-part", "There is another part of this number already.")),
        };
    }
    recording.takes(number, content)?;
    if let Some(account) = recording.account
        && store::together(tx, account)? + length(content) > TOGETHER
    {
        let text = format!("Your saved recordings hold {} MB together, which is the most. Delete one first.", TOGETHER / 1024 / 1024);
        return Err(Error::conflict("recordings-full", text));
    }
    store::add(tx, &recording, content, &digest)
}

/// It is whole, and took so long. The same again is the same end.
pub fn finish(tx: &mut Tx, place: Place, duration_ms: Option<i32>) -> Result<Recording> {
    let recording = store::lock(tx, place)?.ok_or(Error::NotFound)?;
    if recording.parts == 0 {
        return Err(Error::conflict("part-missing", "There is nothing of it yet. Send part 0 first."));
    }
    if recording.finished_at.is_some() {
        return if recording.duration_ms == duration_ms {
            Ok(recording)
        } else {
            Err(Error::conflict("recording-finished", "This recording is whole. Nothing of it changes any more."))
        };
    }
    store::finish(tx, place, duration_ms)?;
    Ok(Recording { duration_ms, finished_at: Some(tx.now), ..recording })
}

/// Its bytes from this one on, as far as one part goes; nothing when there are none.
pub fn bytes_from(tx: &mut Tx, place: Place, byte: u64) -> Result<Vec<u8>> {
    from_byte(byte, |byte| store::part_at(tx, place, byte))
}

/// The same of a part that is found by a way of its own: with the place of its first byte.
pub fn from_byte(byte: u64, part_at: impl FnOnce(i64) -> Result<Option<(i64, Vec<u8>)>>) -> Result<Vec<u8>> {
    let byte = i64::try_from(byte).unwrap_or(i64::MAX);
    let Some((first, mut content)) = part_at(byte)? else { return Ok(Vec::new()) };
    let before = usize::try_from(byte - first).unwrap_or_default().min(content.len());
    Ok(content.split_off(before))
}

/// A whole file at once, cut into parts; it tells itself what it is. It is the team's.
pub fn bring(tx: &mut Tx, team: TeamId, content: &[u8]) -> Result<Place> {
    let media_type = MediaType::of(content).ok_or_else(|| Error::invalid("file", "Choose a WebM, MP4 (m4a) or Ogg file with sound."))?;
    let place = store::insert(tx, team, NewAudio { account: None, media_type })?;
    for (number, part) in (0..).zip(content.chunks(LARGEST_PART / 2)) {
        put_part(tx, place, number, part)?;
    }
    finish(tx, place, None)?;
    Ok(place)
}

pub fn remove(tx: &mut Tx, place: Place) -> Result<()> {
    store::delete(tx, place)
}

/// How many bytes an account has together, wherever they are.
pub fn together(tx: &mut Tx, account: AccountId) -> Result<i64> {
    store::together(tx, account)
}

/// All of an account, wherever they are, the oldest first.
pub fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<Recording>> {
    store::all(tx, account)
}

/// Deletes all of an account in the team whose door is open.
pub fn erase(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    store::erase(tx, team, account)
}

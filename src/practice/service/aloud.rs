//! Answers that are said aloud: saving their sound, hearing it, and letting it go.

use chrono::TimeDelta;

use super::super::jobs::ForgetRecordings;
use super::super::model::{
    Aloud, AnswerKind, AttemptId, AttemptPhase, Keeping, NewRecording, RecordingOfList, RecordingState, RecordingView, RecordingsView,
    UNFINISHED_DAYS,
};
use super::super::store::attempts::{self, AttemptRow};
use super::super::store::recordings::{self as aloud, AloudRow};
use super::answering::held;
use super::author;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, Actor, TeamId};
use crate::recordings::{self, NewAudio, Place, TOGETHER};

/// More are not listed.
const LISTED: i64 = 500;

/// What of an answer was said aloud.
pub fn recording(tx: &mut Tx, actor: &Actor, id: AttemptId) -> Result<RecordingView> {
    let (_, account) = author(actor)?;
    Ok(aloud::find(tx, account, id)?.ok_or(Error::NotFound)?.view())
}

/// Begins to save a recording of the device, or goes on with it after a crash. Another one waits until this is deleted.
pub fn begin_recording(tx: &mut Tx, actor: &Actor, id: AttemptId, new: NewRecording) -> Result<RecordingView> {
    let (row, (team, account)) = (held(tx, actor, id)?, author(actor)?);
    let there = aloud::find(tx, account, id)?;
    let finished = row.finished_at.is_some();
    let duration_ms = match &there {
        Some(there) if there.sound.is_some() && there.take == new.take => return Ok(there.view()),
        Some(there) if there.is_saved() => return Err(another()),
        // What was said to be the answer can still be brought, and nothing else.
        Some(there) if finished && there.take == new.take && there.removed.is_none() => there.duration_ms,
        _ if finished => return Err(Error::conflict("answer-finished", "This answer is finished. Nothing is recorded for it any more.")),
        _ => None,
    };
    if row.phase() == AttemptPhase::Thinking {
        attempts::begin_answer(tx, row.team_id, row.id)?;
    }
    let place = recordings::begin(tx, team, NewAudio { account: Some(account), media_type: new.media_type })?;
    aloud::put(tx, (team, account), id, (new.take, duration_ms), Some(place.id))?;
    // Of another one there is a beginning that nobody can hear.
    drop_sound(tx, there.as_ref())?;
    forget_later(tx, (team, account), UNFINISHED_DAYS)?;
    recording(tx, actor, id)
}

/// Brings a part of it. The same again is the same part.
pub fn put_recording_part(tx: &mut Tx, actor: &Actor, id: AttemptId, number: i32, content: &[u8]) -> Result<RecordingView> {
    let place = sound_here(tx, actor, id)?.ok_or(Error::NotFound)?;
    recordings::put_part(tx, place, number, content)?;
    recording(tx, actor, id)
}

/// All of it is here; from now on it is kept as long as is wished.
pub fn finish_recording(tx: &mut Tx, actor: &Actor, id: AttemptId, duration_ms: i32) -> Result<RecordingView> {
    let (row, (team, account)) = (held(tx, actor, id)?, author(actor)?);
    let there = aloud::find(tx, account, id)?.ok_or(Error::NotFound)?;
    let place = there.sound.ok_or(Error::NotFound)?.place;
    let said = Aloud { take: there.take, duration_ms };
    if there.duration_ms != Some(duration_ms) {
        said.check(row.answering_at, tx.now)?;
        if row.finished_at.is_some() && there.duration_ms.is_some() {
            return Err(Error::conflict("answer-finished", "This answer is finished, and took as long as it was said."));
        }
    }
    recordings::finish(tx, place, Some(duration_ms))?;
    aloud::put(tx, (team, account), id, (there.take, Some(duration_ms)), Some(place.id))?;
    let days = aloud::keep_days(tx, account)?;
    forget_later(tx, (team, account), days.into())?;
    recording(tx, actor, id)
}

/// Deletes the sound. Of a finished answer it stays known that it was said aloud, and how long it took.
pub fn remove_recording(tx: &mut Tx, actor: &Actor, id: AttemptId) -> Result<()> {
    let (row, (team, account)) = (held(tx, actor, id)?, author(actor)?);
    let there = aloud::find(tx, account, id)?.ok_or(Error::NotFound)?;
    if there.removed.is_some() {
        return Ok(());
    }
    if row.finished_at.is_some() {
        aloud::part_from_sound(tx, (team, id), Some(RecordingState::Deleted))?;
    } else {
        aloud::forget(tx, team, id)?;
    }
    drop_sound(tx, Some(&there))
}

/// What can be heard of an answer, for who may hear it.
pub fn listen(tx: &mut Tx, actor: &Actor, id: AttemptId) -> Result<recordings::Recording> {
    let place = may_hear(tx, actor, id)?;
    recordings::find(tx, place)?.filter(|recording| recording.finished_at.is_some()).ok_or(Error::NotFound)
}

/// Its bytes from this one on, as far as one part goes.
pub fn heard_from(tx: &mut Tx, actor: &Actor, id: AttemptId, byte: u64) -> Result<Vec<u8>> {
    let place = may_hear(tx, actor, id)?;
    recordings::bytes_from(tx, place, byte)
}

/// The one place that decides who may hear an answer: its author, from every team.
fn may_hear(tx: &mut Tx, actor: &Actor, id: AttemptId) -> Result<Place> {
    sound_here(tx, actor, id)?.ok_or(Error::NotFound)
}

/// Where the sound of one's own answer lies.
fn sound_here(tx: &mut Tx, actor: &Actor, id: AttemptId) -> Result<Option<Place>> {
    let (_, account) = author(actor)?;
    Ok(aloud::find(tx, account, id)?.and_then(|there| there.sound).map(|sound| sound.place))
}

/// All of one's own, wherever they were made.
pub fn own_recordings(tx: &mut Tx, actor: &Actor) -> Result<RecordingsView> {
    let (_, account) = author(actor)?;
    let item =
        |row: AloudRow| RecordingOfList { attempt_id: row.attempt, started_at: row.started_at, recording: row.view(), prompt: row.prompt };
    Ok(RecordingsView {
        keep_days: aloud::keep_days(tx, account)?,
        bytes: recordings::together(tx, account)?,
        most_bytes: TOGETHER,
        items: aloud::list(tx, account, LISTED)?.into_iter().map(item).collect(),
    })
}

/// How long saved recordings are kept, those that are there too.
pub fn set_keeping(tx: &mut Tx, actor: &Actor, new: Keeping) -> Result<RecordingsView> {
    let (_, account) = author(actor)?;
    let days = new.check()?.keep_days;
    aloud::set_keep_days(tx, account, days)?;
    for recording in recordings::of_account(tx, account)? {
        if let Some(finished_at) = recording.finished_at {
            let (team, at) = (recording.place.team, finished_at + TimeDelta::days(days.into()));
            tx.enqueue_at(&ForgetRecordings { team, account }, Some(team.0), at.max(tx.now))?;
        }
    }
    own_recordings(tx, actor)
}

/// Deletes what of somebody's has been kept long enough in a team, by the wish that holds now.
pub fn forget_recordings(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    tx.enter(team.0, Some(account.0))?;
    let now = tx.now;
    let over = |row: &AloudRow| row.team == team && row.keep_until().is_some_and(|until| until <= now);
    for row in aloud::list(tx, account, i64::MAX)?.into_iter().filter(over) {
        // What never came to its end may still be on its device.
        let why = row.is_saved().then_some(RecordingState::RunOut);
        aloud::part_from_sound(tx, (team, row.attempt), why)?;
        if let Some(sound) = row.sound {
            recordings::remove(tx, sound.place)?;
        }
    }
    Ok(())
}

/// When the answer is finished: which recording belongs to it, if any. What was begun to be saved and is not it, goes.
pub(super) fn settle(tx: &mut Tx, actor: &Actor, row: &AttemptRow, said: Option<Aloud>) -> Result<AnswerKind> {
    let (team, account) = author(actor)?;
    let there = aloud::find(tx, account, row.id)?;
    match (said, there) {
        (None, Some(there)) if there.is_saved() => Ok(AnswerKind::Recorded),
        (None, Some(there)) => {
            aloud::forget(tx, team, row.id)?;
            drop_sound(tx, Some(&there))?;
            Ok(AnswerKind::Typed)
        }
        (None, None) => Ok(AnswerKind::Typed),
        (Some(said), there) => {
            let said = said.check(row.answering_at, tx.now)?;
            let same = there.as_ref().filter(|there| there.take == said.take);
            if there.as_ref().is_some_and(AloudRow::is_saved) && same.is_none_or(|same| same.duration_ms != Some(said.duration_ms)) {
                return Err(another());
            }
            let sound = same.and_then(|same| same.sound).map(|sound| sound.place.id);
            aloud::put(tx, (team, account), row.id, (said.take, Some(said.duration_ms)), sound)?;
            if sound.is_none() {
                drop_sound(tx, there.as_ref())?;
            }
            Ok(AnswerKind::Recorded)
        }
    }
}

/// When the attempt goes, its sound goes first.
pub(super) fn remove_sound(tx: &mut Tx, actor: &Actor, row: &AttemptRow) -> Result<()> {
    let Some(there) = aloud::find(tx, actor.account()?, row.id)? else { return Ok(()) };
    aloud::forget(tx, row.team_id, row.id)?;
    drop_sound(tx, Some(&there))
}

/// What nothing points at any more.
fn drop_sound(tx: &mut Tx, there: Option<&AloudRow>) -> Result<()> {
    match there.and_then(|there| there.sound) {
        Some(sound) => recordings::remove(tx, sound.place),
        None => Ok(()),
    }
}

fn forget_later(tx: &mut Tx, (team, account): (TeamId, AccountId), days: i64) -> Result<()> {
    let at = tx.now + TimeDelta::days(days);
    tx.enqueue_at(&ForgetRecordings { team, account }, Some(team.0), at)
}

fn another() -> Error {
    Error::conflict("another-recording", "There is another recording of this answer. Delete it first.")
}

//! SQL of what was said aloud: whose and how long it is, and where its sound lies.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::super::model::{AttemptId, KEEP_DAYS, RecordingState, RecordingView, Schedule, UNFINISHED_DAYS};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::recordings::{MediaType, Place, RecordingId};
use crate::schema::{practice_attempts as attempts, practice_recordings as aloud, practice_schedules as schedules, recordings};

/// What an attempt has of it.
#[derive(Debug, Clone)]
pub struct AloudRow {
    pub attempt: AttemptId,
    pub prompt: String,
    pub started_at: DateTime<Utc>,
    pub team: TeamId,
    pub take: Uuid,
    pub duration_ms: Option<i32>,
    pub removed: Option<(DateTime<Utc>, RecordingState)>,
    pub sound: Option<Sound>,
    /// How long sound is kept, in days.
    keep_days: i32,
}

/// What is on the server.
#[derive(Debug, Clone, Copy)]
pub struct Sound {
    pub place: Place,
    pub media_type: MediaType,
    pub parts: i32,
    pub bytes: i64,
    pub begun_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

type SoundRow = (TeamId, RecordingId, MediaType, i32, i64, DateTime<Utc>, Option<DateTime<Utc>>);
type Read = (
    (AttemptId, String, DateTime<Utc>),
    (TeamId, Uuid, Option<i32>, Option<DateTime<Utc>>, Option<RecordingState>),
    Option<SoundRow>,
    Option<i32>,
);

impl AloudRow {
    fn of(((attempt, prompt, started_at), (team, take, duration_ms, removed_at, removed), sound, keep_days): Read) -> Self {
        let sound = sound.map(|(team, id, media_type, parts, bytes, begun_at, finished_at)| Sound {
            place: Place { team, id },
            media_type,
            parts,
            bytes,
            begun_at,
            finished_at,
        });
        let (removed, keep_days) = (removed_at.zip(removed), keep_days.unwrap_or(KEEP_DAYS));
        AloudRow { attempt, prompt, started_at, team, take, duration_ms, removed, sound, keep_days }
    }

    /// When its sound goes.
    pub fn keep_until(&self) -> Option<DateTime<Utc>> {
        let sound = self.sound?;
        Some(match sound.finished_at {
            Some(at) => at + TimeDelta::days(self.keep_days.into()),
            None => sound.begun_at + TimeDelta::days(UNFINISHED_DAYS),
        })
    }

    /// It is whole and can be heard.
    pub fn is_saved(&self) -> bool {
        self.sound.is_some_and(|sound| sound.finished_at.is_some())
    }

    /// As its author sees it.
    pub fn view(&self) -> RecordingView {
        let state = match (&self.sound, &self.removed) {
            (Some(sound), _) if sound.finished_at.is_some() => RecordingState::Saved,
            (Some(_), _) => RecordingState::Uploading,
            (None, Some((_, why))) => *why,
            (None, None) => RecordingState::Device,
        };
        let saved_at = self.sound.and_then(|sound| sound.finished_at);
        RecordingView {
            take: self.take,
            state,
            duration_ms: self.duration_ms,
            media_type: self.sound.map(|sound| sound.media_type),
            parts: self.sound.map_or(0, |sound| sound.parts),
            bytes: self.sound.map_or(0, |sound| sound.bytes),
            saved_at,
            keep_until: saved_at.and_then(|_| self.keep_until()),
            removed_at: self.removed.map(|(at, _)| at),
        }
    }
}

/// Of one attempt of one's own, wherever it was made.
pub fn find(tx: &mut Tx, account: AccountId, attempt: AttemptId) -> Result<Option<AloudRow>> {
    Ok(load(tx, account, Some(attempt), 1)?.pop())
}

/// Of all, the newest attempts first, at most so many.
pub fn list(tx: &mut Tx, account: AccountId, rows: i64) -> Result<Vec<AloudRow>> {
    load(tx, account, None, rows)
}

fn load(tx: &mut Tx, account: AccountId, attempt: Option<AttemptId>, rows: i64) -> Result<Vec<AloudRow>> {
    let of_attempt = attempts::team_id.eq(aloud::team_id).and(attempts::id.eq(aloud::attempt_id));
    let its_sound = recordings::team_id.eq(aloud::team_id).and(recordings::id.nullable().eq(aloud::recording_id));
    let mut query = aloud::table
        .inner_join(attempts::table.on(of_attempt))
        .left_join(recordings::table.on(its_sound))
        .left_join(schedules::table.on(schedules::account_id.eq(aloud::account_id)))
        .filter(aloud::account_id.eq(account))
        .select((
            (aloud::attempt_id, attempts::prompt, attempts::started_at),
            (aloud::team_id, aloud::take, aloud::duration_ms, aloud::removed_at, aloud::removed),
            (
                recordings::team_id,
                recordings::id,
                recordings::media_type,
                recordings::parts,
                recordings::bytes,
                recordings::begun_at,
                recordings::finished_at,
            )
                .nullable(),
            schedules::keep_days.nullable(),
        ))
        .order((attempts::started_at.desc(), aloud::attempt_id.desc()))
        .limit(rows)
        .into_boxed();
    if let Some(attempt) = attempt {
        query = query.filter(aloud::attempt_id.eq(attempt));
    }
    let rows: Vec<Read> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(AloudRow::of).collect())
}

/// Which recording of the device it is, how long if that is known, and where its sound is if that is here.
pub fn put(
    tx: &mut Tx,
    (team, account): (TeamId, AccountId),
    attempt: AttemptId,
    (take, duration_ms): (Uuid, Option<i32>),
    sound: Option<RecordingId>,
) -> Result<()> {
    let facts = (
        aloud::take.eq(take),
        aloud::duration_ms.eq(duration_ms),
        aloud::recording_id.eq(sound),
        aloud::removed_at.eq(None::<DateTime<Utc>>),
        aloud::removed.eq(None::<RecordingState>),
    );
    diesel::insert_into(aloud::table)
        .values((aloud::team_id.eq(team), aloud::attempt_id.eq(attempt), aloud::account_id.eq(account), facts))
        .on_conflict((aloud::team_id, aloud::attempt_id))
        .do_update()
        .set(facts)
        .execute(tx.conn())?;
    Ok(())
}

/// Its sound is gone from here, or going, for this reason; without one it is where it was before.
pub fn part_from_sound(tx: &mut Tx, (team, attempt): (TeamId, AttemptId), why: Option<RecordingState>) -> Result<()> {
    let at = why.map(|_| tx.now);
    diesel::update(aloud::table.find((team.0, attempt.0)))
        .set((aloud::recording_id.eq(None::<RecordingId>), aloud::removed_at.eq(at), aloud::removed.eq(why)))
        .execute(tx.conn())?;
    Ok(())
}

/// Nothing was said aloud.
pub fn forget(tx: &mut Tx, team: TeamId, attempt: AttemptId) -> Result<()> {
    diesel::delete(aloud::table.find((team.0, attempt.0))).execute(tx.conn())?;
    Ok(())
}

pub fn keep_days(tx: &mut Tx, account: AccountId) -> Result<i32> {
    let known: Option<i32> = schedules::table.find(account.0).select(schedules::keep_days).first(tx.conn()).optional()?;
    Ok(known.unwrap_or(KEEP_DAYS))
}

pub fn set_keep_days(tx: &mut Tx, account: AccountId, days: i32) -> Result<()> {
    let usual = i16::from(Schedule::default().daily);
    diesel::insert_into(schedules::table)
        .values((schedules::account_id.eq(account), schedules::daily.eq(usual), schedules::keep_days.eq(days)))
        .on_conflict(schedules::account_id)
        .do_update()
        .set(schedules::keep_days.eq(days))
        .execute(tx.conn())?;
    Ok(())
}

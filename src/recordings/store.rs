//! SQL of recordings. The wall behind it lets nobody at another's.

use chrono::{DateTime, Utc};
use diesel::dsl::{max, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::model::{MediaType, NewAudio, Place, Recording, RecordingId, length};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::schema::{recording_parts as parts, recordings};

type Row = (TeamId, RecordingId, Option<AccountId>, MediaType, i32, i64, Option<i32>, DateTime<Utc>, Option<DateTime<Utc>>);
type Columns = (
    recordings::team_id,
    recordings::id,
    recordings::account_id,
    recordings::media_type,
    recordings::parts,
    recordings::bytes,
    recordings::duration_ms,
    recordings::begun_at,
    recordings::finished_at,
);

const COLUMNS: Columns = (
    recordings::team_id,
    recordings::id,
    recordings::account_id,
    recordings::media_type,
    recordings::parts,
    recordings::bytes,
    recordings::duration_ms,
    recordings::begun_at,
    recordings::finished_at,
);

fn read((team, id, account, media_type, parts, bytes, duration_ms, begun_at, finished_at): Row) -> Recording {
    Recording { place: Place { team, id }, account, media_type, parts, bytes, duration_ms, begun_at, finished_at }
}

pub fn insert(tx: &mut Tx, team: TeamId, new: NewAudio) -> Result<Place> {
    let (id, now) = (tx.new_id::<RecordingId>(), tx.now);
    diesel::insert_into(recordings::table)
        .values((
            recordings::team_id.eq(team),
            recordings::id.eq(id),
            recordings::account_id.eq(new.account),
            recordings::media_type.eq(new.media_type),
            recordings::begun_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(Place { team, id })
}

pub fn find(tx: &mut Tx, place: Place) -> Result<Option<Recording>> {
    let row: Option<Row> = recordings::table.find((place.team.0, place.id.0)).select(COLUMNS).first(tx.conn()).optional()?;
    Ok(row.map(read))
}

/// The same, held until the commit.
pub fn lock(tx: &mut Tx, place: Place) -> Result<Option<Recording>> {
    let row: Option<Row> =
        recordings::table.find((place.team.0, place.id.0)).select(COLUMNS).for_no_key_update().first(tx.conn()).optional()?;
    Ok(row.map(read))
}

/// What a part is known by.
pub fn digest(tx: &mut Tx, place: Place, number: i32) -> Result<Option<Vec<u8>>> {
    Ok(parts::table.find((place.team.0, place.id.0, number)).select(parts::digest).first(tx.conn()).optional()?)
}

/// The next part of one that the caller holds.
pub fn add(tx: &mut Tx, recording: &Recording, content: &[u8], digest: &[u8]) -> Result<Recording> {
    let place = recording.place;
    diesel::insert_into(parts::table)
        .values((
            parts::team_id.eq(place.team),
            parts::recording_id.eq(place.id),
            parts::number.eq(recording.parts),
            parts::account_id.eq(recording.account),
            parts::first_byte.eq(recording.bytes),
            parts::digest.eq(digest),
            parts::content.eq(content),
        ))
        .execute(tx.conn())?;
    let grown = Recording { parts: recording.parts + 1, bytes: recording.bytes + length(content), ..*recording };
    diesel::update(recordings::table.find((place.team.0, place.id.0)))
        .set((recordings::parts.eq(grown.parts), recordings::bytes.eq(grown.bytes)))
        .execute(tx.conn())?;
    Ok(grown)
}

pub fn finish(tx: &mut Tx, place: Place, duration_ms: Option<i32>) -> Result<()> {
    let now = tx.now;
    diesel::update(recordings::table.find((place.team.0, place.id.0)))
        .set((recordings::finished_at.eq(now), recordings::duration_ms.eq(duration_ms)))
        .execute(tx.conn())?;
    Ok(())
}

/// The part that holds this byte: where it begins, and its bytes.
pub fn part_at(tx: &mut Tx, place: Place, byte: i64) -> Result<Option<(i64, Vec<u8>)>> {
    let first: Option<i64> = parts::table
        .filter(parts::team_id.eq(place.team).and(parts::recording_id.eq(place.id)).and(parts::first_byte.le(byte)))
        .select(max(parts::first_byte))
        .first(tx.conn())?;
    let Some(first) = first else { return Ok(None) };
    let content: Vec<u8> = parts::table
        .filter(parts::team_id.eq(place.team).and(parts::recording_id.eq(place.id)).and(parts::first_byte.eq(first)))
        .select(parts::content)
        .first(tx.conn())?;
    Ok(Some((first, content)))
}

pub fn delete(tx: &mut Tx, place: Place) -> Result<()> {
    diesel::delete(recordings::table.find((place.team.0, place.id.0))).execute(tx.conn())?;
    Ok(())
}

/// How many bytes an account has together, wherever they are.
pub fn together(tx: &mut Tx, account: AccountId) -> Result<i64> {
    Ok(recordings::table
        .filter(recordings::account_id.eq(account))
        .select(sql::<BigInt>("coalesce(sum(bytes), 0)::bigint"))
        .first(tx.conn())?)
}

/// All of an account, wherever they are.
pub fn all(tx: &mut Tx, account: AccountId) -> Result<Vec<Recording>> {
    let rows: Vec<Row> = recordings::table
        .filter(recordings::account_id.eq(account))
        .order((recordings::begun_at, recordings::id))
        .select(COLUMNS)
        .load(tx.conn())?;
    Ok(rows.into_iter().map(read).collect())
}

/// All of an account in the team whose door is open.
pub fn erase(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    diesel::delete(recordings::table.filter(recordings::team_id.eq(team).and(recordings::account_id.eq(account)))).execute(tx.conn())?;
    Ok(())
}

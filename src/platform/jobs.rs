//! Work that is done after the request: rows written in its transaction, run in one of their own.
//!
//! A job and the mark that it is done are one transaction, so a job's effect on the database happens
//! exactly once. A job that fails is tried again with growing waits, ten times in all.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::db::{Db, Door, Tx};
use super::error::{Error, Result};
use super::stop::Stop;
use crate::schema::jobs;

/// A kind of work. The payload is the struct itself; it holds ids, not copies.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    const KIND: &'static str;

    /// Runs behind the system door of the job's team. Must cope with a world that has moved on.
    fn run(self, tx: &mut Tx) -> Result<()>;
}

type Runner = fn(Value, &mut Tx) -> Result<()>;

/// The kinds this binary can run; assembled in `app`.
#[derive(Default, Clone)]
pub struct JobTable(HashMap<&'static str, Runner>);

impl JobTable {
    pub fn with<J: Job>(mut self) -> Self {
        self.0.insert(J::KIND, |payload, tx| serde_json::from_value::<J>(payload)?.run(tx));
        self
    }
}

#[derive(Queryable)]
struct Due {
    id: Uuid,
    kind: String,
    payload: Value,
    team_id: Option<Uuid>,
    attempts: i32,
}

const MAX_ATTEMPTS: i32 = 10;
/// How long a worker may be at a job before another takes it.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// Jobs enqueued by other servers, and those whose time has come, are found by asking.
const ASK_EVERY: Duration = Duration::from_secs(5);

pub(super) fn insert<J: Job>(
    conn: &mut PgConnection,
    id: Uuid,
    job: &J,
    team: Option<Uuid>,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::insert_into(jobs::table)
        .values((
            jobs::id.eq(id),
            jobs::kind.eq(J::KIND),
            jobs::payload.eq(serde_json::to_value(job)?),
            jobs::team_id.eq(team),
            jobs::run_at.eq(at),
            jobs::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whether a job like this one has not begun yet.
pub(super) fn waits<J: Job>(conn: &mut PgConnection, job: &J) -> Result<bool> {
    let unfinished = jobs::table.filter(jobs::finished_at.is_null().and(jobs::failed_at.is_null()).and(jobs::leased_until.is_null()));
    let same = unfinished.filter(jobs::kind.eq(J::KIND).and(jobs::payload.eq(serde_json::to_value(job)?)));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(conn)?)
}

/// Works until it is told to stop; a job that is being done is finished first.
pub async fn work(db: Db, table: JobTable, mut stop: Stop) {
    let waiting = db.jobs_waiting();
    while !stop.is_told() {
        let found = run_one(&db, &table).await;
        if let Err(error) = &found {
            tracing::warn!(%error, "jobs cannot be fetched");
        } else if let Ok(true) = found {
            continue;
        }
        tokio::select! {
            () = tokio::time::sleep(ASK_EVERY) => {}
            () = waiting.notified(), if found.is_ok() => {}
            () = stop.told() => {}
        }
    }
}

/// Runs what is due, one after the other, and gives how many were taken.
pub async fn run_due(db: &Db, table: &JobTable) -> Result<usize> {
    let mut taken = 0;
    while run_one(db, table).await? {
        taken += 1;
    }
    Ok(taken)
}

/// Runs one job that is due, and says whether there was one.
async fn run_one(db: &Db, table: &JobTable) -> Result<bool> {
    let Some(due) = db.write(Door::Anybody, lease).await? else { return Ok(false) };
    let (id, kind, attempts) = (due.id, due.kind.clone(), due.attempts);
    let runner = table.0.get(due.kind.as_str()).copied();
    let door = due.team_id.map_or(Door::Anybody, |team| Door::System { team, reason: "job" });
    let done = db
        .write(door, move |tx| {
            let runner = runner.ok_or_else(|| anyhow::anyhow!("no such kind of job"))?;
            runner(due.payload, tx)?;
            finish(tx, id)
        })
        .await;
    if let Err(error) = done {
        tracing::warn!(job = %id, kind, attempts, %error, "a job failed");
        db.write(Door::Anybody, move |tx| put_back(tx, id, attempts, &error)).await?;
    }
    Ok(true)
}

/// How many jobs are open at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Wait for their time, or for their turn.
    pub waiting: i64,
    /// Of those, the ones whose time has come.
    pub due: i64,
    /// Were tried ten times and given up.
    pub failed: i64,
}

pub fn counts(tx: &mut Tx) -> Result<Counts> {
    let now = tx.now;
    let open = jobs::table.filter(jobs::finished_at.is_null());
    let waiting = open.filter(jobs::failed_at.is_null());
    Ok(Counts {
        waiting: waiting.count().get_result(tx.conn())?,
        due: waiting.filter(jobs::run_at.le(now)).count().get_result(tx.conn())?,
        failed: open.filter(jobs::failed_at.is_not_null()).count().get_result(tx.conn())?,
    })
}

fn lease(tx: &mut Tx) -> Result<Option<Due>> {
    let now = tx.now;
    let due: Option<Due> = jobs::table
        .filter(jobs::finished_at.is_null().and(jobs::failed_at.is_null()))
        .filter(jobs::run_at.le(now))
        .filter(jobs::leased_until.is_null().or(jobs::leased_until.lt(now)))
        .order((jobs::run_at, jobs::id))
        .select((jobs::id, jobs::kind, jobs::payload, jobs::team_id, jobs::attempts))
        .for_update()
        .skip_locked()
        .first(tx.conn())
        .optional()?;
    if let Some(due) = &due {
        diesel::update(jobs::table.find(due.id))
            .set((jobs::leased_until.eq(now + LEASE), jobs::attempts.eq(due.attempts + 1)))
            .execute(tx.conn())?;
    }
    Ok(due)
}

fn finish(tx: &mut Tx, id: Uuid) -> Result<()> {
    let now = tx.now;
    diesel::update(jobs::table.find(id)).set(jobs::finished_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

fn put_back(tx: &mut Tx, id: Uuid, attempts: i32, error: &Error) -> Result<()> {
    let now = tx.now;
    let wait = TimeDelta::seconds(2_i64.pow(attempts.clamp(0, 12) as u32));
    let failed = (attempts + 1 >= MAX_ATTEMPTS).then_some(now);
    diesel::update(jobs::table.find(id))
        .set((
            jobs::leased_until.eq(None::<DateTime<Utc>>),
            jobs::run_at.eq(now + wait),
            jobs::last_error.eq(format!("{error:#}").chars().take(500).collect::<String>()),
            jobs::failed_at.eq(failed),
        ))
        .execute(tx.conn())?;
    Ok(())
}

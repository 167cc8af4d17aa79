//! The audit: who did what. A row is written in the transaction of the act itself; the app's role can add and
//! read, and nobody can change. Each minute what happened is sealed by a hash that holds the one before it.
//!
//! Rows hold ids and words of the program. Names are looked up when somebody reads; what is erased is gone
//! here too.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{self, Text, Timestamptz};
use uuid::Uuid;

use super::db::{Db, Door, Tx};
use super::error::Result;
use super::stop::Stop;
use crate::schema::audit_events;

/// How often an actor's refusals of one act are written down.
const REFUSED_EVERY: TimeDelta = TimeDelta::minutes(1);
/// How often the chain grows, and how old what it seals must be: no request runs for so long.
const SEAL_EVERY: Duration = Duration::from_secs(60);
const SETTLED: TimeDelta = TimeDelta::minutes(1);

/// Whose act it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Account(Uuid),
    /// A guest, by their link.
    Link(Uuid),
    /// Whoever runs a command at the server itself.
    Server,
}

/// An act, before it is written down.
#[derive(Debug, Clone)]
pub struct Event {
    pub who: Who,
    /// The policy's word for it, or the operation's own.
    pub act: String,
    /// The handler, as in `debriefs::api::put_decision`.
    pub operation: &'static str,
    /// What it was done to.
    pub subjects: Vec<Uuid>,
    pub request: Uuid,
}

/// A row, as it is read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = audit_events)]
pub struct Written {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub account_id: Option<Uuid>,
    pub link_id: Option<Uuid>,
    pub act: String,
    pub operation: String,
    pub subjects: Vec<Option<Uuid>>,
    pub made: Vec<Option<Uuid>>,
    pub refused: bool,
    pub request_id: Uuid,
}

/// Writes an act down in `team`, whose door must be open.
pub fn record(tx: &mut Tx, team: Uuid, event: &Event) -> Result<()> {
    let made = tx.made();
    insert(tx, team, event, made, false)
}

/// Writes down what a command did, whose operation begins with `cli::`. Nobody asked for it by a request.
pub fn record_command(tx: &mut Tx, team: Uuid, (act, operation): (String, &'static str), subjects: Vec<Uuid>) -> Result<()> {
    let event = Event { who: Who::Server, act, operation, subjects, request: tx.inner_id() };
    record(tx, team, &event)
}

/// Writes down that an act was refused; one of the same kind by the same person less than a minute ago is enough.
pub fn record_refusal(tx: &mut Tx, team: Uuid, event: &Event) -> Result<()> {
    let (account, link) = event.who.ids();
    let key = format!("refused {team} {account:?} {link:?} {}", event.act);
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))").bind::<Text, _>(key).execute(tx.conn())?;
    let since = tx.now - REFUSED_EVERY;
    let known = audit_events::table
        .filter(audit_events::team_id.eq(team).and(audit_events::refused).and(audit_events::act.eq(&event.act)))
        .filter(audit_events::account_id.is_not_distinct_from(account).and(audit_events::link_id.is_not_distinct_from(link)))
        .filter(audit_events::at.gt(since));
    if diesel::select(diesel::dsl::exists(known)).get_result(tx.conn())? {
        return Ok(());
    }
    insert(tx, team, event, Vec::new(), true)
}

fn insert(tx: &mut Tx, team: Uuid, event: &Event, made: Vec<Uuid>, refused: bool) -> Result<()> {
    let (id, now) = (in_order(tx.inner_id()), tx.now);
    let (account, link) = event.who.ids();
    diesel::insert_into(audit_events::table)
        .values((
            audit_events::team_id.eq(team),
            audit_events::id.eq(id),
            audit_events::at.eq(now),
            audit_events::account_id.eq(account),
            audit_events::link_id.eq(link),
            audit_events::act.eq(&event.act),
            audit_events::operation.eq(event.operation),
            audit_events::subjects.eq(&event.subjects),
            audit_events::made.eq(made),
            audit_events::refused.eq(refused),
            audit_events::request_id.eq(event.request),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The same id with a count in the place of 32 of its random bits: what one server writes down in the same
/// millisecond is read in the order in which it was written.
fn in_order(id: Uuid) -> Uuid {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = u128::from(COUNT.fetch_add(1, Ordering::Relaxed));
    // Twelve bits follow the version, the others the variant.
    let (high, low) = (count >> 20, count & 0xf_ffff);
    let mask = (0xfff << 64) | (0xf_ffff << 42);
    Uuid::from_u128((id.as_u128() & !mask) | (high << 64) | (low << 42))
}

/// The events of a team, newest first, from before `before` on. Of the act `own`, only those of `reader`.
pub fn events(tx: &mut Tx, team: Uuid, (own, reader): (&str, Uuid), before: Option<Uuid>, limit: i64) -> Result<Vec<Written>> {
    let theirs = audit_events::account_id.is_not_distinct_from(reader);
    let mut query = audit_events::table.filter(audit_events::team_id.eq(team).and(audit_events::act.ne(own).or(theirs))).into_boxed();
    if let Some(before) = before {
        query = query.filter(audit_events::id.lt(before));
    }
    Ok(query.order(audit_events::id.desc()).limit(limit).select(Written::as_select()).load(tx.conn())?)
}

/// Seals what is settled; gives the number of teams in which there was something.
pub fn seal(tx: &mut Tx) -> Result<i32> {
    let until = tx.now - SETTLED;
    Ok(diesel::select(seal_audit(until)).get_result(tx.conn())?)
}

/// The seals that no longer fit what they sealed, by team and number; number 0 is an event that came after
/// its time was sealed. Empty when nobody has touched anything.
pub fn faults(tx: &mut Tx) -> Result<Vec<(Uuid, i32)>> {
    #[derive(QueryableByName)]
    struct Fault {
        #[diesel(sql_type = sql_types::Uuid)]
        team_id: Uuid,
        #[diesel(sql_type = sql_types::Integer)]
        number: i32,
    }
    let faults: Vec<Fault> = diesel::sql_query("SELECT team_id, number FROM audit_faults() ORDER BY 1, 2").load(tx.conn())?;
    Ok(faults.into_iter().map(|fault| (fault.team_id, fault.number)).collect())
}

/// Seals each minute, until the server stops.
pub async fn keep_sealing(db: Db, mut stop: Stop) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(SEAL_EVERY) => {}
            () = stop.told() => return,
        }
        match db.write(Door::Anybody, seal).await {
            Ok(teams) => tracing::debug!(teams, "the audit was sealed"),
            Err(error) => tracing::warn!(%error, "the audit could not be sealed"),
        }
    }
}

diesel::define_sql_function! { fn seal_audit(until: Timestamptz) -> sql_types::Integer; }

impl Who {
    fn ids(self) -> (Option<Uuid>, Option<Uuid>) {
        match self {
            Who::Account(id) => (Some(id), None),
            Who::Link(id) => (None, Some(id)),
            Who::Server => (None, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_moment_are_in_order_and_remain_ids_of_that_moment() {
        let moment = || Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, 1_700_000_000, 0));
        let ids: Vec<Uuid> = (0..5_000).map(|_| in_order(moment())).collect();
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122));
        assert!(ids.iter().all(|id| id.get_timestamp().map(|at| at.to_unix().0) == Some(1_700_000_000)));
    }
}

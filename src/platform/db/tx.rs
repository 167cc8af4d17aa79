//! One transaction, and what happens with its commit.

use std::cell::RefCell;

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use uuid::Uuid;

use super::Db;
use crate::platform::error::Result;
use crate::platform::jobs::{self, Job};
use crate::platform::mail::{self, Letter, Letters};

/// An open transaction. Services take `&mut Tx`; their stores run queries on [`Tx::conn`].
pub struct Tx<'c> {
    conn: &'c mut PgConnection,
    /// The one clock reading of this transaction.
    pub now: DateTime<Utc>,
    letters: &'c dyn Letters,
    rung: Rung,
    /// The team whose door is open.
    team: Option<Uuid>,
    /// What was made here, by id.
    made: RefCell<Vec<Uuid>>,
    /// Where other connections are; none for the tables' owner.
    db: Option<&'c Db>,
}

/// No act makes more than is worth naming.
const MADE: usize = 20;

/// What to do after the commit.
#[derive(Debug, Default)]
pub(super) struct Rung {
    pub rooms: Vec<Uuid>,
    pub jobs: bool,
}

impl<'c> Tx<'c> {
    pub(super) fn new(conn: &'c mut PgConnection, now: DateTime<Utc>, letters: &'c dyn Letters, team: Option<Uuid>) -> Self {
        Tx { conn, now, letters, rung: Rung::default(), team, made: RefCell::default(), db: None }
    }

    pub(super) fn of(mut self, db: &'c Db) -> Self {
        self.db = Some(db);
        self
    }

    /// The connection, for a feature's `store`.
    pub fn conn(&mut self) -> &mut PgConnection {
        self.conn
    }

    /// A new id that carries this transaction's time, so that rows inserted together lie together.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        let id = self.inner_id();
        let mut made = self.made.borrow_mut();
        if made.len() < MADE {
            made.push(id);
        }
        id.into()
    }

    /// An id of what no act is about: a job, a mail, a line of the audit.
    pub(in crate::platform) fn inner_id(&self) -> Uuid {
        let (seconds, nanos) = (self.now.timestamp().max(0) as u64, self.now.timestamp_subsec_nanos());
        Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos))
    }

    /// The ids that this transaction gave out, in order.
    pub fn made(&self) -> Vec<Uuid> {
        self.made.borrow().clone()
    }

    /// The team whose door is open.
    pub fn team(&self) -> Option<Uuid> {
        self.team
    }

    /// Enters a team that this transaction itself has found (by a link's hash) or just made.
    pub fn enter(&mut self, team: Uuid, account: Option<Uuid>) -> Result<()> {
        self.conn.batch_execute(&settings(Some(team), account))?;
        self.team = Some(team);
        Ok(())
    }

    /// Looks through the door of an account that this transaction has proved or made, no team's.
    pub fn enter_account(&mut self, account: Uuid) -> Result<()> {
        self.conn.batch_execute(&settings(None, Some(account)))?;
        self.team = None;
        Ok(())
    }

    /// Runs `work` so that its failure takes back what it wrote, and nothing else of this transaction.
    pub fn attempt<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.conn.batch_execute("SAVEPOINT attempt")?;
        let done = work(self);
        let end = if done.is_ok() { "RELEASE SAVEPOINT attempt" } else { "ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt" };
        self.conn.batch_execute(end)?;
        done
    }

    /// Says something of a long transaction while it runs: `work` is one of its own in the same team, committed at
    /// once. It waits for nothing, so without a free connection, or where a row is locked, nothing is said: for what
    /// may as well be missed.
    pub fn meanwhile(&self, work: impl FnOnce(&mut Tx) -> Result<()>) {
        if let (Some(db), Some(team)) = (self.db, self.team) {
            db.write_if_free(team, work);
        }
    }

    /// A job that begins at `at` at the earliest, and not at all if this transaction is rolled back.
    pub fn enqueue_at<J: Job>(&mut self, job: &J, team: Option<Uuid>, at: DateTime<Utc>) -> Result<()> {
        let id = self.inner_id();
        jobs::insert(self.conn, id, job, team, at, self.now)?;
        self.rung.jobs = true;
        Ok(())
    }

    pub fn enqueue<J: Job>(&mut self, job: &J, team: Option<Uuid>) -> Result<()> {
        self.enqueue_at(job, team, self.now)
    }

    /// The same unless one like it waits already: for work that one run does for all.
    pub fn enqueue_once<J: Job>(&mut self, job: &J, team: Option<Uuid>) -> Result<()> {
        if jobs::waits(self.conn, job)? {
            return Ok(());
        }
        self.enqueue(job, team)
    }

    /// A letter that goes out after the commit.
    pub fn post(&mut self, letter: &Letter) -> Result<()> {
        let (id, written) = (self.inner_id(), self.letters.write(letter)?);
        mail::insert(self.conn, id, letter, &written, self.now)?;
        self.rung.jobs = true;
        Ok(())
    }

    /// Where this server is reached, for what a letter carries beside its words.
    pub fn base_url(&self) -> &str {
        self.letters.base_url()
    }

    /// After the commit, wakes whoever watches this room; or the streams of this person, whose rights are
    /// then asked anew.
    pub fn ring(&mut self, room: Uuid) {
        self.rung.rooms.push(room);
    }

    pub(super) fn into_rung(self) -> Rung {
        self.rung
    }
}

pub(super) fn settings(team: Option<Uuid>, account: Option<Uuid>) -> String {
    let text = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    format!("SET LOCAL app.team = '{}'; SET LOCAL app.account = '{}'", text(team), text(account))
}

//! The only door to the database.
//!
//! A request is one closure, one connection, one transaction. The door it came through says which team
//! and which account row-level security lets it see; there is no other way to get a connection.

mod bell;
mod connection;
mod roles;
mod standing;
mod tx;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::r2d2::{ConnectionManager, Pool, PooledConnection};
use secrecy::SecretString;
use tokio::sync::{Notify, Semaphore};
use uuid::Uuid;

use super::error::{Error, Result};
use super::mail::Letters;

pub use bell::Bell;
pub use connection::check_tls;
pub use roles::{MigrationState, migrate, migration_state, revert_all, write_as_owner};
pub use standing::{Backlog, Inspection, Postgres, Roles, Standing, require_standing, standing};
pub use tx::Tx;

/// Who comes in, as row-level security sees it. Rights are decided in `policy`; this is the second wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Nobody yet: sign-in, set-up, opening a link.
    Anybody,
    /// One's own account, sign-ins and memberships, no team.
    Account(Uuid),
    /// A member at work in one team.
    Person { account: Uuid, team: Uuid },
    /// A guest by a candidate's link, in that link's team.
    Guest { team: Uuid },
    /// The server itself at work in one team: jobs, retention, demo. The reason is logged.
    System { team: Uuid, reason: &'static str },
}

/// Reads the time. There is one, so that tests can set it.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The machine's own clock: the only place that reads it.
pub fn system_clock() -> Clock {
    Arc::new(|| DateTime::from_timestamp_micros(Utc::now().timestamp_micros()).unwrap_or_default())
}

#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    pool: Pool<ConnectionManager<PgConnection>>,
    permits: Semaphore,
    clock: Clock,
    letters: Arc<dyn Letters>,
    bell: Bell,
    jobs_waiting: Arc<Notify>,
}

/// The pool at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolUse {
    pub size: u32,
    pub open: u32,
    pub idle: u32,
    /// Requests that could begin now without waiting.
    pub free_turns: u32,
}

/// How long a request waits for its turn before it is told to come back.
const TURN: Duration = Duration::from_secs(2);

/// How long the opening of another connection may take where nothing depends on it.
const OPENING: Duration = Duration::from_millis(500);

impl Db {
    /// Opens a pool of `size` connections, lazily: a database that is away is noticed by the first request.
    pub fn open(url: &SecretString, size: u32, clock: Clock, letters: Arc<dyn Letters>) -> anyhow::Result<Self> {
        let pool = connection::pool(url, size)?;
        Ok(Db(Arc::new(Inner {
            pool,
            permits: Semaphore::new(size as usize),
            clock,
            letters,
            bell: Bell::start(url),
            jobs_waiting: Arc::new(Notify::new()),
        })))
    }

    pub fn now(&self) -> DateTime<Utc> {
        (self.0.clock)()
    }

    /// How many connections the pool has and how many of them are at rest, how many requests it may serve at
    /// once and how many of those places are free.
    pub fn use_of_pool(&self) -> PoolUse {
        let state = self.0.pool.state();
        PoolUse {
            size: self.0.pool.max_size(),
            open: state.connections,
            idle: state.idle_connections,
            free_turns: self.0.permits.available_permits() as u32,
        }
    }

    /// Rings when something happened in a room, on this server or another.
    pub fn bell(&self) -> &Bell {
        &self.0.bell
    }

    /// Wakes when a job was enqueued here.
    pub fn jobs_waiting(&self) -> Arc<Notify> {
        Arc::clone(&self.0.jobs_waiting)
    }

    /// Runs `work` in a transaction that cannot write.
    pub async fn read<T: Send + 'static>(&self, door: Door, work: impl FnOnce(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        self.run(door, "BEGIN READ ONLY", work).await
    }

    /// Runs `work` in a transaction that is committed when it gives `Ok`, and rolled back else.
    pub async fn write<T: Send + 'static>(&self, door: Door, work: impl FnOnce(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        self.run(door, "BEGIN", work).await
    }

    async fn run<T: Send + 'static>(
        &self,
        door: Door,
        begin: &'static str,
        work: impl FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = tokio::time::timeout(TURN, self.0.permits.acquire()).await.map_err(|_| Error::Busy)?;
        let _turn = turn.map_err(|_| Error::Busy)?;
        let db = self.clone();
        let span = tracing::Span::current();
        let done = tokio::task::spawn_blocking(move || span.in_scope(|| db.run_here(door, begin, work))).await;
        done.unwrap_or_else(|panic| Err(Error::Internal(anyhow::anyhow!("the request's work panicked: {panic}"))))
    }

    /// The same for threads that may block: command line, tests.
    pub fn write_here<T>(&self, door: Door, work: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        self.run_here(door, "BEGIN", work)
    }

    fn run_here<T>(&self, door: Door, begin: &'static str, work: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let conn = self.0.pool.get().map_err(|error| {
            tracing::warn!(%error, "no database connection");
            Error::Busy
        })?;
        self.run_on(conn, door, begin, work)
    }

    /// For [`Tx::meanwhile`].
    fn write_if_free(&self, team: Uuid, work: impl FnOnce(&mut Tx) -> Result<()>) {
        // A place that nobody has is taken; one that others have is not waited for.
        let opened = || {
            let room = self.0.pool.state().connections < self.0.pool.max_size();
            room.then(|| self.0.pool.get_timeout(OPENING).ok()).flatten()
        };
        let Some(conn) = self.0.pool.try_get().or_else(opened) else { return };
        let door = Door::System { team, reason: "meanwhile" };
        if let Err(error) = self.run_on(conn, door, "BEGIN; SET LOCAL lock_timeout = '200ms'", work) {
            tracing::debug!(%error, "nothing was said meanwhile");
        }
    }

    fn run_on<T>(
        &self,
        mut conn: PooledConnection<ConnectionManager<PgConnection>>,
        door: Door,
        begin: &'static str,
        work: impl FnOnce(&mut Tx) -> Result<T>,
    ) -> Result<T> {
        let opened = conn.batch_execute(&format!("{begin}; {}", door.settings()));
        let result = match opened {
            Err(error) => Err(error.into()),
            Ok(()) => {
                let mut tx = Tx::new(&mut conn, self.now(), self.0.letters.as_ref(), door.team()).of(self);
                let done = work(&mut tx);
                let rung = tx.into_rung();
                match done {
                    Err(error) => {
                        drop(conn.batch_execute("ROLLBACK"));
                        Err(error)
                    }
                    Ok(value) => conn.batch_execute("COMMIT").map(|()| (value, rung)).map_err(Error::from),
                }
            }
        };
        // What a lost connection left behind is not the request's fault: it may be tried again.
        let lost = diesel::r2d2::R2D2Connection::is_broken(&mut *conn);
        drop(conn);
        match result {
            Ok((value, rung)) => {
                rung.rooms.into_iter().for_each(|room| self.0.bell.ring(room));
                if rung.jobs {
                    self.0.jobs_waiting.notify_one();
                }
                Ok(value)
            }
            Err(Error::Internal(error)) if lost => {
                tracing::warn!(%error, "the database connection was lost");
                Err(Error::Busy)
            }
            Err(error) => Err(error),
        }
    }
}

impl Door {
    fn team(self) -> Option<Uuid> {
        match self {
            Door::Anybody | Door::Account(_) => None,
            Door::Person { team, .. } | Door::Guest { team } | Door::System { team, .. } => Some(team),
        }
    }

    /// SET LOCAL for this transaction. Typed UUIDs and no function, so that a proxy that forwards
    /// settings sees them; what a door does not set is '', which policies read as none.
    fn settings(self) -> String {
        let (team, account) = match self {
            Door::Anybody => (None, None),
            Door::Account(account) => (None, Some(account)),
            Door::Person { account, team } => (Some(team), Some(account)),
            Door::Guest { team } => (Some(team), None),
            Door::System { team, reason } => {
                tracing::debug!(%team, reason, "system door");
                (Some(team), None)
            }
        };
        tx::settings(team, account)
    }
}

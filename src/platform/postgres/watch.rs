//! Looks after the running server, and is the only one to start or end it.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::server::{Process, Server};

const LOOK_EVERY: Duration = Duration::from_millis(100);
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// Having stayed up this long, the next death is a new trouble and not the same one again.
const SETTLED_AFTER: Duration = Duration::from_secs(60);

pub(super) struct Watch {
    pub(super) server: Server,
    state: Mutex<State>,
    stopping: Condvar,
}

struct State {
    /// None after a death, until the next try.
    process: Option<Process>,
    stopped: bool,
    watched: bool,
    attempts: Attempts,
}

/// When the server may be started again, and what to say about it.
struct Attempts {
    wait: Duration,
    next: Instant,
    since: Instant,
    said_ready: bool,
}

impl Watch {
    pub(super) fn new(server: Server, process: Process) -> Self {
        let now = Instant::now();
        let attempts = Attempts { wait: Duration::ZERO, next: now, since: now, said_ready: true };
        let state = State { process: Some(process), stopped: false, watched: false, attempts };
        Self { server, state: Mutex::new(state), stopping: Condvar::new() }
    }

    pub(super) fn begin(self: &Arc<Self>) {
        let mut state = self.state();
        if state.watched || state.stopped {
            return;
        }
        let watch = Arc::clone(self);
        match thread::Builder::new().name("postgres-watch".to_owned()).spawn(move || watch.look_after()) {
            Ok(_) => state.watched = true,
            Err(error) => {
                tracing::error!(%error, "no thread to look after PostgreSQL: it will not be started again when it dies")
            }
        }
    }

    pub(super) fn stop(&self) {
        let mut state = self.state();
        state.stopped = true;
        self.stopping.notify_all();
        let Some(mut process) = state.process.take() else {
            return;
        };
        match self.server.end(&mut process) {
            Ok(()) => tracing::info!("PostgreSQL has stopped"),
            Err(error) => tracing::error!(%error, "PostgreSQL did not stop in time"),
        }
    }

    fn look_after(&self) {
        let mut state = self.state();
        while !state.stopped {
            state.look(&self.server);
            let waited = self.stopping.wait_timeout(state, LOOK_EVERY);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// What is kept here stays right even if a thread panicked while it held it.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
impl Watch {
    pub(super) fn pid(&self) -> Option<nix::unistd::Pid> {
        self.state().process.as_ref().map(Process::pid)
    }

    /// As if this process had crashed: the server stays.
    pub(super) fn abandon(&self) {
        let mut state = self.state();
        state.stopped = true;
        state.process = None;
    }
}

impl State {
    fn look(&mut self, server: &Server) {
        if let Some(process) = &mut self.process {
            if !process.has_ended() {
                return self.attempts.note_up(server.is_ready(process));
            }
            self.process = None;
            self.attempts.next = Instant::now() + self.attempts.wait;
            tracing::error!(log = %server.log.display(), wait = ?self.attempts.wait, "PostgreSQL has died and will be started again");
        }
        if Instant::now() >= self.attempts.next {
            self.start(server);
        }
    }

    fn start(&mut self, server: &Server) {
        let now = Instant::now();
        self.attempts.wait = (self.attempts.wait * 2).clamp(FIRST_WAIT, LONGEST_WAIT);
        self.attempts.next = now + self.attempts.wait;
        self.attempts.since = now;
        match server.take_up() {
            Ok(process) => {
                self.attempts.said_ready = false;
                self.process = Some(process);
            }
            Err(error) => {
                tracing::error!(%error, wait = ?self.attempts.wait, "PostgreSQL could not be started")
            }
        }
    }
}

impl Attempts {
    fn note_up(&mut self, ready: bool) {
        if ready && !self.said_ready {
            self.said_ready = true;
            tracing::info!(after = ?self.since.elapsed(), "PostgreSQL runs again");
        }
        if self.since.elapsed() > SETTLED_AFTER {
            self.wait = Duration::ZERO;
        }
    }
}

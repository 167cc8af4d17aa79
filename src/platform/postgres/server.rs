//! The server process: start it, take up one that runs already, learn when it is ready, end it.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use postgresql_commands::CommandBuilder;
use postgresql_commands::postgres::PostgresBuilder;

use super::binaries::Binaries;
use super::cluster::last_error;
use super::error::StartError;
use super::pid_file::{PidFile, SOCKET, clear_stale, is_alive};
use super::runner::Runner;
use super::session::{NAME, NOT_NOW, Refusal, Session};

const LOOK_EVERY: Duration = Duration::from_millis(3);
const TELL_EVERY: Duration = Duration::from_secs(10);
/// After a crash all changes since the last checkpoint are made again, which a slow disk does for minutes.
const READY_WITHIN_MINUTES: u64 = 15;
/// The last checkpoint of an orderly end writes all changed pages.
const ENDS_WITHIN: Duration = Duration::from_secs(60);
const LONGEST_LOG: u64 = 10 << 20;

/// How the server of one place is run.
pub(super) struct Server {
    pub(super) binaries: Binaries,
    pub(super) runner: Runner,
    pub(super) folder: PathBuf,
    pub(super) socket_dir: PathBuf,
    pub(super) log: PathBuf,
    pub(super) durable: bool,
}

/// One run of it.
pub(super) enum Process {
    Ours(Child),
    /// It outlived the process that started it.
    Adopted(Pid),
}

impl Process {
    pub(super) fn pid(&self) -> Pid {
        match self {
            Self::Ours(child) => Pid::from_raw(child.id().cast_signed()),
            Self::Adopted(pid) => *pid,
        }
    }

    pub(super) fn has_ended(&mut self) -> bool {
        match self {
            // Fetches the exit status too: an unfetched one would look like a living server to the next.
            Self::Ours(child) => !matches!(child.try_wait(), Ok(None)),
            Self::Adopted(pid) => !is_alive(*pid),
        }
    }
}

impl Server {
    /// A server ready for work, with the database in it.
    pub(super) fn bring_up(&self) -> Result<Process, StartError> {
        let log_before = self.log_length();
        let mut process = match self.running() {
            Some(mut old) if self.says(&old, "stopping") || !self.runs_as_wanted() => {
                self.end(&mut old)?;
                self.spawn()
            }
            Some(old) => Ok(old),
            None => self.spawn(),
        }
        .map_err(StartError::io("start", self.binaries.folder.join("postgres")))?;
        let up = self.wait_until_ready(&mut process, log_before).and_then(|()| self.ensure_database());
        if let Err(error) = up {
            // Not left behind half started; the first error is the one that explains.
            let _ = self.end(&mut process);
            return Err(error);
        }
        Ok(process)
    }

    /// The live server in the folder, or else a new one; without waiting until it is ready.
    pub(super) fn take_up(&self) -> io::Result<Process> {
        self.running().map_or_else(|| self.spawn(), Ok)
    }

    pub(super) fn is_ready(&self, process: &Process) -> bool {
        self.says(process, "ready")
    }

    /// Ends it in order, as `pg_ctl stop -m fast` would: sessions are cut off, everything is written. Not through
    /// pg_ctl, because that trusts the number in postmaster.pid and looks only ten times a second.
    pub(super) fn end(&self, process: &mut Process) -> Result<(), StartError> {
        // Long unwatched, its number may have become another process, which must not be signalled.
        if let Process::Adopted(pid) = process
            && PidFile::live_server(&self.folder) != Some(*pid)
        {
            return Ok(());
        }
        let deadline = Instant::now() + ENDS_WITHIN;
        if !process.has_ended() {
            // If it ended in this moment, so much the better.
            let _ = kill(process.pid(), Signal::SIGINT);
        }
        while !process.has_ended() {
            if Instant::now() > deadline {
                return Err(StartError::Lingers(process.pid().as_raw()));
            }
            sleep(LOOK_EVERY);
        }
        Ok(())
    }

    pub(super) fn says(&self, process: &Process, state: &str) -> bool {
        PidFile::says(&self.folder, process.pid(), state)
    }

    fn running(&self) -> Option<Process> {
        PidFile::live_server(&self.folder).map(Process::Adopted)
    }

    /// Whether the live server was started with the very options we would give it: not by hand with an open port,
    /// without `fsync`, or with its socket elsewhere.
    fn runs_as_wanted(&self) -> bool {
        let mut wanted = OsString::new();
        for argument in self.command().get_args() {
            for part in [OsStr::new(" \""), argument, OsStr::new("\"")] {
                wanted.push(part);
            }
        }
        let options = fs::read(self.folder.join("postmaster.opts")).unwrap_or_default();
        options.trim_ascii_end().ends_with(wanted.as_encoded_bytes())
    }

    fn spawn(&self) -> io::Result<Process> {
        clear_stale(&self.folder, &self.socket_dir, &self.runner)?;
        let log = self.open_log()?;
        let mut command = self.runner.dress(self.command());
        // A group of its own: Ctrl-C in the terminal is for us, who then end it in order.
        command.process_group(0).stderr(log.try_clone()?).stdout(log);
        command.spawn().map(Process::Ours)
    }

    /// Only what must be so is said here, because it would win over postgresql.conf, which is for the people who tune
    /// the server.
    fn command(&self) -> Command {
        let mut postgres = PostgresBuilder::new().program_dir(&self.binaries.folder).data_dir(&self.folder);
        let safe = if self.durable { "on" } else { "off" };
        let mut options = vec![("port", "5432"), ("listen_addresses", ""), ("unix_socket_permissions", "0700"), ("cluster_name", NAME)];
        options.extend([("fsync", safe), ("full_page_writes", safe), ("synchronous_commit", "on")]);
        if !self.durable {
            options.extend([("max_connections", "200"), ("wal_level", "minimal"), ("max_wal_senders", "0")]);
        }
        for (name, value) in options {
            postgres = postgres.runtime_param(name, value);
        }
        // A list of folders in truth: in quotes, a comma or space in the name is only that.
        let mut socket_dirs = OsString::from("\"");
        socket_dirs.push(&self.socket_dir);
        socket_dirs.push("\"");
        postgres.runtime_param(OsString::from("unix_socket_directories"), socket_dirs).build()
    }

    /// Opened by us, beside the cluster and not in it: there the server's user could make root write elsewhere with a link.
    fn open_log(&self) -> io::Result<File> {
        if self.log_length() > LONGEST_LOG {
            fs::rename(&self.log, self.log.with_extension("log.1"))?;
        }
        File::options().append(true).create(true).mode(0o600).open(&self.log)
    }

    fn log_length(&self) -> u64 {
        fs::metadata(&self.log).map_or(0, |log| log.len())
    }

    fn wait_until_ready(&self, process: &mut Process, log_before: u64) -> Result<(), StartError> {
        let began = Instant::now();
        let mut told = began;
        while !self.is_ready(process) {
            if process.has_ended() {
                let said = self.last_words(log_before).unwrap_or_else(|| "without a word".to_owned());
                return Err(StartError::Ended { said, log: self.log.clone() });
            }
            if began.elapsed() > Duration::from_secs(READY_WITHIN_MINUTES * 60) {
                return Err(StartError::NotReady { minutes: READY_WITHIN_MINUTES, log: self.log.clone() });
            }
            if told.elapsed() > TELL_EVERY {
                told = Instant::now();
                tracing::info!(log = %self.log.display(), "PostgreSQL is still starting");
            }
            sleep(LOOK_EVERY);
        }
        Ok(())
    }

    fn last_words(&self, log_before: u64) -> Option<String> {
        let mut log = File::open(&self.log).ok()?;
        let begin = if self.log_length() < log_before { 0 } else { log_before };
        log.seek(SeekFrom::Start(begin)).ok()?;
        let mut written = Vec::new();
        log.take(LONGEST_LOG).read_to_end(&mut written).ok()?;
        last_error(&String::from_utf8_lossy(&written))
    }

    fn ensure_database(&self) -> Result<(), StartError> {
        let refuses = |refusal: Refusal| StartError::Refuses { said: refusal.to_string(), log: self.log.clone() };
        // Neither is ours to rely on, but one of them is always there.
        let session = self.enter("postgres").or_else(|_| self.enter("template1"));
        let mut session = session.map_err(refuses)?;
        let looked = format!("SELECT FROM pg_database WHERE datname = '{NAME}'");
        if session.run(&looked).map_err(refuses)? == 0 {
            session.run(&format!("CREATE DATABASE {NAME}")).map_err(refuses)?;
        }
        Ok(())
    }

    /// Ready in its file is a moment before ready for sessions.
    fn enter(&self, database: &str) -> Result<Session, Refusal> {
        let deadline = Instant::now() + TELL_EVERY;
        loop {
            match Session::open(&self.socket_dir.join(SOCKET), database) {
                Err(refusal) if refusal.is(NOT_NOW) && Instant::now() < deadline => sleep(LOOK_EVERY),
                other => return other,
            }
        }
    }
}

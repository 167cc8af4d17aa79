//! `postmaster.pid`: what a server says about itself in its folder, whether it is true, and what a dead one left behind.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

pub(super) const SOCKET: &str = ".s.PGSQL.5432";
const SOCKET_LOCK: &str = ".s.PGSQL.5432.lock";
const FILE: &str = "postmaster.pid";
/// The line (from 0) with the server's state.
const STATE_LINE: usize = 7;
const ORPHANS_END_WITHIN: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct PidFile {
    /// Negative for a single-user session, which somebody runs by hand.
    pid: i32,
    state: String,
}

impl PidFile {
    fn read(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(folder.join(FILE)).ok()?;
        let mut lines = text.lines();
        let pid = lines.next()?.trim().parse().ok()?;
        let state = lines.nth(STATE_LINE - 1).unwrap_or_default();
        Some(Self { pid, state: state.trim().to_owned() })
    }

    /// Whether `server` says of itself that it is `ready`, or `stopping`.
    pub(super) fn says(folder: &Path, server: Pid, state: &str) -> bool {
        Self::read(folder).is_some_and(|file| file.pid == server.as_raw() && file.state == state)
    }

    /// The server at work in `folder`, if there is one. The file alone proves nothing: after a crash its number may
    /// belong to any other process by now (in a container, where numbers are few, it usually does).
    pub(super) fn live_server(folder: &Path) -> Option<Pid> {
        let pid = Self::read(folder).filter(|file| file.pid > 1).map(|file| Pid::from_raw(file.pid))?;
        (is_alive(pid) && works_in(pid, folder)).then_some(pid)
    }
}

/// Whether the process is there and more than an exit status that nobody has fetched yet.
pub(super) fn is_alive(pid: Pid) -> bool {
    if !matches!(kill(pid, None), Ok(()) | Err(Errno::EPERM)) {
        return false;
    }
    let state = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = state.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next());
    !matches!(state, Some('Z' | 'X'))
}

/// Makes room for a new server where none is alive. PostgreSQL deals with the file of a dead process by itself, but
/// takes any living process of the same user and number for its predecessor and would never start.
pub(super) fn clear_stale(folder: &Path, socket_dir: &Path) -> io::Result<()> {
    let Some(file) = PidFile::read(folder) else {
        return Ok(());
    };
    // A single-user session may be at work: PostgreSQL says so itself.
    if file.pid < 0 {
        return Ok(());
    }
    end_orphans(folder)?;
    if is_alive_or_unfetched(file.pid) {
        tracing::info!(pid = file.pid, "postmaster.pid is from a server that has crashed; its number is another process now");
        remove(&folder.join(FILE))?;
    }
    remove(&socket_dir.join(SOCKET_LOCK))
}

fn is_alive_or_unfetched(pid: i32) -> bool {
    kill(Pid::from_raw(pid), None).is_ok()
}

fn remove(file: &Path) -> io::Result<()> {
    fs::remove_file(file).or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

/// Sessions that outlived their killed server: one busy with a long calculation does not notice, and as long as it is
/// there no new server may start on the same data. Told as the server itself would tell them: end at once, touch nothing.
fn end_orphans(folder: &Path) -> io::Result<()> {
    let deadline = Instant::now() + ORPHANS_END_WITHIN;
    loop {
        let orphans = servers_in(folder);
        if orphans.is_empty() || Instant::now() > deadline {
            return Ok(());
        }
        for pid in orphans {
            // It may have ended by itself meanwhile.
            let _ = kill(pid, Signal::SIGQUIT);
        }
        sleep(Duration::from_millis(5));
    }
}

/// All server processes at work in `folder`; none where the system has no `/proc` (there PostgreSQL refuses to start
/// until they have ended).
fn servers_in(folder: &Path) -> Vec<Pid> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok().map(Pid::from_raw));
    pids.filter(|pid| is_postgres_in(*pid, folder)).collect()
}

fn works_in(pid: Pid, folder: &Path) -> bool {
    if Path::new("/proc/self/cwd").exists() {
        return is_postgres_in(pid, folder);
    }
    let listed = Command::new("ps").args(["-ww", "-o", "args=", "-p", &pid.to_string()]).output();
    let arguments = listed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    arguments.contains("postgres") && arguments.contains(folder.to_string_lossy().as_ref())
}

/// Every process of a server has its data folder as current folder.
fn is_postgres_in(pid: Pid, folder: &Path) -> bool {
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    name.trim() == "postgres" && fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|current| current == folder)
}

//! `postmaster.pid`: what a server says about itself in its folder, whether it is true, and what a dead one left behind.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::kill;
use nix::unistd::Pid;

use super::runner::Runner;

pub(super) const SOCKET: &str = ".s.PGSQL.5432";
const SOCKET_LOCK: &str = ".s.PGSQL.5432.lock";
const FILE: &str = "postmaster.pid";
/// Every process of a server has its folder as current folder. Finds none where the system has no `/proc`: there
/// PostgreSQL refuses to start until they have ended by themselves.
const END_SERVERS_IN: &str = r#"for process in /proc/[0-9]*; do
    [ "$process/cwd" -ef "$1" ] && read -r name < "$process/comm" || continue
    case $name in *postgres*) kill -QUIT "${process#/proc/}" && echo "${process#/proc/}" ;; esac
done"#;
const ORPHANS_END_WITHIN: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct PidFile {
    /// Negative for a single-user session, which somebody runs by hand.
    pid: i32,
    text: String,
}

impl PidFile {
    fn read(folder: &Path) -> Option<Self> {
        let bytes = fs::read(folder.join(FILE)).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let pid = text.lines().next()?.trim().parse().ok()?;
        Some(Self { pid, text: text.into_owned() })
    }

    /// Whether `server` says of itself that it is `ready`, or `stopping`. It says so in the eighth line, or further down
    /// when the folder's name has line breaks in it.
    pub(super) fn says(folder: &Path, server: Pid, state: &str) -> bool {
        Self::read(folder).is_some_and(|file| file.pid == server.as_raw() && file.text.lines().any(|line| line.trim() == state))
    }

    /// The server at work in `folder`, if there is one. The file alone proves nothing: after a crash its number may
    /// belong to any other process by now (in a container, where numbers are few, it usually does).
    pub(super) fn live_server(folder: &Path) -> Option<Pid> {
        let pid = Self::read(folder).filter(|file| file.pid > 1).map(|file| Pid::from_raw(file.pid))?;
        (is_alive(pid) && matches!(look_at(pid, folder), Found::Server)).then_some(pid)
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
pub(super) fn clear_stale(folder: &Path, socket_dir: &Path, runner: &Runner) -> io::Result<()> {
    let Some(file) = PidFile::read(folder) else {
        return Ok(());
    };
    let pid = Pid::from_raw(file.pid);
    // Perhaps somebody is at work with a server we do not understand: PostgreSQL itself says so.
    if file.pid < 0 || is_alive(pid) && matches!(look_at(pid, folder), Found::Unclear) {
        return Ok(());
    }
    end_orphans(folder, runner)?;
    if kill(pid, None).is_ok() {
        tracing::info!(%pid, "postmaster.pid is from a server that has crashed; its number is another process now");
        remove(&folder.join(FILE))?;
    }
    remove(&socket_dir.join(SOCKET_LOCK))
}

fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Sessions that outlived their killed server: one busy with a long calculation does not notice, and as long as it is
/// there no new server may start on the same data. Told as the server itself would tell them: end at once, touch nothing.
fn end_orphans(folder: &Path, runner: &Runner) -> io::Result<()> {
    let deadline = Instant::now() + ORPHANS_END_WITHIN;
    loop {
        // By their own user: root in a container often may not see where others' processes are.
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", END_SERVERS_IN, "sh"]).arg(folder);
        let ended = runner.dress(shell).output()?.stdout;
        if ended.is_empty() || Instant::now() > deadline {
            return Ok(());
        }
        tracing::info!(processes = %String::from_utf8_lossy(&ended).trim(), "ending what a crashed server left running");
        sleep(Duration::from_millis(5));
    }
}

/// What a living process has to do with a folder.
enum Found {
    Server,
    Stranger,
    /// A PostgreSQL, but of which folder the system does not tell us.
    Unclear,
}

fn look_at(pid: Pid, folder: &Path) -> Found {
    let Ok(arguments) = fs::read(format!("/proc/{pid}/cmdline")) else {
        return ask_ps(pid, folder);
    };
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    if !name.contains("postgres") {
        return Found::Stranger;
    }
    let named = folder.as_os_str().as_bytes();
    if arguments.split(|byte| *byte == 0).any(|argument| argument == named) {
        return Found::Server;
    }
    match fs::read_link(format!("/proc/{pid}/cwd")) {
        Ok(current) if current == folder => Found::Server,
        Ok(_) => Found::Stranger,
        Err(_) => Found::Unclear,
    }
}

/// For systems without `/proc`.
fn ask_ps(pid: Pid, folder: &Path) -> Found {
    let mut ps = Command::new("ps");
    let listed = ps.args(["-ww", "-o", "args=", "-p", &pid.to_string()]).output();
    let arguments = listed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    match arguments {
        Ok(arguments) if !arguments.contains("postgres") => Found::Stranger,
        Ok(arguments) if arguments.contains(folder.to_string_lossy().as_ref()) => Found::Server,
        _ => Found::Unclear,
    }
}

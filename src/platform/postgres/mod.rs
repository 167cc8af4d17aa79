//! The private PostgreSQL: a server of our own on a Unix socket, for whoever names no other. It uses the programs
//! installed on the machine and downloads nothing.
//!
//! What is always true:
//! - One folder, one cluster. An existing one is opened with a server of its own major version or not at all; a second,
//!   empty one is never made beside it. A cluster is there whole or not at all, whenever the power goes.
//! - One process at a time owns the folder (`postgres.lock` beside it, held as long as [`Private`] lives).
//! - The server listens on no port. Whoever can enter the socket's folder is superuser of the database, and only the
//!   server's own user (and root) can.
//! - The server never runs as root: started by root, it runs as the owner of its folder, else as `postgres`, else as
//!   `nobody`; that user is given this folder and nothing else.
//! - What is committed stays committed (`fsync` and `synchronous_commit` are on) unless [`Settings::durable`] is false.
//! - The server outlives our crash, and is taken up again by the next [`start`]; [`Private::stop`] and dropping
//!   [`Private`] end it in order.
//!
//! Beside the folder are `postgres.lock` and the server's log, `postgres.log`.

mod binaries;
mod cluster;
mod error;
mod pid_file;
mod place;
mod runner;
mod server;
mod session;
#[cfg(test)]
mod tests;
mod watch;

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};

pub use self::error::StartError;
use self::pid_file::PidFile;
use self::place::Place;
use self::server::Server;
use self::session::NAME;
use self::watch::Watch;

/// What to run, and how safely.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `<data dir>/postgres`, made when absent.
    pub folder: PathBuf,
    /// Whether nobody chose the data directory. Then, when root's choice of user cannot enter it, the cluster goes to
    /// `/var/lib/fivefold/<hash of the data directory's path>/postgres`; a chosen one is an error instead.
    pub data_dir_is_default: bool,
    /// False for tests only: a crash of the machine may then destroy everything.
    pub durable: bool,
}

/// The running server. Hold it as long as the database is needed.
pub struct Private {
    watch: Arc<Watch>,
    /// Given back last, when the server has ended.
    _lock: Flock<File>,
}

/// Starts the server, makes its cluster and database first if they are not there, and waits until it is ready.
/// Blocks: about a second and a half for a new cluster, a tenth of a second for an existing one, longer after a crash.
pub fn start(settings: &Settings) -> Result<Private, StartError> {
    let data_dir = place::make_folders(&settings.folder)?;
    let lock = lock(&data_dir)?;
    let place = Place::find(settings, &data_dir)?;
    let binaries = cluster::ensure(&place, settings.durable)?;
    let socket_dir = place.socket_dir()?;
    let log = data_dir.join("postgres.log");
    let Place { folder, runner } = place;
    let server = Server { binaries, runner, folder, socket_dir, log, durable: settings.durable };
    let process = server.bring_up()?;
    tracing::info!(folder = %server.folder.display(), version = server.binaries.major, user = server.runner.name, "PostgreSQL runs");
    Ok(Private { watch: Arc::new(Watch::new(server, process)), _lock: lock })
}

/// What there is in a place, without starting, stopping or making anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A server is at work; this is its URL.
    Runs(String),
    /// A cluster without a server.
    Rests,
    Nothing,
}

/// Looks for the server of a place, which may be another process's.
pub fn look(settings: &Settings) -> Result<Found, StartError> {
    let Some(data_dir) = settings.folder.parent().and_then(|parent| parent.canonicalize().ok()) else { return Ok(Found::Nothing) };
    let Some(place) = Place::existing(settings, &data_dir)? else { return Ok(Found::Nothing) };
    match PidFile::live_server(&place.folder) {
        Some(_) => Ok(Found::Runs(url(&place.socket_dir()?))),
        None => Ok(Found::Rests),
    }
}

impl Private {
    /// Where libpq finds the database. It names the port too, which is part of the socket's name, because PGPORT in
    /// our environment would change it.
    pub fn url(&self) -> String {
        url(self.socket_dir())
    }

    /// The folder of the server's socket.
    pub fn socket_dir(&self) -> &Path {
        &self.watch.server.socket_dir
    }

    /// From now on a thread looks after the server and starts it again when it dies: at once, and with growing waits
    /// when it does not stay up. Calling it twice changes nothing.
    pub fn keep_running(&self) {
        self.watch.begin();
    }

    /// Ends the server in order, and the looking after. Waits until it has ended, a minute at most. Calling it twice
    /// changes nothing.
    pub fn stop(&self) {
        self.watch.stop();
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        self.stop();
    }
}

fn url(socket_dir: &Path) -> String {
    format!("postgresql://{NAME}@/{NAME}?host={}&port=5432", percent_encoded(socket_dir))
}

fn lock(data_dir: &Path) -> Result<Flock<File>, StartError> {
    let path = data_dir.join("postgres.lock");
    let file = File::options().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
    match Flock::lock(file.map_err(StartError::io("open", &path))?, FlockArg::LockExclusiveNonblock) {
        Ok(lock) => {
            note_pid(&lock).map_err(StartError::io("write", &path))?;
            Ok(lock)
        }
        Err((mut file, Errno::EWOULDBLOCK)) => {
            let mut pid = String::new();
            let _ = file.read_to_string(&mut pid);
            Err(StartError::InUse { data_dir: data_dir.to_owned(), pid: pid.trim().parse().ok() })
        }
        Err((_, error)) => Err(StartError::io("lock", &path)(error.into())),
    }
}

/// For the message to the second one.
fn note_pid(mut lock: &File) -> io::Result<()> {
    lock.set_len(0)?;
    writeln!(lock, "{}", std::process::id())
}

fn percent_encoded(path: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let bytes = path.as_os_str().as_bytes().iter();
    bytes.map(|byte| if plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

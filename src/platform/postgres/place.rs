//! Where the cluster is, who runs it, and where its socket goes.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Settings;
use super::error::StartError;
use super::runner::{Runner, am_root};

/// For root, whose default data directory may be in a home that nobody else can enter.
const SPARE: &str = "/var/lib/fivefold";
/// The system takes 103 bytes (macOS) or 107 (Linux) for a socket's name, of which `/.s.PGSQL.5432` are 14.
const LONGEST_SOCKET_FOLDER: usize = 88;

pub(super) struct Place {
    pub(super) folder: PathBuf,
    pub(super) runner: Runner,
}

impl Place {
    /// The place of a cluster that is there.
    pub(super) fn existing(settings: &Settings, data_dir: &Path) -> Result<Option<Self>, StartError> {
        let (folder, spare) = (real_folder(settings, data_dir), spare(data_dir));
        let found = [Some(folder), (am_root() && settings.data_dir_is_default).then_some(spare)];
        found.into_iter().flatten().find(|folder| has_cluster(folder)).map(Self::at).transpose()
    }

    pub(super) fn find(settings: &Settings, data_dir: &Path) -> Result<Self, StartError> {
        let (folder, spare) = (real_folder(settings, data_dir), spare(data_dir));
        let may_move = am_root() && settings.data_dir_is_default && !has_cluster(&folder);
        if may_move && has_cluster(&spare) {
            return Self::at(spare);
        }
        match Self::at(folder) {
            Err(StartError::NotReachable { blocked, .. }) if may_move => {
                tracing::info!(folder = %spare.display(), "PostgreSQL's user may not enter {}: the data go elsewhere", blocked.display());
                make_folders(&spare)?;
                Self::at(spare)
            }
            other => other,
        }
    }

    fn at(folder: PathBuf) -> Result<Self, StartError> {
        let runner = Runner::for_folder(&folder)?;
        let parent = folder.parent().unwrap_or(&folder);
        match runner.blocked_by(parent)? {
            Some(blocked) => Err(StartError::NotReachable { user: runner.name, blocked }),
            None => Ok(Self { folder, runner }),
        }
    }

    /// The folder for the server's socket. Whoever can enter it is superuser of the database: it is open to the
    /// server's user alone (and root). Normally the cluster's own folder, which PostgreSQL itself insists on being so.
    pub(super) fn socket_dir(&self) -> Result<PathBuf, StartError> {
        let name = self.folder.as_os_str().as_bytes();
        // A comma is where libpq ends the name of one host and begins the next, however it is written; and a quotation
        // mark has to be doubled for the server.
        if name.len() <= LONGEST_SOCKET_FOLDER && !name.iter().any(|byte| b",\"".contains(byte)) {
            return Ok(self.folder.clone());
        }
        // Not XDG_RUNTIME_DIR: it is removed when the user signs out, the server is not.
        let short = PathBuf::from(format!("/tmp/fivefold-{}", short_hash(&self.folder)));
        match DirBuilder::new().mode(0o700).create(&short) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(StartError::io("make the folder", short)(error));
            }
            _ => {}
        }
        // Anybody may have put something of this name into /tmp before us.
        if !short.symlink_metadata().is_ok_and(|found| found.is_dir()) {
            return Err(StartError::SocketFolder(short));
        }
        self.runner.take_over(&short)?;
        Ok(short)
    }
}

/// Followed now, because the server knows itself by the folder's real name: it may be a link to another disk.
fn real_folder(settings: &Settings, data_dir: &Path) -> PathBuf {
    let folder = fs::canonicalize(&settings.folder);
    folder.unwrap_or_else(|_| data_dir.join(settings.folder.file_name().unwrap_or_default()))
}

fn spare(data_dir: &Path) -> PathBuf {
    Path::new(SPARE).join(short_hash(data_dir)).join("postgres")
}

/// Makes `folder`'s parent, and what is missing above it, so that another user can pass through but not look around.
pub(super) fn make_folders(folder: &Path) -> Result<PathBuf, StartError> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mode = if am_root() { 0o711 } else { 0o700 };
    let made = DirBuilder::new().recursive(true).mode(mode).create(parent);
    made.and_then(|()| fs::canonicalize(parent)).map_err(StartError::io("make the folder", parent))
}

/// PostgreSQL's own mark of a cluster, which `initdb` writes.
pub(super) fn has_cluster(folder: &Path) -> bool {
    folder.join("PG_VERSION").exists()
}

/// A name for a path: short, and of plain letters.
fn short_hash(path: &Path) -> String {
    let hash = Sha256::digest(path.as_os_str().as_bytes());
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

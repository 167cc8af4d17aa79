//! Who runs the server. PostgreSQL refuses to be root; so as root everything here is done by another user, and as
//! anybody else by oneself.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, lchown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::unistd::{Uid, User, geteuid};

use super::error::StartError;

/// Goes to each folder in turn and names the first that cannot be entered.
const ENTER_ALL: &str = r#"for folder; do cd "$folder" 2>/dev/null || { printf %s "$folder"; exit 1; }; done"#;

pub(super) fn am_root() -> bool {
    geteuid().is_root()
}

#[derive(Debug, Clone)]
pub(super) struct Runner {
    pub(super) name: String,
    uid: u32,
    gid: u32,
    /// Whether commands have to give up being root first.
    drops_root: bool,
}

impl Runner {
    /// The user for the cluster in `folder`, which need not exist yet. An existing one stays with its owner, so that
    /// a start under sudo does not take it away from who used it before.
    pub(super) fn for_folder(folder: &Path) -> Result<Self, StartError> {
        let owner = fs::symlink_metadata(folder).ok().map(|found| (found.uid(), found.gid()));
        if !am_root() {
            let uid = geteuid();
            let me = Self { name: name_of(uid), uid: uid.as_raw(), gid: nix::unistd::getegid().as_raw(), drops_root: false };
            return match owner {
                Some((owner, _)) if owner != me.uid => Err(me.not_mine(folder, owner)),
                _ => Ok(me),
            };
        }
        if let Some((uid, gid)) = owner.filter(|(uid, _)| *uid != 0) {
            return Ok(Self { name: name_of(Uid::from_raw(uid)), uid, gid, drops_root: true });
        }
        let user = ["postgres", "nobody"].into_iter().find_map(|name| User::from_name(name).ok().flatten());
        let user = user.ok_or(StartError::NoUser)?;
        Ok(Self { name: user.name, uid: user.uid.as_raw(), gid: user.gid.as_raw(), drops_root: true })
    }

    /// Makes `command` this user's. Of our environment only what the programs need comes along: theirs can be read by
    /// everyone who may send SQL as superuser, and PGPORT, PGDATA or a time zone would change what they do.
    pub(super) fn dress(&self, mut command: Command) -> Command {
        command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("LC_ALL", "C").env("TZ", "UTC");
        for name in ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LOCPATH"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command.current_dir("/").stdin(Stdio::null());
        if self.drops_root {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// The folder on the way to `folder` (or itself) that this user may not enter. Tried rather than worked out from
    /// modes, because access lists, mounts and security modules have a say in it too.
    pub(super) fn blocked_by(&self, folder: &Path) -> Result<Option<PathBuf>, StartError> {
        if !self.drops_root {
            return Ok(None);
        }
        let mut way: Vec<&Path> = folder.ancestors().collect();
        way.reverse();
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", ENTER_ALL, "sh"]).args(way);
        let output = self.dress(shell).output().map_err(StartError::io("run as another user", "/bin/sh"))?;
        let blocked = || PathBuf::from(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(&output.stdout));
        Ok((!output.status.success()).then(blocked))
    }

    /// Gives a whole folder that root owns to this user: one just made, or a cluster that root put back from a backup.
    pub(super) fn take_over(&self, folder: &Path) -> Result<(), StartError> {
        let owner = fs::symlink_metadata(folder).map_err(StartError::io("look at", folder))?.uid();
        if self.drops_root && owner == 0 {
            self.own_all(folder).map_err(StartError::io("give away", folder))?;
        } else if owner != self.uid {
            return Err(self.not_mine(folder, owner));
        }
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(StartError::io("close to others", folder))
    }

    fn own_all(&self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                self.own_all(&entry.path())?;
            } else {
                lchown(entry.path(), Some(self.uid), Some(self.gid))?;
            }
        }
        // Last, so that an interrupted walk is seen by its owner and done again.
        chown(folder, Some(self.uid), Some(self.gid))
    }

    fn not_mine(&self, path: &Path, owner: u32) -> StartError {
        let owner = name_of(Uid::from_raw(owner));
        StartError::OtherOwner { path: path.to_owned(), owner, user: self.name.clone() }
    }
}

/// The number where the system knows no name, as in containers.
fn name_of(uid: Uid) -> String {
    User::from_uid(uid).ok().flatten().map_or_else(|| uid.to_string(), |user| user.name)
}

//! Why the private server could not be started, each with the way out.

use std::io;
use std::path::PathBuf;

/// One sentence for the person at the terminal: what is wrong, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "no PostgreSQL server (14 or newer) is installed here: `apt-get install postgresql` (or its folder in PG_BIN_DIR), \
         or `docker compose up`, or name a server with `DATABASE_URL=postgresql://…`"
    )]
    NotInstalled,

    #[error(
        "PG_BIN_DIR={0} does not hold the programs initdb, pg_ctl and postgres of version 14 or newer, \
         or the server's user may not run them: correct it, or leave it unset to have them searched for"
    )]
    BinDir(PathBuf),

    #[error(
        "the data in {folder} were written by PostgreSQL {cluster}, but {installed} is what is installed here: \
         install the old one beside it (`apt-get install postgresql-{cluster}`, or its folder in PG_BIN_DIR), or take a dump with \
         PostgreSQL {cluster} (`pg_dumpall`), move the folder away, start again and load the dump"
    )]
    OtherVersion { folder: PathBuf, cluster: String, installed: String },

    #[error(
        "{0} is neither empty nor a PostgreSQL cluster (no PG_VERSION in it): move away what is in it, or choose another data directory"
    )]
    NotACluster(PathBuf),

    #[error("{data_dir} is in use by another running server{}: stop that one, or choose another data directory", process(.pid))]
    InUse { data_dir: PathBuf, pid: Option<i32> },

    #[error(
        "PostgreSQL does not run as root, and there is neither a user postgres nor nobody: start as an ordinary user, or `useradd --system postgres`"
    )]
    NoUser,

    #[error(
        "PostgreSQL runs as user {user}, who may not enter {blocked}: `chmod o+x {blocked}`, \
         choose a data directory elsewhere (/var/lib for example), or start as the user who owns it"
    )]
    NotReachable { user: String, blocked: PathBuf },

    #[error(
        "{path} belongs to user {owner}, not to {user}: start as that user, or `chown -R {user} {path}`, or remove it if it is of no use"
    )]
    OtherOwner { path: PathBuf, owner: String, user: String },

    #[error("{0} is in the way of the server's socket, which needs a folder there: remove it")]
    SocketFolder(PathBuf),

    #[error("initdb could not make a new cluster ({said}): correct the cause and start again; nothing is left behind")]
    InitDb { said: String },

    #[error("PostgreSQL ended while it was starting ({said}): see {log}, correct the cause and start again")]
    Ended { said: String, log: PathBuf },

    #[error("PostgreSQL was not ready within {minutes} minutes: see {log} for what it is doing, and start again")]
    NotReady { minutes: u64, log: PathBuf },

    #[error(
        "an earlier PostgreSQL (process {0}) still runs on this folder and does not end: wait until it has, or `kill -INT {0}`, and start again"
    )]
    Lingers(i32),

    #[error("PostgreSQL runs but refuses to work ({said}): see {log}; was this folder made by another program?")]
    Refuses { said: String, log: PathBuf },

    #[error("could not {doing} {path} ({source}): see that the disk is not full and that this user may do so, and start again")]
    Io { doing: &'static str, path: PathBuf, source: io::Error },
}

impl StartError {
    /// For `map_err`: names the deed and the file beside the system's reason.
    pub(super) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { doing, path, source }
    }
}

fn process(pid: &Option<i32>) -> String {
    pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
}

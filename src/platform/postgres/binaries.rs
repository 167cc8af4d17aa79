//! Which of the PostgreSQL servers installed on this machine to take. Nothing is ever downloaded.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use postgresql_commands::CommandBuilder;
use postgresql_commands::postgres::PostgresBuilder;

use super::error::StartError;
use super::runner::Runner;

/// Older ones are no longer maintained.
const OLDEST: u32 = 14;
/// pg_ctl is not used here, but whoever looks after the cluster by hand needs it, and its absence means half a server.
const PROGRAMS: [&str; 3] = ["initdb", "pg_ctl", "postgres"];
/// Where packages put them: what stands before the version, and what after it.
const PLACES: [(&str, &str); 4] =
    [("/usr/lib/postgresql", ""), ("/usr", "pgsql-"), ("/opt/homebrew/opt", "postgresql@"), ("/usr/local/opt", "postgresql@")];

/// The server programs of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    pub(super) folder: PathBuf,
    pub(super) major: u32,
}

impl Binaries {
    /// The ones to use on `cluster`, whose data only a server of the same major version can read; without a cluster
    /// (`version` is `None`) the newest.
    pub(super) fn find(runner: &Runner, cluster: &Path, version: Option<&str>) -> Result<Self, StartError> {
        let found = match env::var_os("PG_BIN_DIR").map(PathBuf::from) {
            Some(named) => {
                vec![Self::look(runner, named.clone()).ok_or(StartError::BinDir(named))?]
            }
            None => candidates().into_iter().filter_map(|folder| Self::look(runner, folder)).collect(),
        };
        choose(found, cluster, version)
    }

    fn look(runner: &Runner, folder: PathBuf) -> Option<Self> {
        if !PROGRAMS.iter().all(|program| folder.join(program).is_file()) {
            return None;
        }
        let version = PostgresBuilder::new().program_dir(&folder).version().build();
        let output = runner.dress(version).output().ok().filter(|output| output.status.success())?;
        let major = read_major(&String::from_utf8_lossy(&output.stdout))?;
        (major >= OLDEST).then_some(Self { folder, major })
    }
}

fn candidates() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for (parent, prefix) in PLACES {
        for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(prefix) {
                found.push(entry.path().join("bin"));
            }
        }
    }
    // A link such as /usr/local/bin/initdb leads to the folder that holds all of them.
    let path = env::var_os("PATH").unwrap_or_default();
    let linked = env::split_paths(&path).filter_map(|folder| fs::canonicalize(folder.join("initdb")).ok());
    found.extend(linked.filter_map(|initdb| initdb.parent().map(Path::to_owned)));
    let mut folders: Vec<PathBuf> = found.into_iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect();
    folders.sort();
    folders.dedup();
    folders
}

/// `postgres (PostgreSQL) 15.14 (Debian 15.14-1)` is 15, and so is `15beta1`.
fn read_major(version: &str) -> Option<u32> {
    let number = version.split_whitespace().nth(2)?;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn choose(found: Vec<Binaries>, cluster: &Path, version: Option<&str>) -> Result<Binaries, StartError> {
    let installed: Vec<String> = found.iter().map(|one| format!("{} ({})", one.major, one.folder.display())).collect();
    match version {
        None => found.into_iter().max_by_key(|one| one.major).ok_or(StartError::NotInstalled),
        Some(version) => found.into_iter().find(|one| one.major.to_string() == version).ok_or_else(|| {
            let installed = if installed.is_empty() { "no server".to_owned() } else { installed.join(", ") };
            StartError::OtherVersion { folder: cluster.to_owned(), cluster: version.to_owned(), installed }
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installed(majors: &[u32]) -> Vec<Binaries> {
        majors.iter().map(|major| Binaries { folder: PathBuf::from(format!("/usr/lib/postgresql/{major}/bin")), major: *major }).collect()
    }

    #[test]
    fn reads_the_major_version() {
        assert_eq!(read_major("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"), Some(15));
        assert_eq!(read_major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(read_major("postgres"), None);
    }

    #[test]
    fn takes_the_newest_for_a_new_cluster_and_the_same_for_an_old_one() {
        let folder = Path::new("/data/postgres");
        assert_eq!(choose(installed(&[15, 18, 9]), folder, None).unwrap().major, 18);
        assert_eq!(choose(installed(&[15, 18]), folder, Some("15")).unwrap().major, 15);
        assert!(matches!(choose(vec![], folder, None), Err(StartError::NotInstalled)));
        let said = choose(installed(&[15, 18]), folder, Some("14")).unwrap_err().to_string();
        assert!(choose(vec![], folder, Some("14")).unwrap_err().to_string().contains("no server"));
        assert!(said.contains("PostgreSQL 14") && said.contains("15 (/usr") && said.contains("18 (/usr"), "{said}");
    }
}

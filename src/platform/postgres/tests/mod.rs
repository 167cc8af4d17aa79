//! With real servers, in folders of their own below the temporary directory. As root they also run once more as
//! `nobody`.

mod crashes;
mod places;
mod starts;

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, Weak};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, User};
use tempfile::TempDir;

use super::pid_file::is_alive;
use super::runner::{Runner, am_root};
use super::server::Process;
use super::*;

const LONG: Duration = Duration::from_secs(30);

/// A place for one test; gone with it.
struct Home {
    temp: TempDir,
    _template: Option<Arc<Home>>,
}

impl Home {
    fn empty() -> Self {
        let temp = TempDir::new().unwrap();
        // The server's user must pass.
        fs::set_permissions(temp.path(), Permissions::from_mode(0o755)).unwrap();
        let home = Self { temp, _template: None };
        fs::create_dir(home.data_dir()).unwrap();
        home
    }

    /// A copy of one cluster that all tests share, since making one is what takes the time.
    fn with_cluster() -> Self {
        static TEMPLATE: Mutex<Weak<Home>> = Mutex::new(Weak::new());
        let mut shared = TEMPLATE.lock().unwrap();
        let template = shared.upgrade().unwrap_or_else(|| {
            let template = Self::empty();
            start(&template.settings()).unwrap().stop();
            Arc::new(template)
        });
        *shared = Arc::downgrade(&template);
        let home = Self { _template: Some(Arc::clone(&template)), ..Self::empty() };
        let mut copy = Command::new("cp");
        copy.arg("-a").arg(template.settings().folder).arg(home.data_dir());
        assert!(copy.status().unwrap().success());
        home
    }

    fn data_dir(&self) -> PathBuf {
        self.temp.path().join("data")
    }

    fn settings(&self) -> Settings {
        Settings { folder: self.data_dir().join("postgres"), data_dir_is_default: false, durable: false }
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.data_dir()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// A server whose Fivefold has crashed.
fn survivor(home: &Home) -> Pid {
    let postgres = start(&home.settings()).unwrap();
    let pid = postgres.watch.pid().unwrap();
    postgres.watch.abandon();
    drop(postgres);
    assert!(is_alive(pid));
    pid
}

/// A statement that looks at nothing outside itself, and so does not notice that its server has died.
fn busy_session(postgres: &Private) -> Child {
    let mut session = psql_command(postgres, "SELECT count(*) AS busy FROM (SELECT generate_series(1, 100000000000)) AS numbers");
    let session = session.stderr(Stdio::null()).spawn().unwrap();
    let busy = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT count(*) AS busy%'";
    wait_until(|| psql(postgres, busy) == "1");
    session
}

fn restarted(postgres: &Private, before: Pid) -> Pid {
    wait_until(|| {
        postgres.watch.pid().is_some_and(|pid| pid != before) && psql_command(postgres, "SELECT 1").output().unwrap().status.success()
    });
    postgres.watch.pid().unwrap()
}

fn wait_until(condition: impl Fn() -> bool) {
    let began = Instant::now();
    while !condition() {
        assert!(began.elapsed() < LONG, "waited too long");
        sleep(Duration::from_millis(10));
    }
}

fn psql(postgres: &Private, statement: &str) -> String {
    let output = psql_command(postgres, statement).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn psql_command(postgres: &Private, statement: &str) -> Command {
    let psql = postgres.watch.server.binaries.folder.join("psql");
    let mut command = Command::new(if psql.exists() { psql } else { "psql".into() });
    command.arg(postgres.url()).args(["-XAtqc", statement]).env("PGPORT", "1").stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn process_group(pid: Pid) -> String {
    let stat = fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat")).unwrap();
    stat.rsplit_once(") ").unwrap().1.split(' ').nth(2).unwrap().to_owned()
}

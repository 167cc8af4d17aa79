//! With real servers, in folders of their own below the temporary directory. As root they also run once more as
//! `nobody`.

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

#[test]
fn a_fresh_start_makes_a_safe_cluster_that_the_next_start_opens() {
    let home = Home::empty();
    let settings = Settings { durable: true, ..home.settings() };
    let postgres = start(&settings).unwrap();
    let safe = "SELECT current_setting('fsync') || current_setting('full_page_writes') || current_setting('synchronous_commit') \
                || current_setting('data_checksums') || '|' || current_setting('listen_addresses') || '|' || current_user";
    assert_eq!(psql(&postgres, safe), "onononon||fivefold");
    assert_eq!(psql(&postgres, "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"), "UTF8");
    psql(&postgres, "CREATE TABLE kept (id int)");

    let folder = fs::metadata(&settings.folder).unwrap();
    assert_eq!(folder.mode() & 0o777, 0o700);
    assert_eq!(fs::metadata(postgres.socket_dir()).unwrap().mode() & 0o777, 0o700);
    let pid = postgres.watch.pid().unwrap();
    let process = fs::metadata(format!("/proc/{pid}")).unwrap();
    assert!(process.uid() == folder.uid() && process.uid() != 0, "the server is not root");
    assert_ne!(process_group(pid), process_group(Pid::this()), "Ctrl-C is not for the server");

    postgres.stop();
    assert!(!is_alive(pid));
    postgres.stop();
    drop(postgres);
    let postgres = start(&settings).unwrap();
    assert_eq!(psql(&postgres, "SELECT count(*) FROM kept"), "0");
    assert_eq!(home.names(), ["postgres", "postgres.lock", "postgres.log"]);
}

#[test]
fn a_second_one_on_the_same_data_directory_is_refused() {
    let home = Home::with_cluster();
    let _first = start(&home.settings()).unwrap();
    let second = start(&home.settings()).err().unwrap();
    assert!(matches!(second, StartError::InUse { pid: Some(pid), .. } if pid == Pid::this().as_raw()), "{second}");
}

#[test]
fn a_server_that_outlived_us_is_taken_up_and_ended_with_us() {
    let home = Home::with_cluster();
    let pid = survivor(&home);
    let postgres = start(&home.settings()).unwrap();
    assert_eq!(postgres.watch.pid(), Some(pid));
    assert_eq!(psql(&postgres, "SELECT 1"), "1");

    postgres.keep_running();
    kill(pid, Signal::SIGKILL).unwrap();
    let pid = restarted(&postgres, pid);
    drop(postgres);
    assert!(!is_alive(pid));
}

#[test]
fn a_server_that_runs_unsafely_is_replaced_by_a_safe_one() {
    let home = Home::with_cluster();
    let pid = survivor(&home);
    let postgres = start(&Settings { durable: true, ..home.settings() }).unwrap();
    assert!(!is_alive(pid));
    assert_eq!(psql(&postgres, "SHOW fsync"), "on");
}

#[test]
fn a_server_that_somebody_is_stopping_is_replaced() {
    let home = Home::with_cluster();
    let first = start(&home.settings()).unwrap();
    let pid = first.watch.pid().unwrap();
    let mut busy = busy_session(&first);
    kill(pid, Signal::SIGTERM).unwrap();
    wait_until(|| first.watch.server.says(&Process::Adopted(pid), "stopping"));
    first.watch.abandon();
    drop(first);

    let postgres = start(&home.settings()).unwrap();
    assert_ne!(postgres.watch.pid(), Some(pid));
    assert_eq!(psql(&postgres, "SELECT 1"), "1");
    assert!(!busy.wait().unwrap().success());
}

#[test]
fn a_killed_server_is_started_again_even_when_a_session_outlived_it() {
    let home = Home::with_cluster();
    let postgres = start(&home.settings()).unwrap();
    postgres.keep_running();
    psql(&postgres, "CREATE TABLE kept (id int)");
    let mut busy = busy_session(&postgres);
    let first = postgres.watch.pid().unwrap();

    let killed = Instant::now();
    kill(first, Signal::SIGKILL).unwrap();
    let second = restarted(&postgres, first);
    println!("up again after {:?}", killed.elapsed());
    assert_eq!(psql(&postgres, "SELECT count(*) FROM kept"), "0");
    assert!(!busy.wait().unwrap().success());

    kill(second, Signal::SIGKILL).unwrap();
    restarted(&postgres, second);
    assert_eq!(psql(&postgres, "SELECT 1"), "1");
}

#[test]
fn files_of_a_crashed_server_whose_number_is_another_process_now_do_not_matter() {
    let home = Home::with_cluster();
    let folder = home.settings().folder;
    let runner = Runner::for_folder(&folder).unwrap();
    let mut sleep = Command::new("sleep");
    sleep.arg("60");
    let mut innocent = runner.dress(sleep).spawn().unwrap();
    let pid = innocent.id();
    let text = format!("{pid}\n{}\n1\n5432\n{}\n\n 1 1\nready   \n", folder.display(), folder.display());
    fs::write(folder.join("postmaster.pid"), &text).unwrap();
    fs::write(folder.join(".s.PGSQL.5432.lock"), &text).unwrap();
    if am_root() {
        for file in ["postmaster.pid", ".s.PGSQL.5432.lock"] {
            let owner = fs::metadata(&folder).unwrap();
            std::os::unix::fs::chown(folder.join(file), Some(owner.uid()), Some(owner.gid())).unwrap();
        }
    }

    let postgres = start(&home.settings()).unwrap();
    assert_eq!(psql(&postgres, "SELECT 1"), "1");
    assert!(innocent.try_wait().unwrap().is_none());
    innocent.kill().unwrap();
    innocent.wait().unwrap();
}

#[test]
fn files_of_a_crashed_server_whose_number_is_nobody_do_not_matter() {
    let home = Home::with_cluster();
    let pid = survivor(&home);
    kill(pid, Signal::SIGKILL).unwrap();
    assert!(home.settings().folder.join("postmaster.pid").exists());
    let postgres = start(&home.settings()).unwrap();
    assert_eq!(psql(&postgres, "SELECT 1"), "1");
}

#[test]
fn a_cluster_of_another_version_is_left_alone() {
    let home = Home::with_cluster();
    let folder = home.settings().folder;
    fs::write(folder.join("PG_VERSION"), "9\n").unwrap();
    let said = start(&home.settings()).err().unwrap();
    assert!(matches!(&said, StartError::OtherVersion { cluster, .. } if cluster == "9"), "{said}");
    assert!(said.to_string().contains("PostgreSQL 9") && said.to_string().contains("/bin)"), "{said}");
    assert_eq!(home.names(), ["postgres", "postgres.lock"]);
}

#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let home = Home::empty();
    let folder = home.settings().folder;
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("holiday.jpg"), "").unwrap();
    assert!(matches!(start(&home.settings()), Err(StartError::NotACluster(_))));
    assert!(folder.join("holiday.jpg").exists());
}

#[test]
fn a_cluster_that_was_never_finished_is_made_anew() {
    let home = Home::empty();
    let folder = home.settings().folder;
    let unfinished = folder.with_file_name("postgres.new-4711");
    fs::create_dir_all(unfinished.join("base")).unwrap();
    fs::write(unfinished.join("PG_VERSION"), "15\n").unwrap();
    fs::create_dir_all(&folder).unwrap();
    let postgres = start(&home.settings()).unwrap();
    assert_eq!(psql(&postgres, "SELECT 1"), "1");
    assert_eq!(home.names(), ["postgres", "postgres.lock", "postgres.log"]);
}

#[test]
fn a_path_that_is_too_long_or_has_a_comma_gets_a_short_socket() {
    let home = Home::with_cluster();
    let mut folder = home.settings().folder;
    for name in ["'ü' %".repeat(20), "one,two".to_owned()] {
        let strange = home.data_dir().join(name);
        fs::create_dir(&strange).unwrap();
        fs::rename(&folder, strange.join("postgres")).unwrap();
        folder = strange.join("postgres");
        let settings = Settings { folder: folder.clone(), ..home.settings() };
        let postgres = start(&settings).unwrap();
        let socket_dir = postgres.socket_dir().to_owned();
        assert!(socket_dir.starts_with("/tmp") && socket_dir.as_os_str().len() < 60);
        assert_eq!(fs::metadata(&socket_dir).unwrap().mode() & 0o777, 0o700);
        assert_eq!(psql(&postgres, "SELECT 1"), "1");
        drop(postgres);
        fs::remove_dir_all(socket_dir).unwrap();
    }
}

#[test]
fn a_strange_path_is_quoted() {
    let home = Home::with_cluster();
    let strange = home.data_dir().join("a b'ü %2F&=");
    fs::create_dir(&strange).unwrap();
    let folder = strange.join("postgres");
    fs::rename(home.settings().folder, &folder).unwrap();
    let postgres = start(&Settings { folder: folder.clone(), ..home.settings() }).unwrap();
    assert_eq!(postgres.socket_dir(), folder);
    assert_eq!(psql(&postgres, "SELECT 1"), "1");
}

#[test]
fn root_puts_a_cluster_elsewhere_only_when_nobody_chose_the_place() {
    if !am_root() {
        return;
    }
    let home = Home::empty();
    fs::set_permissions(home.temp.path(), Permissions::from_mode(0o700)).unwrap();
    let chosen = start(&home.settings()).err().unwrap();
    assert!(matches!(&chosen, StartError::NotReachable { blocked, .. } if blocked == home.temp.path()), "{chosen}");

    let settings = Settings { data_dir_is_default: true, ..home.settings() };
    let postgres = start(&settings).unwrap();
    let folder = postgres.watch.server.folder.clone();
    assert!(folder.starts_with("/var/lib/fivefold"));
    drop(postgres);
    fs::set_permissions(home.temp.path(), Permissions::from_mode(0o755)).unwrap();
    let postgres = start(&settings).unwrap();
    assert_eq!(postgres.watch.server.folder, folder, "never a second cluster");
    drop(postgres);
    fs::remove_dir_all(folder.parent().unwrap()).unwrap();
    let _ = fs::remove_dir("/var/lib/fivefold");
}

#[test]
fn works_without_root() {
    if !am_root() {
        return;
    }
    let nobody = User::from_name("nobody").unwrap().unwrap();
    let (_, module) = module_path!().split_once("::").unwrap();
    let mut again = Command::new("/proc/self/exe");
    again
        .args(["a_fresh", "a_server_that_outlived", "a_killed"].map(|name| format!("{module}::{name}")))
        .current_dir("/")
        .env_remove("TMPDIR");
    let output = again.uid(nobody.uid.as_raw()).gid(nobody.gid.as_raw()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

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

//! One private PostgreSQL for the whole run, and a clone of its migrated database for each test.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use fivefold::app;
use fivefold::platform::db;
use fivefold::platform::postgres::{self, Private};
use nix::sys::statvfs::statvfs;
use secrecy::SecretString;

struct Cluster {
    private: Private,
    /// As long as this is open the watchdog waits; the end of this process, however it comes, closes it.
    _leash: ChildStdin,
}

/// Waits for the end of the tests, then ends their server and removes its folder. A static is never
/// dropped and a killed process drops nothing, so this is the only way that always works.
const WATCHDOG: &str = r#"
read -r folder
while read -r _; do :; done
pid=$(head -n 1 "$folder/data/postgres/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid" 2>/dev/null
for _ in $(seq 100); do [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
rm -rf "$folder"
"#;

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let folder = tempfile::Builder::new().prefix("fivefold-it-").tempdir_in(roomy_memory()).unwrap().keep();
        // As root the server is another user, who must pass.
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
        let leash = watch(&folder);
        let data = folder.join("data");
        std::fs::create_dir(&data).unwrap();
        let settings = postgres::Settings { folder: data.join("postgres"), data_dir_is_default: false, durable: false };
        let private = postgres::start(&settings).unwrap_or_else(|error| panic!("the tests need PostgreSQL: {error}"));
        let cluster = Cluster { private, _leash: leash };
        admin(&cluster, "CREATE DATABASE template_of_tests");
        db::migrate(&cluster.url("template_of_tests")).unwrap();
        let published: db::Clock = std::sync::Arc::new(|| "2026-01-01T00:00:00Z".parse().unwrap());
        app::import_library(&cluster.url("template_of_tests"), &published).unwrap();
        cluster
    })
}

/// Removes this folder at the end of the tests, and ends a server that is at work in its `data/postgres`.
pub fn removed_at_the_end(folder: &Path) {
    // The leash is never let go of; the end of this process does that.
    std::mem::forget(watch(folder));
}

/// Where files are memory, if there is room: each test's database is a thousand files that nobody keeps.
fn roomy_memory() -> PathBuf {
    const ENOUGH: f64 = 4e9;
    let memory = Path::new("/dev/shm");
    let room = statvfs(memory).map_or(0.0, |there| there.blocks_available() as f64 * there.fragment_size() as f64);
    if room >= ENOUGH { memory.into() } else { std::env::temp_dir() }
}

fn watch(folder: &Path) -> ChildStdin {
    let mut watchdog = Command::new("/bin/sh");
    watchdog.args(["-c", WATCHDOG]).current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    // Ctrl-C in the terminal is for the tests.
    let mut leash = watchdog.process_group(0).spawn().unwrap().stdin.take().unwrap();
    writeln!(leash, "{}", folder.display()).unwrap();
    leash
}

impl Cluster {
    fn url(&self, database: &str) -> SecretString {
        self.private.url().replacen("@/fivefold?", &format!("@/{database}?"), 1).into()
    }
}

fn admin(cluster: &Cluster, statement: &str) {
    use secrecy::ExposeSecret as _;
    let mut conn = PgConnection::establish(cluster.url("postgres").expose_secret()).unwrap();
    conn.batch_execute(statement).unwrap();
}

/// The address of a database of the cluster, as its superuser.
pub fn database_url(name: &str) -> SecretString {
    cluster().url(name)
}

/// A database of one test; gone with it.
pub struct Database {
    name: String,
}

impl Database {
    /// A clone of the migrated one.
    pub fn migrated() -> Self {
        Self::like("TEMPLATE template_of_tests")
    }

    pub fn empty() -> Self {
        Self::like("")
    }

    fn like(template: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let name = format!("t_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        admin(cluster(), &format!("CREATE DATABASE {name} {template}"));
        Database { name }
    }

    pub fn url(&self) -> SecretString {
        database_url(&self.name)
    }

    /// A connection past the application, as superuser: row security does not hold here.
    pub fn connect(&self) -> PgConnection {
        use secrecy::ExposeSecret as _;
        PgConnection::establish(self.url().expose_secret()).unwrap()
    }

    /// Cuts every connection and refuses new ones, as a server that is away does.
    pub fn take_away(&self) {
        admin(cluster(), &format!("ALTER DATABASE {} ALLOW_CONNECTIONS false", self.name));
        admin(cluster(), &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'", self.name));
    }

    pub fn bring_back(&self) {
        admin(cluster(), &format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.name));
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        // Nobody waits for it; what is left at the end of the run goes with the cluster.
        std::thread::spawn(move || admin(cluster(), &format!("DROP DATABASE {name} WITH (FORCE)")));
    }
}

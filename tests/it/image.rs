//! The container image, as far as it can be tried without a container: its files are laid out in a folder, and the
//! program starts in there, as the image's user, with nothing but what lies in it.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use fivefold::platform::postgres::{self, Private};
use regex::Regex;
use tempfile::TempDir;

use crate::binary::process::{Home, Process};
use crate::support::texts;

/// The user in the image.
const USER: u32 = 10_001;

fn source(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The image's files, as `scripts/image-layout.sh` puts them down.
struct Layout(TempDir);

impl Layout {
    fn make() -> Self {
        let temp = tempfile::Builder::new().prefix("fivefold-image-").tempdir().unwrap();
        fs::set_permissions(temp.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/image-layout.sh");
        let made = Command::new(script).arg(env!("CARGO_BIN_EXE_fivefold")).arg(temp.path()).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Layout(temp)
    }

    fn root(&self) -> PathBuf {
        self.0.path().join("root")
    }

    /// Every file, as the image names it.
    fn files(&self) -> BTreeSet<String> {
        fn walk(folder: &Path, root: &Path, found: &mut BTreeSet<String>) {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                match entry.file_type().unwrap().is_dir() {
                    true => walk(&entry.path(), root, found),
                    false => drop(found.insert(format!("/{}", entry.path().strip_prefix(root).unwrap().display()))),
                }
            }
        }
        let mut found = BTreeSet::new();
        walk(&self.root(), &self.root(), &mut found);
        found
    }

    /// The loader of the image, which looks for libraries in the image only.
    fn loader(&self) -> PathBuf {
        let name = self.files().into_iter().find(|name| name.contains("/ld-")).expect("a loader is among the libraries");
        self.root().join(&name[1..])
    }

    fn loads(&self, arguments: &[&str]) -> Output {
        let libraries: BTreeSet<_> = self
            .files()
            .iter()
            .filter(|name| name.contains(".so"))
            .map(|name| self.root().join(&name[1..]).parent().unwrap().to_owned())
            .collect();
        let path = std::env::join_paths(libraries).unwrap();
        let mut loader = Command::new(self.loader());
        loader.env_clear().arg("--inhibit-cache").arg("--library-path").arg(path);
        loader.args(arguments.iter().filter(|argument| argument.starts_with("--list"))).arg(self.root().join("usr/bin/fivefold"));
        loader.args(arguments.iter().filter(|argument| !argument.starts_with("--list"))).output().unwrap()
    }
}

#[test]
fn the_image_holds_the_program_its_libraries_a_user_and_nothing_else() {
    let layout = Layout::make();
    let expected = Regex::new(
        r"^/(?:usr/bin/fivefold|(?:usr/)?lib(?:64|/[\w-]+)?/(?:ld-linux[\w.-]*|lib(?:c|m|gcc_s|ssl|crypto)\.so\.\d+)|etc/(?:passwd|group|nsswitch\.conf)|etc/ssl/certs/ca-certificates\.crt|usr/lib/ssl/cert\.pem|usr/share/doc/fivefold/LICENSE-(?:MIT|APACHE))$",
    )
    .unwrap();
    let other: Vec<_> = layout.files().into_iter().filter(|name| !expected.is_match(name)).collect();
    assert_eq!(other, Vec::<String>::new());
    for name in ["/usr/bin/fivefold", "/etc/passwd", "/etc/group", "/etc/nsswitch.conf"] {
        assert!(layout.files().contains(name), "{name}");
    }

    let passwd = fs::read_to_string(layout.root().join("etc/passwd")).unwrap();
    assert_eq!(passwd, format!("fivefold:x:{USER}:{USER}::/data:/usr/bin/fivefold\n"));
    let data = fs::metadata(layout.0.path().join("data")).unwrap();
    assert_eq!(data.mode() & 0o7777, 0o700, "the data directory is the user's alone");
    assert_eq!(fs::metadata(layout.root().join("tmp")).unwrap().mode() & 0o7777, 0o1777);

    let listed = layout.loads(&["--list"]);
    let listed = String::from_utf8(listed.stdout).unwrap();
    let foreign: Vec<_> = listed.lines().filter(|line| line.contains('/') && !line.contains(&*layout.root().to_string_lossy())).collect();
    assert!(!listed.contains("not found") && foreign.is_empty(), "a library is not in the image: {listed}");
    let version = layout.loads(&["--version"]);
    assert_eq!(String::from_utf8_lossy(&version.stdout).trim(), concat!("fivefold ", env!("CARGO_PKG_VERSION")));
}

/// In the image, and with a database as docker-compose.yml makes it, the program serves and writes only into its data.
#[test]
fn the_program_serves_in_the_image_as_its_user_with_the_roles_of_the_compose_file() {
    if !nix::unistd::geteuid().is_root() {
        // Another root folder, and another user, can only be tried by root.
        return;
    }
    let layout = Layout::make();
    let root = layout.root();
    // A debug build reads its templates and assets from the source; a release build has them in it.
    for folder in ["templates", "static"] {
        let place = root.join(&env!("CARGO_MANIFEST_DIR")[1..]);
        fs::create_dir_all(&place).unwrap();
        let copied = Command::new("cp").arg("-r").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).arg(&place).status().unwrap();
        assert!(copied.success());
    }
    fs::rename(layout.0.path().join("data"), root.join("data")).unwrap();
    assert_eq!(fs::metadata(root.join("data")).unwrap().uid(), USER);
    let database = database_like_compose(&root);

    let in_image = |arguments: &[&str]| {
        let mut command = Command::new("/usr/sbin/chroot");
        command.arg(format!("--userspec={USER}:{USER}")).arg(&root).arg("/usr/bin/fivefold").args(arguments).env_clear();
        let dockerfile = source("Dockerfile");
        let (_, settings) = dockerfile.split_once("\nENV ").unwrap();
        for (name, value) in settings.lines().next().unwrap().split(' ').filter_map(|setting| setting.split_once('=')) {
            command.env(name, if name == "FIVEFOLD_LISTEN" { "127.0.0.1:0" } else { value });
        }
        for user in ["server", "migrator"] {
            let name = if user == "server" { "DATABASE_URL" } else { "FIVEFOLD_MIGRATE_DATABASE_URL" };
            command.env(name, format!("postgresql://fivefold_{user}@/fivefold?host=/db/postgres"));
        }
        Process::piped(command)
    };
    let process = in_image(&["serve"]);
    let address = process.url().replace("http://localhost", "127.0.0.1");
    let health = in_image(&["health", "--listen", &address]).ends();
    assert_eq!(health.status.code(), Some(0), "{}", health.err);
    let doctor = in_image(&["doctor"]).ends();
    let failed: Vec<_> = doctor.out.lines().filter(|line| line.starts_with("fail") && !line.contains("durability")).collect();
    assert!(doctor.out.contains("ok    row security") && failed.is_empty(), "{}{}", doctor.out, doctor.err);
    let done = process.stop();
    assert_eq!(done.status.code(), Some(0), "{}", done.err);
    assert!(root.join("data/secret-key").exists());

    // The server's own user can neither migrate nor pass row security.
    let mut conn = PgConnection::establish(&database.url().replacen("fivefold@", "fivefold_server@", 1)).unwrap();
    for (denied, statement) in [("fivefold_owner", "SET ROLE fivefold_owner"), ("teams", "ALTER TABLE teams NO FORCE ROW LEVEL SECURITY")] {
        let said = conn.batch_execute(statement).unwrap_err().to_string();
        assert!(said.contains(denied), "{said}");
    }
}

/// A PostgreSQL in `/db` of the image, with what the compose file mounts, whose socket the image's user reaches.
fn database_like_compose(root: &Path) -> Private {
    let folder = root.join("db/postgres");
    let settings = postgres::Settings { folder: folder.clone(), data_dir_is_default: false, durable: false };
    let database = postgres::start(&settings).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o711)).unwrap();
    fs::set_permissions(folder.join(".s.PGSQL.5432"), fs::Permissions::from_mode(0o777)).unwrap();
    let mut conn = PgConnection::establish(&database.url()).unwrap();
    conn.batch_execute(&source("compose/roles.sql")).unwrap();
    let rules = source("compose/pg_hba.conf");
    fs::write(folder.join("pg_hba.conf"), rules.clone() + "local all fivefold trust\n").unwrap();
    assert_eq!(texts(&mut conn, "SELECT error FROM pg_hba_file_rules WHERE error IS NOT NULL"), Vec::<String>::new(), "{rules}");
    conn.batch_execute("SELECT pg_reload_conf()").unwrap();
    database
}

#[test]
fn dockerfile_and_compose_file_say_what_the_scripts_and_the_program_do() {
    let dockerfile = source("Dockerfile");
    for said in
        [format!("USER {USER}:{USER}"), format!("--chown={USER}:{USER} /image/data/ /data/"), "scripts/image-build.sh /image".into()]
    {
        assert!(dockerfile.contains(&said), "{said}");
    }
    assert!(source("scripts/image-build.sh").contains("scripts/image-layout.sh"), "both make the same layout");
    let newest = Regex::new(r"FROM rust:([\d.]+)").unwrap().captures(&dockerfile).unwrap()[1].to_owned();
    assert!(
        source("Cargo.toml").contains(&format!("rust-version = \"{newest}\"")),
        "the image is built with the oldest Rust that is promised"
    );

    let commands = Home::empty().run(&["--help"], &[]).out;
    for command in ["health", "serve"] {
        assert!(dockerfile.contains(&format!("\"{command}\"]")) && commands.contains(&format!("  {command} ")), "{command}");
    }
    let compose = source("docker-compose.yml");
    assert!(!Regex::new(r"(?i)password\s*[:=]|://[^@\s]*:[^@\s]*@").unwrap().is_match(&compose), "no secret is in the file");
    for service in compose.split("\n  db:") {
        assert!(service.contains("read_only: true") && service.contains("no-new-privileges"), "{service}");
    }
    for name in Regex::new(r"\bFIVEFOLD_\w+").unwrap().find_iter(&compose) {
        let known = fivefold::platform::config::NAMES.iter().any(|known| fivefold::platform::config::variable(known) == name.as_str());
        assert!(known, "{} is no setting", name.as_str());
    }
}

#[test]
fn the_builder_is_sent_all_that_the_build_reads_and_nothing_that_grows() {
    let ignored = source(".dockerignore");
    let sent: BTreeSet<&str> = ignored.lines().filter_map(|line| line.strip_prefix('!')).collect();
    assert!(ignored.lines().any(|line| line == "*"), "what is not named is not sent");
    let reads = Regex::new(r#"(?:include_str!|include_bytes!|embed_migrations!)\(\s*"([^"]+)"|#\[folder = "([^"]+)"|include_dir!\("\$CARGO_MANIFEST_DIR/([^"]+)""#).unwrap();
    let mut found = BTreeSet::from(["src".to_owned(), "Cargo.toml".to_owned(), "Cargo.lock".to_owned(), "scripts".to_owned()]);
    for entry in walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(entry).unwrap();
        for path in reads.captures_iter(&text).filter_map(|found| found.iter().skip(1).flatten().next()) {
            let first = path.as_str().split('/').find(|part| !matches!(*part, ".." | "." | ""));
            found.extend(first.map(str::to_owned));
        }
    }
    let missing: Vec<_> =
        found.iter().filter(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join(name).exists() && !sent.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "the build reads what is not sent: {missing:?}");
    assert!(found.contains("templates") && found.contains("migrations"), "the search finds what is read: {found:?}");
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect()
}

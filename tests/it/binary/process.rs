//! The program as a process of its own, in a data directory of its own.

use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use diesel::{Connection as _, PgConnection};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

use crate::support::removed_at_the_end;

/// Longer than anything takes on a busy machine; nothing waits for it when all is well.
pub const LONG: Duration = Duration::from_secs(60);

/// A data directory, and what may still run on it.
pub struct Home {
    temp: TempDir,
}

impl Home {
    /// Nothing in it.
    pub fn empty() -> Self {
        use std::os::unix::fs::PermissionsExt as _;
        let temp = tempfile::Builder::new().prefix("fivefold-bin-").tempdir().unwrap();
        // As root the database's server is another user, who must pass.
        std::fs::set_permissions(temp.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        Home { temp }
    }

    /// A copy of one in which a server has been: making a cluster is what would take the time.
    pub fn used() -> Self {
        static USED: OnceLock<Home> = OnceLock::new();
        let used = USED.get_or_init(|| {
            let home = Home::empty();
            // What is static is never dropped.
            removed_at_the_end(home.temp.path());
            let made = home.run(&["migrate"], &[]);
            assert!(made.status.success(), "{}", made.err);
            home
        });
        let home = Home::empty();
        let copied = Command::new("cp").arg("-a").arg(used.data_dir()).arg(home.temp.path()).status().unwrap();
        assert!(copied.success());
        home
    }

    pub fn data_dir(&self) -> PathBuf {
        self.temp.path().join("data")
    }

    pub fn cluster(&self) -> PathBuf {
        self.data_dir().join("postgres")
    }

    /// The private PostgreSQL's process, if one says it is there.
    pub fn postgres(&self) -> Option<Pid> {
        let file = std::fs::read_to_string(self.cluster().join("postmaster.pid")).ok()?;
        Some(Pid::from_raw(file.lines().next()?.trim().parse().ok()?))
    }

    /// A connection to the private PostgreSQL past the program.
    pub fn connect(&self) -> PgConnection {
        let folder = self.cluster().canonicalize().unwrap();
        PgConnection::establish(&format!("host={} port=5432 user=fivefold dbname=fivefold", folder.display())).unwrap()
    }

    /// Names of what is in the data directory.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.data_dir()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub fn serve(&self, more: &[&str], environment: &[(&str, &str)]) -> Process {
        let mut arguments = vec!["serve", "--listen", "127.0.0.1:0"];
        arguments.extend(more);
        Process::start(&arguments, &self.data_dir(), environment)
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Done {
        Process::start(arguments, &self.data_dir(), environment).ends()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // A test that failed may have left its database.
        if let Some(pid) = self.postgres() {
            kill(pid, Signal::SIGQUIT).ok();
            until("the database ends", || !is_alive(pid));
        }
    }
}

/// A running command.
pub struct Process {
    pub pid: Pid,
    /// Standard output and error, line by line.
    said: Arc<Mutex<Vec<Line>>>,
    lines: Receiver<()>,
    ended: Receiver<ExitStatus>,
}

#[derive(Debug, Clone)]
struct Line {
    out: bool,
    text: String,
}

/// A command that has ended.
#[derive(Debug)]
pub struct Done {
    pub status: ExitStatus,
    pub out: String,
    pub err: String,
}

impl Process {
    pub fn start(arguments: &[&str], data_dir: &Path, environment: &[(&str, &str)]) -> Self {
        Self::piped(command(arguments, data_dir, environment))
    }

    /// Any command whose outputs are to be read.
    pub fn piped(mut command: Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        Self::of(command, Vec::new())
    }

    /// With both outputs in one pipe, where what stands first was said first.
    pub fn merged(arguments: &[&str], data_dir: &Path) -> Self {
        let mut command = command(arguments, data_dir, &[]);
        let (both, pipe) = std::io::pipe().unwrap();
        command.stdout(pipe.try_clone().unwrap()).stderr(pipe);
        Self::of(command, vec![(false, Box::new(both))])
    }

    fn of(mut command: Command, mut from: Vec<(bool, Box<dyn Read + Send>)>) -> Self {
        let mut child = command.stdin(Stdio::null()).spawn().unwrap();
        // It holds ends of pipes, whose readers wait until nobody does.
        drop(command);
        let pid = Pid::from_raw(child.id().cast_signed());
        from.extend(child.stdout.take().map(|out| (true, Box::new(out) as _)));
        from.extend(child.stderr.take().map(|err| (false, Box::new(err) as _)));
        let said = Arc::default();
        let (line, lines) = channel();
        let readers: Vec<_> = from.into_iter().map(|(out, from)| read(out, from, &said, line.clone())).collect();
        let (end, ended) = channel();
        std::thread::spawn(move || {
            let status = child.wait().unwrap();
            readers.into_iter().for_each(|reader| reader.join().unwrap());
            end.send(status).ok();
        });
        Process { pid, said, lines, ended }
    }

    /// Waits for the one line and gives the address in it.
    pub fn url(&self) -> String {
        self.waits_for_url(|| self.out())
    }

    /// The same where both outputs are one.
    pub fn url_in_last_line(&self) -> String {
        self.waits_for_url(|| self.err().lines().last().unwrap_or_default().to_owned())
    }

    fn waits_for_url(&self, text: impl Fn() -> String) -> String {
        loop {
            if let Some(url) = text().strip_prefix("Fivefold is ready at ") {
                return url.trim().to_owned();
            }
            self.lines.recv_timeout(LONG).unwrap_or_else(|_| panic!("it did not become ready: {}{}", self.out(), self.err()));
        }
    }

    pub fn out(&self) -> String {
        self.text(true)
    }

    pub fn err(&self) -> String {
        self.text(false)
    }

    fn text(&self, out: bool) -> String {
        let said = self.said.lock().unwrap();
        said.iter().filter(|line| line.out == out).map(|line| format!("{}\n", line.text)).collect()
    }

    /// What follows these words on standard error, up to white space or a quotation mark.
    pub fn word_after(&self, words: &str) -> String {
        // The two outputs come by two pipes: what was said first may be read last.
        until(words, || self.err().contains(words));
        let err = self.err();
        let (_, rest) = err.split_once(words).unwrap_or_default();
        rest.split(|letter: char| letter.is_whitespace() || letter == '"').next().unwrap_or_default().to_owned()
    }

    pub fn signal(&self, signal: Signal) {
        kill(self.pid, signal).unwrap();
    }

    /// Waits for its end.
    pub fn ends(&self) -> Done {
        let status = self.ended.recv_timeout(LONG).unwrap_or_else(|_| panic!("it did not end: {}{}", self.out(), self.err()));
        Done { status, out: self.out(), err: self.err() }
    }

    /// Ends it as a supervisor does.
    pub fn stop(&self) -> Done {
        self.signal(Signal::SIGTERM);
        self.ends()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The number belongs to somebody else once the end was noticed.
        if self.ended.try_recv().is_err() {
            kill(self.pid, Signal::SIGKILL).ok();
        }
    }
}

impl Done {
    /// Failed, and said why in one sentence on standard error and nowhere else.
    pub fn failed_with_one_sentence(&self) -> &str {
        assert_eq!(self.status.code(), Some(1), "{self:?}");
        assert_eq!(self.out, "");
        let said: Vec<&str> = self.err.lines().filter(|line| line.starts_with("fivefold: ")).collect();
        assert_eq!(said.len(), 1, "{}", self.err);
        assert!(self.err.trim_end().ends_with(said[0]), "nothing follows: {}", self.err);
        said[0]
    }
}

fn command(arguments: &[&str], data_dir: &Path, environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fivefold"));
    for (name, _) in std::env::vars().filter(|(name, _)| is_ours(name)) {
        command.env_remove(name);
    }
    command.args(arguments).env("FIVEFOLD_DATA_DIR", data_dir).envs(environment.iter().copied());
    command
}

fn is_ours(name: &str) -> bool {
    name.starts_with("FIVEFOLD_") || name.starts_with("PG") || name == "DATABASE_URL"
}

fn read(
    out: bool,
    from: impl Read + Send + 'static,
    said: &Arc<Mutex<Vec<Line>>>,
    line: std::sync::mpsc::Sender<()>,
) -> std::thread::JoinHandle<()> {
    let said = Arc::clone(said);
    std::thread::spawn(move || {
        for text in BufReader::new(from).lines().map_while(Result::ok) {
            said.lock().unwrap().push(Line { out, text });
            line.send(()).ok();
        }
    })
}

pub fn is_alive(pid: Pid) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    kill(pid, None).is_ok() && !state.contains(") Z ")
}

/// Asks again and again; for what another process does and tells nobody.
pub fn until(what: &str, is_so: impl FnMut() -> bool) {
    let (began, mut is_so) = (Instant::now(), is_so);
    while !is_so() {
        assert!(began.elapsed() < LONG, "{what}: waited too long");
        std::thread::sleep(Duration::from_millis(10));
    }
}

pub fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

//! The application of one test.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use actix_web::dev::Service as _;
use actix_web::test::TestRequest;
use actix_web::web;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::r2d2::R2D2Connection as _;
use fivefold::app::{self, Crew, Parts};
use fivefold::platform::config::SignUp;
use fivefold::platform::db::{Door, Tx};
use fivefold::platform::error::Result;
use fivefold::platform::jobs;
use fivefold::platform::telemetry;
use fivefold::platform::token::{Purpose, Signer};
use fivefold::policy::{AccountId, Mode, Role, TeamId};
use fivefold::teams::{self, NewTeam};
use fivefold::web::Server;
use fivefold::web::line::Pace;
use fivefold::web::probes::Metrics;
use fivefold::{accounts, accounts::NewAccount};
use futures_util::future::LocalBoxFuture;

use super::{Client, Database, Response, queries};

/// Every account's password.
pub const PASSWORD: &str = "seven green kites over Lyon";
/// Its hash, computed once for all runs: hashing is what would take the time.
const PASSWORD_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$e3NORqGKyhDAM32bFBd0Bg$3mPt6uCm2ZZZp+Im2YWIYR1muzJlpdVx70ui8fBdS1c";

/// A Monday morning.
const START: &str = "2026-03-02T09:00:00Z";

pub(super) type Handle = dyn Fn(TestRequest) -> LocalBoxFuture<'static, Response>;

pub struct App {
    pub server: web::Data<Server>,
    /// Several servers may stand over one.
    pub database: Rc<Database>,
    handle: Rc<Handle>,
    metrics: web::Data<Metrics>,
    now: Arc<Mutex<DateTime<Utc>>>,
    numbers: RefCell<u32>,
    jobs_are_left: Cell<bool>,
    /// For looking past the application; opened when first asked for.
    conn: RefCell<Option<PgConnection>>,
}

/// What a test may want otherwise than usual.
pub struct Options {
    pub base_url: &'static str,
    pub sign_up: SignUp,
    pub sends_mail: bool,
    pub metrics_token: Option<&'static str>,
    pub trusted_proxies: &'static [&'static str],
    pub pace: Pace,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            base_url: "http://localhost:8080",
            sign_up: SignUp::Invited,
            sends_mail: false,
            metrics_token: None,
            trusted_proxies: &[],
            pace: Pace::default(),
        }
    }
}

/// A mail as it lies in the outbox.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Mail {
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub to_name: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub to_address: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub subject: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub body_text: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub body_html: String,
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
    pub calendar: Option<String>,
}

impl Mail {
    /// The first link in it, from its path on.
    pub fn link(&self) -> String {
        let rest = self.body_text.split("http://localhost:8080").nth(1).unwrap_or_else(|| panic!("no link in: {}", self.body_text));
        rest.split_whitespace().next().unwrap_or_default().to_owned()
    }
}

impl App {
    pub async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub async fn with(options: Options) -> Self {
        queries::instrument();
        Self::over(Database::migrated(), options).await
    }

    /// Over a database that is there already.
    pub async fn over(database: impl Into<Rc<Database>>, options: Options) -> Self {
        let database = database.into();
        let now = Arc::new(Mutex::new(START.parse().unwrap()));
        let clock = Arc::clone(&now);
        let parts = Parts {
            database_url: database.url(),
            pool: 3,
            clock: Arc::new(move || *clock.lock().unwrap()),
            signer: Signer::new(&[7; 32]),
            base_url: options.base_url.parse().unwrap(),
            sign_up: options.sign_up,
            sends_mail: options.sends_mail,
            hashing_threads: 1,
            trusted_proxies: options.trusted_proxies.iter().map(|proxy| proxy.parse().unwrap()).collect(),
            pace: options.pace,
        };
        let server = web::Data::new(app::server(parts).unwrap());
        let metrics = web::Data::new(Metrics { handle: metrics_handle().clone(), token: options.metrics_token.map(Into::into) });
        let service = Rc::new(actix_web::test::init_service(app::application(server.clone(), metrics.clone())).await);
        let handle: Rc<Handle> = Rc::new(move |request: TestRequest| {
            let service = Rc::clone(&service);
            Box::pin(async move {
                match service.call(request.to_request()).await {
                    Ok(response) => Response::read(response.into_parts().1).await,
                    Err(error) => Response::read(actix_web::HttpResponse::from_error(error)).await,
                }
            })
        });
        App { server, database, handle, metrics, now, numbers: RefCell::new(0), jobs_are_left: Cell::new(false), conn: RefCell::default() }
    }

    // Visitors.

    /// A browser in which nobody is signed in.
    pub fn anon(&self) -> Client {
        self.client()
    }

    /// A browser with this account's sign-in in its cookie, on our own pages.
    pub fn signed_in(&self, account: AccountId) -> Client {
        self.client().with_cookie("fivefold", &self.sign_in_token(account))
    }

    /// A program with this account's sign-in as a Bearer token.
    pub fn token(&self, account: AccountId) -> Client {
        self.bearer(&self.sign_in_token(account))
    }

    /// A program with any token.
    pub fn bearer(&self, token: &str) -> Client {
        Client::program(Rc::clone(&self.handle)).with("Authorization", &format!("Bearer {token}"))
    }

    fn client(&self) -> Client {
        Client::browser(Rc::clone(&self.handle))
    }

    /// A fresh sign-in of this account, as cookie and Bearer carry it.
    pub fn sign_in_token(&self, account: AccountId) -> String {
        let (sign_in, ends_at) = self.write(Door::Anybody, |tx| accounts::sign_in(tx, account, "test"));
        self.server.signer.sign(Purpose::SignIn, sign_in.0, account.0, self.now(), ends_at)
    }

    // The clock.

    pub fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    /// Sets the clock, as in `2026-03-01T10:00:00Z`.
    pub fn at(&self, time: &str) {
        *self.now.lock().unwrap() = time.parse().unwrap_or_else(|_| panic!("no time: {time}"));
    }

    pub fn advance(&self, by: TimeDelta) {
        *self.now.lock().unwrap() += by;
    }

    // People and teams, through the services.

    /// An account with its personal team. Its address is made from its name.
    pub fn account(&self, name: &str) -> AccountId {
        let number = self.numbers.replace_with(|number| *number + 1) + 1;
        let email = format!("{}{number}@example.com", name.to_lowercase().replace(|letter: char| !letter.is_ascii_alphanumeric(), "."));
        let new = NewAccount::parse(name, &email, "UTC", PASSWORD_HASH.into()).unwrap();
        self.write(Door::Anybody, move |tx| teams::register(tx, &new, false))
    }

    pub fn email_of(&self, account: AccountId) -> String {
        self.text(&format!("SELECT email FROM accounts WHERE id = '{account}'"))
    }

    pub fn team(&self, name: &str, mode: Mode, owner: AccountId) -> TeamId {
        let new = NewTeam { name: name.into(), mode, personal: false, time_zone: chrono_tz::Tz::UTC };
        self.write(Door::Account(owner.0), move |tx| teams::create(tx, &new, owner))
    }

    /// A new account in this team.
    pub fn member(&self, team: TeamId, role: Role, name: &str) -> AccountId {
        let account = self.account(name);
        self.system(team, move |tx| teams::add_member(tx, team, account, role));
        account
    }

    // The database.

    /// Runs a service as a job or the command line does, in this team.
    pub fn system<T>(&self, team: TeamId, work: impl FnOnce(&mut Tx) -> Result<T>) -> T {
        self.write(Door::System { team: team.0, reason: "test" }, work)
    }

    pub fn write<T>(&self, door: Door, work: impl FnOnce(&mut Tx) -> Result<T>) -> T {
        self.server.db.write_here(door, work).unwrap_or_else(|error| panic!("{error:?}"))
    }

    /// Runs statements past the application and its row security.
    pub fn sql(&self, statements: &str) {
        use diesel::connection::SimpleConnection as _;
        self.looking(|conn| conn.batch_execute(statements)).unwrap_or_else(|error| panic!("{error}: {statements}"));
    }

    /// The first column of the first row as text.
    pub fn text(&self, query: &str) -> String {
        self.texts(query).into_iter().next().unwrap_or_else(|| panic!("no row: {query}"))
    }

    /// The first column of every row as text; null is an empty one.
    pub fn texts(&self, query: &str) -> Vec<String> {
        self.looking(|conn| texts(conn, query))
    }

    /// The columns of a table that a statement may write, joined by commas.
    pub fn columns(&self, table: &str) -> String {
        self.text(&format!(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
             WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
        ))
    }

    fn looking<T>(&self, look: impl FnOnce(&mut PgConnection) -> T) -> T {
        let mut kept = self.conn.borrow_mut();
        let alive = kept.take().and_then(|mut conn| conn.ping().is_ok().then_some(conn));
        look(kept.insert(alive.unwrap_or_else(|| self.database.connect())))
    }

    pub fn count(&self, query: &str) -> i64 {
        self.text(query).parse().unwrap_or_else(|_| panic!("no number: {query}"))
    }

    /// What a request sends to the database, in order; what opens the transaction is one entry.
    pub async fn queries(&self, request: impl Future<Output = Response>) -> (Response, Vec<String>) {
        use secrecy::ExposeSecret as _;
        let url = self.database.url();
        queries::watch(url.expose_secret());
        let response = request.await;
        (response, queries::take(url.expose_secret()))
    }

    // Mail and jobs.

    /// Every mail so far, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        let query = "SELECT to_name, to_address, subject, body_text, body_html, calendar FROM mails ORDER BY created_at, to_address, id";
        self.looking(|conn| diesel::sql_query(query).load(conn)).unwrap()
    }

    pub fn mails_to(&self, account: AccountId) -> Vec<Mail> {
        let address = self.email_of(account);
        self.mails().into_iter().filter(|mail| mail.to_address == address).collect()
    }

    /// Runs the jobs that are due by the test's clock and gives how many there were. One that fails fails the test.
    pub async fn run_jobs(&self) -> usize {
        let ran = jobs::run_due(&self.server.db, &app::job_table()).await.unwrap();
        let failed = self.texts("SELECT kind || ': ' || last_error FROM jobs WHERE last_error IS NOT NULL AND finished_at IS NULL");
        assert!(failed.is_empty(), "jobs failed: {failed:#?}");
        ran
    }

    /// The kinds of jobs that are due and not done.
    pub fn due_jobs(&self) -> Vec<String> {
        self.texts(&format!("SELECT kind FROM jobs WHERE finished_at IS NULL AND run_at <= '{}' ORDER BY run_at", self.now().to_rfc3339()))
    }

    /// For a test that is not about what follows: jobs may be left.
    pub fn leave_jobs(&self) {
        self.jobs_are_left.set(true);
    }

    /// The same application on a real port, for streams.
    pub fn serve(&self) -> Served {
        let (server, metrics) = (self.server.clone(), self.metrics.clone());
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let crew = Crew { workers: 1, blocking_threads: 512, finish_within: Duration::ZERO };
        let running = app::serve(listener, server, metrics, &crew).unwrap();
        let handle = running.handle();
        actix_web::rt::spawn(running);
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Served { url, http, handle }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if !std::thread::panicking() && !self.jobs_are_left.get() {
            let due = self.due_jobs();
            assert!(due.is_empty(), "jobs are due and were not run: {due:?}; say app.run_jobs().await and look at what they did");
        }
    }
}

/// A listening server, until it is dropped.
pub struct Served {
    pub url: String,
    pub http: reqwest::Client,
    handle: actix_web::dev::ServerHandle,
}

impl Drop for Served {
    fn drop(&mut self) {
        // The future of an ordered end is not awaited: the test is over.
        drop(self.handle.stop(false));
    }
}

/// The first column of every row as text.
pub fn texts(conn: &mut PgConnection, query: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        text: String,
    }
    let wrapped = format!("SELECT coalesce(q.c::text, '') AS text FROM ({query}) AS q (c)");
    let rows: Vec<Row> = diesel::sql_query(wrapped).load(conn).unwrap_or_else(|error| panic!("{error}: {query}"));
    rows.into_iter().map(|row| row.text).collect()
}

fn metrics_handle() -> &'static metrics_exporter_prometheus::PrometheusHandle {
    static HANDLE: OnceLock<metrics_exporter_prometheus::PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| {
        // Shown with a test that fails; FIVEFOLD_LOG=info for more.
        let filter = tracing_subscriber::EnvFilter::try_from_env("FIVEFOLD_LOG").unwrap_or_else(|_| "warn".into());
        drop(tracing_subscriber::fmt().with_env_filter(filter).with_test_writer().with_ansi(false).try_init());
        telemetry::start_metrics().unwrap()
    })
}

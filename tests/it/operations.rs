//! docs/OPERATIONS.md says what the program does; and what `/metrics` says.

use std::collections::BTreeSet;
use std::path::Path;

use actix_web::dev::Service as _;
use actix_web::http::StatusCode;
use actix_web::test::{self, TestRequest};
use actix_web::web;
use fivefold::app;
use fivefold::cli;
use fivefold::platform::config::{self, Config, Flags};
use fivefold::platform::telemetry;
use fivefold::web::probes::Metrics;
use regex::Regex;

use crate::binary::process::Home;
use crate::support::{App, World};

/// A section of the page, up to the next heading of its level.
fn section(heading: &str) -> String {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/OPERATIONS.md")).unwrap();
    let (_, rest) = page.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no section {heading}"));
    rest.split("\n## ").next().unwrap().to_owned()
}

/// What stands in backticks first in each row of its table.
fn names(section: &str) -> BTreeSet<String> {
    let row = Regex::new(r"(?m)^\| `([^`]+)`").unwrap();
    row.captures_iter(section).map(|found| found[1].to_owned()).collect()
}

#[actix_web::test]
async fn the_settings_are_those_of_the_program_and_the_example_can_be_read() {
    let of_file: BTreeSet<String> = config::NAMES.iter().map(|name| config::variable(name)).collect();
    let of_environment = cli::OF_ENVIRONMENT.map(str::to_owned);
    let all: BTreeSet<String> = of_file.iter().cloned().chain(of_environment.clone()).collect();
    let said = section("Settings");
    assert_eq!(names(&said), all);
    let starred: BTreeSet<String> =
        Regex::new(r"(?m)^\| `(\w+)` \*").unwrap().captures_iter(&said).map(|found| found[1].to_owned()).collect();
    assert_eq!(starred, BTreeSet::from(of_environment));

    let example = said.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    for name in config::NAMES {
        assert!(example.contains(&format!("\n{name} = ")), "{name} is in the example");
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(config::FILE), example).unwrap();
    let read = Config::with(Flags { data_dir: Some(folder.path().to_owned()), listen: None }, |_| None).unwrap();
    assert_eq!(read.base_url.unwrap().as_str(), "https://interviews.example/");
    assert_eq!((read.trusted_proxies.len(), read.db_pool), (2, 16));
}

#[actix_web::test]
async fn the_commands_are_those_of_the_program() {
    let help = Home::empty().run(&["--help"], &[]).out;
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands = commands.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    // What follows a command's name is its own help's matter.
    let of_page = names(&section("Start and stop")).into_iter().map(|row| row.split(' ').take(2).collect::<Vec<_>>().join(" "));
    assert_eq!(of_page.collect::<BTreeSet<_>>(), commands.map(|name| format!("fivefold {name}")).collect());
}

/// What `/metrics` says of one application, counted by a recorder of its own.
struct Meter {
    app: App,
    metrics: web::Data<Metrics>,
    _counting: metrics::LocalRecorderGuard<'static>,
}

impl Meter {
    async fn new() -> Self {
        let recorder = Box::leak(Box::new(telemetry::recorder().unwrap()));
        let metrics = web::Data::new(Metrics { handle: recorder.handle(), token: Some("a token of the operator".into()) });
        Meter { app: App::new().await, metrics, _counting: metrics::set_default_local_recorder(recorder) }
    }

    async fn asked(&self, request: TestRequest) -> (StatusCode, String) {
        let service = test::init_service(app::application(self.app.server.clone(), self.metrics.clone())).await;
        let answer = service.call(request.uri("/metrics").to_request()).await.unwrap();
        (answer.status(), String::from_utf8(test::read_body(answer).await.to_vec()).unwrap())
    }

    async fn text(&self) -> String {
        let (status, text) = self.asked(TestRequest::get().insert_header(("Authorization", "Bearer a token of the operator"))).await;
        assert_eq!(status, 200);
        text
    }
}

fn value(text: &str, name: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name} ")));
    line.unwrap_or_else(|| panic!("no {name} in:\n{text}")).parse().unwrap()
}

#[actix_web::test]
async fn the_metrics_are_those_of_the_page_and_count_what_they_say() {
    let meter = Meter::new().await;
    let app = &meter.app;
    let world = World::new(app);
    let team = world.team;
    app.signed_in(world.owner).get(&format!("/teams/{team}/members")).await.is(200);
    app.anon().get("/no/such/page").await.is(404);
    app.sql(
        "INSERT INTO jobs (id, kind, payload, run_at, created_at, failed_at) VALUES \
         (gen_random_uuid(), 'later', '{}', '2100-01-01', '2026-01-01', NULL), \
         (gen_random_uuid(), 'given_up', '{}', '2026-01-01', '2026-01-01', '2026-01-02'), \
         (gen_random_uuid(), 'due', '{}', '2026-01-01', '2026-01-01', NULL)",
    );
    let unsent = app.count("SELECT count(*) FROM mails WHERE sent_at IS NULL");
    let text = meter.text().await;

    let told: BTreeSet<String> = Regex::new(r"(?m)^# TYPE (\w+) ").unwrap().captures_iter(&text).map(|found| found[1].to_owned()).collect();
    assert_eq!(told, names(&section("Metrics")));
    let route = r#"http_request_seconds_count{method="GET",route="/teams/{team_id}/members",status="200"} 1"#;
    assert!(text.contains(route), "{text}");
    assert!(text.contains(r#"route="unknown",status="404""#), "{text}");
    assert!(!text.contains(&team.to_string()), "an address is in a label: {text}");
    for (name, expected) in
        [("jobs_waiting", 2.0), ("jobs_due", 1.0), ("jobs_failed", 1.0), ("mails_unsent", unsent as f64), ("db_up", 1.0)]
    {
        assert_eq!(value(&text, name), expected, "{name}");
    }
    assert_eq!((value(&text, "db_pool_size"), value(&text, "event_streams_open")), (3.0, 0.0));
    assert!(value(&text, "db_pool_open") >= 1.0 && value(&text, "db_pool_idle") <= value(&text, "db_pool_open"));
    assert_eq!(value(&text, "db_pool_turns_free"), 3.0, "nobody is at work");

    app.database.take_away();
    let text = meter.text().await;
    assert_eq!(value(&text, "db_up"), 0.0);
    assert!(value(&text, "jobs_due").is_nan(), "what cannot be known is no number");
    app.database.bring_back();
    app.sql("DELETE FROM jobs");
}

#[actix_web::test]
async fn metrics_are_for_this_machine_or_for_who_has_the_token() {
    let meter = Meter::new().await;
    let (here, away) = ("127.0.0.1:5000".parse().unwrap(), "203.0.113.9:5000".parse().unwrap());
    let bearer = |token: &str| ("Authorization", format!("Bearer {token}"));
    for (request, expected) in [
        (TestRequest::get().peer_addr(here), 200),
        (TestRequest::get().peer_addr(here).insert_header(("X-Forwarded-For", "203.0.113.9")), 404),
        (TestRequest::get().peer_addr(away), 404),
        (TestRequest::get().peer_addr(away).insert_header(bearer("a token of somebody")), 404),
        (TestRequest::get().peer_addr(away).insert_header(bearer("a token of the operator")), 200),
    ] {
        let (status, text) = meter.asked(request).await;
        assert_eq!(status, expected);
        assert_eq!(text.contains("db_pool_size"), expected == 200);
    }
}

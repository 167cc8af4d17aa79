//! A server's life from its first line to its end.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use futures_util::StreamExt as _;
use nix::sys::signal::Signal;
use serde_json::{Value, json};

use super::process::{Home, Process, http, is_alive, until};
use crate::support::texts;

const STOPS_WITHIN: Duration = Duration::from_secs(10);

#[actix_web::test]
async fn the_first_start_says_one_line_after_the_set_up_link_and_makes_the_first_owner() {
    let home = Home::empty();
    let process = Process::merged(&["serve", "--listen", "127.0.0.1:0"], &home.data_dir());
    let url = process.url_in_last_line();
    let port: u16 = url.strip_prefix("http://localhost:").expect("loopback is called localhost").parse().unwrap();
    assert_ne!(port, 0);

    let link = process.word_after("Make the first one here, within a day:\n");
    assert!(link.starts_with(&format!("{url}/set-up/")), "the link stands before the line: {link}");
    let token = link.rsplit('/').next().unwrap();
    let owner = json!({"name": "Ada", "email": "ada@example.com", "password": "seven green kites over Lyon", "time_zone": "UTC", "team_name": "Engines", "team_mode": "hiring"});
    let made = http().post(format!("{url}/api/v1/set-up/{token}")).json(&owner).send().await.unwrap();
    assert_eq!(made.status(), 201);

    let postgres = home.postgres().unwrap();
    assert!(is_alive(postgres));
    let done = process.stop();
    assert_eq!(done.status.code(), Some(0), "{}", done.err);
    assert!(!is_alive(postgres), "the private PostgreSQL ends with the server");

    // Once somebody has an account, there is no link and one line.
    let again = home.serve(&[], &[]);
    again.url();
    assert!(!again.err().contains("set-up"), "{}", again.err());
    again.signal(Signal::SIGINT);
    let done = again.ends();
    assert_eq!((done.status.code(), done.out.lines().count()), (Some(0), 1), "{}", done.out);
    assert_eq!(home.postgres(), None);
}

#[actix_web::test]
async fn a_stop_says_not_ready_ends_streams_and_lets_requests_finish() {
    let home = Home::used();
    let process = home.serve(&["--demo"], &[]);
    let url = process.url();
    let http = http();
    // As a balancer does; it is told before the server stops taking visitors.
    assert_eq!(http.get(format!("{url}/health/ready")).send().await.unwrap().status(), 200);

    let account = json!({"email": "lead@demo.example", "password": process.word_after("the password is ")});
    let sign_in: Value = http.post(format!("{url}/api/v1/sign-ins")).json(&account).send().await.unwrap().json().await.unwrap();
    let token = sign_in["token"].as_str().expect("the printed password is the accounts'").to_owned();
    let live = "SELECT format('%s/interviews/%s', team_id, interview_id) FROM room_events GROUP BY team_id, interview_id \
                ORDER BY max(happened_at) DESC LIMIT 1";
    let mut conn = home.connect();
    let room = texts(&mut conn, live).remove(0);
    let asked = |path: String| http.get(format!("{url}{path}")).bearer_auth(&token);
    let stream = asked(format!("/api/v1/teams/{room}/events")).send().await.unwrap();
    assert_eq!(stream.status(), 200);

    let mut slow = SlowRequest::begin(&url, "/api/v1/password-resets", r#"{"email": "nobody@example.com"}"#);

    let told = Instant::now();
    process.signal(Signal::SIGTERM);
    let answer = loop {
        let answer = http.get(format!("{url}/health/ready")).send().await.unwrap();
        if answer.status() == 503 {
            break answer;
        }
    };
    assert!(answer.headers().contains_key("Retry-After"));
    let heard: Vec<_> = stream.bytes_stream().collect().await;
    assert!(heard.iter().all(Result::is_ok), "the stream ends in order");
    let answer = slow.finish();
    assert!(answer.starts_with("HTTP/1.1 2"), "a request that has begun is answered: {answer:?}");

    let done = process.ends();
    assert_eq!(done.status.code(), Some(0), "{}", done.err);
    assert!(told.elapsed() < STOPS_WITHIN, "{:?}", told.elapsed());
    assert_eq!(home.postgres(), None, "the private PostgreSQL has ended");
}

#[actix_web::test]
async fn a_second_signal_does_not_wait_for_a_request_and_one_during_the_start_is_heeded() {
    let home = Home::used();
    let process = home.serve(&[], &[]);
    let url = process.url();
    let mut conn = home.connect();
    conn.batch_execute("BEGIN; LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE").unwrap();
    let account = json!({"email": "nobody@example.com", "password": "seven green kites over Lyon"});
    let slow = actix_web::rt::spawn(http().post(format!("{url}/api/v1/sign-ins")).json(&account).send());
    let mut look = home.connect();
    until_async(|| !texts(&mut look, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'").is_empty()).await;
    let told = Instant::now();
    process.signal(Signal::SIGINT);
    until("it heard the first", || process.err().contains("stopping"));
    process.signal(Signal::SIGINT);
    // Cut, or told that the database is away, whichever ends first.
    assert!(slow.await.unwrap().map_or(true, |answer| answer.status() == 503));
    drop((conn, look));
    assert_eq!(process.ends().status.code(), Some(0));
    assert!(told.elapsed() < Duration::from_secs(5), "{:?}", told.elapsed());

    let starting = home.serve(&[], &[]);
    until("PostgreSQL is there", || home.postgres().is_some());
    let done = starting.stop();
    assert_eq!(done.status.code(), Some(0), "{}", done.err);
    assert_eq!(home.postgres(), None);
}

#[test]
fn a_supervisor_can_ask_without_a_program_for_http() {
    let home = Home::used();
    let process = home.serve(&[], &[]);
    let address = process.url().replace("http://localhost", "127.0.0.1");
    let healthy = home.run(&["health", "--listen", &address], &[]);
    assert_eq!((healthy.status.code(), healthy.out.as_str()), (Some(0), "ready\n"), "{}", healthy.err);

    home.connect()
        .batch_execute("DELETE FROM __diesel_schema_migrations WHERE version = (SELECT max(version) FROM __diesel_schema_migrations)")
        .unwrap();
    let not_ready = home.run(&["health"], &[("FIVEFOLD_LISTEN", &address)]);
    assert!(not_ready.failed_with_one_sentence().contains("1 migrations are pending"), "{}", not_ready.err);

    process.stop();
    let gone = home.run(&["health", "--listen", &address], &[]);
    assert!(gone.failed_with_one_sentence().contains("no server answers"), "{}", gone.err);
}

/// A request of which the server has the head and half of the body, and waits for the rest.
struct SlowRequest {
    stream: TcpStream,
    rest: String,
}

impl SlowRequest {
    fn begin(url: &str, path: &str, body: &str) -> Self {
        let host = url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let (first, rest) = body.split_at(body.len() / 2);
        let length = body.len();
        write!(stream, "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nExpect: 100-continue\r\n\r\n").unwrap();
        // The server says this when its handler wants the body.
        let mut go_on = [0; "HTTP/1.1 100 Continue\r\n\r\n".len()];
        stream.read_exact(&mut go_on).unwrap();
        assert!(go_on.starts_with(b"HTTP/1.1 100 "), "{}", String::from_utf8_lossy(&go_on));
        stream.write_all(first.as_bytes()).unwrap();
        SlowRequest { stream, rest: rest.to_owned() }
    }

    fn finish(&mut self) -> String {
        self.stream.write_all(self.rest.as_bytes()).unwrap();
        let mut answer = String::new();
        BufReader::new(&self.stream).read_line(&mut answer).unwrap();
        answer
    }
}

/// While requests of this thread go on.
async fn until_async(mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < super::process::LONG, "waited too long");
        actix_web::rt::time::sleep(Duration::from_millis(10)).await;
    }
}

//! Killed without a word: the server, its PostgreSQL.

use std::time::Instant;

use nix::sys::signal::{Signal, kill};

use super::process::{Home, LONG, http, is_alive, until};

#[actix_web::test]
async fn a_killed_server_and_a_killed_postgresql_are_back_at_once_with_everything() {
    let home = Home::used();
    let process = home.serve(&[], &[]);
    process.url();
    let postgres = home.postgres().unwrap();
    process.signal(Signal::SIGKILL);
    assert!(!process.ends().status.success());
    assert!(is_alive(postgres), "the database outlives a crash of the server");

    let process = home.serve(&[], &[]);
    let url = process.url();
    assert_eq!(home.postgres(), Some(postgres), "and is taken up again");

    let http = http();
    let page = || http.get(format!("{url}/sign-in")).send();
    let ready = || http.get(format!("{url}/health/ready")).send();
    assert_eq!(ready().await.unwrap().status(), 200);
    kill(postgres, Signal::SIGKILL).unwrap();
    let killed = Instant::now();
    let away = loop {
        let answer = ready().await.expect("answered, never cut");
        if answer.status() == 503 {
            break answer;
        }
        assert_eq!(answer.status(), 200);
        assert!(killed.elapsed() < LONG, "it never said that the database is away");
    };
    assert!(away.headers().contains_key("Retry-After"));
    assert_eq!(http.get(format!("{url}/health/live")).send().await.unwrap().status(), 200);
    while ready().await.unwrap().status() != 200 {
        assert!(killed.elapsed() < LONG, "PostgreSQL does not come back: {}", process.err());
    }
    assert_eq!(page().await.unwrap().status(), 200);
    assert_ne!(home.postgres(), Some(postgres));

    // Both at once: the start clears what they left.
    let postgres = home.postgres().unwrap();
    kill(postgres, Signal::SIGKILL).unwrap();
    process.signal(Signal::SIGKILL);
    process.ends();
    until("it is gone", || !is_alive(postgres));
    let process = home.serve(&[], &[]);
    process.url();
    assert_eq!(process.stop().status.code(), Some(0));
}

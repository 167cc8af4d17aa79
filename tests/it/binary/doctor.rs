//! `fivefold doctor`: one line a check, and nothing is touched.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;

use diesel::connection::SimpleConnection as _;

use super::process::{Done, Home, http, is_alive};

fn line<'d>(done: &'d Done, thing: &str) -> &'d str {
    let found = done.out.lines().find(|line| line.get(6..).is_some_and(|rest| rest.starts_with(thing)));
    found.unwrap_or_else(|| panic!("no line about {thing}: {}", done.out))
}

fn every_line_is_a_check(done: &Done) {
    for line in done.out.lines() {
        assert!(["ok ", "warn ", "fail "].iter().any(|mark| line.starts_with(mark)), "{line:?}");
    }
    let failed = done.out.lines().any(|line| line.starts_with("fail"));
    assert_eq!(done.status.code(), Some(i32::from(failed)), "{}{}", done.out, done.err);
}

#[actix_web::test]
async fn it_examines_a_data_directory_before_during_and_after_a_server_and_changes_nothing() {
    let nothing = Home::empty();
    let before = nothing.run(&["doctor"], &[]);
    every_line_is_a_check(&before);
    assert!(line(&before, "database").starts_with("warn") && line(&before, "data directory").starts_with("warn"), "{}", before.out);
    assert!(!nothing.data_dir().exists(), "it makes nothing");

    let home = Home::used();
    let process = home.serve(&[], &[]);
    let url = process.url();
    let postgres = home.postgres();
    let during = home.run(&["doctor"], &[]);
    every_line_is_a_check(&during);
    assert_eq!(during.status.code(), Some(0), "{}", during.out);
    for thing in [
        "settings",
        "data directory",
        "secret key",
        "disk",
        "database",
        "clock",
        "durability",
        "connections",
        "roles",
        "migrations",
        "request role",
        "row security",
        "commits",
        "background",
        "address",
        "proxies",
    ] {
        assert!(line(&during, thing).starts_with("ok"), "{}", line(&during, thing));
    }
    assert!(line(&during, "mail").starts_with("warn") && line(&during, "mail").contains("FIVEFOLD_SMTP_URL"), "{}", during.out);
    assert_eq!(home.postgres(), postgres, "a server at work keeps its database");
    assert_eq!(http().get(format!("{url}/health/ready")).send().await.unwrap().status(), 200);
    assert_eq!(process.stop().status.code(), Some(0));

    let names = home.names();
    let after = home.run(&["doctor"], &[]);
    assert_eq!(after.status.code(), Some(0), "{}", after.out);
    assert!(line(&after, "row security").starts_with("ok"));
    assert_eq!((home.postgres(), home.names()), (None, names), "the database rests again");
    assert!(!is_alive(postgres.unwrap()));
}

#[test]
fn it_says_what_to_do_about_files_mail_address_and_migrations() {
    let home = Home::used();
    let key = home.data_dir().join("secret-key");
    std::fs::write(&key, "k".repeat(32)).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    std::fs::write(home.data_dir().join("fivefold.toml"), "metrics_token = \"secret\"").unwrap();
    std::fs::set_permissions(home.data_dir().join("fivefold.toml"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let process = home.serve(&[], &[]);
    process.url();
    let newest = "(SELECT max(version) FROM __diesel_schema_migrations)";
    home.connect().batch_execute(&format!("UPDATE __diesel_schema_migrations SET version = '2999' WHERE version = {newest}")).unwrap();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let smtp = format!("smtp://{nobody}");
    let done = home.run(
        &["doctor"],
        &[
            ("FIVEFOLD_SMTP_URL", &smtp),
            ("FIVEFOLD_BASE_URL", "http://interviews.example"),
            ("FIVEFOLD_SIGNUP", "open"),
            ("FIVEFOLD_DB_POOL", "99"),
        ],
    );
    every_line_is_a_check(&done);
    for (thing, mark, way_out) in [
        ("settings", "warn", "FIVEFOLD_SIGNUP"),
        ("settings file", "warn", "chmod 640"),
        ("secret key", "fail", "chmod 600"),
        ("migrations", "fail", "fivefold migrate"),
        ("mail", "fail", "check host, port and password"),
        ("address", "warn", "FIVEFOLD_BASE_URL=https://"),
        ("connections", "warn", "FIVEFOLD_DB_POOL"),
    ] {
        let line = done.out.lines().find(|line| line.starts_with(mark) && line[6..].starts_with(thing) && line.contains(way_out));
        assert!(line.is_some(), "{thing}: {}", done.out);
    }
    assert!(done.err.contains("3 of "), "{}", done.err);

    let https = [("FIVEFOLD_BASE_URL", "https://interviews.example"), ("FIVEFOLD_TRUSTED_PROXIES", "")];
    let done = home.run(&["doctor"], &https);
    assert!(line(&done, "address").starts_with("ok") && line(&done, "proxies").contains("FIVEFOLD_TRUSTED_PROXIES"), "{}", done.out);
}

#[test]
fn it_greets_the_mail_server_and_sends_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let smtp = format!("smtp://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"220 mail.example ESMTP\r\n").unwrap();
        let mut said = Vec::new();
        for line in BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok) {
            let answer: &[u8] = if line.starts_with("EHLO") { b"250 mail.example\r\n" } else { b"250 fine\r\n" };
            said.push(line.split_whitespace().next().unwrap_or_default().to_owned());
            stream.write_all(answer).ok();
        }
        said
    });
    let done = Home::empty().run(&["doctor"], &[("FIVEFOLD_SMTP_URL", &smtp)]);
    assert!(line(&done, "mail").starts_with("ok"), "{}", done.out);
    let said = server.join().unwrap();
    assert!(!said.contains(&"MAIL".to_owned()), "{said:?}");
}

//! What cannot be is said in one sentence, and nothing is left behind.

use std::net::TcpListener;

use super::process::{Home, is_alive};

#[test]
fn wrong_use_is_exit_2_and_failure_is_exit_1() {
    let home = Home::empty();
    for wrong in [vec![], vec!["serf"], vec!["serve", "--port", "1"], vec!["health", "--listen"]] {
        let done = home.run(&wrong, &[]);
        assert_eq!((done.status.code(), done.out.as_str()), (Some(2), ""), "{wrong:?}");
        assert!(done.err.contains("help"), "{}", done.err);
    }
    let version = home.run(&["--version"], &[]);
    assert_eq!((version.status.code(), version.out.trim()), (Some(0), concat!("fivefold ", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn settings_that_cannot_be_read_are_one_sentence() {
    let home = Home::empty();
    std::fs::create_dir(home.data_dir()).unwrap();
    for (file, named) in [("listen = ", "fivefold.toml"), ("colour = \"red\"", "colour"), ("db_pool = \"many\"", "db_pool")] {
        std::fs::write(home.data_dir().join("fivefold.toml"), file).unwrap();
        let done = home.run(&["serve"], &[]);
        assert!(done.failed_with_one_sentence().contains(named), "{}", done.err);
    }
    std::fs::remove_file(home.data_dir().join("fivefold.toml")).unwrap();
    for (name, value) in [("FIVEFOLD_LISTEN", "8080"), ("FIVEFOLD_BASE_URL", "interviews.example"), ("FIVEFOLD_TRUSTED_PROXIES", "proxy")] {
        let done = home.run(&["serve"], &[(name, value)]);
        assert!(done.failed_with_one_sentence().contains(name), "{}", done.err);
    }
    assert!(home.names().is_empty(), "nothing was made: {:?}", home.names());
}

#[test]
fn tls_to_the_database_is_refused_by_a_build_without_it() {
    let home = Home::empty();
    for (name, url) in [
        ("DATABASE_URL", "postgresql://fivefold@db.example/fivefold?sslmode=require"),
        ("DATABASE_URL", "host=db.example user=fivefold sslmode=verify-full"),
        ("FIVEFOLD_MIGRATE_DATABASE_URL", "postgresql://fivefold@db.example/fivefold?sslmode=verify-ca"),
    ] {
        let done = home.run(&["serve"], &[("DATABASE_URL", "postgresql://fivefold@db.example/fivefold"), (name, url)]);
        let said = done.failed_with_one_sentence();
        assert!(said.contains(name) && said.contains("--features pg-tls"), "{said}");
    }
    let done = home.run(&["migrate"], &[("DATABASE_URL", "postgresql://fivefold@127.0.0.1/fivefold"), ("PGSSLMODE", "require")]);
    assert!(done.failed_with_one_sentence().contains("sslmode=require"), "{}", done.err);
}

#[test]
fn a_database_that_cannot_be_reached_is_one_sentence() {
    let home = Home::empty();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("postgresql://fivefold@127.0.0.1:{port}/fivefold");
    let done = home.run(&["serve"], &[("DATABASE_URL", &url)]);
    assert!(done.failed_with_one_sentence().contains("the database cannot be reached"), "{}", done.err);
}

#[test]
fn a_port_in_use_and_a_data_directory_in_use_are_one_sentence_and_harm_nobody() {
    let home = Home::used();
    let process = home.serve(&[], &[]);
    let address = process.url().replace("http://localhost", "127.0.0.1");

    let other = Home::used();
    let taken = other.run(&["serve", "--listen", &address], &[]);
    let said = taken.failed_with_one_sentence();
    assert!(said.contains(&address) && said.contains("--listen"), "{said}");
    assert_eq!(other.postgres(), None, "its database was stopped again");

    let second = home.run(&["serve", "--listen", "127.0.0.1:0"], &[]);
    let said = second.failed_with_one_sentence();
    assert!(said.contains("in use by another running server") && said.contains(&process.pid.to_string()), "{said}");
    assert!(is_alive(process.pid) && is_alive(home.postgres().unwrap()));
    assert_eq!(process.stop().status.code(), Some(0));
}

#[test]
fn a_cluster_of_another_major_version_is_left_as_it_is() {
    let home = Home::used();
    std::fs::write(home.cluster().join("PG_VERSION"), "9\n").unwrap();
    let before = home.names();
    let done = home.run(&["serve", "--listen", "127.0.0.1:0"], &[]);
    let said = done.failed_with_one_sentence();
    assert!(said.contains("written by PostgreSQL 9") && said.contains("postgresql-9"), "{said}");
    assert_eq!(home.names(), before, "no second cluster");
    assert_eq!(std::fs::read_to_string(home.cluster().join("PG_VERSION")).unwrap(), "9\n");
}

//! Making, finding and refusing a cluster.

use super::*;

#[test]
fn a_fresh_start_makes_a_safe_cluster_that_the_next_start_opens() {
    let home = Home::empty();
    let settings = Settings { durable: true, ..home.settings() };
    // An earlier one was cut off in the middle.
    let unfinished = settings.folder.with_file_name("postgres.new-4711");
    fs::create_dir_all(unfinished.join("base")).unwrap();
    fs::write(unfinished.join("PG_VERSION"), "15\n").unwrap();
    fs::create_dir(&settings.folder).unwrap();

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
fn works_without_root() {
    if !am_root() {
        return;
    }
    let nobody = User::from_name("nobody").unwrap().unwrap();
    let tests = ["starts::a_fresh", "crashes::a_server_that_outlived", "crashes::a_killed"];
    let mut again = Command::new("/proc/self/exe");
    again.args(tests.map(|name| format!("postgres::tests::{name}"))).current_dir("/").env_remove("TMPDIR");
    let output = again.uid(nobody.uid.as_raw()).gid(nobody.gid.as_raw()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("3 passed"), "{said}");
}

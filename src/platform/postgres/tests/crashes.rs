//! When the server, or we, died.

use super::*;

#[test]
fn a_server_that_outlived_us_is_taken_up_and_ended_with_us() {
    let home = Home::with_cluster();
    let pid = survivor(&home);
    let postgres = start(&home.settings()).unwrap();
    assert_eq!(postgres.watch.pid(), Some(pid));
    assert_eq!(psql(&postgres, "SELECT 1"), "1");

    postgres.keep_running();
    kill(pid, Signal::SIGKILL).unwrap();
    let pid = restarted(&postgres, pid);
    drop(postgres);
    assert!(!is_alive(pid));
}

#[test]
fn a_server_that_runs_unsafely_is_replaced_by_a_safe_one() {
    let home = Home::with_cluster();
    let pid = survivor(&home);
    let postgres = start(&Settings { durable: true, ..home.settings() }).unwrap();
    assert!(!is_alive(pid));
    assert_eq!(psql(&postgres, "SHOW fsync"), "on");
}

#[test]
fn a_server_that_somebody_is_stopping_is_replaced() {
    let home = Home::with_cluster();
    let first = start(&home.settings()).unwrap();
    let pid = first.watch.pid().unwrap();
    let mut busy = busy_session(&first);
    kill(pid, Signal::SIGTERM).unwrap();
    wait_until(|| first.watch.server.says(&Process::Adopted(pid), "stopping"));
    first.watch.abandon();
    drop(first);

    let postgres = start(&home.settings()).unwrap();
    assert_ne!(postgres.watch.pid(), Some(pid));
    assert_eq!(psql(&postgres, "SELECT 1"), "1");
    assert!(!busy.wait().unwrap().success());
}

#[test]
fn a_killed_server_is_started_again_even_when_a_session_outlived_it() {
    let home = Home::with_cluster();
    let postgres = start(&home.settings()).unwrap();
    postgres.keep_running();
    psql(&postgres, "CREATE TABLE kept (id int)");
    let mut busy = busy_session(&postgres);
    let first = postgres.watch.pid().unwrap();

    let killed = Instant::now();
    kill(first, Signal::SIGKILL).unwrap();
    let second = restarted(&postgres, first);
    println!("up again after {:?}", killed.elapsed());
    assert_eq!(psql(&postgres, "SELECT count(*) FROM kept"), "0");
    assert!(!busy.wait().unwrap().success());

    kill(second, Signal::SIGKILL).unwrap();
    restarted(&postgres, second);
    assert_eq!(psql(&postgres, "SELECT 1"), "1");
}

#[test]
fn files_of_a_crashed_server_whose_number_is_nobody_do_not_matter() {
    let home = Home::with_cluster();
    let pid = survivor(&home);
    kill(pid, Signal::SIGKILL).unwrap();
    assert!(home.settings().folder.join("postmaster.pid").exists());
    let postgres = start(&home.settings()).unwrap();
    assert_eq!(psql(&postgres, "SELECT 1"), "1");
}

#[test]
fn files_of_a_crashed_server_whose_number_is_another_process_now_do_not_matter() {
    let home = Home::with_cluster();
    let folder = home.settings().folder;
    let runner = Runner::for_folder(&folder).unwrap();
    let mut sleep = Command::new("sleep");
    sleep.arg("60");
    let mut innocent = runner.dress(sleep).spawn().unwrap();
    let pid = innocent.id();
    let text = format!("{pid}\n{}\n1\n5432\n{}\n\n 1 1\nready   \n", folder.display(), folder.display());
    fs::write(folder.join("postmaster.pid"), &text).unwrap();
    fs::write(folder.join(".s.PGSQL.5432.lock"), &text).unwrap();
    if am_root() {
        for file in ["postmaster.pid", ".s.PGSQL.5432.lock"] {
            let owner = fs::metadata(&folder).unwrap();
            std::os::unix::fs::chown(folder.join(file), Some(owner.uid()), Some(owner.gid())).unwrap();
        }
    }

    let postgres = start(&home.settings()).unwrap();
    assert_eq!(psql(&postgres, "SELECT 1"), "1");
    assert!(innocent.try_wait().unwrap().is_none());
    innocent.kill().unwrap();
    innocent.wait().unwrap();
}

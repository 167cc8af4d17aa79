//! Data directories and sockets in odd places.

use std::ffi::OsStr;

use super::*;

#[test]
fn a_strange_path_is_quoted() {
    let home = Home::with_cluster();
    let strange = home.data_dir().join(OsStr::from_bytes(b"a b'\n%2F&=\\ \xff"));
    fs::create_dir(&strange).unwrap();
    let folder = strange.join("postgres");
    fs::rename(home.settings().folder, &folder).unwrap();
    let postgres = start(&Settings { folder: folder.clone(), ..home.settings() }).unwrap();
    assert_eq!(postgres.socket_dir(), folder);
    assert_eq!(psql(&postgres, "SELECT 1"), "1");
}

#[test]
fn a_path_that_is_too_long_or_has_a_comma_gets_a_short_socket() {
    let home = Home::with_cluster();
    let mut folder = home.settings().folder;
    for name in ["'ü' %".repeat(20), "one,\"two\"".to_owned()] {
        let strange = home.data_dir().join(name);
        fs::create_dir(&strange).unwrap();
        fs::rename(&folder, strange.join("postgres")).unwrap();
        folder = strange.join("postgres");
        let settings = Settings { folder: folder.clone(), ..home.settings() };
        let postgres = start(&settings).unwrap();
        let socket_dir = postgres.socket_dir().to_owned();
        assert!(socket_dir.starts_with("/tmp") && socket_dir.as_os_str().len() < 60);
        assert_eq!(fs::metadata(&socket_dir).unwrap().mode() & 0o777, 0o700);
        assert_eq!(psql(&postgres, "SELECT 1"), "1");
        drop(postgres);
        fs::remove_dir_all(socket_dir).unwrap();
    }
}

#[test]
fn root_puts_a_cluster_elsewhere_only_when_nobody_chose_the_place() {
    if !am_root() {
        return;
    }
    let home = Home::empty();
    fs::set_permissions(home.temp.path(), Permissions::from_mode(0o700)).unwrap();
    let chosen = start(&home.settings()).err().unwrap();
    assert!(matches!(&chosen, StartError::NotReachable { blocked, .. } if blocked == home.temp.path()), "{chosen}");

    let settings = Settings { data_dir_is_default: true, ..home.settings() };
    let postgres = start(&settings).unwrap();
    let folder = postgres.watch.server.folder.clone();
    assert!(folder.starts_with("/var/lib/fivefold"));
    drop(postgres);
    fs::set_permissions(home.temp.path(), Permissions::from_mode(0o755)).unwrap();
    let postgres = start(&settings).unwrap();
    assert_eq!(postgres.watch.server.folder, folder, "never a second cluster");
    drop(postgres);
    fs::remove_dir_all(folder.parent().unwrap()).unwrap();
    let _ = fs::remove_dir("/var/lib/fivefold");
}

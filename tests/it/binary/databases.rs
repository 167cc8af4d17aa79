//! A database of somebody else's: `DATABASE_URL`, its roles, and what must be true of it.

use std::os::unix::fs::PermissionsExt as _;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use fivefold::platform::postgres::{self, Private};
use secrecy::ExposeSecret as _;
use tempfile::TempDir;

use super::process::{Home, http};
use crate::support::{Database, texts};

/// A PostgreSQL of its own, for what holds in a whole server: roles.
pub struct Foreign {
    private: Private,
    _temp: TempDir,
}

impl Foreign {
    pub fn start() -> Self {
        let temp = tempfile::Builder::new().prefix("fivefold-foreign-").tempdir().unwrap();
        std::fs::set_permissions(temp.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let settings = postgres::Settings { folder: temp.path().join("data/postgres"), data_dir_is_default: false, durable: false };
        Foreign { private: postgres::start(&settings).unwrap(), _temp: temp }
    }

    pub fn url(&self, user: &str) -> String {
        self.private.url().replacen("fivefold@", &format!("{user}@"), 1)
    }

    pub fn run(&self, statements: &str) {
        let mut conn = PgConnection::establish(&self.url("fivefold")).unwrap();
        conn.batch_execute(statements).unwrap_or_else(|error| panic!("{error}: {statements}"));
    }
}

#[actix_web::test]
async fn the_database_of_the_url_is_used_and_no_other() {
    let (home, database) = (Home::empty(), Database::empty());
    let process = home.serve(&[], &[("DATABASE_URL", database.url().expose_secret())]);
    let url = process.url();
    assert_eq!(http().get(format!("{url}/health/ready")).send().await.unwrap().status(), 200);
    assert_eq!(texts(&mut database.connect(), "SELECT 1 FROM pg_tables WHERE tablename = 'accounts'"), ["1"]);
    assert_eq!(process.stop().status.code(), Some(0));
    assert_eq!(home.names(), ["secret-key"], "nothing but the key lies in the data directory");
}

#[test]
fn roles_that_are_absent_are_said_as_sql_that_works_and_an_unsafe_database_is_refused() {
    let (home, foreign) = (Home::empty(), Foreign::start());
    foreign.run("CREATE ROLE plain LOGIN");
    let plain = foreign.url("plain");
    let serve = || home.run(&["serve", "--listen", "127.0.0.1:0"], &[("DATABASE_URL", &plain)]);

    let refused = serve();
    assert_eq!((refused.status.code(), refused.out.as_str()), (Some(1), ""), "{}", refused.err);
    let (_, sql) = refused.err.split_once("have an administrator run in this database:\n").expect(&refused.err);
    assert!(sql.contains("GRANT fivefold_owner, fivefold_app TO plain;"), "{sql}");
    let said = home.run(&["doctor"], &[("DATABASE_URL", &plain)]);
    assert!(said.out.contains("fail  roles") && said.out.contains("CREATE ROLE fivefold_app"), "{}", said.out);

    foreign.run(sql);
    let process = home.serve(&[], &[("DATABASE_URL", &plain)]);
    process.url();
    assert_eq!(process.stop().status.code(), Some(0));

    let unsafe_ones = [
        ("ALTER TABLE interviews NO FORCE ROW LEVEL SECURITY", "interviews", "ALTER TABLE interviews FORCE ROW LEVEL SECURITY"),
        ("ALTER ROLE fivefold_app BYPASSRLS", "NOBYPASSRLS", "ALTER ROLE fivefold_app NOBYPASSRLS"),
        ("ALTER ROLE fivefold_app SUPERUSER", "NOSUPERUSER", "ALTER ROLE fivefold_app NOSUPERUSER"),
        ("GRANT fivefold_owner TO fivefold_app", "REVOKE fivefold_owner", "REVOKE fivefold_owner FROM fivefold_app"),
        ("CREATE POLICY all_of_them ON candidates TO fivefold_app USING (true)", "candidates", "DROP POLICY all_of_them ON candidates"),
    ];
    for (broken, named, mended) in unsafe_ones {
        foreign.run(broken);
        let refused = serve();
        assert!(refused.failed_with_one_sentence().contains(named), "{broken}: {}", refused.err);
        let said = home.run(&["doctor"], &[("DATABASE_URL", &plain)]);
        assert_eq!(said.status.code(), Some(1), "{}", said.out);
        assert!(said.out.lines().any(|line| line.starts_with("fail") && line.contains(named)), "{broken}: {}", said.out);
        foreign.run(mended);
    }
    let said = home.run(&["doctor"], &[("DATABASE_URL", &plain)]);
    assert!(!said.out.lines().any(|line| line.starts_with("fail") && !line.contains("durability")), "{}", said.out);
}

#[test]
fn a_connection_that_says_saved_too_early_is_noticed() {
    let database = Database::migrated();
    let mut conn = database.connect();
    conn.batch_execute("SET ROLE fivefold_app; SET synchronous_commit = on").unwrap();
    let found = fivefold::platform::db::standing(&mut conn).unwrap();
    assert_eq!(found.wrong(), Vec::<String>::new(), "a migrated database is safe");
    conn.batch_execute("SET synchronous_commit = off").unwrap();
    let found = fivefold::platform::db::standing(&mut conn).unwrap();
    assert!(found.wrong()[0].contains("synchronous_commit is off"), "{:?}", found.wrong());
}

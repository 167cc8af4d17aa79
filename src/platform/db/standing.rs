//! What must be true of a database before anybody is let in, read from its own catalogue. `serve` refuses
//! to start where it is not; `doctor` says the same at any time.

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, BigInt, Bool, Double, Integer, Text};
use secrecy::SecretString;

use super::connection::{ON_CONNECT, single};
use super::roles::{MigrationState, NoLetters, migration_state};
use super::tx::Tx;

/// Belong to a team and are nobody's to see: the server's own, behind no team's door.
const ACROSS_TEAMS: &str = "'jobs'";

/// A connection of its own, looked through step by step.
pub struct Inspection(PgConnection);

/// The server behind the connection.
#[derive(Debug, Clone, QueryableByName)]
pub struct Postgres {
    /// As in 150014.
    #[diesel(sql_type = Integer)]
    pub number: i32,
    /// As in `15.14 (Debian 15.14-1)`.
    #[diesel(sql_type = Text)]
    pub version: String,
    #[diesel(sql_type = Bool)]
    pub keeps_what_it_writes: bool,
    #[diesel(sql_type = Integer)]
    pub max_connections: i32,
    /// Its clock less ours, in seconds; half the way there and back is not counted.
    #[diesel(sql_type = Double)]
    pub ahead: f64,
    #[diesel(sql_type = Text)]
    pub user: String,
}

/// The two roles, and what the URL's user may do about them.
#[derive(Debug, Clone, QueryableByName)]
pub struct Roles {
    #[diesel(sql_type = Bool)]
    pub are_there: bool,
    /// May act as `fivefold_app`.
    #[diesel(sql_type = Bool)]
    pub answers: bool,
    /// May act as `fivefold_owner`.
    #[diesel(sql_type = Bool)]
    pub migrates: bool,
    #[diesel(sql_type = Bool)]
    pub can_be_made: bool,
}

/// How the connections of requests stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, QueryableByName)]
pub struct Standing {
    #[diesel(sql_type = Text)]
    pub role: String,
    #[diesel(sql_type = Bool)]
    pub superuser: bool,
    #[diesel(sql_type = Bool)]
    pub passes_row_security: bool,
    /// Tables that requests own, and so could open.
    #[diesel(sql_type = Array<Text>)]
    pub owned: Vec<String>,
    /// Tables of teams on which row security is not forced, or that have no policy, or one that lets all pass.
    #[diesel(sql_type = Array<Text>)]
    pub open: Vec<String>,
    #[diesel(sql_type = Text)]
    pub synchronous_commit: String,
}

/// What waits to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    pub failed_jobs: i64,
    pub unsent_mails: i64,
}

impl Inspection {
    /// As the URL's own user.
    pub fn open(url: &SecretString) -> anyhow::Result<Self> {
        single(url).map(Inspection)
    }

    pub fn postgres(&mut self) -> QueryResult<Postgres> {
        let before = Utc::now();
        let found: Postgres = sql_query(
            "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version, \
             current_setting('fsync')::bool AND current_setting('full_page_writes')::bool AS keeps_what_it_writes, \
             current_setting('max_connections')::int AS max_connections, \
             extract(epoch FROM clock_timestamp())::float8 AS ahead, current_user::text AS user",
        )
        .get_result(&mut self.0)?;
        let ours = middle(before, Utc::now());
        Ok(Postgres { ahead: found.ahead - ours, ..found })
    }

    pub fn roles(&mut self) -> QueryResult<Roles> {
        sql_query(
            "SELECT count(*) = 2 AS are_there, \
             coalesce(bool_or(rolname = 'fivefold_app' AND pg_has_role(current_user, oid, 'MEMBER')), false) AS answers, \
             coalesce(bool_or(rolname = 'fivefold_owner' AND pg_has_role(current_user, oid, 'MEMBER')), false) AS migrates, \
             (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) AS can_be_made \
             FROM pg_roles WHERE rolname IN ('fivefold_owner', 'fivefold_app')",
        )
        .get_result(&mut self.0)
    }

    /// Becomes what a connection of the pool is.
    pub fn as_requests(mut self) -> QueryResult<Self> {
        self.0.batch_execute(ON_CONNECT)?;
        Ok(self)
    }

    pub fn is_empty(&mut self) -> QueryResult<bool> {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            tables: i64,
        }
        let count: Count =
            sql_query("SELECT count(*) AS tables FROM pg_tables WHERE tablename = '__diesel_schema_migrations'").get_result(&mut self.0)?;
        Ok(count.tables == 0)
    }

    pub fn migrations(&mut self) -> QueryResult<MigrationState> {
        migration_state(&mut self.0)
    }

    pub fn standing(&mut self) -> QueryResult<Standing> {
        standing(&mut self.0)
    }

    pub fn backlog(&mut self) -> crate::platform::error::Result<Backlog> {
        let mut tx = Tx::new(&mut self.0, Utc::now(), &NoLetters, None);
        let counts = crate::platform::jobs::counts(&mut tx)?;
        Ok(Backlog { failed_jobs: counts.failed, unsent_mails: crate::platform::mail::unsent(&mut tx)? })
    }

    /// The seals of the audit that no longer fit, by team and number.
    pub fn audit_faults(&mut self) -> anyhow::Result<Vec<(uuid::Uuid, i32)>> {
        Ok(crate::platform::audit::faults(&mut Tx::new(&mut self.0, Utc::now(), &NoLetters, None))?)
    }
}

/// How this connection stands.
pub fn standing(conn: &mut PgConnection) -> QueryResult<Standing> {
    sql_query(format!(
        "SELECT current_user::text AS role, r.rolsuper AS superuser, r.rolbypassrls AS passes_row_security, \
         current_setting('synchronous_commit') AS synchronous_commit, \
         ARRAY(SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') \
               AND pg_has_role(current_user, c.relowner, 'USAGE') ORDER BY 1) AS owned, \
         ARRAY(SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') \
               AND c.relname NOT IN ({ACROSS_TEAMS}) \
               AND (c.relname = 'teams' OR EXISTS (SELECT FROM pg_attribute a \
                    WHERE a.attrelid = c.oid AND a.attname = 'team_id' AND NOT a.attisdropped)) \
               AND NOT (c.relrowsecurity AND c.relforcerowsecurity \
                    AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid) \
                    AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid \
                        AND (0 = ANY (p.polroles) OR r.oid = ANY (p.polroles)) \
                        AND 'true' IN (pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid)))) \
               ORDER BY 1) AS open \
         FROM pg_roles r WHERE r.rolname = current_user"
    ))
    .get_result(conn)
}

/// Refuses a database on which one team's requests could reach another's rows, or that says "saved" too early.
pub fn require_standing(url: &SecretString) -> anyhow::Result<()> {
    let mut inspection = Inspection::open(url)?;
    if !inspection.postgres()?.keeps_what_it_writes {
        tracing::warn!("fsync or full_page_writes is off in this database: a crash of its machine can lose everything");
    }
    let standing = inspection.as_requests()?.standing()?;
    let wrong = standing.wrong();
    anyhow::ensure!(wrong.is_empty(), "this database is not safe to serve from: {}", wrong.join("; "));
    Ok(())
}

impl Standing {
    /// What must not be so, each with the way out.
    pub fn wrong(&self) -> Vec<String> {
        self.wrong_of_role().into_iter().chain(self.wrong_of_tables()).chain(self.wrong_of_commits()).collect()
    }

    pub fn wrong_of_role(&self) -> Vec<String> {
        let role = &self.role;
        let mut wrong = Vec::new();
        if self.superuser {
            wrong
                .push(format!("requests act as the superuser {role}, whom row security does not hold; run: ALTER ROLE {role} NOSUPERUSER"));
        }
        if self.passes_row_security {
            wrong.push(format!("requests act as {role}, who passes row security; run: ALTER ROLE {role} NOBYPASSRLS"));
        }
        // A superuser counts as owner of everything; that one sentence is enough.
        if !self.superuser && !self.owned.is_empty() {
            let tables = self.owned.join(", ");
            wrong.push(format!(
                "requests act as {role}, who owns {tables}; as an administrator run: REVOKE fivefold_owner FROM {role}; REASSIGN OWNED BY {role} TO fivefold_owner"
            ));
        }
        wrong
    }

    pub fn wrong_of_tables(&self) -> Option<String> {
        let first = self.open.first()?;
        let tables = self.open.join(", ");
        Some(format!(
            "row security is not forced on {tables}; run: ALTER TABLE {first} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, and see that its policies are those of the migrations"
        ))
    }

    pub fn wrong_of_commits(&self) -> Option<String> {
        let says_saved_too_early = matches!(self.synchronous_commit.as_str(), "off" | "remote_write");
        says_saved_too_early.then(|| {
            format!("synchronous_commit is {}, so a crash could lose what was acknowledged; set it to on", self.synchronous_commit)
        })
    }
}

fn middle(before: DateTime<Utc>, after: DateTime<Utc>) -> f64 {
    (before.timestamp_micros() + after.timestamp_micros()) as f64 / 2e6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> Standing {
        Standing { role: "fivefold_app".into(), synchronous_commit: "on".into(), ..Standing::default() }
    }

    #[test]
    fn each_thing_that_must_not_be_is_named_with_the_way_out() {
        assert_eq!(sound().wrong(), Vec::<String>::new());
        let cases = [
            (Standing { superuser: true, owned: vec!["teams".into()], ..sound() }, "NOSUPERUSER"),
            (Standing { passes_row_security: true, ..sound() }, "NOBYPASSRLS"),
            (Standing { owned: vec!["teams".into()], ..sound() }, "REVOKE fivefold_owner"),
            (Standing { open: vec!["teams".into()], ..sound() }, "ALTER TABLE teams ENABLE"),
            (Standing { synchronous_commit: "off".into(), ..sound() }, "set it to on"),
        ];
        for (standing, way_out) in cases {
            let wrong = standing.wrong();
            assert!(wrong.len() == 1 && wrong[0].contains(way_out), "{wrong:?}");
        }
    }
}

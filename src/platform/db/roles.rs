//! The two roles, and the migrations.
//!
//! `fivefold_owner` owns the tables and migrates; `fivefold_app` answers requests, owns nothing and
//! cannot pass row security.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection as _;
use diesel::migration::Migration as _;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use secrecy::SecretString;

use super::connection::single;
use super::tx::Tx;
use crate::platform::mail::{Letter, Letters, Written};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// The lock that two servers starting at once queue at; any number will do.
const LOCK: i64 = 0x0f1e_f01d;

/// What a user who may not create roles must have run for them.
fn roles_sql(conn: &mut PgConnection) -> String {
    #[derive(QueryableByName)]
    struct Me {
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
    }
    let me: QueryResult<Me> = diesel::sql_query("SELECT quote_ident(session_user) AS name").get_result(conn);
    let me = me.map_or_else(|_| "that user".to_owned(), |me| me.name);
    format!(
        "CREATE ROLE fivefold_owner;\n\
         CREATE ROLE fivefold_app;\n\
         GRANT fivefold_owner, fivefold_app TO {me};\n\
         GRANT USAGE, CREATE ON SCHEMA public TO fivefold_owner;\n\
         GRANT USAGE ON SCHEMA public TO fivefold_app;"
    )
}

/// What of this binary's migrations the database has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationState {
    pub pending: usize,
    /// Versions the database has and this binary does not know: a newer Fivefold was here.
    pub unknown: usize,
}

/// Makes the roles if they are absent and runs what is pending. Safe to run from several servers at once.
pub fn migrate(url: &SecretString) -> anyhow::Result<usize> {
    let mut conn = single(url)?;
    with_lock(&mut conn, |conn| {
        make_roles(conn)?;
        conn.batch_execute("SET ROLE fivefold_owner; SET lock_timeout = '1s'")?;
        let ran = conn.run_pending_migrations(MIGRATIONS).map_err(|error| anyhow::anyhow!("a migration failed: {error}"))?;
        let count = ran.len();
        conn.batch_execute("GRANT SELECT ON __diesel_schema_migrations TO fivefold_app; RESET ROLE")?;
        Ok(count)
    })
}

/// Runs `work` in one transaction as the tables' owner, for what requests may only read (the built-in
/// library). Several servers that start at once come one after the other. No door is opened: what
/// belongs to a team stays hidden.
pub fn write_as_owner<T>(
    url: &SecretString,
    now: DateTime<Utc>,
    work: impl FnOnce(&mut Tx) -> crate::platform::error::Result<T>,
) -> anyhow::Result<T> {
    let mut conn = single(url)?;
    conn.batch_execute("SET ROLE fivefold_owner; SET TIME ZONE 'UTC'; SET synchronous_commit = on")?;
    conn.transaction(|conn| {
        conn.batch_execute(&format!("SELECT pg_advisory_xact_lock({LOCK})"))?;
        Ok(work(&mut Tx::new(conn, now, &NoLetters, None))?)
    })
}

/// The owner's transaction has nobody to write to.
pub(super) struct NoLetters;

impl Letters for NoLetters {
    fn write(&self, letter: &Letter) -> crate::platform::error::Result<Written> {
        Err(anyhow::anyhow!("{} cannot be written here", letter.message).into())
    }

    fn base_url(&self) -> &str {
        ""
    }
}

/// Takes every migration back, newest first. For the test that each `down` undoes its `up`.
pub fn revert_all(url: &SecretString) -> anyhow::Result<()> {
    let mut conn = single(url)?;
    conn.batch_execute("SET ROLE fivefold_owner")?;
    conn.revert_all_migrations(MIGRATIONS).map_err(|error| anyhow::anyhow!("a migration could not be taken back: {error}"))?;
    Ok(())
}

/// Compares the versions the database has with those of this binary.
pub fn migration_state(conn: &mut PgConnection) -> diesel::QueryResult<MigrationState> {
    diesel::table! { __diesel_schema_migrations (version) { version -> Text, } }
    let applied: Vec<String> = __diesel_schema_migrations::table.select(__diesel_schema_migrations::version).load(conn)?;
    let known: Vec<String> = diesel::migration::MigrationSource::<Pg>::migrations(&MIGRATIONS)
        .map_err(diesel::result::Error::QueryBuilderError)?
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect();
    Ok(MigrationState {
        pending: known.iter().filter(|version| !applied.contains(version)).count(),
        unknown: applied.iter().filter(|version| !known.contains(version)).count(),
    })
}

fn with_lock<T>(conn: &mut PgConnection, work: impl FnOnce(&mut PgConnection) -> anyhow::Result<T>) -> anyhow::Result<T> {
    conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
    let done = work(conn);
    conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))?;
    done
}

fn make_roles(conn: &mut PgConnection) -> anyhow::Result<()> {
    // WITH SET exists from PostgreSQL 16; before it, membership alone allows SET ROLE.
    let made = conn.batch_execute(
        "DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fivefold_owner') THEN CREATE ROLE fivefold_owner; END IF;
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fivefold_app') THEN CREATE ROLE fivefold_app; END IF;
            IF NOT pg_has_role(current_user, 'fivefold_owner', 'MEMBER') OR NOT pg_has_role(current_user, 'fivefold_app', 'MEMBER') THEN
                IF current_setting('server_version_num')::int >= 160000 THEN
                    EXECUTE 'GRANT fivefold_owner, fivefold_app TO CURRENT_USER WITH SET TRUE';
                ELSE
                    GRANT fivefold_owner, fivefold_app TO CURRENT_USER;
                END IF;
            END IF;
            IF NOT has_schema_privilege('fivefold_owner', 'public', 'CREATE') THEN
                GRANT USAGE, CREATE ON SCHEMA public TO fivefold_owner;
            END IF;
            IF NOT has_schema_privilege('fivefold_app', 'public', 'USAGE') THEN
                GRANT USAGE ON SCHEMA public TO fivefold_app;
            END IF;
        END $$",
    );
    if let Err(error) = made {
        let sql = roles_sql(conn);
        anyhow::bail!(
            "the roles of Fivefold are not all there, and this user may not make them ({error}); have an administrator run in this database:\n{sql}"
        );
    }
    conn.batch_execute(
        "SET ROLE fivefold_owner;
         ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO fivefold_app;
         RESET ROLE",
    )
    .context("the database's user cannot act as fivefold_owner; have an administrator run: GRANT fivefold_owner, fivefold_app TO that user")
}

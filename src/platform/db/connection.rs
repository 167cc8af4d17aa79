//! Connections: what each one is told before it is used.

use std::time::Duration;

use diesel::connection::{Connection as _, SimpleConnection as _};
use diesel::pg::PgConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error, Pool};
use secrecy::{ExposeSecret as _, SecretString};

/// A connection acts as `fivefold_app`, which owns nothing and cannot pass row security, and gives up
/// on what takes too long. An acknowledged write is on disk.
pub(super) const ON_CONNECT: &str = "SET ROLE fivefold_app; \
    SET synchronous_commit = on; \
    SET TIME ZONE 'UTC'; \
    SET statement_timeout = '5s'; \
    SET lock_timeout = '4s'; \
    SET idle_in_transaction_session_timeout = '10s'";

#[derive(Debug)]
struct OnConnect;

impl CustomizeConnection<PgConnection, Error> for OnConnect {
    fn on_acquire(&self, conn: &mut PgConnection) -> Result<(), Error> {
        conn.batch_execute(ON_CONNECT).map_err(Error::QueryError)
    }
}

pub(super) fn pool(url: &SecretString, size: u32) -> anyhow::Result<Pool<ConnectionManager<PgConnection>>> {
    Ok(Pool::builder()
        .max_size(size)
        .min_idle(Some(0))
        // A broken connection is noticed when it is used; asking each time costs a round trip a request.
        .test_on_check_out(false)
        .connection_timeout(Duration::from_secs(2))
        .connection_customizer(Box::new(OnConnect))
        .build_unchecked(ConnectionManager::new(url.expose_secret())))
}

/// One connection outside the pool, as the URL's own user: migrations and checks.
pub(super) fn single(url: &SecretString) -> anyhow::Result<PgConnection> {
    PgConnection::establish(url.expose_secret()).map_err(|error| anyhow::anyhow!("the database cannot be reached: {}", one_line(&error)))
}

/// libpq tells each address it tried on a line of its own.
fn one_line(error: &diesel::ConnectionError) -> String {
    error.to_string().lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Refuses a URL that asks for what this build cannot do, before libpq says it in its own words. `setting` is
/// where the URL stands.
pub fn check_tls(setting: &str, url: &SecretString) -> anyhow::Result<()> {
    let asked = ssl_mode(url.expose_secret()).or_else(|| std::env::var("PGSSLMODE").ok()).unwrap_or_default();
    anyhow::ensure!(
        cfg!(feature = "pg-tls") || !matches!(asked.as_str(), "require" | "verify-ca" | "verify-full"),
        "{setting} asks for TLS (sslmode={asked}), which this build cannot do: take the container image, or build with \
         `cargo build --release --features pg-tls`, or say sslmode=disable where nobody else is on the way to the database"
    );
    Ok(())
}

/// Of a URL (`…?sslmode=require`) or of libpq's own form (`host=… sslmode=require`).
fn ssl_mode(url: &str) -> Option<String> {
    let parameters = if url.contains("://") { url.split_once('?')?.1 } else { url };
    let value = parameters.split_once("sslmode")?.1.trim_start().strip_prefix('=')?;
    let value = value.trim_start().trim_start_matches('\'');
    Some(value.chars().take_while(|letter| letter.is_ascii_alphabetic() || *letter == '-').collect())
}

#[cfg(test)]
mod tests {
    use super::ssl_mode;

    #[test]
    fn the_wish_for_tls_is_read_from_both_forms_of_a_url() {
        assert_eq!(ssl_mode("postgresql://u:p@db.example/f?connect_timeout=3&sslmode=require"), Some("require".into()));
        assert_eq!(ssl_mode("host=db.example sslmode = 'verify-full' user=u"), Some("verify-full".into()));
        assert_eq!(ssl_mode("postgresql://u:sslmode=require@db.example/f"), None);
        assert_eq!(ssl_mode("host=db.example"), None);
    }
}

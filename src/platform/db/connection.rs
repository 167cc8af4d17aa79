//! Connections: what each one is told before it is used.

use std::time::Duration;

use diesel::connection::{Connection as _, SimpleConnection as _};
use diesel::pg::PgConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error, Pool};
use secrecy::{ExposeSecret as _, SecretString};

/// A connection acts as `fivefold_app`, which owns nothing and cannot pass row security, and gives up
/// on what takes too long. An acknowledged write is on disk.
const ON_CONNECT: &str = "SET ROLE fivefold_app; \
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
    PgConnection::establish(url.expose_secret()).map_err(|error| anyhow::anyhow!("the database cannot be reached: {error}"))
}

//! Which database a command uses, and the migrations.

use std::sync::Arc;

use secrecy::SecretString;

use crate::platform::config::Config;
use crate::platform::db;
use crate::platform::postgres::{self, Private};

/// A database at hand: the one of `DATABASE_URL`, or the private one, which stops when this is dropped.
pub struct Database {
    pub url: SecretString,
    pub migrate_url: SecretString,
    private: Option<Arc<Private>>,
}

impl Database {
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        if let Some(url) = &config.database_url {
            db::check_tls("DATABASE_URL", url)?;
            let migrate_url = config.migrate_database_url.clone().unwrap_or_else(|| url.clone());
            db::check_tls("FIVEFOLD_MIGRATE_DATABASE_URL", &migrate_url)?;
            return Ok(Database { url: url.clone(), migrate_url, private: None });
        }
        std::fs::create_dir_all(&config.data_dir).map_err(|error| {
            anyhow::anyhow!("cannot make the data directory {}: {error}; choose another with --data-dir", config.data_dir.display())
        })?;
        let private = Arc::new(postgres::start(&private_settings(config))?);
        let url = SecretString::from(private.url());
        Ok(Database { migrate_url: url.clone(), url, private: Some(private) })
    }

    /// Starts a private PostgreSQL again when it dies.
    pub fn keep_running(&self) {
        if let Some(private) = &self.private {
            private.keep_running();
        }
    }

    pub fn stop(&self) {
        if let Some(private) = &self.private {
            private.stop();
        }
    }
}

pub fn private_settings(config: &Config) -> postgres::Settings {
    postgres::Settings { folder: config.data_dir.join("postgres"), data_dir_is_default: config.data_dir_is_default, durable: true }
}

pub fn migrate(config: &Config) -> anyhow::Result<()> {
    let database = Database::open(config)?;
    let ran = db::migrate(&database.migrate_url)?;
    println!("{ran} migrations ran");
    database.stop();
    Ok(())
}

//! `fivefold demo`, and `serve --demo`.

use std::sync::Arc;

use secrecy::SecretString;
use url::Url;

use crate::app;
use crate::demo::{self, Filled};
use crate::platform::config::{self, Config};
use crate::platform::db;
use crate::platform::password::{NewPassword, Passwords};
use crate::platform::telemetry::announce;
use crate::platform::token::Token;
use crate::web::page::Views;

use super::database::Database;

pub const PASSWORD: &str = "FIVEFOLD_DEMO_PASSWORD";

/// The demo team, into an existing database.
pub fn demo(config: &Config) -> anyhow::Result<()> {
    let database = Database::open(config)?;
    db::migrate(&database.migrate_url)?;
    app::import_library(&database.migrate_url, &db::system_clock())?;
    let filled = fill(&database.url, &config.base_url_for(config.listen));
    database.stop();
    filled
}

/// Fills an empty database and says the demo accounts' password on standard error. On a filled one only
/// the password is set.
pub fn fill(database_url: &SecretString, base_url: &Url) -> anyhow::Result<()> {
    let (password, chosen) = password(base_url)?;
    let hash = actix_web::rt::System::new()
        .block_on(async { Passwords::start(1).hash(NewPassword::of_operator(password.clone().into())).await })?;
    let letters = Arc::new(Views::load(base_url)?);
    let told = if chosen { format!("the one in {PASSWORD}") } else { password };
    announce(&match demo::fill(database_url, letters, db::system_clock()(), &hash)? {
        Filled::Made => format!(
            "The demo team is there. Sign in as owner@demo.example, lead@demo.example, interviewer1@demo.example or candidate1@demo.example; the password is {told}"
        ),
        Filled::PasswordsSet(0) => "This database is in use and has no demo team; nothing was changed.".to_owned(),
        Filled::PasswordsSet(count) => {
            format!("This database is in use. The password of its {count} demo accounts is {told} now; nothing else was changed.")
        }
    });
    Ok(())
}

/// The password of all demo accounts, and whether it was chosen. A random one is for this machine only.
fn password(base_url: &Url) -> anyhow::Result<(String, bool)> {
    if let Some(password) = std::env::var(PASSWORD).ok().filter(|password| !password.is_empty()) {
        return Ok((password, true));
    }
    anyhow::ensure!(
        config::is_loopback(base_url),
        "the demo team is refused where others can reach it ({base_url}); set {PASSWORD} to have it all the same"
    );
    Ok((Token::random().as_str().chars().take(20).collect(), false))
}

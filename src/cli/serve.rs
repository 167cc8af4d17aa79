//! `fivefold serve`.

use crate::accounts;
use crate::app;
use crate::platform::config::Config;
use crate::platform::db::{self, Door};
use crate::platform::stop::Stop;
use crate::platform::telemetry::announce;

use super::database::Database;
use super::signals;

pub fn serve(config: &Config, demo: bool) -> anyhow::Result<()> {
    let stop = signals::listen()?;
    let database = Database::open(config)?;
    let served = prepare(config, &database, demo, &stop).and_then(|()| run(config, &database, stop));
    database.stop();
    served
}

/// Brings the database up to date. A signal is heeded between two steps.
fn prepare(config: &Config, database: &Database, demo: bool, stop: &Stop) -> anyhow::Result<()> {
    let steps: [&dyn Fn() -> anyhow::Result<()>; 4] = [
        &|| db::migrate(&database.migrate_url).map(drop),
        &|| db::require_standing(&database.url),
        &|| app::import_library(&database.migrate_url, &db::system_clock()),
        &|| if demo { super::demo::fill(&database.url, &config.base_url_for(config.listen)) } else { Ok(()) },
    ];
    steps.iter().take_while(|_| !stop.is_told()).try_for_each(|step| step())
}

fn run(config: &Config, database: &Database, stop: Stop) -> anyhow::Result<()> {
    if stop.is_told() {
        return Ok(());
    }
    database.keep_running();
    actix_web::rt::System::new().block_on(async {
        let listening = app::listen(config, database.url.clone())?;
        let token = listening.server.db.write(Door::Anybody, accounts::offer_set_up).await?;
        if let Some(token) = token {
            let link = format!("{}set-up/{}", listening.base_url, token.as_str());
            announce(&format!("Nobody has an account yet. Make the first one here, within a day:\n{link}"));
        }
        println!("Fivefold is ready at {}", listening.base_url.as_str().trim_end_matches('/'));
        listening.run(config, stop).await
    })
}

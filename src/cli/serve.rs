//! `fivefold serve`.

use crate::accounts;
use crate::app;
use crate::platform::config::Config;
use crate::platform::db::{self, Door};

use super::database::Database;

pub fn serve(config: &Config, demo: bool) -> anyhow::Result<()> {
    let database = Database::open(config)?;
    db::migrate(&database.migrate_url)?;
    app::import_library(&database.migrate_url, &db::system_clock())?;
    if demo {
        super::demo::fill(&database.url, &config.base_url_for(config.listen))?;
    }
    database.keep_running();
    let served = actix_web::rt::System::new().block_on(async {
        let listening = app::listen(config, database.url.clone())?;
        let token = listening.server.db.write(Door::Anybody, accounts::offer_set_up).await?;
        if let Some(token) = token {
            eprintln!("Nobody has an account yet. Make the first one here, within a day:\n{}set-up/{}", listening.base_url, token.as_str());
        }
        println!("Fivefold is ready at {}", listening.base_url.as_str().trim_end_matches('/'));
        listening.run(config).await
    });
    database.stop();
    served
}

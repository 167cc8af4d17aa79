//! `fivefold library`: question sets and rubrics as files.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Subcommand;

use super::database::Database;
use super::{Place, config};
use crate::app;
use crate::platform::config::Config;
use crate::platform::db::{self, Db};
use crate::policy::TeamId;
use crate::question_sets::FileKind;
use crate::web::page::Views;

mod export;
mod import;
mod validate;

#[derive(Subcommand)]
pub enum Library {
    /// Checks files: question sets as JSON or CSV, rubrics as JSON; says what is not right with line and field
    Validate {
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Writes a question set or a rubric to standard output
    Export {
        /// Its short name; its newest version, or with @3 the third, or with @draft a team's draft
        #[arg(value_name = "SLUG[@N]")]
        name: String,
        /// json or csv
        #[arg(long, default_value = "json", value_parser = kind)]
        format: FileKind,
        /// The team whose it is; the built-in library without it
        #[arg(long, value_name = "ID", value_parser = team)]
        team: Option<TeamId>,
        #[command(flatten)]
        place: Place,
    },
    /// Reads a file into a draft of a team: says what it would do, and does it with --yes
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The team it is for
        #[arg(long, value_name = "ID", value_parser = team)]
        team: TeamId,
        /// The short name of the question set; else the file says it, or its name. A rubric always becomes a new one
        #[arg(long, value_name = "SLUG")]
        slug: Option<String>,
        /// Does what it says
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        place: Place,
    },
}

fn kind(text: &str) -> Result<FileKind, String> {
    text.parse()
}

fn team(text: &str) -> Result<TeamId, String> {
    text.parse().map_err(|_| "a team's id is a UUID; it stands in the address of its pages".to_owned())
}

pub fn run(command: Library) -> anyhow::Result<()> {
    match command {
        Library::Validate { files } => validate::validate(&files),
        Library::Export { name, format, team, place } => with_database(&config(None, place)?, |db| export::export(db, &name, format, team)),
        Library::Import { file, team, slug, yes, place } => {
            // A file that cannot be used needs no database.
            let read = import::read(&file, slug.as_deref().unwrap_or_default())?;
            with_database(&config(None, place)?, |db| import::import(db, &read, team, yes))
        }
    }
}

/// A database that is up to date, for as long as `work` takes.
fn with_database(config: &Config, work: impl FnOnce(&Db) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let database = Database::open(config)?;
    let done =
        db::migrate(&database.migrate_url).and_then(|_| app::import_library(&database.migrate_url, &db::system_clock())).and_then(|()| {
            let letters = Arc::new(Views::load(&config.base_url_for(config.listen))?);
            work(&Db::open(&database.url, 1, db::system_clock(), letters)?)
        });
    database.stop();
    done
}

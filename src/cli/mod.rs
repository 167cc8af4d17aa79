//! The command line. Errors are one sentence on standard error, with the way out.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::platform::config::{self, Config, Flags};
use crate::platform::telemetry;
use crate::routes;
use crate::web::openapi;

mod database;
mod demo;
mod doctor;
mod health;
mod library;
mod routes_list;
mod serve;
mod signals;
mod statistics;

/// Settings that only the environment has.
pub const OF_ENVIRONMENT: [&str; 4] = [config::DATA_DIR, demo::PASSWORD, telemetry::LOG_SETTINGS[0], telemetry::LOG_SETTINGS[1]];

#[derive(Parser)]
#[command(name = "fivefold", version, about = "Mock and structured interviews: plan, run, score blind, debrief, report.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Migrates, then serves pages, API, streams and background jobs
    Serve {
        /// Address and port; port 0 takes a free one
        #[arg(long)]
        listen: Option<String>,
        /// Fills an empty database with the demo team
        #[arg(long)]
        demo: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Fills an empty database with the demo team; on a filled one sets its password anew
    Demo {
        #[command(flatten)]
        place: Place,
    },
    /// Runs the migrations only
    Migrate {
        #[command(flatten)]
        place: Place,
    },
    /// Checks database, mail, clock, secrets and settings, and says what to do
    Doctor {
        #[command(flatten)]
        place: Place,
    },
    /// Asks the server on this machine whether it is ready; for supervisors and containers
    Health {
        /// Where the server listens
        #[arg(long)]
        listen: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Question sets and rubrics as files
    #[command(subcommand)]
    Library(library::Library),
    /// Reliability statistics of a file of ratings; without requests in it, a report to read
    Statistics {
        /// JSON with the scale and the ratings, or the name of a CSV file that holds them
        file: PathBuf,
    },
    /// Prints the OpenAPI document
    Openapi,
    /// Prints every route: method, path, kind, who may
    Routes,
}

#[derive(Args)]
struct Place {
    /// Where everything is kept
    #[arg(long)]
    data_dir: Option<PathBuf>,
}

/// Runs the command of this process's arguments: 0 done, 1 failed, 2 wrong use.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    telemetry::start_logs();
    let done = match cli.command {
        Command::Serve { listen, demo, place } => config(listen, place).and_then(|config| serve::serve(&config, demo)),
        Command::Demo { place } => config(None, place).and_then(|config| demo::demo(&config)),
        Command::Migrate { place } => config(None, place).and_then(|config| database::migrate(&config)),
        Command::Doctor { place } => config(None, place).and_then(|config| doctor::doctor(&config)),
        Command::Health { listen, place } => config(listen, place).and_then(|config| health::health(&config)),
        Command::Library(command) => library::run(command),
        // What was wrong with the input stands in the answer already.
        Command::Statistics { file } => match statistics::statistics(&file) {
            Ok(false) => return ExitCode::FAILURE,
            done => done.map(drop),
        },
        Command::Openapi => print(&openapi::document(&routes::all())),
        Command::Routes => print(&routes_list::list(&routes::all())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fivefold: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn config(listen: Option<String>, place: Place) -> anyhow::Result<Config> {
    Config::load(Flags { listen, data_dir: place.data_dir })
}

fn print(value: &impl serde::Serialize) -> anyhow::Result<()> {
    println!("{}", serde_json::to_string_pretty(value)?);
    Ok(())
}

//! `fivefold doctor`: one line for each thing that must be right, and what to do where it is not. Changes
//! nothing, and takes nothing away from a server that is at work.

mod database;
mod files;
mod network;

use std::fmt;

use crate::cli::OF_ENVIRONMENT;
use crate::platform::config::{self, Config};

/// What was found of one thing.
struct Finding {
    mark: Mark,
    thing: &'static str,
    said: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Ok,
    /// It works; somebody should know.
    Warn,
    Fail,
}

impl Finding {
    fn ok(thing: &'static str, said: impl Into<String>) -> Self {
        Finding { mark: Mark::Ok, thing, said: said.into() }
    }

    fn warn(thing: &'static str, said: impl Into<String>) -> Self {
        Finding { mark: Mark::Warn, thing, said: said.into() }
    }

    fn fail(thing: &'static str, said: impl Into<String>) -> Self {
        Finding { mark: Mark::Fail, thing, said: said.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.mark {
            Mark::Ok => "ok",
            Mark::Warn => "warn",
            Mark::Fail => "fail",
        };
        // A database's own words may have line breaks in them.
        let said: Vec<&str> = self.said.split_whitespace().collect();
        write!(f, "{mark:<5} {:<14} {}", self.thing, said.join(" "))
    }
}

/// Prints the findings; an error when something is not as it must be.
pub fn doctor(config: &Config) -> anyhow::Result<()> {
    let (mut count, mut failed) = (0, 0);
    let mut tell = |findings: Vec<Finding>| {
        for finding in findings {
            println!("{finding}");
            count += 1;
            failed += usize::from(finding.mark == Mark::Fail);
        }
    };
    tell(vec![settings(std::env::vars().map(|(name, _)| name))]);
    tell(files::check(config));
    tell(database::check(config));
    tell(network::check(config));
    anyhow::ensure!(failed == 0, "{failed} of {count} checks failed; the lines that begin with fail say what to do");
    Ok(())
}

/// A misspelt variable is silently nothing; here it is said.
fn settings(variables: impl Iterator<Item = String>) -> Finding {
    let known: Vec<String> = config::NAMES.iter().map(|name| config::variable(name)).collect();
    let unknown: Vec<String> = variables
        .filter(|name| name.starts_with("FIVEFOLD_") && !name.starts_with("FIVEFOLD_TEST_"))
        .filter(|name| !known.contains(name) && !OF_ENVIRONMENT.contains(&name.as_str()))
        .collect();
    match unknown.is_empty() {
        true => Finding::ok("settings", "can be read"),
        false => Finding::warn("settings", format!("nothing is known of {}; is it misspelt?", unknown.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_variable_is_noticed() {
        let found = |names: &[&str]| settings(names.iter().map(|name| (*name).to_owned()));
        assert_eq!(found(&["HOME", "FIVEFOLD_LISTEN", "FIVEFOLD_DATA_DIR", "FIVEFOLD_LOG", "DATABASE_URL"]).mark, Mark::Ok);
        let misspelt = found(&["FIVEFOLD_BASEURL"]);
        assert_eq!(misspelt.mark, Mark::Warn);
        assert!(misspelt.said.contains("FIVEFOLD_BASEURL"));
    }

    #[test]
    fn a_finding_is_one_line() {
        let line = Finding::fail("database", "cannot\n  be reached").to_string();
        assert_eq!(line, "fail  database       cannot be reached");
    }
}

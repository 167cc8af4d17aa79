//! The database: the one of `DATABASE_URL`, or the private one. A private one that is at work is asked as it is
//! and left alone; one that rests is started for the questions and stopped after them.

use secrecy::SecretString;

use super::Finding;
use crate::cli::database::{Database, private_settings};
use crate::platform::config::Config;
use crate::platform::db::{self, Inspection, Postgres, Roles};
use crate::platform::postgres::{self, Found};

const THING: &str = "database";
const OLDEST: i32 = 14;
/// Beside the pool: the bell's two, a migration, and whoever looks by hand.
const BESIDE_THE_POOL: i32 = 6;

/// More than people would notice.
const DRIFT_SAID: f64 = 2.0;
/// Links and tokens end too early or too late.
const DRIFT_REFUSED: f64 = 60.0;

pub(super) fn check(config: &Config) -> Vec<Finding> {
    if let Some(url) = &config.database_url {
        let migrate_url = config.migrate_database_url.as_ref().unwrap_or(url);
        return tls(url, migrate_url).unwrap_or_else(|| inspect(config, url, migrate_url));
    }
    match postgres::look(&private_settings(config)) {
        Err(error) => vec![Finding::fail(THING, error.to_string())],
        Ok(Found::Nothing) => vec![Finding::warn(THING, "there is none yet; the first start makes a private one in the data directory")],
        Ok(Found::Runs(url)) => inspect(config, &url.clone().into(), &url.into()),
        Ok(Found::Rests) => match Database::open(config) {
            Err(error) => vec![Finding::fail(THING, format!("{error:#}"))],
            Ok(database) => {
                let findings = inspect(config, &database.url, &database.migrate_url);
                database.stop();
                findings
            }
        },
    }
}

fn tls(url: &SecretString, migrate_url: &SecretString) -> Option<Vec<Finding>> {
    let asked = db::check_tls("DATABASE_URL", url).and_then(|()| db::check_tls("FIVEFOLD_MIGRATE_DATABASE_URL", migrate_url));
    asked.err().map(|error| vec![Finding::fail(THING, error.to_string())])
}

fn inspect(config: &Config, url: &SecretString, migrate_url: &SecretString) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Err(error) = look(config, url, migrate_url, &mut findings) {
        findings.push(Finding::fail(THING, format!("{error:#}")));
    }
    findings
}

/// Each step needs the one before it; what was found until one fails is kept.
fn look(config: &Config, url: &SecretString, migrate_url: &SecretString, findings: &mut Vec<Finding>) -> anyhow::Result<()> {
    let mut inspection = Inspection::open(url)?;
    let server = inspection.postgres()?;
    findings.extend([version(&server), clock(&server), durability(&server), connections(&server, config.db_pool)]);
    let migrator = Inspection::open(migrate_url)?.roles()?;
    let (own, empty) = (inspection.roles()?, inspection.is_empty()?);
    let roles = roles(&server, &own, &migrator);
    let usable = own.are_there && own.answers;
    findings.push(roles);
    if empty {
        findings.push(Finding::warn("migrations", "none has run yet; the next start, or `fivefold migrate`, runs them"));
    }
    if empty || !usable {
        return Ok(());
    }
    let mut inspection = inspection.as_requests()?;
    findings.push(migrations(&inspection.migrations()?));
    findings.extend(standing(&inspection.standing()?));
    findings.push(backlog(config, &mut inspection));
    findings.push(audit(inspection.audit_faults()));
    Ok(())
}

fn version(server: &Postgres) -> Finding {
    let said = format!("PostgreSQL {} answers, as user {}", server.version, server.user);
    match server.number / 10_000 < OLDEST {
        true => Finding::fail(THING, format!("{said}; Fivefold needs {OLDEST} or newer: upgrade it")),
        false => Finding::ok(THING, said),
    }
}

fn clock(server: &Postgres) -> Finding {
    let (ahead, thing) = (server.ahead, "clock");
    let said = format!("the database's clock is {:.1} s {} this machine's", ahead.abs(), if ahead < 0.0 { "behind" } else { "ahead of" });
    match ahead.abs() {
        much if much > DRIFT_REFUSED => Finding::fail(thing, format!("{said}; set both by NTP")),
        some if some > DRIFT_SAID => Finding::warn(thing, format!("{said}; set both by NTP")),
        _ => Finding::ok(thing, "the database's and this machine's agree"),
    }
}

fn durability(server: &Postgres) -> Finding {
    match server.keeps_what_it_writes {
        true => Finding::ok("durability", "fsync and full_page_writes are on"),
        false => {
            Finding::fail("durability", "fsync or full_page_writes is off, so a crash of the machine can lose everything; turn both on")
        }
    }
}

fn connections(server: &Postgres, pool: u32) -> Finding {
    let (pool, most) = (i32::try_from(pool).unwrap_or(i32::MAX), server.max_connections);
    let said = format!("the pool takes up to {pool} of the database's {most}");
    match pool.saturating_add(BESIDE_THE_POOL) > most {
        true => Finding::warn("connections", format!("{said}; make FIVEFOLD_DB_POOL smaller or max_connections larger")),
        false => Finding::ok("connections", said),
    }
}

fn roles(server: &Postgres, own: &Roles, migrator: &Roles) -> Finding {
    let (thing, user) = ("roles", &server.user);
    if !own.are_there {
        return match migrator.can_be_made {
            true => Finding::warn(thing, "fivefold_owner and fivefold_app are not there yet; the next start makes them"),
            false => Finding::fail(
                thing,
                format!(
                    "fivefold_owner and fivefold_app are not there and {user} may not make them; as an administrator run: \
                     CREATE ROLE fivefold_owner; CREATE ROLE fivefold_app; GRANT fivefold_owner, fivefold_app TO {user}; \
                     GRANT USAGE, CREATE ON SCHEMA public TO fivefold_owner; GRANT USAGE ON SCHEMA public TO fivefold_app"
                ),
            ),
        };
    }
    if !own.answers {
        return Finding::fail(thing, format!("{user} may not act as fivefold_app; as an administrator run: GRANT fivefold_app TO {user}"));
    }
    if !migrator.migrates {
        return Finding::fail(
            thing,
            "who migrates may not act as fivefold_owner; as an administrator run: GRANT fivefold_owner TO that user",
        );
    }
    Finding::ok(thing, "fivefold_owner migrates, fivefold_app answers")
}

fn migrations(state: &db::MigrationState) -> Finding {
    let thing = "migrations";
    if state.pending > 0 {
        return Finding::fail(thing, format!("{} are pending; run `fivefold migrate`, or start the server, which does", state.pending));
    }
    if state.unknown > 0 {
        let said = format!("{} are from a newer Fivefold; this one still works, update it soon", state.unknown);
        return Finding::warn(thing, said);
    }
    Finding::ok(thing, "all have run")
}

fn standing(standing: &db::Standing) -> Vec<Finding> {
    let one = |thing, ok: &str, wrong: Vec<String>| match wrong.is_empty() {
        true => Finding::ok(thing, ok),
        false => Finding::fail(thing, wrong.join("; ")),
    };
    vec![
        one("request role", "owns nothing and does not pass row security", standing.wrong_of_role()),
        one("row security", "is forced on every table of teams", standing.wrong_of_tables().into_iter().collect()),
        one("commits", "what is acknowledged is on disk (synchronous_commit)", standing.wrong_of_commits().into_iter().collect()),
    ]
}

fn audit(faults: anyhow::Result<Vec<(uuid::Uuid, i32)>>) -> Finding {
    let thing = "audit";
    match faults {
        Err(error) => Finding::fail(thing, format!("it cannot be checked ({error:#})")),
        Ok(faults) => match faults.first() {
            None => Finding::ok(thing, "every seal fits what it sealed"),
            Some((team, number)) => Finding::fail(
                thing,
                format!(
                    "{} seals no longer fit what they sealed, the first is number {number} of team {team}: somebody changed the audit past \
                     Fivefold; compare with a backup from before",
                    faults.len()
                ),
            ),
        },
    }
}

fn backlog(config: &Config, inspection: &mut Inspection) -> Finding {
    let thing = "background";
    match inspection.backlog() {
        Err(error) => Finding::fail(thing, format!("jobs and mails cannot be counted ({error:#})")),
        Ok(found) if found.failed_jobs > 0 => Finding::warn(
            thing,
            format!("{} jobs were given up after ten tries; their errors are in the table jobs, last_error", found.failed_jobs),
        ),
        Ok(found) if config.smtp_url.is_some() && found.unsent_mails > 50 => {
            Finding::warn(thing, format!("{} mails wait to be sent; see the log for why they are not", found.unsent_mails))
        }
        Ok(_) => Finding::ok(thing, "no job has failed"),
    }
}

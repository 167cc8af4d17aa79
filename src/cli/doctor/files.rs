//! The data directory and what is in it.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use nix::sys::statvfs::statvfs;

use super::Finding;
use crate::platform::config::{Config, FILE};
use crate::platform::token::Signer;

const FEW_BYTES: u64 = 1 << 30;

pub(super) fn check(config: &Config) -> Vec<Finding> {
    let mut findings = vec![data_dir(&config.data_dir), secret_key(&config.secret_key_file)];
    findings.extend(settings_file(&config.data_dir.join(FILE)));
    findings.extend(space(&config.data_dir));
    findings
}

fn data_dir(folder: &Path) -> Finding {
    let (thing, shown) = ("data directory", folder.display());
    if !folder.exists() {
        return Finding::warn(thing, format!("{shown} is not there yet; the first start makes it"));
    }
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    match File::create(&probe).and_then(|_| fs::remove_file(&probe)) {
        Ok(()) => Finding::ok(thing, format!("{shown} can be written")),
        Err(error) => Finding::fail(
            thing,
            format!("{shown} cannot be written ({error}); give it to the server's user with chown, or choose another with --data-dir"),
        ),
    }
}

fn secret_key(file: &Path) -> Finding {
    let (thing, shown) = ("secret key", file.display());
    let found = match fs::metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Finding::warn(thing, format!("{shown} is not there yet; the first start makes it"));
        }
        found => found,
    };
    // Reads it as the server does; it is there, so nothing is made.
    match found.map_err(anyhow::Error::from).and_then(|found| Signer::from_file(file).map(|_| found)) {
        Err(error) => Finding::fail(thing, format!("{error:#}")),
        Ok(found) if found.permissions().mode() & 0o077 != 0 => {
            Finding::fail(thing, format!("{shown} can be read by others, who can then sign in as anybody; run: chmod 600 {shown}"))
        }
        Ok(_) => Finding::ok(thing, format!("{shown} is for the server alone")),
    }
}

/// It may hold passwords of the database and of the mail server.
fn settings_file(file: &Path) -> Option<Finding> {
    let (thing, shown) = ("settings file", file.display());
    let found = fs::metadata(file).ok()?;
    let text = fs::read_to_string(file).unwrap_or_default();
    let secret = ["database_url", "smtp_url", "metrics_token"].iter().any(|name| text.contains(name));
    Some(match secret && found.permissions().mode() & 0o004 != 0 {
        true => Finding::warn(thing, format!("{shown} holds secrets and can be read by everybody; run: chmod 640 {shown}")),
        false => Finding::ok(thing, format!("{shown} is used")),
    })
}

fn space(folder: &Path) -> Option<Finding> {
    let found = statvfs(folder).ok()?;
    let free = found.blocks_available().saturating_mul(found.fragment_size());
    let said = format!("{:.1} GiB are free in {}", free as f64 / f64::from(1 << 30), folder.display());
    Some(match free < FEW_BYTES {
        true => Finding::warn("disk", format!("only {said}; without space nothing more can be saved")),
        false => Finding::ok("disk", said),
    })
}

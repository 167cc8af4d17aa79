//! The cluster's files: made once, in one step that either happened or did not.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use postgresql_commands::CommandBuilder;
use postgresql_commands::initdb::InitDbBuilder;

use super::binaries::Binaries;
use super::error::StartError;
use super::place::{Place, has_cluster};
use super::session::NAME;

/// Sorting by code point is the same on every machine and in every version of the C library; with `C` alone, where
/// the first is unknown, only the case of letters beyond ASCII is lost.
const LOCALES: [&str; 2] = ["C.UTF-8", "C"];

/// The programs for the cluster in this place, which is made now if it is not there.
pub(super) fn ensure(place: &Place, durable: bool) -> Result<Binaries, StartError> {
    let folder = &place.folder;
    remove_unfinished(folder)?;
    if has_cluster(folder) {
        place.runner.take_over(folder)?;
        let version = fs::read_to_string(folder.join("PG_VERSION")).map_err(StartError::io("read the version in", folder))?;
        return Binaries::find(&place.runner, folder, Some(version.trim()));
    }
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(StartError::NotACluster(folder.clone()));
    }
    let binaries = Binaries::find(&place.runner, folder, None)?;
    make(place, &binaries, durable)?;
    Ok(binaries)
}

/// What a start that was cut off in the middle of `initdb` left beside the folder. Only one process is ever here (the
/// lock), so nobody is at work on it any more.
fn remove_unfinished(folder: &Path) -> Result<(), StartError> {
    let prefix = beside(folder, ".new-");
    let Some((parent, prefix)) = prefix.parent().zip(prefix.file_name()) else {
        return Ok(());
    };
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes()) {
            tracing::info!(folder = %entry.path().display(), "removing a cluster that was never finished");
            fs::remove_dir_all(entry.path()).map_err(StartError::io("remove", entry.path()))?;
        }
    }
    Ok(())
}

/// In a folder of another name, which gets its own when all is written: a folder of that name is a whole cluster.
fn make(place: &Place, binaries: &Binaries, durable: bool) -> Result<(), StartError> {
    let fresh = beside(&place.folder, &format!(".new-{}", std::process::id()));
    DirBuilder::new().mode(0o700).create(&fresh).map_err(StartError::io("make the folder", &fresh))?;
    let made = place
        .runner
        .take_over(&fresh)
        .and_then(|()| init(place, binaries, &fresh, durable))
        .and_then(|()| fs::rename(&fresh, &place.folder).map_err(StartError::io("put the new cluster in its place", &place.folder)));
    if made.is_err() {
        let _ = fs::remove_dir_all(&fresh);
    }
    made?;
    tracing::info!(folder = %place.folder.display(), version = binaries.major, "a new PostgreSQL cluster was made");
    if durable { sync_parent(&place.folder).map_err(StartError::io("write to disk", &place.folder)) } else { Ok(()) }
}

fn init(place: &Place, binaries: &Binaries, fresh: &Path, durable: bool) -> Result<(), StartError> {
    let mut said = String::new();
    for locale in LOCALES {
        let mut initdb = InitDbBuilder::new().program_dir(&binaries.folder).pgdata(fresh).username(NAME).auth("trust");
        initdb = initdb.encoding("UTF8").locale(locale).data_checksums().no_instructions();
        if !durable {
            initdb = initdb.no_sync();
        }
        let output = place.runner.dress(initdb.build()).output();
        let output = output.map_err(StartError::io("run", binaries.folder.join("initdb")))?;
        if output.status.success() {
            return Ok(());
        }
        said = last_error(&String::from_utf8_lossy(&output.stderr)).unwrap_or_else(|| output.status.to_string());
        if !said.contains("locale") {
            break;
        }
    }
    Err(StartError::InitDb { said })
}

/// The last complaint of a PostgreSQL program among what it wrote, without the time and number before it.
pub(super) fn last_error(written: &str) -> Option<String> {
    let complaint = |line: &str| {
        let found = ["FATAL:", "PANIC:", "error:"].iter().find_map(|word| line.split_once(word));
        found.map(|(_, rest)| rest.trim().to_owned())
    };
    let last = || written.lines().rev().map(str::trim).find(|line| !line.is_empty());
    written.lines().rev().find_map(complaint).or_else(|| last().map(str::to_owned))
}

fn sync_parent(folder: &Path) -> io::Result<()> {
    folder.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())
}

/// A sibling of `folder`, so that renaming it stays on one disk.
fn beside(folder: &Path, ending: &str) -> PathBuf {
    let mut name = folder.file_name().map_or_else(OsString::new, OsString::from);
    name.push(ending);
    folder.with_file_name(name)
}

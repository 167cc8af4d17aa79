//! What can be done with rubrics.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use moka::sync::Cache;
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use super::file::{self, RubricFile};
use super::model::{RubricId, RubricVersion, RubricVersionId, RubricVersionSummary, RubricView};
use super::store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::id;
use crate::policy::{self, Act, Actor};
use crate::web::api::List;
use crate::web::paging::Slice;

#[derive(RustEmbed)]
#[folder = "library/rubrics/"]
#[include = "*.json"]
struct BuiltIn;

/// Versions never change, so a copy in this process is never stale. All of them belong to the built-in
/// library, which everybody may read; what belongs to a team would need its team in the key.
static VERSIONS: LazyLock<Cache<RubricVersionId, Arc<RubricVersion>>> = LazyLock::new(|| Cache::new(1_000));

/// A version by its id, for a caller who has been let in already.
pub fn version(tx: &mut Tx, id: RubricVersionId) -> Result<Arc<RubricVersion>> {
    load(tx, &[id])?.pop().ok_or(Error::NotFound)
}

/// A version, for somebody who wants to read it.
pub fn show(tx: &mut Tx, actor: &Actor, id: RubricVersionId) -> Result<Arc<RubricVersion>> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    version(tx, id)
}

/// The versions a team sees, newest first within each rubric.
pub fn published(tx: &mut Tx, actor: &Actor) -> Result<Vec<Arc<RubricVersion>>> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    let ids = store::list_ids(tx)?;
    load(tx, &ids)
}

/// One page of the rubrics a team sees, each with its newest version.
pub fn list(tx: &mut Tx, actor: &Actor, slice: &Slice<String>) -> Result<List<RubricView>> {
    let mut newest = published(tx, actor)?;
    newest.dedup_by(|later, first| later.slug == first.slug);
    let after = |version: &Arc<RubricVersion>| slice.after.as_ref().is_none_or(|after| version.slug > *after);
    let rows = newest.into_iter().filter(after).take(slice.rows() as usize).map(|version| RubricView {
        id: version.rubric(),
        slug: version.slug.clone(),
        name: version.name.clone(),
        description: version.description.clone(),
        built_in: version.built_in,
        newest_version: version.summary(),
    });
    slice.list(rows.collect(), |view| view.slug.clone())
}

/// One page of the versions of one rubric, newest first.
pub fn versions(tx: &mut Tx, actor: &Actor, rubric: RubricId, slice: &Slice<i32>) -> Result<List<RubricVersionSummary>> {
    let versions: Vec<_> = published(tx, actor)?.into_iter().filter(|version| version.rubric() == rubric).collect();
    if versions.is_empty() {
        return Err(Error::NotFound);
    }
    let after = |version: &&Arc<RubricVersion>| slice.after.is_none_or(|after| version.number < after);
    let rows = versions.iter().filter(after).take(slice.rows() as usize).map(|version| version.summary());
    slice.list(rows.collect(), |summary| summary.number)
}

/// The newest version of a rubric, for somebody who wants to read it.
pub fn newest_of(tx: &mut Tx, actor: &Actor, rubric: RubricId) -> Result<Arc<RubricVersion>> {
    published(tx, actor)?.into_iter().find(|version| version.rubric() == rubric).ok_or(Error::NotFound)
}

/// The newest version of a built-in rubric, by its slug.
pub fn newest(tx: &mut Tx, slug: &str) -> Result<Arc<RubricVersion>> {
    let ids = store::list_ids(tx)?;
    // The newest version of each comes first.
    load(tx, &ids)?.into_iter().find(|version| version.slug == slug).ok_or(Error::NotFound)
}

/// In the order of `ids`; one query for all that this process has not seen yet.
fn load(tx: &mut Tx, ids: &[RubricVersionId]) -> Result<Vec<Arc<RubricVersion>>> {
    let mut found: HashMap<_, _> = ids.iter().filter_map(|id| VERSIONS.get(id).map(|version| (*id, version))).collect();
    let missing: Vec<_> = ids.iter().filter(|id| !found.contains_key(*id)).copied().collect();
    if !missing.is_empty() {
        for version in store::load(tx, &missing)?.into_iter().map(Arc::new) {
            VERSIONS.insert(version.id, Arc::clone(&version));
            found.insert(version.id, version);
        }
    }
    Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
}

/// Publishes what is built in and new, as the tables' owner; gives how many versions that were. Content
/// that any version has already is left alone, so an older server that starts beside a newer one changes
/// nothing.
pub fn import_built_in(tx: &mut Tx) -> Result<usize> {
    let mut published = 0;
    for file in built_in()? {
        published += usize::from(import(tx, &file)?);
    }
    Ok(published)
}

/// The files that are compiled in.
pub(super) fn built_in() -> Result<Vec<RubricFile>> {
    let read = |path: std::borrow::Cow<'static, str>| {
        let text = BuiltIn::get(&path).map(|file| file.data).unwrap_or_default();
        let slug = path.trim_end_matches(".json");
        file::parse_file(slug, &String::from_utf8_lossy(&text))
            .map_err(|errors| Error::Internal(anyhow::anyhow!("library/rubrics/{path}: {errors}")))
    };
    BuiltIn::iter().map(read).collect()
}

fn import(tx: &mut Tx, file: &RubricFile) -> Result<bool> {
    let hash = Sha256::digest(serde_json::to_vec(file)?);
    let imported = store::imported(tx, &file.slug)?;
    if imported.iter().any(|(_, known)| known.as_slice() == hash.as_slice()) {
        return Ok(false);
    }
    let number = imported.iter().map(|(number, _)| *number).max().unwrap_or(0) + 1;
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let id = id::named(&["rubric version", &file.slug, &number.to_string(), &hex]);
    store::insert(tx, id.into(), number, file, &hash)?;
    Ok(true)
}

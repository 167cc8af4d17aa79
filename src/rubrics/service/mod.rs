//! What can be done with rubrics: reading what is published here, writing in the modules below.

use std::sync::{Arc, LazyLock};

use super::model::{RubricId, RubricVersion, RubricVersionId, RubricVersionSummary};
use super::store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::frozen::Shelf;
use crate::policy::{self, Act, Actor, TeamId};
use crate::web::api::List;
use crate::web::paging::Slice;

mod built_in;
mod differences;
mod files;
mod publishing;
mod writing;

pub(super) use built_in::files as built_in;
pub use built_in::import_built_in;
pub use differences::*;
pub use files::*;
pub use publishing::*;
pub use writing::*;

static VERSIONS: LazyLock<Shelf<RubricVersion>> = LazyLock::new(|| Shelf::new(1_000));

/// A version by its id, for a caller who has been let in already.
pub fn version(tx: &mut Tx, id: RubricVersionId) -> Result<Arc<RubricVersion>> {
    load(tx, &[id])?.pop().ok_or(Error::NotFound)
}

/// Several, in this order and without those that are not there: one query for what is not kept yet.
pub fn several(tx: &mut Tx, ids: &[RubricVersionId]) -> Result<Vec<Arc<RubricVersion>>> {
    load(tx, ids)
}

/// A version, for somebody who wants to read it.
pub fn show(tx: &mut Tx, actor: &Actor, id: RubricVersionId) -> Result<Arc<RubricVersion>> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    version(tx, id)
}

/// The versions a team sees, its own rubrics first, newest first within each rubric; none of a retired one.
pub fn published(tx: &mut Tx, actor: &Actor) -> Result<Vec<Arc<RubricVersion>>> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    let mut ids = store::versions::list_ids(tx, actor.team_id()?)?;
    ids.extend(store::library::list_ids(tx)?);
    load(tx, &ids)
}

/// The newest version of the rubric that somebody named by its slug, else of the first of the team.
pub fn named(tx: &mut Tx, actor: &Actor, slug: Option<&str>) -> Result<Option<Arc<RubricVersion>>> {
    let versions = published(tx, actor)?;
    let found = versions.iter().find(|version| Some(version.slug.as_str()) == slug).or(versions.first());
    Ok(found.cloned())
}

/// The rubric by which a set's answers are practised: the newest of the one that it names, else of the first built-in one.
pub fn for_practice(tx: &mut Tx, actor: &Actor, slug: Option<&str>) -> Result<Arc<RubricVersion>> {
    policy::allow(&actor.standing(), Act::Practise)?;
    let mut ids = store::versions::list_ids(tx, actor.team_id()?)?;
    ids.extend(store::library::list_ids(tx)?);
    let versions = load(tx, &ids)?;
    let named = versions.iter().find(|version| Some(version.slug.as_str()) == slug);
    named.or_else(|| versions.iter().find(|version| version.built_in)).cloned().ok_or(Error::NotFound)
}

/// One page of the versions of one rubric, newest first.
pub fn versions(tx: &mut Tx, actor: &Actor, rubric: RubricId, slice: &Slice<i32>) -> Result<List<RubricVersionSummary>> {
    let versions = versions_of(tx, actor, rubric)?;
    if versions.is_empty() && store::drafts::find(tx, actor.team_id()?, rubric)?.is_none() {
        return Err(Error::NotFound);
    }
    let after = |version: &&Arc<RubricVersion>| slice.after.is_none_or(|after| version.number < after);
    let rows = versions.iter().filter(after).take(slice.rows() as usize).map(|version| version.summary());
    slice.list(rows.collect(), |summary| summary.number)
}

/// All versions of one rubric, newest first, those of a retired one too.
pub fn versions_of(tx: &mut Tx, actor: &Actor, rubric: RubricId) -> Result<Vec<Arc<RubricVersion>>> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    let own = store::versions::ids_of(tx, actor.team_id()?, rubric)?;
    if !own.is_empty() {
        return load(tx, &own);
    }
    let built_in = store::library::list_ids(tx)?;
    Ok(load(tx, &built_in)?.into_iter().filter(|version| version.rubric == rubric).collect())
}

/// Whether it is a rubric of the team that is offered nowhere any more.
pub fn is_retired(tx: &mut Tx, actor: &Actor, rubric: RubricId) -> Result<bool> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    Ok(store::drafts::find(tx, actor.team_id()?, rubric)?.is_some_and(|row| row.retired_at.is_some()))
}

/// The newest version of a rubric, for somebody who wants to read it.
pub fn newest_of(tx: &mut Tx, actor: &Actor, rubric: RubricId) -> Result<Arc<RubricVersion>> {
    versions_of(tx, actor, rubric)?.into_iter().next().ok_or(Error::NotFound)
}

/// The newest version of a built-in rubric, by its slug.
pub fn newest(tx: &mut Tx, slug: &str) -> Result<Arc<RubricVersion>> {
    let ids = store::library::list_ids(tx)?;
    // The newest version of each comes first.
    load(tx, &ids)?.into_iter().find(|version| version.slug == slug).ok_or(Error::NotFound)
}

/// In the order of `ids`, without those that are another team's.
fn load(tx: &mut Tx, ids: &[RubricVersionId]) -> Result<Vec<Arc<RubricVersion>>> {
    VERSIONS.take(tx, ids, store::library::load, |tx, team, ids| store::versions::load(tx, TeamId(team), ids))
}

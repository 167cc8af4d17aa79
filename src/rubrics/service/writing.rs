//! A team's own rubrics: copied, written, retired.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::draft::{NewRubric, RubricDraft, TeamRubricView};
use super::super::file::RubricFile;
use super::super::model::{RubricId, RubricVersion, RubricVersionId, RubricView};
use super::super::store::drafts::{NewRow, RubricRow};
use super::super::store::{self};
use super::publishing::hash;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::parse;
use crate::policy::{self, AccountId, Act, Actor, TeamId};
use crate::web::api::List;
use crate::web::paging::Slice;

/// A place in the list of rubrics.
pub type Place = (String, RubricId);

/// What a new rubric is a copy of when nothing is said.
const FIRST: &str = "five-areas";

/// One page of the rubrics a team sees, by their short names; those that have only a draft are for who writes them.
pub fn list(tx: &mut Tx, actor: &Actor, slice: &Slice<Place>) -> Result<List<RubricView>> {
    let mut rubrics = all(tx, actor)?;
    rubrics.sort_by_key(place);
    let after = |rubric: &RubricView| slice.after.as_ref().is_none_or(|after| place(rubric) > *after);
    let rows = rubrics.into_iter().filter(after).take(slice.rows() as usize).collect();
    slice.list(rows, place)
}

fn place(rubric: &RubricView) -> Place {
    (rubric.slug.clone(), rubric.id)
}

/// Every rubric that this reader sees: the team's own first. Who does not write them sees neither drafts nor what is
/// retired.
pub fn all(tx: &mut Tx, actor: &Actor) -> Result<Vec<RubricView>> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    let (team, writes) = (actor.team_id()?, edits(actor));
    let newest = store::versions::newest_ids(tx, team)?;
    let newest: HashMap<RubricId, Arc<RubricVersion>> =
        super::load(tx, &newest)?.into_iter().map(|version| (version.rubric, version)).collect();
    let mut rubrics: Vec<RubricView> = Vec::new();
    for row in store::drafts::list(tx, team)? {
        let newest = newest.get(&row.id);
        if writes || (newest.is_some() && row.retired_at.is_none()) {
            rubrics.push(of_team(row, newest.map(Arc::as_ref), writes));
        }
    }
    rubrics.extend(library(tx)?.iter().map(|version| of_library(version)));
    Ok(rubrics)
}

/// The newest version of each built-in rubric.
fn library(tx: &mut Tx) -> Result<Vec<Arc<RubricVersion>>> {
    let ids = store::library::list_ids(tx)?;
    let mut newest = super::load(tx, &ids)?;
    newest.dedup_by(|later, first| later.rubric == first.rubric);
    Ok(newest)
}

fn of_team(row: RubricRow, newest: Option<&RubricVersion>, writes: bool) -> RubricView {
    // Who only reads sees what was published, by the name it was published with.
    let (name, description) = match newest.filter(|_| !writes) {
        Some(version) => (version.name.clone(), version.description.clone()),
        None => (row.draft.name, row.draft.description),
    };
    RubricView {
        id: row.id,
        slug: row.slug,
        name,
        description,
        built_in: false,
        newest_version: newest.map(RubricVersion::summary),
        retired_at: row.retired_at,
    }
}

fn of_library(version: &RubricVersion) -> RubricView {
    RubricView {
        id: version.rubric,
        slug: version.slug.clone(),
        name: version.name.clone(),
        description: version.description.clone(),
        built_in: true,
        newest_version: Some(version.summary()),
        retired_at: None,
    }
}

/// Whether this reader writes rubrics.
pub fn edits(actor: &Actor) -> bool {
    policy::may(&actor.standing(), Act::EditLibrary)
}

/// A team's rubric with its draft.
pub fn show_rubric(tx: &mut Tx, actor: &Actor, id: RubricId) -> Result<TeamRubricView> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let row = store::drafts::find(tx, actor.team_id()?, id)?.ok_or(Error::NotFound)?;
    view(tx, actor, row)
}

fn view(tx: &mut Tx, actor: &Actor, row: RubricRow) -> Result<TeamRubricView> {
    let newest = store::versions::newest(tx, actor.team_id()?, row.id)?;
    let written = hash(&row.draft.to_file(&row.slug))?;
    Ok(TeamRubricView {
        unpublished_changes: newest.is_none_or(|(_, known)| known != written),
        newest_version: super::versions_of(tx, actor, row.id)?.first().map(|version| version.summary()),
        missing: row.draft.missing(&row.slug),
        advice: row.draft.to_file(&row.slug).advice(),
        id: row.id,
        slug: row.slug,
        copied_from: row.copied_from,
        version: row.version,
        draft: row.draft,
        changed_by: row.changed_by,
        changed_at: row.changed_at,
        retired_at: row.retired_at,
    })
}

/// The team's rubric that was copied from a version of this one and is not retired: the one that was changed last.
pub fn copy_of(tx: &mut Tx, actor: &Actor, rubric: RubricId) -> Result<Option<RubricId>> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let versions: Vec<RubricVersionId> = super::versions_of(tx, actor, rubric)?.iter().map(|version| version.id).collect();
    let copies = store::drafts::list(tx, actor.team_id()?)?.into_iter().filter(|row| row.retired_at.is_none());
    let copies = copies.filter(|row| row.copied_from.is_some_and(|from| versions.contains(&from)));
    Ok(copies.max_by_key(|row| (row.changed_at, row.id)).map(|row| row.id))
}

/// Makes a rubric as a copy of a version that this team may read.
pub fn create(tx: &mut Tx, actor: &Actor, new: &NewRubric) -> Result<TeamRubricView> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let origin = match new.copy_of {
        None => super::newest(tx, FIRST)?,
        Some(id) => match super::version(tx, id) {
            Err(Error::NotFound) => return Err(Error::invalid("copy_of", "Choose a version that this team can read.")),
            version => version?,
        },
    };
    let slug = slug(tx, actor, new)?;
    let draft = RubricDraft { name: new.name.clone(), ..RubricDraft::of(&RubricFile::of(&origin)) }.tidy()?;
    let id = add(tx, actor.team_id()?, &slug, (&draft, Some(origin.id)), actor.account_or_none())?;
    show_rubric(tx, actor, id)
}

/// A new rubric with this draft, a copy of a version or of none.
pub(super) fn add(
    tx: &mut Tx,
    team: TeamId,
    slug: &str,
    (draft, copied_from): (&RubricDraft, Option<RubricVersionId>),
    by: Option<AccountId>,
) -> Result<RubricId> {
    let id: RubricId = tx.new_id();
    store::drafts::insert(tx, team, &NewRow { id, slug, draft, copied_from, by })?;
    Ok(id)
}

/// The short name: the one that was chosen, or one made from the name that nobody has.
fn slug(tx: &mut Tx, actor: &Actor, new: &NewRubric) -> Result<String> {
    let Some(slug) = new.slug.as_deref().map(str::trim).filter(|slug| !slug.is_empty()) else {
        return free_slug(tx, actor.team_id()?, &parse::slug(&new.name));
    };
    parse::key(slug).map_err(|message| Error::invalid("slug", message))?;
    if taken(tx, actor.team_id()?)?.iter().any(|other| other == slug) {
        return Err(Error::invalid("slug", "Another rubric has this short name."));
    }
    Ok(slug.to_owned())
}

/// The wanted short name, with a number where somebody has it already.
pub(super) fn free_slug(tx: &mut Tx, team: TeamId, wanted: &str) -> Result<String> {
    let taken = taken(tx, team)?;
    let base: String = wanted.chars().take(50).collect::<String>().trim_end_matches('-').to_owned();
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    Ok(std::iter::once(wanted.to_owned()).chain(numbered).find(|slug| !taken.contains(slug)).unwrap_or(base))
}

/// The built-in ones' too: a question set names its rubric by the short name alone.
fn taken(tx: &mut Tx, team: TeamId) -> Result<Vec<String>> {
    let mut taken = store::drafts::slugs(tx, team)?;
    taken.extend(library(tx)?.iter().map(|version| version.slug.clone()));
    Ok(taken)
}

/// Replaces the draft, if it is still at `version`; else nothing is lost: the newest comes back.
pub fn update(tx: &mut Tx, actor: &Actor, id: RubricId, version: i32, draft: RubricDraft) -> Result<TeamRubricView> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    let row = store::drafts::lock(tx, team, id)?;
    if row.version != version {
        let current = view(tx, actor, row)?;
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    store::drafts::update(tx, team, id, &draft.tidy()?, actor.account_or_none())?;
    show_rubric(tx, actor, id)
}

/// Takes the rubric off every list to choose from; what pinned it keeps it.
pub fn retire(tx: &mut Tx, actor: &Actor, id: RubricId) -> Result<TeamRubricView> {
    let team = locked(tx, actor, id)?;
    store::drafts::set_retired(tx, team, id, Some(actor.account()?))?;
    show_rubric(tx, actor, id)
}

pub fn unretire(tx: &mut Tx, actor: &Actor, id: RubricId) -> Result<TeamRubricView> {
    let team = locked(tx, actor, id)?;
    store::drafts::set_retired(tx, team, id, None)?;
    show_rubric(tx, actor, id)
}

fn locked(tx: &mut Tx, actor: &Actor, id: RubricId) -> Result<TeamId> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    store::drafts::lock(tx, team, id)?;
    Ok(team)
}

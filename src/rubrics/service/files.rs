//! Rubrics as files: out as they were published, in as a new draft.

use std::sync::Arc;

use serde_json::Value;

use super::super::draft::{RubricDraft, TeamRubricView};
use super::super::file::{self, RubricFile};
use super::super::model::{RubricId, RubricVersion, RubricVersionId};
use super::super::store;
use super::writing::{add, free_slug};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, Act, Actor, TeamId};

/// A version as a file: its name, and the text.
pub fn export(tx: &mut Tx, actor: &Actor, id: RubricVersionId) -> Result<(String, String)> {
    let version: Arc<RubricVersion> = super::show(tx, actor, id)?;
    let text = serde_json::to_string_pretty(&RubricFile::of(&version))? + "\n";
    Ok((format!("{}-v{}.json", version.slug, version.number), text))
}

/// Whether this reader may bring files at all: asked before one is read.
pub fn may_import(_: &mut Tx, actor: &Actor) -> Result<()> {
    policy::allow(&actor.standing(), Act::EditLibrary)
}

/// What a program sends, read and imported.
pub fn import(tx: &mut Tx, actor: &Actor, content: Value) -> Result<TeamRubricView> {
    may_import(tx, actor)?;
    import_file(tx, actor, &file::read(content)?)
}

/// Makes a rubric with the file as its draft; only a file that could be published is ever read. A short name that is
/// taken gets a number.
pub fn import_file(tx: &mut Tx, actor: &Actor, file: &RubricFile) -> Result<TeamRubricView> {
    may_import(tx, actor)?;
    let team = actor.team_id()?;
    let slug = free_slug(tx, team, &file.slug)?;
    let id = add(tx, team, &slug, (&RubricDraft::of(file), None), actor.account_or_none())?;
    super::show_rubric(tx, actor, id)
}

/// The short name that the file's rubric would get in this team, for who works at the server itself.
pub fn plan_import(tx: &mut Tx, team: TeamId, file: &RubricFile) -> Result<String> {
    free_slug(tx, team, &file.slug)
}

/// The same as [`import_file`] for nobody in particular: the command line.
pub fn import_at_once(tx: &mut Tx, team: TeamId, file: &RubricFile) -> Result<RubricId> {
    let slug = plan_import(tx, team, file)?;
    add(tx, team, &slug, (&RubricDraft::of(file), None), None)
}

/// The draft of a team's rubric by its short name, for who works at the server itself. It may be unfinished.
pub fn export_draft_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<String>> {
    let Some(team) = tx.team().map(TeamId) else { return Ok(None) };
    let found = store::drafts::list(tx, team)?.into_iter().find(|row| row.slug == slug);
    let text = found.map(|row| serde_json::to_string_pretty(&row.draft.to_file(&row.slug))).transpose()?;
    Ok(text.map(|text| text + "\n"))
}

/// A rubric by its short name, for who works at the server itself: one of the team whose door is open, else a built-in
/// one; its newest version, or the one of this number. None where there is no such thing.
pub fn export_by_slug(tx: &mut Tx, slug: &str, number: Option<i32>) -> Result<Option<String>> {
    let own = match tx.team().map(TeamId) {
        Some(team) => store::drafts::list(tx, team)?.into_iter().find(|row| row.slug == slug).map(|row| (team, row.id)),
        None => None,
    };
    let ids = match own {
        Some((team, rubric)) => store::versions::ids_of(tx, team, rubric)?,
        None => store::library::list_ids(tx)?,
    };
    // The newest of each comes first.
    let versions = super::load(tx, &ids)?;
    let meant = |version: &&Arc<RubricVersion>| version.slug == slug && number.is_none_or(|number| version.number == number);
    let text = versions.iter().find(meant).map(|version| serde_json::to_string_pretty(&RubricFile::of(version))).transpose()?;
    Ok(text.map(|text| text + "\n"))
}

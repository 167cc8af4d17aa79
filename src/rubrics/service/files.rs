//! Rubrics as files: out as they were published, in as a new draft.

use std::sync::Arc;

use serde_json::Value;

use super::super::draft::{RubricDraft, TeamRubricView};
use super::super::file::{self, RubricFile};
use super::super::model::{RubricVersion, RubricVersionId};
use super::writing::{add, free_slug};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, Act, Actor};

/// A version as a file: its name, and the text.
pub fn export(tx: &mut Tx, actor: &Actor, id: RubricVersionId) -> Result<(String, String)> {
    let version: Arc<RubricVersion> = super::show(tx, actor, id)?;
    let text = serde_json::to_string_pretty(&RubricFile::of(&version))? + "\n";
    Ok((format!("{}-v{}.json", version.slug, version.number), text))
}

/// Makes a rubric with the file as its draft; only a file that could be published is taken. A short name that is
/// taken gets a number.
pub fn import(tx: &mut Tx, actor: &Actor, content: Value) -> Result<TeamRubricView> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let file = file::read(content)?;
    let slug = free_slug(tx, actor, &file.slug)?;
    add(tx, actor, &slug, &RubricDraft::of(&file), None)
}

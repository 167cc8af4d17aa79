//! From a draft to a version that never changes.

use sha2::{Digest as _, Sha256};

use super::super::draft::{NewRubricVersion, TeamRubricView};
use super::super::file::RubricFile;
use super::super::model::RubricId;
use super::super::store::{self, versions::NewRow};
use super::writing::show_rubric;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor};

/// Publishes the draft as the next version, frozen and hashed. What it lacks is named, field by field.
pub fn publish(tx: &mut Tx, actor: &Actor, id: RubricId, new: &NewRubricVersion) -> Result<TeamRubricView> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    let row = store::drafts::lock(tx, team, id)?;
    let reason = new.parse()?;
    row.draft.missing(&row.slug).check()?;
    let file = row.draft.to_file(&row.slug);
    let hash = hash(&file)?;
    let newest = store::versions::newest(tx, team, id)?;
    if newest.as_ref().is_some_and(|(_, known)| *known == hash) {
        return Err(Error::conflict("nothing-new", "The draft is what was published last. Change something first."));
    }
    let number = newest.map_or(0, |(number, _)| number) + 1;
    store::versions::insert(
        tx,
        team,
        &NewRow { rubric: id, number, file: &file, hash: &hash, reason: &reason, by: actor.account_or_none() },
    )?;
    show_rubric(tx, actor, id)
}

pub(super) fn hash(file: &RubricFile) -> Result<Vec<u8>> {
    Ok(Sha256::digest(serde_json::to_vec(file)?).to_vec())
}

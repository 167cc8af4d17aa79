//! From a draft to a version that never changes.

use sha2::{Digest as _, Sha256};

use super::super::draft::{NewVersion, TeamSetView};
use super::super::file::{FORMAT, QuestionFile, QuestionSetFile};
use super::super::model::QuestionSetId;
use super::super::store::{self, versions::NewRow};
use super::sets::show_set;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{self, Act, Actor, TeamId};

/// Publishes the draft as the next version, frozen and hashed. What it lacks is named, question by question.
pub fn publish(tx: &mut Tx, actor: &Actor, id: QuestionSetId, new: &NewVersion) -> Result<TeamSetView> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    let row = store::sets::lock(tx, team, id)?;
    let reason = new.parse()?;
    let drafts = store::drafts::all(tx, team, id)?;
    let ids: Vec<_> = drafts.iter().map(|draft| draft.id).collect();
    let file = QuestionSetFile {
        format: FORMAT.into(),
        slug: row.slug,
        name: row.name,
        description: row.description,
        rubric: row.rubric,
        questions: drafts.into_iter().map(|draft| draft.question.into_file()).collect(),
    };
    let mut errors = FieldErrors::default();
    file.check(&mut errors);
    errors.check()?;
    let hash = Sha256::digest(serde_json::to_vec(&file)?);
    let newest = store::versions::newest(tx, team, id)?;
    if newest.as_ref().is_some_and(|(_, known)| known.as_slice() == hash.as_slice()) {
        return Err(Error::conflict("nothing-new", "The draft is what was published last. Change something first."));
    }
    let number = newest.map_or(0, |(number, _)| number) + 1;
    let content = store::content_of(&file, &ids)?;
    let new = NewRow { set: id, number, content, hash: &hash, reason: &reason, by: actor.account_or_none() };
    let version = store::versions::insert(tx, team, &new)?;
    store::found::publish(tx, team, id, (version, number))?;
    show_set(tx, actor, id)
}

/// The draft as a file, finished or not.
pub fn draft_file(tx: &mut Tx, team: TeamId, id: QuestionSetId) -> Result<QuestionSetFile> {
    let row = store::sets::find(tx, team, id)?.ok_or(Error::NotFound)?;
    let questions: Vec<QuestionFile> = store::drafts::all(tx, team, id)?.into_iter().map(|draft| draft.question.into_file()).collect();
    Ok(QuestionSetFile {
        format: FORMAT.into(),
        slug: row.slug,
        name: row.name,
        description: row.description,
        rubric: row.rubric,
        questions,
    })
}

//! A set as a file to take away: a published version, or a draft as it is.

use super::super::draft::QuestionDraft;
use super::super::exchange::{self, FileKind};
use super::super::file::{FORMAT, QuestionSetFile};
use super::super::model::{QuestionSetId, QuestionSetVersion, QuestionSetVersionId};
use super::super::store::{self};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, TeamId};

/// A file with its name.
pub struct Export {
    pub name: String,
    pub kind: FileKind,
    pub content: Vec<u8>,
}

/// A version as a file, `our-backend@3.json`; reading it back gives the same questions.
pub fn export_version(tx: &mut Tx, actor: &Actor, id: QuestionSetVersionId, kind: FileKind) -> Result<Export> {
    let version = super::show(tx, actor, id)?;
    version_file(&version, kind)
}

/// The same for a version at hand.
fn version_file(version: &QuestionSetVersion, kind: FileKind) -> Result<Export> {
    let questions: Vec<QuestionDraft> = version.questions.iter().map(|question| QuestionDraft::of(question.to_file())).collect();
    let head = QuestionSetFile {
        format: FORMAT.into(),
        slug: version.slug.clone(),
        name: version.name.clone(),
        description: version.description.clone(),
        rubric: version.rubric.clone(),
        questions: Vec::new(),
    };
    Ok(Export { name: format!("{}@{}.{kind}", version.slug, version.number), kind, content: exchange::write(kind, head, &questions)? })
}

/// Which state of a set is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Newest,
    Number(i32),
    Draft,
}

/// A set by its short name, for who works at the server itself: a set of the team whose door is open, else a
/// built-in one. None where there is no such thing.
pub fn export_by_slug(tx: &mut Tx, slug: &str, which: Which, kind: FileKind) -> Result<Option<Export>> {
    let own = match tx.team().map(TeamId) {
        Some(team) => store::sets::find_by_slug(tx, team, slug)?.map(|row| (team, row.id)),
        None => None,
    };
    if let (Some((team, set)), Which::Draft) = (own, which) {
        return draft_export(tx, team, set, kind).map(Some);
    }
    let ids = match own {
        Some((team, set)) => store::versions::ids_of(tx, team, set)?,
        None => store::library::list_ids(tx)?,
    };
    // The newest of each set comes first.
    let versions = super::load(tx, &ids)?;
    let meant = |version: &QuestionSetVersion| match which {
        Which::Newest => true,
        Which::Number(number) => version.number == number,
        Which::Draft => false,
    };
    let found = versions.iter().find(|version| version.slug == slug && meant(version));
    found.map(|version| version_file(version, kind)).transpose()
}

/// The draft of a set as a file, `our-backend.json`, finished or not.
pub fn export_draft(tx: &mut Tx, actor: &Actor, set: QuestionSetId, kind: FileKind) -> Result<Export> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    draft_export(tx, actor.team_id()?, set, kind)
}

/// The same for who has been let in.
fn draft_export(tx: &mut Tx, team: TeamId, set: QuestionSetId, kind: FileKind) -> Result<Export> {
    let row = store::sets::find(tx, team, set)?.ok_or(Error::NotFound)?;
    let questions: Vec<QuestionDraft> = store::drafts::all(tx, team, set)?.into_iter().map(|row| row.question).collect();
    let name = format!("{}.{kind}", row.slug);
    let head = QuestionSetFile {
        format: FORMAT.into(),
        slug: row.slug,
        name: row.name,
        description: row.description,
        rubric: row.rubric,
        questions: Vec::new(),
    };
    Ok(Export { name, kind, content: exchange::write(kind, head, &questions)? })
}

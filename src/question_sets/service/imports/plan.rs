//! What a file would do to the draft that it is for.

use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::files::{Mistake, Mistakes};
use crate::policy::TeamId;
use crate::question_sets::draft::QuestionDraft;
use crate::question_sets::exchange::{Brought, ImportPlan, NewFile, Work, read};
use crate::question_sets::file::MOST_QUESTIONS;
use crate::question_sets::model::{QuestionId, QuestionSetId};
use crate::question_sets::store::imports::ImportRow;
use crate::question_sets::store::sets::SetRow;
use crate::question_sets::store::{self};

/// A file that was read, before any draft was looked at.
pub struct ReadFile {
    pub(super) file: NewFile,
    pub(super) read: Result<Brought, Mistakes>,
}

/// Reads a file. A large one takes its time, so nobody's transaction waits for it.
pub fn read_file(file: NewFile) -> ReadFile {
    let read = read(&file);
    ReadFile { file, read }
}

impl ReadFile {
    /// What is not right in it.
    pub fn mistakes(&self) -> Option<&Mistakes> {
        self.read.as_ref().err()
    }
}

/// What a file would do.
#[derive(Debug, Default)]
pub struct Planned {
    pub slug: String,
    pub name: String,
    /// None where it would make one.
    pub set: Option<QuestionSetId>,
    /// The draft as it is now.
    pub stamp: Option<String>,
    pub plan: ImportPlan,
    pub mistakes: Mistakes,
}

/// Looks at the draft and changes nothing.
pub fn plan_import(tx: &mut Tx, team: TeamId, read: &ReadFile) -> Result<Planned> {
    let brought = match &read.read {
        Ok(brought) => brought,
        Err(mistakes) => {
            let slug = read.file.slug.clone().unwrap_or_default();
            return Ok(Planned { slug, mistakes: mistakes.clone(), ..Planned::default() });
        }
    };
    let known = store::sets::lock_by_slug(tx, team, &brought.slug)?;
    let mut planned = Planned {
        slug: brought.slug.clone(),
        name: name_of(brought, known.as_ref()),
        set: known.as_ref().map(|row| row.id),
        stamp: known.as_ref().map(|row| stamp(tx, team, row)).transpose()?,
        ..Planned::default()
    };
    if !store::library::imported(tx, &brought.slug)?.is_empty() {
        let message = format!("{} is built in and read-only. Choose another short name for your own set.", brought.slug);
        planned.mistakes.add(Mistake { line: None, field: "slug".into(), message });
        return Ok(planned);
    }
    let work = work(tx, team, known.as_ref(), brought)?;
    if work.order.len() > MOST_QUESTIONS {
        let message = format!("The draft would have {} questions; a set has at most {MOST_QUESTIONS}.", work.order.len());
        planned.mistakes.add(Mistake::whole(message));
    }
    planned.plan = work.plan.lacking(&brought.missing);
    Ok(planned)
}

/// A table names no set: a known one keeps its name, a new one is named after its short name.
fn name_of(brought: &Brought, known: Option<&SetRow>) -> String {
    match (&brought.head, known) {
        (Some(head), _) => head.name.clone(),
        (None, Some(row)) => row.name.clone(),
        (None, None) => {
            let words = brought.slug.replace('-', " ");
            let mut letters = words.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    }
}

/// What there is to do to the draft of this set, or to make one.
pub(super) fn work(tx: &mut Tx, team: TeamId, known: Option<&SetRow>, brought: &Brought) -> Result<Work> {
    let draft: Vec<(QuestionId, QuestionDraft)> = match known {
        Some(row) => store::drafts::all(tx, team, row.id)?.into_iter().map(|row| (row.id, row.question)).collect(),
        None => Vec::new(),
    };
    let mut work = Work::of(&draft, &brought.questions);
    if let (Some(row), Some(head)) = (known, &brought.head) {
        let differs =
            [("name", row.name != head.name), ("description", row.description != head.description), ("rubric", row.rubric != head.rubric)];
        work.plan.head = differs.iter().filter(|(_, differs)| *differs).map(|(name, _)| (*name).to_owned()).collect();
    }
    Ok(work)
}

/// The draft at one moment: its head has a version, its questions have theirs.
fn stamp(tx: &mut Tx, team: TeamId, row: &SetRow) -> Result<String> {
    Ok(format!("{} {}", row.version, store::drafts::stamp(tx, team, row.id)?))
}

/// The set it is for, if its draft is still what the plan was made from.
pub(super) fn target(tx: &mut Tx, team: TeamId, row: &ImportRow) -> Result<Option<SetRow>> {
    let known = store::sets::lock_by_slug(tx, team, &row.facts.slug)?;
    let now = known.as_ref().map(|known| stamp(tx, team, known)).transpose()?;
    if now == row.facts.stamp {
        return Ok(known);
    }
    let detail = match (&known, &row.facts.stamp) {
        (Some(_), None) => "A set of this short name was made since the file was checked. Nothing was imported; bring the file again.",
        _ => "The draft has changed since the file was checked. Nothing was imported; bring it again to see what it would do now.",
    };
    Err(Error::conflict("draft-changed", detail))
}

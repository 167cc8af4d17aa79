//! An import carried out: everything or nothing, in one transaction.

use super::plan::{ReadFile, target, work};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, TeamId};
use crate::question_sets::draft::QuestionDraft;
use crate::question_sets::exchange::{Brought, ImportId, NewFile, Slot, Work, read};
use crate::question_sets::model::{QuestionId, QuestionSetId};
use crate::question_sets::store::imports::ImportRow;
use crate::question_sets::store::sets::{NewSet, SetRow};
use crate::question_sets::store::{self};

/// How many questions are written between two looks at whether to go on.
const PART: usize = 500;

const CANCELLED: &str = "import-cancelled";

/// The job. How far it is, is told besides; that it is done, is told by the transaction that did it.
pub fn run_import(tx: &mut Tx, team: TeamId, id: ImportId) -> Result<()> {
    let Some(row) = store::imports::find(tx, team, id)? else { return Ok(()) };
    let facts = &row.facts;
    if facts.cancelled_at.is_some() || facts.finished_at.is_some() || facts.failed_at.is_some() {
        return Ok(());
    }
    match tx.attempt(|tx| carry_out(tx, team, &row)) {
        Err(Error::Conflict { code: CANCELLED, .. }) => Ok(()),
        Err(Error::Conflict { detail, .. }) => store::imports::fail(tx, team, id, &detail),
        done => done,
    }
}

fn carry_out(tx: &mut Tx, team: TeamId, row: &ImportRow) -> Result<()> {
    let id = row.facts.id;
    let brought = kept_file(tx, team, row)?;
    let known = target(tx, team, row)?;
    let by = Author { account: row.facts.confirmed_by, name: &row.facts.name };
    let set = bring(tx, team, &by, known.as_ref(), &brought, &mut |tx, done| {
        if store::imports::is_cancelled(tx, team, id)? {
            return Err(cancelled());
        }
        tx.meanwhile(|tx| store::imports::note_progress(tx, team, id, done as i32));
        Ok(())
    })?;
    if store::imports::finish(tx, team, id, set)? { Ok(()) } else { Err(cancelled()) }
}

fn cancelled() -> Error {
    Error::conflict(CANCELLED, "This import was cancelled.")
}

/// The file that was brought, read again.
fn kept_file(tx: &mut Tx, team: TeamId, row: &ImportRow) -> Result<Brought> {
    let gone = || Error::conflict("import-gone", "The file is not kept any more. Bring it again.");
    let content = store::imports::content(tx, team, row.facts.id)?.ok_or_else(gone)?;
    let (kind, name, slug) = (row.facts.kind, row.facts.file_name.clone(), Some(row.facts.slug.clone()));
    read(&NewFile { kind, name, content: content.into(), slug }).map_err(|_| gone())
}

/// Carries out what was read, in this transaction and for nobody in particular: the command line.
pub fn import_at_once(tx: &mut Tx, team: TeamId, name: &str, file: &ReadFile) -> Result<QuestionSetId> {
    let refused = |_| Error::conflict("import-refused", "Some things in the file are not right.");
    let brought = file.read.as_ref().map_err(refused)?;
    let known = store::sets::lock_by_slug(tx, team, &brought.slug)?;
    bring(tx, team, &Author { account: None, name }, known.as_ref(), brought, &mut |_, _| Ok(()))
}

/// Who imports, and what a new set would be called.
struct Author<'a> {
    account: Option<AccountId>,
    name: &'a str,
}

/// Is told how many questions are written, and may end it.
type Goes<'g> = &'g mut dyn FnMut(&mut Tx, usize) -> Result<()>;

fn bring(tx: &mut Tx, team: TeamId, by: &Author, known: Option<&SetRow>, brought: &Brought, goes: Goes) -> Result<QuestionSetId> {
    goes(tx, 0)?;
    let work = work(tx, team, known, brought)?;
    let set = match known {
        Some(row) => row.id,
        None => new_set(tx, team, by, brought)?,
    };
    let ids = write(tx, team, (set, by.account), &work, goes)?;
    if work.plan.added > 0 || work.plan.reordered {
        let order: Vec<QuestionId> = work.order.iter().map(|slot| placed(*slot, &ids)).collect();
        store::drafts::order(tx, team, set, &order)?;
    }
    match brought.head.as_ref().filter(|_| !work.plan.head.is_empty()) {
        Some(head) => store::sets::update_head(tx, team, set, (&head.name, &head.description, head.rubric.as_deref()))?,
        None if work.plan.changes_nothing() => {}
        None => store::sets::touch(tx, team, set)?,
    }
    Ok(set)
}

fn placed(slot: Slot, ids: &[QuestionId]) -> QuestionId {
    match slot {
        Slot::Known(id) => id,
        Slot::New(place) => ids[place],
    }
}

fn new_set(tx: &mut Tx, team: TeamId, by: &Author, brought: &Brought) -> Result<QuestionSetId> {
    let (id, head): (QuestionSetId, _) = (tx.new_id(), brought.head.as_ref());
    let (description, rubric) = head.map_or(("", None), |head| (head.description.as_str(), head.rubric.as_deref()));
    let new = NewSet { id, slug: &brought.slug, name: by.name, description, rubric, copied_from: None, by: by.account };
    store::sets::insert(tx, team, &new)?;
    Ok(id)
}

/// Writes part by part, and gives the ids of what was added, in order.
fn write(tx: &mut Tx, team: TeamId, (set, by): (QuestionSetId, Option<AccountId>), work: &Work, goes: Goes) -> Result<Vec<QuestionId>> {
    let (mut done, mut ids) = (0, Vec::with_capacity(work.added.len()));
    for some in work.changed.chunks(PART) {
        store::drafts::replace(tx, team, set, some, by)?;
        done += some.len();
        goes(tx, done)?;
    }
    let last = store::drafts::last_position(tx, team, set)?;
    for some in work.added.chunks(PART) {
        let rows: Vec<(QuestionId, QuestionDraft)> = some.iter().map(|question| (tx.new_id(), question.clone())).collect();
        store::drafts::insert(tx, team, set, last + ids.len() as i32, &rows, by)?;
        ids.extend(rows.iter().map(|(id, _)| *id));
        done += some.len();
        goes(tx, done)?;
    }
    Ok(ids)
}

/// A week is over.
pub fn forget_import(tx: &mut Tx, team: TeamId, id: ImportId) -> Result<()> {
    store::imports::delete(tx, team, id)
}

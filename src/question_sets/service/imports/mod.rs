//! A file read into a draft: first only what it would do, then, confirmed, all of it or nothing. It touches the draft of
//! one set, a new or a known one, and nothing that was published.

mod plan;
mod run;

use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor};
use crate::question_sets::exchange::{ImportId, ImportView};
use crate::question_sets::jobs::{ForgetImport, RunImport};
use crate::question_sets::store::imports::{ImportRow, NewImport};
use crate::question_sets::store::{self};
use crate::web::api::List;
use crate::web::paging::Slice;

pub use plan::{Planned, ReadFile, plan_import, read_file};
pub use run::{forget_import, import_at_once, run_import};

/// How long a file that was brought is remembered.
const KEPT: chrono::TimeDelta = chrono::TimeDelta::days(7);
/// How many files of a team may wait to be confirmed; the oldest make room.
const MOST_WAITING: i64 = 20;

/// Whether this reader may bring files at all: asked before one is read.
pub fn may_import(_: &mut Tx, actor: &Actor) -> Result<()> {
    policy::allow(&actor.standing(), Act::EditLibrary)
}

/// The dry run: what the file would do to the draft as it is now. Nothing is changed.
pub fn create_import(tx: &mut Tx, actor: &Actor, read: &ReadFile) -> Result<ImportView> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let (team, id): (_, ImportId) = (actor.team_id()?, tx.new_id());
    let planned = plan_import(tx, team, read)?;
    let new = NewImport {
        id,
        by: actor.account_or_none(),
        file_name: &file_name(&read.file.name),
        kind: read.file.kind,
        slug: &planned.slug,
        name: &planned.name,
        // With what is wrong nothing can be done later.
        content: planned.mistakes.is_empty().then_some(&read.file.content),
        plan: &planned.plan,
        mistakes: &planned.mistakes,
        set: planned.set,
        stamp: planned.stamp.as_deref(),
    };
    store::imports::insert(tx, team, &new)?;
    store::imports::delete_waiting_beyond(tx, team, MOST_WAITING)?;
    tx.enqueue_at(&ForgetImport { team_id: team, import_id: id }, Some(team.0), tx.now + KEPT)?;
    show_import(tx, actor, id)
}

/// As far as it can be shown.
fn file_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|letter| !letter.is_control()).take(120).collect()
}

pub fn show_import(tx: &mut Tx, actor: &Actor, id: ImportId) -> Result<ImportView> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    Ok(view(store::imports::find(tx, team, id)?.ok_or(Error::NotFound)?))
}

/// One page of the imports of the last week, the newest first.
pub fn list_imports(tx: &mut Tx, actor: &Actor, slice: &Slice<ImportId>) -> Result<List<ImportView>> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let rows = store::imports::list(tx, actor.team_id()?, slice)?;
    slice.list(rows.into_iter().map(view).collect(), |import| import.id)
}

fn view(row: ImportRow) -> ImportView {
    let state = row.state();
    let ImportRow { facts, plan, mistakes, created_by } = row;
    ImportView {
        id: facts.id,
        state,
        file_name: facts.file_name,
        kind: facts.kind,
        slug: facts.slug,
        name: facts.name,
        new_set: facts.stamp.is_none(),
        question_set_id: facts.set_id,
        plan,
        mistakes_total: mistakes.total(),
        mistakes: mistakes.iter().cloned().collect(),
        total: facts.total,
        done: facts.done,
        created_at: facts.created_at,
        created_by,
        confirmed_at: facts.confirmed_at,
        finished_at: facts.finished_at,
        cancelled_at: facts.cancelled_at,
        failure: facts.failure,
    }
}

/// Carries it out, as soon as a worker is free. A draft that is another by now is left alone.
pub fn confirm_import(tx: &mut Tx, actor: &Actor, id: ImportId) -> Result<ImportView> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    let row = store::imports::find(tx, team, id)?.ok_or(Error::NotFound)?;
    if !row.mistakes.is_empty() {
        return Err(Error::conflict("import-refused", "Some things in the file are not right. Mend them and bring the file again."));
    }
    if row.facts.cancelled_at.is_some() {
        return Err(Error::conflict("import-cancelled", "This import was cancelled. Bring the file again."));
    }
    if store::imports::confirm(tx, team, id, actor.account()?)? {
        plan::target(tx, team, &row)?;
        tx.enqueue(&RunImport { team_id: team, import_id: id }, Some(team.0))?;
    }
    show_import(tx, actor, id)
}

/// Stops it, also while it runs: then all that it wrote is taken back.
pub fn cancel_import(tx: &mut Tx, actor: &Actor, id: ImportId) -> Result<ImportView> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    let cancelled = store::imports::cancel(tx, team, id, actor.account()?)?;
    let row = store::imports::find(tx, team, id)?.ok_or(Error::NotFound)?;
    if !cancelled && row.facts.cancelled_at.is_none() {
        return Err(Error::conflict("import-over", "This import is over. What it wrote is in the draft, where it can be changed."));
    }
    Ok(view(row))
}

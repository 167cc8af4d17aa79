//! A copy and the set it was copied from: what changed there, taken over question by question.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::super::difference::{ComparedVersion, Side, words_until};
use super::super::draft::QuestionDraft;
use super::super::file::MOST_QUESTIONS;
use super::super::model::{QuestionId, QuestionSetId, QuestionSetVersion, QuestionSetVersionId};
use super::super::store::{self, drafts::DraftRow, sets::SetRow};
use super::super::upstream::{self, Change, OurQuestion, Ours, Upstream, UpstreamVersion, changes};
use super::{edits, load, newest_each, version, versions_of};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, TeamId};
use crate::web::paging::Slice;

/// What changed there since the copy, next to the draft. A set that is no copy has no such thing.
pub fn upstream(tx: &mut Tx, actor: &Actor, set: QuestionSetId, slice: &Slice<usize>) -> Result<Upstream> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    let row = store::sets::find(tx, team, set)?.ok_or(Error::NotFound)?;
    let copy = Copy::of(tx, actor, &row, None)?;
    let (origin, newest) = copy.sides();
    let ours = by_key(store::drafts::all(tx, team, set)?);
    copy.view(&changes(&origin, &newest, &ours), slice)
}

/// Takes one question over as it is in the version that was read, if the draft's question is still at `expected`;
/// what was removed there is taken out.
pub fn take_upstream(
    tx: &mut Tx,
    actor: &Actor,
    (set, key): (QuestionSetId, &str),
    expected: i32,
    read: &UpstreamVersion,
) -> Result<Upstream> {
    take(tx, actor, set, read, |changes| {
        let change = changes.iter().find(|change| change.key() == key).ok_or(Error::NotFound)?;
        if change.version() != expected {
            return Err(Error::Stale { current: serde_json::to_value(change.view(words_until()))? });
        }
        Ok(vec![change])
    })
}

/// Takes over all that changed there and was not touched here.
pub fn take_all_upstream(tx: &mut Tx, actor: &Actor, set: QuestionSetId, read: &UpstreamVersion) -> Result<Upstream> {
    take(tx, actor, set, read, |changes| Ok(changes.iter().filter(|change| change.state == Ours::AsCopied).collect()))
}

/// Everything up to this version was looked at: from now on only what changes after it is told.
pub fn compared_upstream(tx: &mut Tx, actor: &Actor, set: QuestionSetId, read: &UpstreamVersion) -> Result<Upstream> {
    let (team, row) = locked(tx, actor, set)?;
    let copy = Copy::of(tx, actor, &row, Some(read.version_id))?;
    let (origin, newest) = copy.sides();
    let ours = by_key(store::drafts::all(tx, team, set)?);
    note_keys(tx, team, set, &changes(&origin, &newest, &ours).iter().collect::<Vec<_>>())?;
    store::sets::set_copied_from(tx, team, set, read.version_id)?;
    upstream(tx, actor, set, &Slice::first())
}

/// How many questions changed upstream and are not the same here, for each set where there are any; for who writes
/// sets. The number of queries does not grow with the sets.
pub fn upstream_news(tx: &mut Tx, actor: &Actor) -> Result<HashMap<QuestionSetId, usize>> {
    if !edits(actor) {
        return Ok(HashMap::new());
    }
    let team = actor.team_id()?;
    let rows: Vec<(QuestionSetId, QuestionSetVersionId)> =
        store::sets::list(tx, team)?.iter().filter_map(|row| Some((row.id, row.copied_from?))).collect();
    let origins: HashMap<_, _> =
        load(tx, &rows.iter().map(|(_, origin)| *origin).collect::<Vec<_>>())?.into_iter().map(|origin| (origin.id, origin)).collect();
    let newest: HashMap<_, _> = newest_each(tx, actor)?.into_iter().map(|newest| (newest.set, newest)).collect();
    let copies: Vec<(QuestionSetId, Side, Side)> = rows
        .iter()
        .filter_map(|(set, origin)| {
            let origin = origins.get(origin)?;
            let newest = newest.get(&origin.set).filter(|newest| newest.number > origin.number)?;
            Some((*set, Side::of(origin), Side::of(newest)))
        })
        .collect();
    counted(tx, team, &copies)
}

fn counted(tx: &mut Tx, team: TeamId, copies: &[(QuestionSetId, Side, Side)]) -> Result<HashMap<QuestionSetId, usize>> {
    let nothing = HashMap::new();
    let keys = |(set, origin, newest): &(QuestionSetId, Side, Side)| {
        let keys: BTreeSet<String> = changes(origin, newest, &nothing)
            .iter()
            .flat_map(|change| [change.old, change.new].into_iter().flatten().map(|question| question.key.clone()))
            .collect();
        keys.into_iter().map(|key| (*set, key)).collect::<Vec<_>>()
    };
    let wanted: Vec<_> = copies.iter().flat_map(keys).collect();
    let mut rows: HashMap<QuestionSetId, Vec<DraftRow>> = HashMap::new();
    for (set, row) in if wanted.is_empty() { Vec::new() } else { store::drafts::by_keys(tx, team, &wanted)? } {
        rows.entry(set).or_default().push(row);
    }
    let open = |(set, origin, newest): &(QuestionSetId, Side, Side)| {
        let ours = by_key(rows.remove(set).unwrap_or_default());
        (*set, changes(origin, newest, &ours).iter().filter(|change| change.state != Ours::Same).count())
    };
    Ok(copies.iter().map(open).filter(|(_, open)| *open > 0).collect())
}

/// The version a set began as a copy of, and one of the same set that is compared with it.
struct Copy {
    origin: Arc<QuestionSetVersion>,
    newest: Arc<QuestionSetVersion>,
}

impl Copy {
    /// With `read` that version instead of the newest.
    fn of(tx: &mut Tx, actor: &Actor, row: &SetRow, read: Option<QuestionSetVersionId>) -> Result<Self> {
        let origin = version(tx, row.copied_from.ok_or(Error::NotFound)?)?;
        let mut versions = versions_of(tx, actor, origin.set)?;
        let newest = match read {
            None => versions.drain(..).next(),
            Some(read) => {
                let found = versions.into_iter().find(|version| version.id == read && version.number >= origin.number);
                Some(found.ok_or(Error::invalid("version_id", "Choose a later version of the set that this one was copied from."))?)
            }
        };
        Ok(Copy { newest: newest.unwrap_or_else(|| Arc::clone(&origin)), origin })
    }

    fn sides(&self) -> (Side, Side) {
        (Side::of(&self.origin), Side::of(&self.newest))
    }

    fn view(&self, changes: &[Change], slice: &Slice<usize>) -> Result<Upstream> {
        let count = |state: Ours| changes.iter().filter(|change| change.state == state).count();
        let until = words_until();
        let begin = slice.after.map_or(0, |after| after.saturating_add(1));
        let open = changes.iter().enumerate().skip(begin).filter(|(_, change)| change.state != Ours::Same);
        let rows = open.take(slice.rows() as usize).map(|(place, change)| (place, change.view(until))).collect();
        let page = slice.list(rows, |(place, _)| *place)?;
        Ok(Upstream {
            copied_from: ComparedVersion::of(&self.origin),
            newest: ComparedVersion::of(&self.newest),
            open: changes.len() - count(Ours::Same),
            untouched: count(Ours::AsCopied),
            same: count(Ours::Same),
            questions: page.items.into_iter().map(|(_, question)| question).collect(),
            next_cursor: page.next_cursor,
        })
    }
}

fn by_key(rows: Vec<DraftRow>) -> HashMap<String, OurQuestion> {
    let ours = |row: DraftRow| (OurQuestion { id: row.id, version: row.version, question: row.question }, row.copied_key);
    upstream::by_key(rows.into_iter().map(ours))
}

fn locked(tx: &mut Tx, actor: &Actor, set: QuestionSetId) -> Result<(TeamId, SetRow)> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    let team = actor.team_id()?;
    Ok((team, store::sets::lock(tx, team, set)?))
}

/// Takes over what `choose` chooses. When nothing is left to look at, the set counts as compared.
fn take(
    tx: &mut Tx,
    actor: &Actor,
    set: QuestionSetId,
    read: &UpstreamVersion,
    choose: impl for<'c> Fn(&'c [Change<'c>]) -> Result<Vec<&'c Change<'c>>>,
) -> Result<Upstream> {
    let (team, row) = locked(tx, actor, set)?;
    let copy = Copy::of(tx, actor, &row, Some(read.version_id))?;
    let (origin, newest) = copy.sides();
    let rows = store::drafts::all(tx, team, set)?;
    let key_there = |row: &DraftRow| row.copied_key.clone().unwrap_or_else(|| row.question.key.clone());
    let order: Vec<(QuestionId, String)> = rows.iter().map(|row| (row.id, key_there(row))).collect();
    let ours = by_key(rows);
    let changes = changes(&origin, &newest, &ours);
    let chosen = choose(&changes)?;
    let left = changes.iter().filter(|change| change.state != Ours::Same).count();
    let taken = chosen.iter().filter(|change| change.state != Ours::Same).count();
    apply(tx, actor, &row, &chosen, (order, &newest))?;
    note_keys(tx, team, set, &chosen)?;
    if taken == left {
        note_keys(tx, team, set, &changes.iter().collect::<Vec<_>>())?;
        store::sets::set_copied_from(tx, team, set, read.version_id)?;
    }
    upstream(tx, actor, set, &Slice::first())
}

/// By which keys the questions go there from now on; one may have got another there.
fn note_keys(tx: &mut Tx, team: TeamId, set: QuestionSetId, changes: &[&Change]) -> Result<()> {
    let keys = changes.iter().filter_map(|change| Some((change.ours?.id, change.new?.key.clone())));
    store::drafts::note_copied(tx, team, set, &keys.collect::<Vec<_>>())
}

fn apply(tx: &mut Tx, actor: &Actor, row: &SetRow, chosen: &[&Change], (order, newest): (Vec<(QuestionId, String)>, &Side)) -> Result<()> {
    let (team, by) = (actor.team_id()?, actor.account_or_none());
    let (mut replaced, mut added, mut removed) =
        (Vec::<(QuestionId, QuestionDraft)>::new(), Vec::<(QuestionId, QuestionDraft)>::new(), Vec::new());
    for change in chosen.iter().filter(|change| change.state != Ours::Same) {
        match (change.taken(), change.ours) {
            (Some(taken), Some(ours)) => replaced.push((ours.id, taken)),
            (Some(taken), None) => added.push((tx.new_id(), taken)),
            (None, Some(ours)) => removed.push(ours.id),
            (None, None) => {}
        }
    }
    if order.len() + added.len() - removed.len() > MOST_QUESTIONS {
        return Err(Error::conflict("set-full", format!("A set has at most {MOST_QUESTIONS} questions.")));
    }
    if !replaced.is_empty() {
        store::drafts::replace(tx, team, row.id, &replaced, by)?;
        store::sets::changed(tx, team, row.id)?;
    }
    if !removed.is_empty() {
        store::drafts::delete(tx, team, row.id, &removed)?;
    }
    if !added.is_empty() {
        let last = store::drafts::last_position(tx, team, row.id)?;
        store::drafts::insert(tx, team, row.id, last, &added, by)?;
        let keys: Vec<_> = added.iter().map(|(id, question)| (*id, question.key.clone())).collect();
        store::drafts::note_copied(tx, team, row.id, &keys)?;
        let order = order.into_iter().filter(|(id, _)| !removed.contains(id)).collect();
        store::drafts::order(tx, team, row.id, &placed(order, &added, newest))?;
    }
    if !added.is_empty() || !removed.is_empty() {
        store::sets::touch(tx, team, row.id)?;
    }
    Ok(())
}

/// The draft's order with each new question behind the one that stands before it there.
fn placed(mut order: Vec<(QuestionId, String)>, added: &[(QuestionId, QuestionDraft)], newest: &Side) -> Vec<QuestionId> {
    for (id, question) in added {
        let there = newest.questions.iter().position(|(_, other)| other.key == question.key).unwrap_or_default();
        let before = newest.questions[..there].iter().rev();
        let behind = before.filter_map(|(_, other)| order.iter().position(|(_, key)| *key == other.key)).next();
        order.insert(behind.map_or(0, |place| place + 1), (*id, question.key.clone()));
    }
    order.into_iter().map(|(id, _)| id).collect()
}

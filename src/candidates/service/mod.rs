//! What can be done with candidate records.

mod claims;
mod resumes;

pub use super::store::{erase_person, names_of};
pub use claims::*;
pub use resumes::*;

use super::model::{CandidateId, CandidateView, LinkedAccount, NO_SUCH_MEMBER, NewCandidate, Place};
use super::store::{self, Same};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, Mode};
use crate::web::api::List;
use crate::web::paging::Slice;

/// One page of the records by name; `search` is a part of a name, or empty.
pub fn list(tx: &mut Tx, actor: &Actor, search: &str, slice: &Slice<Place>) -> Result<List<CandidateView>> {
    policy::allow(&actor.standing(), Act::ReadCandidates)?;
    let rows = store::list(tx, actor.team_id()?, search.trim(), (slice.after.as_ref(), slice.rows()))?;
    let page = slice.list(rows, |(place, _)| place.clone())?;
    Ok(List { items: page.items.into_iter().map(|(_, candidate)| candidate).collect(), next_cursor: page.next_cursor })
}

/// Up to `rows` records in whose name this is, after a place.
pub fn find_by_name(tx: &mut Tx, actor: &Actor, name: &str, after: Option<Place>, rows: i64) -> Result<Vec<(Place, CandidateView)>> {
    policy::allow(&actor.standing(), Act::ReadCandidates)?;
    store::list(tx, actor.team_id()?, name, (after.as_ref(), rows))
}

/// Whether this reader sees the records.
pub fn reads(actor: &Actor) -> bool {
    policy::may(&actor.standing(), Act::ReadCandidates)
}

pub fn find(tx: &mut Tx, actor: &Actor, id: CandidateId) -> Result<CandidateView> {
    policy::allow(&actor.standing(), Act::ReadCandidates)?;
    store::find(tx, actor.team_id()?, id)?.ok_or(Error::NotFound)
}

pub fn create(tx: &mut Tx, actor: &Actor, new: NewCandidate) -> Result<CandidateView> {
    policy::allow(&actor.standing(), Act::ManageCandidates)?;
    check(tx, actor, &new, None)?;
    let (team, id) = (actor.team_id()?, tx.new_id());
    store::insert(tx, team, id, &new, actor.account_or_none())?;
    store::find(tx, team, id)?.ok_or(Error::NotFound)
}

/// Replaces what the record holds, if it is still at `version`.
pub fn update(tx: &mut Tx, actor: &Actor, id: CandidateId, version: i32, new: NewCandidate) -> Result<CandidateView> {
    policy::allow(&actor.standing(), Act::ManageCandidates)?;
    let team = actor.team_id()?;
    if store::lock(tx, team, id)?.ok_or(Error::NotFound)? != version {
        let current = store::find(tx, team, id)?.ok_or(Error::NotFound)?;
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    check(tx, actor, &new, Some(id))?;
    store::update(tx, team, id, &new)?;
    store::find(tx, team, id)?.ok_or(Error::NotFound)
}

/// Whether this reader makes and changes records.
pub fn manages(actor: &Actor) -> bool {
    policy::may(&actor.standing(), Act::ManageCandidates)
}

/// The record, other than `own`, that has this address or this account already.
pub fn same(tx: &mut Tx, actor: &Actor, new: &NewCandidate, own: Option<CandidateId>) -> Result<Option<(CandidateId, String)>> {
    policy::allow(&actor.standing(), Act::ManageCandidates)?;
    let found = store::find_same(tx, actor.team_id()?, new, own)?;
    Ok(found.map(|(id, name, _)| (id, name)))
}

/// The members whose own account a record may be linked to.
pub fn linkable(tx: &mut Tx, actor: &Actor) -> Result<Vec<LinkedAccount>> {
    policy::allow(&actor.standing(), Act::ManageCandidates)?;
    offered(tx, actor)
}

fn offered(tx: &mut Tx, actor: &Actor) -> Result<Vec<LinkedAccount>> {
    let team = actor.team()?;
    store::linkable(tx, team.id, team.mode == Mode::Mock)
}

/// The account may be linked, and address and account stand in no other record.
fn check(tx: &mut Tx, actor: &Actor, new: &NewCandidate, own: Option<CandidateId>) -> Result<()> {
    if let Some(account) = new.account
        && !offered(tx, actor)?.iter().any(|member| member.id == account)
    {
        return Err(Error::invalid("account_id", NO_SUCH_MEMBER));
    }
    check_no_seat(tx, actor, new, own)?;
    match store::find_same(tx, actor.team_id()?, new, own)? {
        None => Ok(()),
        Some((_, name, same)) => {
            let what = match same {
                Same::Email => "this address",
                Same::Account => "this account",
            };
            let detail = format!("The record of {name} has {what} already. Use that record, or leave it away here.");
            Err(Error::Conflict { code: "candidate-exists", detail })
        }
    }
}

/// Nobody is on the panel of their own interview: they would lose what they may see, or see what they may not.
fn check_no_seat(tx: &mut Tx, actor: &Actor, new: &NewCandidate, own: Option<CandidateId>) -> Result<()> {
    let (Some(account), Some(id)) = (new.account, own) else { return Ok(()) };
    if store::sits_in_panel_of(tx, actor.team_id()?, id, account)? {
        return Err(Error::invalid(
            "account_id",
            "This person sits on the panel of an interview with this candidate. Take them off the panel first, or link another account.",
        ));
    }
    Ok(())
}

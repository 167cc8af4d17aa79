//! What can be shown.

use super::super::model::{MOST_PROOFS, NewProof, Proof, ProofId, placed};
use super::super::store::proofs as store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::web::api::List;

/// All of one's own, in their order.
pub fn proofs(tx: &mut Tx, actor: &Actor) -> Result<List<Proof>> {
    Ok(List { items: store::list(tx, actor.account()?)?, next_cursor: None })
}

pub fn proof(tx: &mut Tx, actor: &Actor, id: ProofId) -> Result<Proof> {
    store::find(tx, actor.account()?, id)?.ok_or(Error::NotFound)
}

/// Puts it last.
pub fn add_proof(tx: &mut Tx, actor: &Actor, new: &NewProof) -> Result<Proof> {
    let account = actor.account()?;
    if store::hold(tx, account)?.len() >= MOST_PROOFS {
        return Err(Error::conflict("proofs-full", format!("{MOST_PROOFS} are more than anybody opens. Remove one first.")));
    }
    store::insert(tx, account, new)
}

/// Says it anew, if it is still at `version`.
pub fn change_proof(tx: &mut Tx, actor: &Actor, id: ProofId, version: i32, new: &NewProof) -> Result<Proof> {
    let account = actor.account()?;
    let current = store::lock(tx, account, id)?.ok_or(Error::NotFound)?;
    if current.version != version {
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    store::update(tx, account, id, new)
}

/// Takes it to a place; the others keep their order.
pub fn place_proof(tx: &mut Tx, actor: &Actor, id: ProofId, place: u16) -> Result<List<Proof>> {
    let account = actor.account()?;
    let order = placed(&store::hold(tx, account)?, id, usize::from(place)).ok_or(Error::NotFound)?;
    store::order(tx, account, &order)?;
    proofs(tx, actor)
}

pub fn remove_proof(tx: &mut Tx, actor: &Actor, id: ProofId) -> Result<()> {
    if store::delete(tx, actor.account()?, id)? == 0 { Err(Error::NotFound) } else { Ok(()) }
}

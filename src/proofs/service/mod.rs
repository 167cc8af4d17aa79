//! What can be done with both lists. Everything here is its account's own.

mod proofs;
mod questions;

pub use proofs::*;
pub use questions::*;

use super::model::{OwnQuestion, Proof};
use super::store;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, Actor};

/// Both lists of who reads, for a page of a team that shows them to nobody else; none for who has no account.
pub fn beside(tx: &mut Tx, actor: &Actor) -> Result<Option<(Vec<Proof>, Vec<OwnQuestion>)>> {
    let Some(account) = actor.account_or_none() else { return Ok(None) };
    Ok(Some((store::proofs::list(tx, account)?, store::questions::list(tx, account)?)))
}

/// All that is one's own, through the account's door.
pub fn erase(tx: &mut Tx, account: AccountId) -> Result<()> {
    store::proofs::erase(tx, account)?;
    store::questions::erase(tx, account)
}

//! What is a person's own, of the account and in each of their teams.

use super::sign_ins::current;
use crate::accounts::model::OwnAccount;
use crate::accounts::store;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, TeamId};

/// All that the account itself holds.
pub fn own_data(tx: &mut Tx, actor: &Actor) -> Result<OwnAccount> {
    store::own_data(tx, actor.account()?)
}

/// The same person in one of their teams, through its door: for what is gathered over all of them in one transaction.
pub fn actor_in(tx: &mut Tx, actor: &Actor, team: TeamId) -> Result<Actor> {
    let (account, sign_in) = current(actor)?;
    tx.enter(team.0, Some(account.0))?;
    let (_, team) = store::find_visitor(tx, sign_in, Some(team))?.ok_or(Error::Unauthenticated)?;
    Ok(Actor { person: actor.person.clone(), team: Some(team.ok_or(Error::NotFound)?) })
}

/// Deletes what the account holds; the row that stays names nobody. Its teams are to be left before.
pub fn erase(tx: &mut Tx, actor: &Actor) -> Result<()> {
    let account = actor.account()?;
    tx.enter_account(account.0)?;
    store::erase(tx, account)
}

//! What can be done with teams.

use super::model::{MeView, NewTeam};
use super::store;
use crate::accounts::{self, AccountView, NewAccount};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, Actor, Mode, Person, Role, TeamId};

/// One's account and teams.
pub fn me(tx: &mut Tx, actor: &Actor) -> Result<MeView> {
    let Person::Account { id, name, email, time_zone, .. } = &actor.person else { return Err(Error::Unauthenticated) };
    let account = AccountView { id: *id, name: name.clone(), email: email.clone(), time_zone: *time_zone };
    Ok(MeView { account, teams: store::teams_of(tx, *id)? })
}

/// Makes an account and the personal team that belongs to it.
pub fn register(tx: &mut Tx, new: &NewAccount, operator: bool) -> Result<AccountId> {
    let account = accounts::create_account(tx, new, operator)?;
    let personal = NewTeam { name: format!("{} (personal)", new.name), mode: Mode::Mock, personal: true, time_zone: new.time_zone };
    create(tx, &personal, account)?;
    Ok(account)
}

/// Makes a team with its first owner.
pub fn create(tx: &mut Tx, new: &NewTeam, owner: AccountId) -> Result<TeamId> {
    let id = tx.new_id::<TeamId>();
    tx.enter(id.0, Some(owner.0))?;
    store::insert_team(tx, id, new)?;
    store::insert_membership(tx, id, owner, Role::Owner)?;
    Ok(id)
}

/// Puts an account into the team of this transaction's door, as the command line and invitations do.
pub fn add_member(tx: &mut Tx, team: TeamId, account: AccountId, role: Role) -> Result<()> {
    store::insert_membership(tx, team, account, role)
}

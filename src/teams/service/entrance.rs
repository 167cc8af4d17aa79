//! The ways in: the first owner's set-up, and links.

use crate::accounts::{self, NewAccount};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::token;
use crate::policy::{AccountId, Actor, Person, TeamId};
use crate::teams::model::{Invitation, InvitationOpened, InvitationState, NewTeam};
use crate::teams::store;

/// Makes the first owner, who is the operator, and the first team. The page is dead afterwards.
pub fn set_up(tx: &mut Tx, token: &str, owner: &NewAccount, team: &NewTeam) -> Result<(AccountId, TeamId)> {
    accounts::use_set_up(tx, token)?;
    let account = super::register(tx, owner, true)?;
    Ok((account, super::create(tx, team, account)?))
}

/// What a link invites to, for whoever holds it. Nothing is used up.
pub fn open_invitation(tx: &mut Tx, actor: &Actor, token: &str) -> Result<InvitationOpened> {
    let (_, invitation, team, inviter) = enter(tx, actor.account_or_none(), token)?;
    let you = match &actor.person {
        Person::Account { name, .. } => Some(name.clone()),
        _ => None,
    };
    let Invitation { role, email, expires_at, .. } = invitation;
    Ok(InvitationOpened { team, role, invited_by: inviter, email, expires_at, you })
}

/// Joins with the account one is signed in to.
pub fn join(tx: &mut Tx, actor: &Actor, token: &str) -> Result<TeamId> {
    accept(tx, actor.account()?, token)
}

/// Makes an account and joins with it.
pub fn join_as_new(tx: &mut Tx, token: &str, new: &NewAccount) -> Result<(AccountId, TeamId)> {
    // Refused before an account is made, so that a link that is over says so.
    enter(tx, None, token)?;
    let account = super::register(tx, new, false)?;
    Ok((account, accept(tx, account, token)?))
}

fn accept(tx: &mut Tx, account: AccountId, token: &str) -> Result<TeamId> {
    let (team, invitation, ..) = enter(tx, Some(account), token)?;
    if !store::accept_invitation(tx, team, invitation.id, account)? {
        return Err(over(InvitationState::Accepted));
    }
    store::insert_membership(tx, team, account, invitation.role)?;
    Ok(team)
}

/// Finds the team of an open link and enters it.
fn enter(tx: &mut Tx, account: Option<AccountId>, token: &str) -> Result<(TeamId, Invitation, String, String)> {
    let (team, id) = store::find_link(tx, &token::hash(token))?.ok_or(Error::NotFound)?;
    tx.enter(team.0, account.map(|account| account.0))?;
    let (invitation, name, inviter) = store::find_invitation(tx, team, id)?.ok_or(Error::NotFound)?;
    match invitation.state(tx.now) {
        InvitationState::Open => Ok((team, invitation, name, inviter)),
        state => Err(over(state)),
    }
}

fn over(state: InvitationState) -> Error {
    Error::Gone(match state {
        InvitationState::Revoked => "This invitation was taken back.",
        InvitationState::Expired => "This invitation has run out.",
        InvitationState::Accepted | InvitationState::Open => "This invitation was used already.",
    })
}

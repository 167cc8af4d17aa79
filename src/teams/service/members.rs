//! Who is in the team, and what they are. A shared team keeps at least one owner.

use super::check_shared;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, Act, Actor, Role, TeamId, allow};
use crate::teams::model::MemberView;
use crate::teams::store::{self, MemberPlace};
use crate::web::api::List;
use crate::web::paging::Slice;

/// By name. Addresses are for owners and leads.
pub fn members(tx: &mut Tx, actor: &Actor, slice: &Slice<MemberPlace>) -> Result<List<MemberView>> {
    allow(&actor.standing(), Act::ReadMembers)?;
    let rows = store::members(tx, actor.team_id()?, slice)?;
    let mut list = slice.list(rows, |member| (member.name.clone(), member.account_id))?;
    if !actor.leads() {
        list.items.iter_mut().for_each(|member| member.email = None);
    }
    Ok(list)
}

/// Gives a member another role. It holds from their next request on.
pub fn change_role(tx: &mut Tx, actor: &Actor, account: AccountId, role: Role) -> Result<MemberView> {
    allow(&actor.standing(), Act::ManageMembers)?;
    let team = check_shared(actor)?;
    let member = lock_member(tx, team, account)?;
    if role != Role::Owner {
        stop_being_owner(tx, team, &member)?;
    }
    store::update_role(tx, team, account, role)?;
    Ok(MemberView { role, ..member })
}

/// Takes a member out of the team. What they wrote stays.
pub fn remove(tx: &mut Tx, actor: &Actor, account: AccountId) -> Result<()> {
    allow(&actor.standing(), Act::ManageMembers)?;
    end(tx, check_shared(actor)?, account)
}

/// Takes oneself out of the team.
pub fn leave(tx: &mut Tx, actor: &Actor) -> Result<()> {
    allow(&actor.standing(), Act::EnterTeam)?;
    end(tx, check_shared(actor)?, actor.account()?)
}

pub(super) fn end(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    let member = lock_member(tx, team, account)?;
    stop_being_owner(tx, team, &member)?;
    store::end_membership(tx, team, account)
}

/// Two owners who step down at once come one after the other, and the second sees that they are the last.
fn lock_member(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<MemberView> {
    store::lock_team(tx, team)?;
    store::find_member(tx, team, account)?.ok_or(Error::NotFound)
}

/// Whoever stops being an owner leaves no invitation behind by which they could come back as one.
fn stop_being_owner(tx: &mut Tx, team: TeamId, member: &MemberView) -> Result<()> {
    if member.role == Role::Owner && !store::has_other_owner(tx, team, member.account_id)? {
        return Err(Error::conflict("last-owner", "A team needs an owner. Make somebody else an owner first."));
    }
    store::revoke_invitations_by(tx, team, member.account_id)
}

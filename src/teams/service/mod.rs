//! What can be done with teams.

mod audit;
mod entrance;
mod invitations;
mod members;
mod outbox;
mod own_data;

use super::model::{MeView, NewTeam, Rights, TeamChange, TeamInput, TeamView};
use super::store;
use crate::accounts::{self, AccountView, NewAccount};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, Act, Actor, Mode, Person, Role, TeamId, allow, may};

pub use audit::audit;
pub use entrance::{join, join_as_new, open_invitation, set_up};
pub use invitations::{invitations, invite, revoke};
pub use members::{change_role, leave, members, remove};
pub use outbox::{MailPlace, outbox};
pub use own_data::{all_teams, erase, fate};
pub use store::{InvitationPlace, MemberPlace};

/// One's account and teams.
pub fn me(tx: &mut Tx, actor: &Actor) -> Result<MeView> {
    let Person::Account { id, name, email, time_zone, .. } = &actor.person else { return Err(Error::Unauthenticated) };
    let account = AccountView { id: *id, name: name.clone(), email: email.clone(), time_zone: *time_zone };
    Ok(MeView { account, teams: store::teams_of(tx, *id)? })
}

/// Makes an account and the personal team that belongs to it.
pub fn register(tx: &mut Tx, new: &NewAccount, operator: bool) -> Result<AccountId> {
    let account = accounts::create_account(tx, new, operator)?;
    let name = format!("{} (personal)", new.name.chars().take(100).collect::<String>());
    let personal = NewTeam { name, mode: Mode::Mock, personal: true, time_zone: new.time_zone };
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

/// What a team is called, for who works at the server itself; none where there is no such team.
pub fn name(tx: &mut Tx, id: TeamId) -> Result<Option<String>> {
    store::team_name(tx, id)
}

/// Makes another team, of which one is the owner.
pub fn found(tx: &mut Tx, actor: &Actor, input: &TeamInput) -> Result<TeamView> {
    let owner = actor.account()?;
    let new = input.parse()?;
    let id = create(tx, &new, owner)?;
    Ok(view(id, &new, Role::Owner))
}

/// The team of the address.
pub fn show(_: &mut Tx, actor: &Actor) -> Result<TeamView> {
    allow(&actor.standing(), Act::EnterTeam)?;
    let team = actor.team()?;
    let role = team.role.ok_or(Error::NotFound)?;
    Ok(TeamView { id: team.id, name: team.name.clone(), mode: team.mode, personal: team.personal, time_zone: team.time_zone, role })
}

/// The team, for who may change it.
pub fn settings(tx: &mut Tx, actor: &Actor) -> Result<TeamView> {
    allow(&actor.standing(), Act::ManageTeam)?;
    show(tx, actor)
}

/// What of the team this person may manage, for what a page offers them.
pub fn rights(actor: &Actor) -> Rights {
    let may = |act| may(&actor.standing(), act);
    let shared = actor.team.as_ref().is_some_and(|team| !team.personal);
    Rights {
        read_members: may(Act::ReadMembers),
        manage_members: may(Act::ManageMembers) && shared,
        invite: may(Act::Invite),
        manage_team: may(Act::ManageTeam),
        read_outbox: may(Act::ReadOutbox),
        read_audit: may(Act::ReadAudit),
    }
}

/// Changes the team's name, mode or zone.
pub fn update(tx: &mut Tx, actor: &Actor, change: &TeamChange) -> Result<TeamView> {
    allow(&actor.standing(), Act::ManageTeam)?;
    let team = actor.team()?;
    let changed = change.parse(team)?;
    store::update_team(tx, team.id, &changed)?;
    Ok(view(team.id, &changed, Role::Owner))
}

/// Puts an account into the team of this transaction's door, as the command line and invitations do.
pub fn add_member(tx: &mut Tx, team: TeamId, account: AccountId, role: Role) -> Result<()> {
    store::insert_membership(tx, team, account, role)
}

fn view(id: TeamId, team: &NewTeam, role: Role) -> TeamView {
    TeamView { id, name: team.name.clone(), mode: team.mode, personal: team.personal, time_zone: team.time_zone, role }
}

/// A personal team is its one owner's: nobody comes or goes.
fn check_shared(actor: &Actor) -> Result<TeamId> {
    let team = actor.team()?;
    if team.personal {
        return Err(Error::conflict("personal-team", "This is a personal team, for one person. Make another team to work with others."));
    }
    Ok(team.id)
}

//! Asking people in.

use serde_json::json;

use super::check_shared;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::mail::Letter;
use crate::platform::token::Token;
use crate::policy::{Act, Actor, Person, allow};
use crate::teams::model::{InvitationId, InvitationInput, InvitationState, InvitationView, with_article};
use crate::teams::store::{self, InvitationPlace};
use crate::web::api::List;
use crate::web::paging::Slice;
use crate::web::times::Moment;

/// Makes an invitation and gives its link's token, which is stored by its hash only.
pub fn invite(tx: &mut Tx, actor: &Actor, input: &InvitationInput) -> Result<(InvitationView, Token)> {
    allow(&actor.standing(), Act::Invite)?;
    let team = check_shared(actor)?;
    let new = input.parse()?;
    let Person::Account { id: inviter, name, .. } = &actor.person else { return Err(Error::Unauthenticated) };
    let (token, expires_at) = (Token::random(), tx.now + new.life);
    let id = store::insert_invitation(tx, team, *inviter, &new, token.hash())?;
    let invitation = InvitationView {
        id,
        role: new.role,
        email: new.email.clone(),
        invited_by: name.clone(),
        created_at: tx.now,
        expires_at,
        state: InvitationState::Open,
        accepted_by: None,
    };
    if let Some(address) = &new.email {
        tx.post(&letter(actor, &invitation, &token, address)?)?;
    }
    Ok((invitation, token))
}

fn letter(actor: &Actor, invitation: &InvitationView, token: &Token, address: &str) -> Result<Letter> {
    let team = actor.team()?;
    // Their own zone is not known yet: the team's.
    let until = Moment::of(invitation.expires_at, team.time_zone);
    let context = json!({
        "inviter": invitation.invited_by,
        "team": team.name,
        "role_words": with_article(invitation.role),
        "token": token.as_str(),
        "until": format!("{} ({} time)", until.text, until.zone),
    });
    Ok(Letter::new("invitation", address, address, context)?.of_team(team.id.0).with_secret(token))
}

/// Newest first, with what became of each.
pub fn invitations(tx: &mut Tx, actor: &Actor, slice: &Slice<InvitationPlace>) -> Result<List<InvitationView>> {
    allow(&actor.standing(), Act::Invite)?;
    let rows = store::invitations(tx, actor.team_id()?, slice)?;
    slice.list(rows, |invitation| (invitation.created_at, invitation.id))
}

/// Takes an invitation back; its link works no more.
pub fn revoke(tx: &mut Tx, actor: &Actor, id: InvitationId) -> Result<()> {
    allow(&actor.standing(), Act::Invite)?;
    let team = actor.team_id()?;
    let (invitation, ..) = store::find_invitation(tx, team, id)?.ok_or(Error::NotFound)?;
    match invitation.state(tx.now) {
        InvitationState::Revoked => Ok(()),
        _ if store::revoke_invitation(tx, team, id)? => Ok(()),
        _ => Err(Error::conflict("already-accepted", "Somebody has joined with this invitation. Remove them from the team instead.")),
    }
}

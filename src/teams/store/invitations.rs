//! Invitations.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types;
use uuid::Uuid;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, Role, TeamId};
use crate::schema::{accounts, invitations, teams};
use crate::teams::model::{Invitation, InvitationId, InvitationView, NewInvitation};
use crate::web::paging::Slice;

/// The place in the list of invitations: newest first.
pub type InvitationPlace = (DateTime<Utc>, InvitationId);

type Row = (InvitationId, Role, Option<String>, DateTime<Utc>, Option<DateTime<Utc>>, Option<DateTime<Utc>>);
type ListRow = (Row, DateTime<Utc>, String, Option<String>);

pub fn insert_invitation(tx: &mut Tx, team: TeamId, by: AccountId, new: &NewInvitation, hash: Vec<u8>) -> Result<InvitationId> {
    let (id, now) = (tx.new_id::<InvitationId>(), tx.now);
    diesel::insert_into(invitations::table)
        .values((
            invitations::team_id.eq(team),
            invitations::id.eq(id),
            invitations::role.eq(new.role),
            invitations::email.eq(&new.email),
            invitations::token_hash.eq(hash),
            invitations::invited_by.eq(by),
            invitations::created_at.eq(now),
            invitations::expires_at.eq(now + new.life),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

pub fn invitations(tx: &mut Tx, team: TeamId, slice: &Slice<InvitationPlace>) -> Result<Vec<InvitationView>> {
    let (inviters, guests) = diesel::alias!(accounts as inviters, accounts as guests);
    let mut query = invitations::table
        .inner_join(inviters.on(inviters.field(accounts::id).eq(invitations::invited_by)))
        .left_join(guests.on(guests.field(accounts::id).nullable().eq(invitations::accepted_by)))
        .filter(invitations::team_id.eq(team))
        .select((
            (
                invitations::id,
                invitations::role,
                invitations::email,
                invitations::expires_at,
                invitations::accepted_at,
                invitations::revoked_at,
            ),
            invitations::created_at,
            inviters.field(accounts::name),
            guests.field(accounts::name).nullable(),
        ))
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .limit(slice.rows())
        .into_boxed();
    if let Some((at, id)) = slice.after {
        query = query.filter(invitations::created_at.lt(at).or(invitations::created_at.eq(at).and(invitations::id.lt(id))));
    }
    let (rows, now): (Vec<ListRow>, _) = (query.load(tx.conn())?, tx.now);
    Ok(rows.into_iter().map(|row| view(row, now)).collect())
}

/// Where an invitation with this hash belongs, whatever the team. What else it says is read behind that team's door.
pub fn find_link(tx: &mut Tx, hash: &[u8]) -> Result<Option<(TeamId, InvitationId)>> {
    #[derive(QueryableByName)]
    struct Link {
        #[diesel(sql_type = sql_types::Uuid)]
        team_id: Uuid,
        #[diesel(sql_type = sql_types::Uuid)]
        link_id: Uuid,
    }
    let link: Option<Link> = diesel::sql_query("SELECT team_id, link_id FROM find_link($1) WHERE purpose = 'invitation'")
        .bind::<sql_types::Binary, _>(hash)
        .get_result(tx.conn())
        .optional()?;
    Ok(link.map(|link| (TeamId(link.team_id), InvitationId(link.link_id))))
}

/// The invitation, its team's name and who invites.
pub fn find_invitation(tx: &mut Tx, team: TeamId, id: InvitationId) -> Result<Option<(Invitation, String, String)>> {
    let row: Option<(Row, String, String)> = invitations::table
        .inner_join(teams::table)
        .inner_join(accounts::table.on(accounts::id.eq(invitations::invited_by)))
        .filter(invitations::team_id.eq(team).and(invitations::id.eq(id)))
        .select((
            (
                invitations::id,
                invitations::role,
                invitations::email,
                invitations::expires_at,
                invitations::accepted_at,
                invitations::revoked_at,
            ),
            teams::name,
            accounts::name,
        ))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(row, team, inviter)| (invitation(row), team, inviter)))
}

/// Uses the invitation up; false when it was used, revoked or ran out in the meantime.
pub fn accept_invitation(tx: &mut Tx, team: TeamId, id: InvitationId, by: AccountId) -> Result<bool> {
    let now = tx.now;
    let open = invitations::accepted_at.is_null().and(invitations::revoked_at.is_null()).and(invitations::expires_at.gt(now));
    let accepted = diesel::update(invitations::table.find((team.0, id.0)).filter(open))
        .set((invitations::accepted_at.eq(now), invitations::accepted_by.eq(by)))
        .execute(tx.conn())?;
    Ok(accepted == 1)
}

/// Takes an open invitation back; false when there is none such.
pub fn revoke_invitation(tx: &mut Tx, team: TeamId, id: InvitationId) -> Result<bool> {
    let now = tx.now;
    let open = invitations::accepted_at.is_null().and(invitations::revoked_at.is_null());
    let revoked =
        diesel::update(invitations::table.find((team.0, id.0)).filter(open)).set(invitations::revoked_at.eq(now)).execute(tx.conn())?;
    Ok(revoked == 1)
}

/// Takes back what somebody sent out and nobody has used.
pub fn revoke_invitations_by(tx: &mut Tx, team: TeamId, by: AccountId) -> Result<()> {
    let now = tx.now;
    let open = invitations::accepted_at.is_null().and(invitations::revoked_at.is_null());
    diesel::update(invitations::table.filter(invitations::team_id.eq(team).and(invitations::invited_by.eq(by)).and(open)))
        .set(invitations::revoked_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}

fn invitation((id, role, email, expires_at, accepted_at, revoked_at): Row) -> Invitation {
    Invitation { id, role, email, expires_at, accepted_at, revoked_at }
}

fn view((row, created_at, invited_by, accepted_by): ListRow, now: DateTime<Utc>) -> InvitationView {
    let invitation = invitation(row);
    InvitationView {
        id: invitation.id,
        role: invitation.role,
        state: invitation.state(now),
        email: invitation.email,
        invited_by,
        created_at,
        expires_at: invitation.expires_at,
        accepted_by,
    }
}

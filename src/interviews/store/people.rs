//! Reading who is in the team: whom a plan may seat, and where their mail goes.

use std::collections::HashMap;

use chrono_tz::Tz;
use diesel::prelude::*;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, CandidateId, InterviewId, Role, Seat, TeamId};
use crate::schema::{accounts, candidates, memberships, seats, teams};

/// A current member of a team.
#[derive(Debug, Clone)]
pub struct Member {
    pub account_id: AccountId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub time_zone: Tz,
}

/// All current members by name; with `only`, those of them.
pub fn members(tx: &mut Tx, team: TeamId, only: Option<&[AccountId]>) -> Result<Vec<Member>> {
    let mut query = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::team_id.eq(team).and(memberships::removed_at.is_null()).and(accounts::deactivated_at.is_null()))
        .order((accounts::name, accounts::id))
        .select((accounts::id, accounts::name, accounts::email, memberships::role, accounts::time_zone))
        .into_boxed();
    if let Some(only) = only {
        query = query.filter(accounts::id.eq_any(only));
    }
    let rows: Vec<(AccountId, String, String, Role, String)> = query.load(tx.conn())?;
    let member =
        |(account_id, name, email, role, zone): (_, _, _, _, String)| Member { account_id, name, email, role, time_zone: zone_of(&zone) };
    Ok(rows.into_iter().map(member).collect())
}

/// The names of these accounts, whether or not they are still in the team.
pub fn names(tx: &mut Tx, ids: &[AccountId]) -> Result<HashMap<AccountId, String>> {
    let rows: Vec<(AccountId, String)> =
        accounts::table.filter(accounts::id.eq_any(ids)).select((accounts::id, accounts::name)).load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

/// The account of a candidate's record, if it has one; nothing when there is no such record. It stays that until
/// the commit, since a panel is checked against it.
pub fn candidate_account(tx: &mut Tx, team: TeamId, id: CandidateId) -> Result<Option<Option<AccountId>>> {
    Ok(candidates::table
        .filter(candidates::team_id.eq(team).and(candidates::id.eq(id)))
        .select(candidates::account_id)
        .for_share()
        .first(tx.conn())
        .optional()?)
}

/// The newest candidates for a list to choose from, and `also` wherever it stands.
pub fn candidates(tx: &mut Tx, team: TeamId, also: Option<CandidateId>, limit: i64) -> Result<Vec<(CandidateId, String, Option<String>)>> {
    let of_team = || candidates::table.filter(candidates::team_id.eq(team)).select((candidates::id, candidates::name, candidates::email));
    let mut rows: Vec<(CandidateId, String, Option<String>)> =
        of_team().order((candidates::created_at.desc(), candidates::id.desc())).limit(limit).load(tx.conn())?;
    if let Some(also) = also.filter(|also| rows.iter().all(|(id, ..)| id != also)) {
        rows.extend(of_team().filter(candidates::id.eq(also)).first(tx.conn()).optional()?);
    }
    rows.sort_by_key(|(_, name, _)| name.to_lowercase());
    Ok(rows)
}

/// Somebody of a panel, as a letter needs them.
#[derive(Debug, Clone)]
pub struct Recipient {
    pub account_id: AccountId,
    pub name: String,
    pub email: String,
    pub time_zone: Tz,
    pub seat: Seat,
}

/// The panel's current members, the lead interviewer first. Who left the team gets no more mail of it.
pub fn recipients(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<Vec<Recipient>> {
    let rows: Vec<(AccountId, String, String, String, Seat)> = seats::table
        .inner_join(accounts::table.on(accounts::id.eq(seats::account_id)))
        .inner_join(memberships::table.on(memberships::team_id.eq(seats::team_id).and(memberships::account_id.eq(seats::account_id))))
        .filter(seats::team_id.eq(team).and(seats::interview_id.eq(id)).and(seats::removed_at.is_null()))
        .filter(memberships::removed_at.is_null().and(accounts::deactivated_at.is_null()))
        .order((seats::added_at, accounts::name))
        .select((accounts::id, accounts::name, accounts::email, accounts::time_zone, seats::seat))
        .load(tx.conn())?;
    let recipient = |(account_id, name, email, zone, seat): (_, _, _, String, _)| Recipient {
        account_id,
        name,
        email,
        time_zone: zone_of(&zone),
        seat,
    };
    let mut recipients: Vec<_> = rows.into_iter().map(recipient).collect();
    recipients.sort_by_key(|recipient| recipient.seat);
    Ok(recipients)
}

/// The zone of an account, for its mail.
pub fn account_zone(tx: &mut Tx, id: AccountId) -> Result<Option<Tz>> {
    let zone: Option<String> = accounts::table.find(id.0).select(accounts::time_zone).first(tx.conn()).optional()?;
    Ok(zone.as_deref().map(zone_of))
}

pub fn team_name(tx: &mut Tx, team: TeamId) -> Result<String> {
    Ok(teams::table.find(team.0).select(teams::name).first(tx.conn())?)
}

fn zone_of(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}

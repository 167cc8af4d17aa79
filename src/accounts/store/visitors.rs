//! Who a visitor is: the sign-in or the link they brought, and what they are in the team they ask for.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::accounts::{AccountRow, view};
use crate::accounts::model::{Found, IDLE, LIFE};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, CandidateLinkId, InterviewId, Mode, Role, SignInId, TeamId, TeamOfActor};
use crate::schema::{accounts, candidate_links, candidates, interviews, memberships, sign_ins, teams};

type TeamRow = (TeamId, String, Mode, bool, String);
type SignInRow = (SignInId, DateTime<Utc>, DateTime<Utc>, Option<DateTime<Utc>>, AccountRow, Option<DateTime<Utc>>);

/// The sign-in, its account, and the membership in `team`: one query. None when the sign-in is over.
/// The inner option is none when the account is not in that team.
pub fn find_visitor(tx: &mut Tx, sign_in: SignInId, team: Option<TeamId>) -> Result<Option<(Found, Option<TeamOfActor>)>> {
    let now = tx.now;
    let membership = memberships::account_id
        .eq(accounts::id)
        .and(memberships::removed_at.is_null())
        .and(memberships::team_id.nullable().eq(team.map(|team| team.0)));
    let row: Option<(SignInRow, Option<(Role, TeamRow)>)> = sign_ins::table
        .inner_join(accounts::table)
        .left_join(memberships::table.on(membership))
        .left_join(teams::table.on(teams::id.eq(memberships::team_id)))
        .filter(sign_ins::id.eq(sign_in))
        .filter(accounts::deactivated_at.is_null())
        .select((
            (
                sign_ins::id,
                sign_ins::created_at,
                sign_ins::last_used_at,
                sign_ins::ended_at,
                (accounts::id, accounts::name, accounts::email, accounts::time_zone),
                accounts::operator_since,
            ),
            (memberships::role, (teams::id, teams::name, teams::mode, teams::personal, teams::time_zone)).nullable(),
        ))
        .first(tx.conn())
        .optional()?;
    let Some(((id, created_at, last_used_at, ended_at, account, operator_since), membership)) = row else { return Ok(None) };
    if ended_at.is_some() || created_at + LIFE <= now || last_used_at + IDLE <= now {
        return Ok(None);
    }
    let found = Found { id, account: view(account), operator: operator_since.is_some(), last_used_at };
    let team = membership.map(|(role, team)| team_of_actor(team, Some(role)));
    Ok(Some((found, team)))
}

/// A guest by a candidate's link: their name, their interview and its team. None when the link is over.
pub fn find_guest(tx: &mut Tx, link: CandidateLinkId, team: TeamId) -> Result<Option<(String, InterviewId, TeamOfActor)>> {
    let now = tx.now;
    let row: Option<(String, InterviewId, TeamRow)> = candidate_links::table
        .inner_join(
            interviews::table.on(interviews::team_id.eq(candidate_links::team_id).and(interviews::id.eq(candidate_links::interview_id))),
        )
        .inner_join(candidates::table.on(candidates::team_id.eq(interviews::team_id).and(candidates::id.eq(interviews::candidate_id))))
        .inner_join(teams::table.on(teams::id.eq(candidate_links::team_id)))
        .filter(candidate_links::team_id.eq(team).and(candidate_links::id.eq(link)))
        .filter(candidate_links::revoked_at.is_null().and(candidate_links::expires_at.gt(now)))
        .select((candidates::name, interviews::id, (teams::id, teams::name, teams::mode, teams::personal, teams::time_zone)))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(name, interview, team)| (name, interview, team_of_actor(team, None))))
}

/// A team somebody is in, as the switcher shows it.
#[derive(Debug, Clone, Queryable)]
pub struct OwnTeam {
    pub id: TeamId,
    pub name: String,
    pub personal: bool,
    pub role: Role,
}

/// The teams this account is in, shared ones first.
pub fn teams_of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<OwnTeam>> {
    Ok(memberships::table
        .inner_join(teams::table)
        .filter(memberships::account_id.eq(account).and(memberships::removed_at.is_null()))
        .order((teams::personal, teams::name, teams::id))
        .select((teams::id, teams::name, teams::personal, memberships::role))
        .load(tx.conn())?)
}

/// The team that was made with this account.
pub fn own_team(tx: &mut Tx, account: AccountId) -> Result<Option<TeamId>> {
    Ok(memberships::table
        .inner_join(teams::table)
        .filter(memberships::account_id.eq(account).and(teams::personal).and(memberships::removed_at.is_null()))
        .select(teams::id)
        .first(tx.conn())
        .optional()?)
}

fn team_of_actor((id, name, mode, personal, time_zone): TeamRow, role: Option<Role>) -> TeamOfActor {
    TeamOfActor { id, name, mode, personal, time_zone: time_zone.parse().unwrap_or(chrono_tz::UTC), role }
}

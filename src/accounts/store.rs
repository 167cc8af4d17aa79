//! SQL of accounts, sign-ins and password resets; and the reading of a visitor's membership.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::model::{AccountView, Credentials, Found, IDLE, NewAccount};
use crate::platform::db::Tx;
use crate::platform::error::{Error, OnConstraint as _, Result};
use crate::policy::{AccountId, CandidateLinkId, InterviewId, Mode, Role, SignInId, TeamId, TeamOfActor};
use crate::schema::{accounts, candidate_links, candidates, interviews, memberships, set_up_tokens, sign_in_failures, sign_ins, teams};

type AccountRow = (AccountId, String, String, String);
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
    if ended_at.is_some() || created_at + super::model::LIFE <= now || last_used_at + IDLE <= now {
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

/// The teams this account is in, shared ones first.
pub fn teams_of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<(TeamId, String)>> {
    Ok(memberships::table
        .inner_join(teams::table)
        .filter(memberships::account_id.eq(account).and(memberships::removed_at.is_null()))
        .order((teams::personal, teams::name, teams::id))
        .select((teams::id, teams::name))
        .load(tx.conn())?)
}

pub fn note_use(tx: &mut Tx, sign_in: SignInId) -> Result<()> {
    let now = tx.now;
    diesel::update(sign_ins::table.find(sign_in.0)).set(sign_ins::last_used_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

pub fn find_credentials(tx: &mut Tx, email: &str) -> Result<Option<Credentials>> {
    let row: Option<(AccountId, String, Option<DateTime<Utc>>)> = accounts::table
        .filter(lower(accounts::email).eq(email.to_lowercase()))
        .select((accounts::id, accounts::password_hash, accounts::deactivated_at))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(id, password_hash, deactivated_at)| Credentials { id, password_hash, deactivated: deactivated_at.is_some() }))
}

pub fn insert_account(tx: &mut Tx, new: &NewAccount, operator: bool) -> Result<AccountId> {
    let (id, now) = (tx.new_id::<AccountId>(), tx.now);
    diesel::insert_into(accounts::table)
        .values((
            accounts::id.eq(id),
            accounts::name.eq(&new.name),
            accounts::email.eq(&new.email),
            accounts::password_hash.eq(&new.password_hash),
            accounts::time_zone.eq(new.time_zone.name()),
            accounts::operator_since.eq(operator.then_some(now)),
            accounts::created_at.eq(now),
        ))
        .execute(tx.conn())
        .on_constraint(
            "accounts_one_per_email",
            Error::conflict("address-taken", "There is an account with this address already. Sign in with it, or reset its password."),
        )?;
    Ok(id)
}

pub fn insert_sign_in(tx: &mut Tx, account: AccountId, user_agent: &str, ends_at: DateTime<Utc>) -> Result<SignInId> {
    let (id, now) = (tx.new_id::<SignInId>(), tx.now);
    diesel::insert_into(sign_ins::table)
        .values((
            sign_ins::id.eq(id),
            sign_ins::account_id.eq(account),
            sign_ins::created_at.eq(now),
            sign_ins::last_used_at.eq(now),
            sign_ins::ends_at.eq(ends_at),
            sign_ins::user_agent.eq(user_agent.chars().take(200).collect::<String>()),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

/// Ends one sign-in of this account; false when there is none such.
pub fn end_sign_in(tx: &mut Tx, account: AccountId, sign_in: SignInId) -> Result<bool> {
    let now = tx.now;
    let ended = diesel::update(sign_ins::table.find(sign_in.0).filter(sign_ins::account_id.eq(account).and(sign_ins::ended_at.is_null())))
        .set(sign_ins::ended_at.eq(now))
        .execute(tx.conn())?;
    Ok(ended == 1)
}

pub fn any_account(tx: &mut Tx) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(accounts::table.select(accounts::id))).get_result(tx.conn())?)
}

/// Wrong tries with these keys since `since`, the most of any key.
pub fn count_failures(tx: &mut Tx, keys: &[String], since: DateTime<Utc>) -> Result<i64> {
    let counts: Vec<i64> = sign_in_failures::table
        .filter(sign_in_failures::key.eq_any(keys).and(sign_in_failures::failed_at.gt(since)))
        .group_by(sign_in_failures::key)
        .select(diesel::dsl::count_star())
        .load(tx.conn())?;
    Ok(counts.into_iter().max().unwrap_or(0))
}

pub fn insert_failure(tx: &mut Tx, keys: &[String], forget_before: DateTime<Utc>) -> Result<()> {
    let now = tx.now;
    let rows: Vec<_> = keys
        .iter()
        .map(|key| (sign_in_failures::id.eq(tx.new_id::<Uuid>()), sign_in_failures::key.eq(key), sign_in_failures::failed_at.eq(now)))
        .collect();
    diesel::insert_into(sign_in_failures::table).values(rows).execute(tx.conn())?;
    diesel::delete(sign_in_failures::table.filter(sign_in_failures::failed_at.lt(forget_before))).execute(tx.conn())?;
    Ok(())
}

pub fn replace_set_up_token(tx: &mut Tx, hash: Vec<u8>, expires_at: DateTime<Utc>) -> Result<()> {
    let now = tx.now;
    diesel::delete(set_up_tokens::table).execute(tx.conn())?;
    diesel::insert_into(set_up_tokens::table)
        .values((set_up_tokens::token_hash.eq(hash), set_up_tokens::created_at.eq(now), set_up_tokens::expires_at.eq(expires_at)))
        .execute(tx.conn())?;
    Ok(())
}

/// Whether this is the living set-up token; locks it, so that two set-ups queue.
pub fn find_set_up_token(tx: &mut Tx, hash: &[u8]) -> Result<bool> {
    let now = tx.now;
    let found: Option<Vec<u8>> = set_up_tokens::table
        .filter(set_up_tokens::token_hash.eq(hash).and(set_up_tokens::expires_at.gt(now)))
        .select(set_up_tokens::token_hash)
        .first(tx.conn())
        .optional()?;
    Ok(found.is_some())
}

/// Uses the token up; false when somebody was quicker.
pub fn delete_set_up_token(tx: &mut Tx, hash: &[u8]) -> Result<bool> {
    Ok(diesel::delete(set_up_tokens::table.filter(set_up_tokens::token_hash.eq(hash))).execute(tx.conn())? == 1)
}

diesel::define_sql_function! { fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text; }

fn view((id, name, email, time_zone): AccountRow) -> AccountView {
    AccountView { id, name, email, time_zone: time_zone.parse().unwrap_or(chrono_tz::UTC) }
}

fn team_of_actor((id, name, mode, personal, time_zone): TeamRow, role: Option<Role>) -> TeamOfActor {
    TeamOfActor { id, name, mode, personal, time_zone: time_zone.parse().unwrap_or(chrono_tz::UTC), role }
}

//! SQL of candidate records.

mod claims;
mod own_data;
mod resumes;

pub use claims::*;
pub use own_data::*;
pub use resumes::*;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::model::{CandidateId, CandidateView, LinkedAccount, NewCandidate, Place};
use crate::platform::db::Tx;
use crate::platform::error::{Error, OnConstraint as _, Result};
use crate::policy::{AccountId, InterviewId, Role, TeamId};
use crate::schema::{accounts, candidates, interviews, memberships, seats};

diesel::define_sql_function! { fn lower(text: Text) -> Text; }

#[derive(Queryable)]
struct Row {
    id: CandidateId,
    name: String,
    email: Option<String>,
    account: Option<(AccountId, String)>,
    version: i32,
    created_at: DateTime<Utc>,
}

impl From<Row> for CandidateView {
    fn from(row: Row) -> Self {
        let account = row.account.map(|(id, name)| LinkedAccount { id, name });
        CandidateView { id: row.id, name: row.name, email: row.email, account, version: row.version, created_at: row.created_at }
    }
}

/// One page by name; `search` is a part of a name in any case. One row more than is shown.
pub fn list(tx: &mut Tx, team: TeamId, search: &str, (after, rows): (Option<&Place>, i64)) -> Result<Vec<(Place, CandidateView)>> {
    let mut query = candidates::table
        .left_join(accounts::table.on(candidates::account_id.eq(accounts::id.nullable())))
        .filter(candidates::team_id.eq(team))
        .select((lower(candidates::name), columns()))
        .order((lower(candidates::name), candidates::id))
        .limit(rows)
        .into_boxed();
    if !search.is_empty() {
        query = query.filter(candidates::name.ilike(format!("%{}%", escape_like(search))));
    }
    if let Some((name, id)) = after {
        let later = lower(candidates::name).gt(name.clone());
        query = query.filter(later.or(lower(candidates::name).eq(name.clone()).and(candidates::id.gt(*id))));
    }
    let rows: Vec<(String, Row)> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|(name, row)| ((name, row.id), row.into())).collect())
}

/// In a pattern these three mean themselves.
fn escape_like(text: &str) -> String {
    text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_")
}

pub fn find(tx: &mut Tx, team: TeamId, id: CandidateId) -> Result<Option<CandidateView>> {
    let row: Option<Row> = candidates::table
        .left_join(accounts::table.on(candidates::account_id.eq(accounts::id.nullable())))
        .filter(candidates::team_id.eq(team).and(candidates::id.eq(id)))
        .select(columns())
        .first(tx.conn())
        .optional()?;
    Ok(row.map(Into::into))
}

/// The version of a record that nobody else changes until this transaction ends.
pub fn lock(tx: &mut Tx, team: TeamId, id: CandidateId) -> Result<Option<i32>> {
    Ok(candidates::table.find((team.0, id.0)).select(candidates::version).for_update().first(tx.conn()).optional()?)
}

/// The record that has this address or this account already, other than `own`.
pub fn find_same(tx: &mut Tx, team: TeamId, new: &NewCandidate, own: Option<CandidateId>) -> Result<Option<(CandidateId, String, Same)>> {
    let email = new.email.as_deref().map(str::to_lowercase);
    let same_email = lower(candidates::email.assume_not_null()).eq(email.clone().unwrap_or_default());
    let same_account = candidates::account_id.assume_not_null().eq(new.account.unwrap_or(AccountId(uuid::Uuid::nil())));
    let found: Option<(CandidateId, String, Option<String>)> = candidates::table
        .filter(candidates::team_id.eq(team).and(candidates::id.ne(own.unwrap_or(CandidateId(uuid::Uuid::nil())))))
        .filter(candidates::email.is_not_null().and(same_email).or(candidates::account_id.is_not_null().and(same_account)))
        .order(candidates::id)
        .select((candidates::id, candidates::name, candidates::email))
        .first(tx.conn())
        .optional()?;
    Ok(found.map(|(id, name, its_email)| {
        let by_email = email.is_some() && its_email.map(|email| email.to_lowercase()) == email;
        (id, name, if by_email { Same::Email } else { Same::Account })
    }))
}

/// What two records may not share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Same {
    Email,
    Account,
}

pub fn insert(tx: &mut Tx, team: TeamId, id: CandidateId, new: &NewCandidate, by: Option<AccountId>) -> Result<()> {
    let now = tx.now;
    let done = diesel::insert_into(candidates::table)
        .values((
            candidates::team_id.eq(team),
            candidates::id.eq(id),
            candidates::name.eq(&new.name),
            candidates::email.eq(&new.email),
            candidates::account_id.eq(new.account),
            candidates::created_by.eq(by),
            candidates::created_at.eq(now),
        ))
        .execute(tx.conn());
    one_record_each(done)
}

pub fn update(tx: &mut Tx, team: TeamId, id: CandidateId, new: &NewCandidate) -> Result<()> {
    let done = diesel::update(candidates::table.find((team.0, id.0)))
        .set((
            candidates::name.eq(&new.name),
            candidates::email.eq(&new.email),
            candidates::account_id.eq(new.account),
            candidates::version.eq(candidates::version + 1),
        ))
        .execute(tx.conn());
    one_record_each(done)
}

/// For two that write at the same moment; before that, [`find_same`] says whose record it is.
fn one_record_each(done: diesel::QueryResult<usize>) -> Result<()> {
    let taken = || Error::conflict("candidate-exists", "Another record was made for this person just now. Look for it in the list.");
    match done {
        Err(diesel::result::Error::DatabaseError(_, info)) if info.constraint_name() == Some("candidates_one_per_account") => Err(taken()),
        done => done.on_constraint("candidates_one_per_email", taken()).map(|_| ()),
    }
}

/// The members whose own account a record may be linked to, by name.
pub fn linkable(tx: &mut Tx, team: TeamId, any_role: bool) -> Result<Vec<LinkedAccount>> {
    let mut query = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::team_id.eq(team).and(memberships::removed_at.is_null()))
        .select((accounts::id, accounts::name))
        .order((accounts::name, accounts::id))
        .into_boxed();
    if !any_role {
        query = query.filter(memberships::role.eq(Role::Candidate));
    }
    let rows: Vec<(AccountId, String)> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|(id, name)| LinkedAccount { id, name }).collect())
}

/// The account has a seat in an interview of this candidate that was not cancelled. The interviews are held until
/// the commit, so that no seat is given meanwhile: who gives one locks the interview first.
pub fn sits_in_panel_of(tx: &mut Tx, team: TeamId, id: CandidateId, account: AccountId) -> Result<bool> {
    let held: Vec<InterviewId> = interviews::table
        .filter(interviews::team_id.eq(team).and(interviews::candidate_id.eq(id)).and(interviews::cancelled_at.is_null()))
        .order(interviews::id)
        .select(interviews::id)
        .for_no_key_update()
        .load(tx.conn())?;
    let seat = seats::table
        .filter(seats::team_id.eq(team).and(seats::interview_id.eq_any(held)))
        .filter(seats::account_id.eq(account).and(seats::removed_at.is_null()));
    Ok(diesel::select(diesel::dsl::exists(seat)).get_result(tx.conn())?)
}

type Columns = (
    candidates::id,
    candidates::name,
    candidates::email,
    diesel::dsl::Nullable<(accounts::id, accounts::name)>,
    candidates::version,
    candidates::created_at,
);

fn columns() -> Columns {
    (
        candidates::id,
        candidates::name,
        candidates::email,
        (accounts::id, accounts::name).nullable(),
        candidates::version,
        candidates::created_at,
    )
}

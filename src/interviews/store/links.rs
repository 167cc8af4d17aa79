//! SQL of candidates' links.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types;

use super::super::model::{LinkView, PersonRef};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, CandidateLinkId, InterviewId, TeamId};
use crate::schema::{accounts, candidate_links};

/// A link to be made; only the hash of its token is kept.
pub struct NewLink<'l> {
    pub interview: InterviewId,
    pub token_hash: Vec<u8>,
    pub author: AccountId,
    pub expires_at: DateTime<Utc>,
    /// The address it was mailed to, if it was.
    pub mailed_to: Option<&'l str>,
}

pub fn insert_link(tx: &mut Tx, team: TeamId, link: &NewLink) -> Result<CandidateLinkId> {
    let (now, id) = (tx.now, tx.new_id::<CandidateLinkId>());
    diesel::insert_into(candidate_links::table)
        .values((
            candidate_links::team_id.eq(team),
            candidate_links::id.eq(id),
            candidate_links::interview_id.eq(link.interview),
            candidate_links::token_hash.eq(&link.token_hash),
            candidate_links::created_by.eq(link.author),
            candidate_links::created_at.eq(now),
            candidate_links::expires_at.eq(link.expires_at),
            candidate_links::mailed_to.eq(link.mailed_to),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

/// Newest first.
pub fn links(tx: &mut Tx, team: TeamId, interview: InterviewId) -> Result<Vec<LinkView>> {
    type Row = (
        CandidateLinkId,
        AccountId,
        String,
        Option<String>,
        DateTime<Utc>,
        DateTime<Utc>,
        Option<DateTime<Utc>>,
        Option<DateTime<Utc>>,
        i32,
    );
    let rows: Vec<Row> = candidate_links::table
        .inner_join(accounts::table.on(accounts::id.eq(candidate_links::created_by)))
        .filter(candidate_links::team_id.eq(team).and(candidate_links::interview_id.eq(interview)))
        .order((candidate_links::created_at.desc(), candidate_links::id.desc()))
        .select((
            candidate_links::id,
            accounts::id,
            accounts::name,
            candidate_links::mailed_to,
            candidate_links::created_at,
            candidate_links::expires_at,
            candidate_links::revoked_at,
            candidate_links::last_used_at,
            candidate_links::uses,
        ))
        .load(tx.conn())?;
    let view = |(id, by, name, mailed_to, created_at, expires_at, revoked_at, last_used_at, uses)| LinkView {
        id,
        by: PersonRef { id: by, name },
        mailed_to,
        created_at,
        expires_at,
        revoked_at,
        last_used_at,
        uses,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// False when there is no such link that still works.
pub fn revoke_link(tx: &mut Tx, team: TeamId, interview: InterviewId, id: CandidateLinkId) -> Result<bool> {
    let now = tx.now;
    let revoked = diesel::update(
        candidate_links::table
            .find((team.0, id.0))
            .filter(candidate_links::interview_id.eq(interview).and(candidate_links::revoked_at.is_null())),
    )
    .set(candidate_links::revoked_at.eq(now))
    .execute(tx.conn())?;
    tx.ring(id.0);
    Ok(revoked == 1)
}

/// Mailed links that still work go on working until then, since the interview they are for has moved. One
/// that was made by hand keeps the end it was given.
pub fn prolong_links(tx: &mut Tx, team: TeamId, interview: InterviewId, to: DateTime<Utc>) -> Result<()> {
    let now = tx.now;
    diesel::update(
        candidate_links::table
            .filter(candidate_links::team_id.eq(team).and(candidate_links::interview_id.eq(interview)))
            .filter(candidate_links::mailed_to.is_not_null().and(candidate_links::revoked_at.is_null()))
            .filter(candidate_links::expires_at.gt(now).and(candidate_links::expires_at.lt(to))),
    )
    .set(candidate_links::expires_at.eq(to))
    .execute(tx.conn())?;
    Ok(())
}

/// The team and the link of a candidate's token. The only look across teams, and it tells nothing to who
/// does not hold the token.
pub fn find_link(tx: &mut Tx, hash: &[u8]) -> Result<Option<(TeamId, CandidateLinkId)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = sql_types::Uuid)]
        team_id: TeamId,
        #[diesel(sql_type = sql_types::Uuid)]
        link_id: CandidateLinkId,
    }
    let row: Option<Row> = diesel::sql_query("SELECT team_id, link_id FROM find_link($1) WHERE purpose = 'candidate'")
        .bind::<sql_types::Bytea, _>(hash)
        .get_result(tx.conn())
        .optional()?;
    Ok(row.map(|row| (row.team_id, row.link_id)))
}

/// A link of the entered team: its interview, its end, and whether it was revoked.
pub fn link(tx: &mut Tx, team: TeamId, id: CandidateLinkId) -> Result<(InterviewId, DateTime<Utc>, bool)> {
    let (interview, expires_at, revoked_at): (InterviewId, DateTime<Utc>, Option<DateTime<Utc>>) = candidate_links::table
        .find((team.0, id.0))
        .select((candidate_links::interview_id, candidate_links::expires_at, candidate_links::revoked_at))
        .first(tx.conn())?;
    Ok((interview, expires_at, revoked_at.is_some()))
}

pub fn count_use(tx: &mut Tx, team: TeamId, id: CandidateLinkId) -> Result<()> {
    let now = tx.now;
    diesel::update(candidate_links::table.find((team.0, id.0)).filter(candidate_links::first_used_at.is_null()))
        .set(candidate_links::first_used_at.eq(now))
        .execute(tx.conn())?;
    diesel::update(candidate_links::table.find((team.0, id.0)))
        .set((candidate_links::last_used_at.eq(now), candidate_links::uses.eq(candidate_links::uses + 1)))
        .execute(tx.conn())?;
    Ok(())
}

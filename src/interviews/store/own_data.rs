//! The interviews that are about one person, for what they take along and what is deleted of them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, CandidateId, InterviewId, TeamId};
use crate::schema::{candidate_links, candidates, interviews, rooms};

/// When this account's own interviews are, the newest first; drafts are nobody's yet.
pub fn of_candidate(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Vec<(InterviewId, DateTime<Utc>, i32)>> {
    Ok(interviews::table
        .inner_join(candidates::table.on(candidates::team_id.eq(interviews::team_id).and(candidates::id.eq(interviews::candidate_id))))
        .filter(interviews::team_id.eq(team).and(candidates::account_id.eq(Some(account))))
        .filter(interviews::scheduled_at.is_not_null())
        .order((interviews::starts_at.desc(), interviews::id.desc()))
        .select((interviews::id, interviews::starts_at, interviews::minutes))
        .load(tx.conn())?)
}

/// As many as anybody prepares for at once.
const TO_COME: i64 = 10;

/// When this account's own interviews to come are, the next first; one that began early is none to come.
pub fn to_come_of_candidate(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Vec<(InterviewId, DateTime<Utc>)>> {
    let now = tx.now;
    let begun = rooms::table
        .filter(rooms::team_id.eq(interviews::team_id).and(rooms::interview_id.eq(interviews::id)).and(rooms::started_at.is_not_null()));
    Ok(interviews::table
        .inner_join(candidates::table.on(candidates::team_id.eq(interviews::team_id).and(candidates::id.eq(interviews::candidate_id))))
        .filter(interviews::team_id.eq(team).and(candidates::account_id.eq(Some(account))))
        .filter(interviews::scheduled_at.is_not_null().and(interviews::cancelled_at.is_null()).and(interviews::no_show_at.is_null()))
        .filter(interviews::starts_at.gt(now))
        .filter(diesel::dsl::not(diesel::dsl::exists(begun)))
        .order((interviews::starts_at, interviews::id))
        .select((interviews::id, interviews::starts_at))
        .limit(TO_COME)
        .load(tx.conn())?)
}

/// Links that let these people in end, and the addresses they went to are gone. Gives the people's interviews.
pub fn erase_links(tx: &mut Tx, team: TeamId, people: &[CandidateId]) -> Result<Vec<InterviewId>> {
    let now = tx.now;
    let ids: Vec<InterviewId> = interviews::table
        .filter(interviews::team_id.eq(team).and(interviews::candidate_id.eq_any(people)))
        .select(interviews::id)
        .load(tx.conn())?;
    let theirs = || candidate_links::team_id.eq(team).and(candidate_links::interview_id.eq_any(&ids));
    diesel::update(candidate_links::table.filter(theirs())).set(candidate_links::mailed_to.eq(None::<String>)).execute(tx.conn())?;
    diesel::update(candidate_links::table.filter(theirs()).filter(candidate_links::revoked_at.is_null()))
        .set(candidate_links::revoked_at.eq(now))
        .execute(tx.conn())?;
    Ok(ids)
}

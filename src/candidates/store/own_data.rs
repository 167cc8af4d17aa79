//! Taking a person out of the records that a team keeps of them.

use diesel::prelude::*;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, CandidateId, TeamId};
use crate::schema::{candidate_claims, candidate_resumes, candidates};

/// What the team's records call them.
pub fn names_of(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Vec<String>> {
    let theirs = candidates::table.filter(candidates::team_id.eq(team).and(candidates::account_id.eq(Some(account))));
    Ok(theirs.select(candidates::name).distinct().load(tx.conn())?)
}

/// The records stay for the interviews that point at them, and say nothing of anybody; the résumé and what its claims
/// said are gone. Gives the records.
pub fn erase_person(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Vec<CandidateId>> {
    let theirs = candidates::table.filter(candidates::team_id.eq(team).and(candidates::account_id.eq(Some(account))));
    let ids: Vec<CandidateId> = theirs.select(candidates::id).load(tx.conn())?;
    diesel::update(candidates::table.filter(candidates::team_id.eq(team).and(candidates::id.eq_any(&ids))))
        .set((
            candidates::name.eq("Deleted candidate"),
            candidates::email.eq(None::<String>),
            candidates::account_id.eq(None::<AccountId>),
            candidates::version.eq(candidates::version + 1),
        ))
        .execute(tx.conn())?;
    diesel::delete(candidate_resumes::table.filter(candidate_resumes::team_id.eq(team).and(candidate_resumes::candidate_id.eq_any(&ids))))
        .execute(tx.conn())?;
    diesel::update(candidate_claims::table.filter(candidate_claims::team_id.eq(team).and(candidate_claims::candidate_id.eq_any(&ids))))
        .set((candidate_claims::text.eq("Deleted"), candidate_claims::detail.eq("")))
        .execute(tx.conn())?;
    Ok(ids)
}

//! SQL of résumé claims.

use diesel::prelude::*;

use super::super::model::{CandidateId, ClaimId, ClaimView, NewClaim};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::schema::candidate_claims as claims;

type Columns = (claims::id, claims::text, claims::detail, claims::version, claims::created_at);
type Row = (ClaimId, String, String, i32, chrono::DateTime<chrono::Utc>);

const COLUMNS: Columns = (claims::id, claims::text, claims::detail, claims::version, claims::created_at);

fn view((id, text, detail, version, created_at): Row) -> ClaimView {
    ClaimView { id, text, detail, version, created_at }
}

/// A candidate's claims that were not removed, in the order in which they were added.
pub fn claims(tx: &mut Tx, team: TeamId, candidate: CandidateId) -> Result<Vec<ClaimView>> {
    let rows: Vec<Row> = claims::table
        .filter(claims::team_id.eq(team).and(claims::candidate_id.eq(candidate)).and(claims::removed_at.is_null()))
        .order(claims::position)
        .select(COLUMNS)
        .load(tx.conn())?;
    Ok(rows.into_iter().map(view).collect())
}

/// Those of these ids that are or were claims of this candidate.
pub fn known_claims(tx: &mut Tx, team: TeamId, candidate: CandidateId, ids: &[ClaimId]) -> Result<Vec<ClaimId>> {
    Ok(claims::table
        .filter(claims::team_id.eq(team).and(claims::candidate_id.eq(candidate)).and(claims::id.eq_any(ids)))
        .select(claims::id)
        .load(tx.conn())?)
}

/// Puts it last. The record is held by the caller, so no two take one place.
pub fn insert_claim(tx: &mut Tx, team: TeamId, candidate: CandidateId, new: &NewClaim, by: Option<AccountId>) -> Result<ClaimView> {
    let (id, now) = (tx.new_id::<ClaimId>(), tx.now);
    let last: Option<i32> = claims::table
        .filter(claims::team_id.eq(team).and(claims::candidate_id.eq(candidate)))
        .select(diesel::dsl::max(claims::position))
        .first(tx.conn())?;
    let row: Row = diesel::insert_into(claims::table)
        .values((
            claims::team_id.eq(team),
            claims::id.eq(id),
            claims::candidate_id.eq(candidate),
            claims::position.eq(last.unwrap_or(0) + 1),
            claims::text.eq(&new.text),
            claims::detail.eq(&new.detail),
            claims::created_by.eq(by),
            claims::created_at.eq(now),
        ))
        .returning(COLUMNS)
        .get_result(tx.conn())?;
    Ok(view(row))
}

/// The claim, held until the commit; none when it was removed or never there.
pub fn claim_locked(tx: &mut Tx, team: TeamId, candidate: CandidateId, id: ClaimId) -> Result<Option<ClaimView>> {
    let row: Option<Row> = claims::table
        .filter(claims::team_id.eq(team).and(claims::id.eq(id)).and(claims::candidate_id.eq(candidate)).and(claims::removed_at.is_null()))
        .select(COLUMNS)
        .for_no_key_update()
        .first(tx.conn())
        .optional()?;
    Ok(row.map(view))
}

pub fn update_claim(tx: &mut Tx, team: TeamId, id: ClaimId, new: &NewClaim) -> Result<ClaimView> {
    let row: Row = diesel::update(claims::table.find((team.0, id.0)))
        .set((claims::text.eq(&new.text), claims::detail.eq(&new.detail), claims::version.eq(claims::version + 1)))
        .returning(COLUMNS)
        .get_result(tx.conn())?;
    Ok(view(row))
}

pub fn remove_claim(tx: &mut Tx, team: TeamId, id: ClaimId, by: Option<AccountId>) -> Result<()> {
    let now = tx.now;
    diesel::update(claims::table.find((team.0, id.0))).set((claims::removed_at.eq(now), claims::removed_by.eq(by))).execute(tx.conn())?;
    Ok(())
}

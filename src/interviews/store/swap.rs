//! The two halves of a booking in which roles are swapped.

use diesel::prelude::*;

use super::super::model::Half;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, CandidateId, InterviewId, TeamId};
use crate::schema::{candidates, interviews, practice_offers as offers};

/// The other half, if there is one.
pub fn other_half(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<Option<Half>> {
    let halves = interviews::table.filter(interviews::team_id.eq(team));
    let first: Option<Option<InterviewId>> =
        halves.filter(interviews::id.eq(id)).select(interviews::swap_of).first(tx.conn()).optional()?;
    if let Some(interview_id) = first.flatten() {
        return Ok(Some(Half { interview_id, comes_first: true }));
    }
    let second: Option<InterviewId> = halves.filter(interviews::swap_of.eq(id.0)).select(interviews::id).first(tx.conn()).optional()?;
    Ok(second.map(|interview_id| Half { interview_id, comes_first: false }))
}

/// Makes one interview the second half of another.
pub fn link_halves(tx: &mut Tx, team: TeamId, first: InterviewId, second: InterviewId) -> Result<()> {
    diesel::update(interviews::table.find((team.0, second.0))).set(interviews::swap_of.eq(first.0)).execute(tx.conn())?;
    Ok(())
}

/// The team's record of somebody with an account, the oldest if there are more.
pub fn record_of(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Option<CandidateId>> {
    let records = candidates::table.filter(candidates::team_id.eq(team).and(candidates::account_id.eq(account)));
    Ok(records.order((candidates::created_at, candidates::id)).select(candidates::id).first(tx.conn()).optional()?)
}

/// Of these, the ones that two booked on the board of peer practice, each a half of a booking.
pub fn from_board(tx: &mut Tx, team: TeamId, ids: &[InterviewId]) -> Result<Vec<InterviewId>> {
    let booked = offers::interview_id.eq(interviews::id.nullable()).or(offers::interview_id.eq(interviews::swap_of));
    let booking = offers::table.filter(offers::team_id.eq(interviews::team_id).and(booked));
    Ok(interviews::table
        .filter(interviews::team_id.eq(team).and(interviews::id.eq_any(ids)).and(diesel::dsl::exists(booking)))
        .select(interviews::id)
        .load(tx.conn())?)
}

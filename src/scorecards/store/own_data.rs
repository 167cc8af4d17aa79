//! One author's cards, over all interviews of a team.

use diesel::prelude::*;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, InterviewId, TeamId};
use crate::schema::{scorecard_saves, scorecards};

/// The interviews of which this account has a card, the newest first.
pub fn of_author(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Vec<InterviewId>> {
    Ok(scorecards::table
        .filter(scorecards::team_id.eq(team).and(scorecards::account_id.eq(account)))
        .order((scorecards::created_at.desc(), scorecards::id.desc()))
        .select(scorecards::interview_id)
        .load(tx.conn())?)
}

/// Deletes what was never handed in. A submitted card is the record of a decision and of the statistics, and stays.
pub fn erase_drafts(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    let drafts: Vec<uuid::Uuid> = scorecards::table
        .filter(scorecards::team_id.eq(team).and(scorecards::account_id.eq(account)).and(scorecards::submitted_at.is_null()))
        .select(scorecards::id)
        .load(tx.conn())?;
    diesel::delete(scorecard_saves::table.filter(scorecard_saves::team_id.eq(team).and(scorecard_saves::scorecard_id.eq_any(&drafts))))
        .execute(tx.conn())?;
    diesel::delete(scorecards::table.filter(scorecards::team_id.eq(team).and(scorecards::id.eq_any(&drafts)))).execute(tx.conn())?;
    Ok(())
}

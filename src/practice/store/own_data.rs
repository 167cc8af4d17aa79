//! Deleting what one person has practised.

use diesel::prelude::*;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::schema::{practice_attempts, practice_cards, practice_mocks, practice_plans, practice_schedules};

/// All attempts and mocks in the team whose door is open, and that they were shared.
pub fn erase_in(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    super::shares::erase(tx, team, account)?;
    diesel::delete(practice_attempts::table.filter(practice_attempts::team_id.eq(team).and(practice_attempts::account_id.eq(account))))
        .execute(tx.conn())?;
    diesel::delete(practice_mocks::table.filter(practice_mocks::team_id.eq(team).and(practice_mocks::account_id.eq(account))))
        .execute(tx.conn())?;
    Ok(())
}

/// What comes back when, how one wanted it, and the plan; through the account's own door.
pub fn erase(tx: &mut Tx, account: AccountId) -> Result<()> {
    diesel::delete(practice_cards::table.filter(practice_cards::account_id.eq(account))).execute(tx.conn())?;
    diesel::delete(practice_schedules::table.filter(practice_schedules::account_id.eq(account))).execute(tx.conn())?;
    diesel::delete(practice_plans::table.filter(practice_plans::account_id.eq(account))).execute(tx.conn())?;
    Ok(())
}

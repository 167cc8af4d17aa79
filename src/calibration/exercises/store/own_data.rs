//! Deleting what one person has begun and not handed in.

use diesel::prelude::*;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::schema::{gold_expert_scores, gold_scores};

/// What was handed in stays, since distributions and references are made of it.
pub fn erase_drafts(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    diesel::delete(
        gold_scores::table
            .filter(gold_scores::team_id.eq(team).and(gold_scores::account_id.eq(account)))
            .filter(gold_scores::submitted_at.is_null()),
    )
    .execute(tx.conn())?;
    diesel::delete(
        gold_expert_scores::table
            .filter(gold_expert_scores::team_id.eq(team).and(gold_expert_scores::account_id.eq(account)))
            .filter(gold_expert_scores::submitted_at.is_null()),
    )
    .execute(tx.conn())?;
    Ok(())
}

//! SQL of calibration: who shares what. The scores are the scorecards'.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::schema::severity_shares as shares;

/// Who shares their severity with the team's leads, and since when.
pub fn shares(tx: &mut Tx, team: TeamId) -> Result<HashMap<AccountId, DateTime<Utc>>> {
    let rows: Vec<(AccountId, DateTime<Utc>)> =
        shares::table.filter(shares::team_id.eq(team)).select((shares::account_id, shares::shared_at)).load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

/// Shares from now on; who shared before keeps their date.
pub fn share(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(shares::table)
        .values((shares::team_id.eq(team), shares::account_id.eq(account), shares::shared_at.eq(now)))
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    Ok(())
}

pub fn unshare(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    diesel::delete(shares::table.filter(shares::team_id.eq(team).and(shares::account_id.eq(account)))).execute(tx.conn())?;
    Ok(())
}

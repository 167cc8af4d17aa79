//! What was done in the team and by whom, for its owners.

use uuid::Uuid;

use crate::platform::audit::{self, Written};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, Act, Actor, allow};
use crate::teams::model::AuditEventView;
use crate::teams::store;
use crate::web::api::List;
use crate::web::paging::Slice;

/// Newest first, with the names that the people have today. Of scorecards it tells their authors alone: that
/// a card was submitted, and when, is for who may read it (R2), and stands there with its revisions.
pub fn audit(tx: &mut Tx, actor: &Actor, slice: &Slice<Uuid>) -> Result<List<AuditEventView>> {
    allow(&actor.standing(), Act::ReadAudit)?;
    let rows = audit::events(tx, actor.team_id()?.0, (&Act::WriteScorecard.name(), actor.account()?.0), slice.after, slice.rows())?;
    let accounts: Vec<AccountId> = rows.iter().filter_map(|row| row.account_id).map(AccountId).collect();
    let names = store::names_of(tx, &accounts)?;
    let name = |row: &Written| names.get(&AccountId(row.account_id?)).cloned();
    let views = rows.into_iter().map(|row| view(name(&row), row)).collect();
    slice.list(views, |event: &AuditEventView| event.id)
}

fn view(name: Option<String>, row: Written) -> AuditEventView {
    AuditEventView {
        id: row.id,
        at: row.at,
        account_id: row.account_id,
        link_id: row.link_id,
        name,
        act: row.act,
        operation: row.operation,
        subjects: row.subjects.into_iter().flatten().collect(),
        made: row.made.into_iter().flatten().collect(),
        refused: row.refused,
        request_id: row.request_id,
    }
}

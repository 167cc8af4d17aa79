//! SQL of the first steps. What waits for somebody is asked of the features it belongs to.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Bool, Uuid as SqlUuid};

use super::model::{ChecklistFact, FirstSteps};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::schema::checklist_facts;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Bool)]
    invited: bool,
    #[diesel(sql_type = Bool)]
    has_candidates: bool,
    #[diesel(sql_type = Bool)]
    has_interviews: bool,
    #[diesel(sql_type = Bool)]
    library_seen: bool,
    #[diesel(sql_type = Bool)]
    dismissed: bool,
}

/// How far a team's first steps are, and what this person noted of them: one query.
pub fn first_steps(tx: &mut Tx, team: TeamId, account: AccountId, personal: bool) -> Result<FirstSteps> {
    let row: Row = sql_query(
        "SELECT EXISTS (SELECT FROM memberships WHERE team_id = $1 AND account_id <> $2)
                    OR EXISTS (SELECT FROM invitations WHERE team_id = $1) AS invited,
                EXISTS (SELECT FROM candidates WHERE team_id = $1) AS has_candidates,
                EXISTS (SELECT FROM interviews WHERE team_id = $1 AND scheduled_at IS NOT NULL) AS has_interviews,
                EXISTS (SELECT FROM checklist_facts WHERE team_id = $1 AND account_id = $2 AND fact = 'library_seen') AS library_seen,
                EXISTS (SELECT FROM checklist_facts WHERE team_id = $1 AND account_id = $2 AND fact = 'dismissed') AS dismissed",
    )
    .bind::<SqlUuid, _>(team.0)
    .bind::<SqlUuid, _>(account.0)
    .get_result(tx.conn())?;
    let Row { invited, has_candidates, has_interviews, library_seen, dismissed } = row;
    Ok(FirstSteps { personal, invited, library_seen, has_candidates, has_interviews, dismissed })
}

/// The same fact again keeps its first date.
pub fn note(tx: &mut Tx, team: TeamId, account: AccountId, fact: ChecklistFact) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(checklist_facts::table)
        .values((
            checklist_facts::team_id.eq(team),
            checklist_facts::account_id.eq(account),
            checklist_facts::fact.eq(fact),
            checklist_facts::noted_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    Ok(())
}

/// Deletes what this account noted.
pub fn erase(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    diesel::delete(checklist_facts::table.filter(checklist_facts::team_id.eq(team).and(checklist_facts::account_id.eq(account))))
        .execute(tx.conn())?;
    Ok(())
}

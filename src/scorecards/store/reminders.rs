//! Who is to be reminded of a card that is missing.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{SOMEBODY_READS, card_expected};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{InterviewId, TeamId};
use crate::schema::{accounts, candidates, interviews, memberships, rooms, scorecards, seats};

/// One person, and which card.
#[derive(Debug, Clone, Queryable)]
pub struct Reminder {
    pub name: String,
    pub address: String,
    pub time_zone: String,
    pub candidate: String,
    pub ended_at: DateTime<Utc>,
}

/// Everybody of whom a card is expected and not in, of an interview that was held and has ended.
pub fn reminders(tx: &mut Tx, team: TeamId, interview: InterviewId) -> Result<Vec<Reminder>> {
    let now = tx.now;
    let submitted = scorecards::table.filter(
        scorecards::team_id
            .eq(seats::team_id)
            .and(scorecards::interview_id.eq(seats::interview_id))
            .and(scorecards::account_id.eq(seats::account_id))
            .and(scorecards::submitted_at.is_not_null()),
    );
    Ok(seats::table
        .inner_join(interviews::table.on(interviews::team_id.eq(seats::team_id).and(interviews::id.eq(seats::interview_id))))
        .inner_join(candidates::table.on(candidates::team_id.eq(interviews::team_id).and(candidates::id.eq(interviews::candidate_id))))
        .inner_join(rooms::table.on(rooms::team_id.eq(seats::team_id).and(rooms::interview_id.eq(seats::interview_id))))
        .inner_join(memberships::table.on(memberships::team_id.eq(seats::team_id).and(memberships::account_id.eq(seats::account_id))))
        .inner_join(accounts::table.on(accounts::id.eq(seats::account_id)))
        .filter(seats::team_id.eq(team).and(seats::interview_id.eq(interview)))
        .filter(interviews::cancelled_at.is_null().and(interviews::no_show_at.is_null()))
        .filter(rooms::ended_at.le(now))
        .filter(memberships::removed_at.is_null().and(accounts::deactivated_at.is_null()))
        .filter(sql::<Bool>(card_expected!()))
        .filter(sql::<Bool>(SOMEBODY_READS))
        .filter(not(exists(submitted)))
        .order((seats::added_at, accounts::name))
        .select((accounts::name, accounts::email, accounts::time_zone, candidates::name, rooms::ended_at.assume_not_null()))
        .load(tx.conn())?)
}

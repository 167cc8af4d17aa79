//! Who sat with whom.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, InterviewId, Seat, TeamId};
use crate::schema::{interviews, seats};

/// Somebody's seat as an interviewer.
#[derive(Debug, Clone, Copy)]
pub struct Sat {
    pub interview_id: InterviewId,
    pub account_id: AccountId,
    pub starts_at: DateTime<Utc>,
}

/// The counted seats of interviews since then that were held or are planned, interview by interview.
pub fn sat_since(tx: &mut Tx, team: TeamId, since: DateTime<Utc>) -> Result<Vec<Sat>> {
    let rows: Vec<(InterviewId, AccountId, DateTime<Utc>)> = seats::table
        .inner_join(interviews::table.on(interviews::team_id.eq(seats::team_id).and(interviews::id.eq(seats::interview_id))))
        .filter(seats::team_id.eq(team).and(seats::removed_at.is_null()))
        .filter(seats::seat.eq_any([Seat::LeadInterviewer, Seat::Interviewer]))
        .filter(interviews::scheduled_at.is_not_null().and(interviews::starts_at.ge(since)))
        .filter(interviews::cancelled_at.is_null().and(interviews::no_show_at.is_null()))
        .order((seats::interview_id, seats::account_id))
        .select((seats::interview_id, seats::account_id, interviews::starts_at))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(interview_id, account_id, starts_at)| Sat { interview_id, account_id, starts_at }).collect())
}

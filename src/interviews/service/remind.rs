//! Reminders: the day before and an hour before, of what is still so.

use chrono::TimeDelta;

use super::super::jobs::{Before, RemindOfInterview};
use super::super::model::{Brief, Stage};
use super::super::store;
use super::letters::{self, News};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::TeamId;

/// Enqueues the reminders of this plan that do not lie in the past already.
pub fn enqueue(tx: &mut Tx, team: TeamId, brief: &Brief) -> Result<()> {
    for before in [Before::Day, Before::Hour] {
        let at = brief.starts_at - ahead(before);
        if at > tx.now {
            let job = RemindOfInterview { team_id: team, interview_id: brief.id, sequence: brief.calendar_sequence, before };
            tx.enqueue_at(&job, Some(team.0), at)?;
        }
    }
    Ok(())
}

/// Reminds, unless the plan has moved on, the interview has begun, or the next reminder is due by now.
pub fn remind(tx: &mut Tx, job: &RemindOfInterview) -> Result<()> {
    let Some(brief) = store::brief(tx, job.team_id, job.interview_id)? else { return Ok(()) };
    let moved_on = brief.calendar_sequence != job.sequence || brief.stage() != Stage::Scheduled;
    let too_late = match job.before {
        Before::Day => brief.starts_at - ahead(Before::Hour),
        Before::Hour => brief.starts_at,
    };
    if moved_on || tx.now >= too_late {
        return Ok(());
    }
    letters::tell(tx, job.team_id, &brief, &News::Reminder)
}

fn ahead(before: Before) -> TimeDelta {
    match before {
        Before::Day => TimeDelta::days(1),
        Before::Hour => TimeDelta::hours(1),
    }
}

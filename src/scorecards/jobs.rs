//! "Your scorecard is missing", by mail.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::store::{self, Reminder};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::jobs::Job;
use crate::platform::mail::Letter;
use crate::policy::{Actor, InterviewId, TeamId};
use crate::web::times::Moment;

/// Reminds whoever still owes a card by then. Rooms say so at their end; the facts are asked when the
/// time has come.
pub fn remind_later(tx: &mut Tx, actor: &Actor, id: InterviewId, at: DateTime<Utc>) -> Result<()> {
    let team = actor.team_id()?;
    tx.enqueue_at(&RemindOfScorecards { team, interview: id }, Some(team.0), at)
}

#[derive(Debug, Serialize, Deserialize)]
pub struct RemindOfScorecards {
    team: TeamId,
    interview: InterviewId,
}

impl Job for RemindOfScorecards {
    const KIND: &'static str = "scorecards.remind";

    fn run(self, tx: &mut Tx) -> Result<()> {
        for reminder in store::reminders(tx, self.team, self.interview)? {
            let letter = letter(&self, &reminder)?;
            tx.post(&letter)?;
        }
        Ok(())
    }
}

/// What the letter says. Nothing of any card: it is read on phones and forwarded.
#[derive(Serialize)]
struct Words<'a> {
    candidate: &'a str,
    ended: String,
    path: String,
}

fn letter(job: &RemindOfScorecards, reminder: &Reminder) -> Result<Letter> {
    let ended = Moment::of(reminder.ended_at, reminder.time_zone.parse().unwrap_or(Tz::UTC));
    let words = Words {
        candidate: &reminder.candidate,
        ended: format!("{} ({})", ended.text, ended.zone),
        path: format!("/teams/{}/interviews/{}/scorecard", job.team, job.interview),
    };
    Ok(Letter::new("scorecard-missing", &reminder.name, &reminder.address, words)?.of_team(job.team.0))
}

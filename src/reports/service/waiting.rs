//! Which reports wait for somebody: to be written, to be given, to be read.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::store::{self, OfCandidate};
use super::candidate::is_over;
use crate::interviews::Brief;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Actor, InterviewId};

/// How long after decision or interview a report is still waited for. A team that gives none has its reasons,
/// and is not asked for ever.
const WAITED_FOR: TimeDelta = TimeDelta::days(30);

/// The decided interviews whose report this person may write and the candidate cannot read yet; true where it is
/// begun. Whether they may see it now is asked of each.
pub fn unreleased(tx: &mut Tx, actor: &Actor, rows: i64) -> Result<Vec<(InterviewId, bool)>> {
    let since = tx.now - WAITED_FOR;
    store::unreleased(tx, actor.team_id()?, actor.account()?, actor.leads(), since, rows)
}

/// What comes next for a candidate whose interview is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum OwnStep {
    /// Own scores are asked for; `report_waits` when a report can be read after them.
    GiveScores { report_waits: bool },
    /// The report is not there yet.
    Wait,
    /// It can be read.
    Read { released_at: DateTime<Utc> },
}

/// An interview of this candidate, of which a report was given or may still come.
pub struct OwnReport(OfCandidate);

impl OwnReport {
    pub fn interview(&self) -> InterviewId {
        self.0.interview
    }

    /// None while the interview is not over.
    pub fn step(&self, brief: &Brief, now: DateTime<Utc>) -> Option<OwnStep> {
        is_over(now, brief).then(|| match (self.0.scores_given_at, self.0.released_at) {
            (None, released) => OwnStep::GiveScores { report_waits: released.is_some() },
            (Some(_), None) => OwnStep::Wait,
            (Some(_), Some(released_at)) => OwnStep::Read { released_at },
        })
    }
}

/// The interviews of this candidate, newest first.
pub fn own(tx: &mut Tx, actor: &Actor, rows: i64) -> Result<Vec<OwnReport>> {
    let since = tx.now - WAITED_FOR;
    let rows = store::of_candidate(tx, actor.team_id()?, actor.account()?, since, rows)?;
    Ok(rows.into_iter().map(OwnReport).collect())
}

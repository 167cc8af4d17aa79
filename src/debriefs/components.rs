//! The variance components that a debrief's band rests on (R6): the team's own once calibration can report them.
//!
//! Calibration is above debriefs, so it is asked by a job and leaves its answer here. A debrief keeps the components
//! it opened with: its band does not move while people talk.

use serde::{Deserialize, Serialize};

use super::combination::Variance;
use super::store;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{InterviewId, TeamId};
use crate::rubrics::RubricVersionId;

/// With fewer open debriefs there is nothing that calibration could report.
const WORTH_ASKING: i64 = 20;

/// What the scores of a team vary by, and over how many interviews with two cards or more that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TeamVariance {
    pub variance: Variance,
    pub interviews: i32,
}

/// A job: the components of this version of a rubric are found anew. Calibration does it.
#[derive(Debug, Serialize, Deserialize)]
pub struct RefreshComponents {
    pub team: TeamId,
    pub rubric_version: RubricVersionId,
}

/// Keeps what was found, or forgets what cannot be reported any more.
pub fn keep_variance(tx: &mut Tx, team: TeamId, rubric_version: RubricVersionId, found: Option<TeamVariance>) -> Result<()> {
    match found {
        Some(found) => store::keep_variance(tx, team, rubric_version, found),
        None => store::forget_variance(tx, team, rubric_version),
    }
}

/// Asks for them anew once there are enough interviews on this rubric. What the debrief that opens now adds is in the
/// next one's band.
pub(super) fn refresh(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<()> {
    let (rubric_version, opened) = store::opened_like(tx, team, id)?;
    if opened < WORTH_ASKING {
        return Ok(());
    }
    tx.enqueue_once(&RefreshComponents { team, rubric_version }, Some(team.0))
}

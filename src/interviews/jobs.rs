//! Work of this feature that is done later.

use serde::{Deserialize, Serialize};

use super::service;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::jobs::Job;
use crate::policy::{InterviewId, TeamId};

/// Which reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Before {
    Day,
    Hour,
}

/// Reminds panel and candidate of a plan as it was when this was enqueued; a plan that has moved on has
/// reminders of its own.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemindOfInterview {
    pub team_id: TeamId,
    pub interview_id: InterviewId,
    /// The calendars' sequence of that plan.
    pub sequence: i32,
    pub before: Before,
}

impl Job for RemindOfInterview {
    const KIND: &'static str = "interviews.reminder";

    fn run(self, tx: &mut Tx) -> Result<()> {
        service::remind(tx, &self)
    }
}

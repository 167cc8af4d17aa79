//! Work of this feature that is done later.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::store;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::jobs::Job;
use crate::policy::{InterviewId, TeamId};

const AGAIN_AFTER: TimeDelta = TimeDelta::hours(1);

/// Takes the words of pages away that never said goodbye: of a closed laptop, a browser that died. Enqueued by the first
/// word in an empty room, and by itself as long as somebody is there.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetPresence {
    team: TeamId,
    interview: InterviewId,
}

/// For the first word in an empty room.
pub fn forget_presence_later(tx: &mut Tx, team: TeamId, interview: InterviewId) -> Result<()> {
    let at = tx.now + AGAIN_AFTER;
    tx.enqueue_at(&ForgetPresence { team, interview }, Some(team.0), at)
}

impl Job for ForgetPresence {
    const KIND: &'static str = "rooms.forget_presence";

    fn run(self, tx: &mut Tx) -> Result<()> {
        if store::forget_presence(tx, (self.team, self.interview))? {
            forget_presence_later(tx, self.team, self.interview)?;
        }
        Ok(())
    }
}

//! Work of this feature that is done later.

use serde::{Deserialize, Serialize};

use super::service;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::jobs::Job;
use crate::policy::{AccountId, TeamId};

/// Deletes recordings that were kept as long as their author wished. Enqueued for the day of each; what is wished
/// differently meanwhile is asked when it runs.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetRecordings {
    pub team: TeamId,
    pub account: AccountId,
}

impl Job for ForgetRecordings {
    const KIND: &'static str = "practice.forget_recordings";

    fn run(self, tx: &mut Tx) -> Result<()> {
        service::forget_recordings(tx, self.team, self.account)
    }
}

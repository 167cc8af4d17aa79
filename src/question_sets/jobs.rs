//! Work of this feature that is done later.

use serde::{Deserialize, Serialize};

use super::exchange::ImportId;
use super::service;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::jobs::Job;
use crate::policy::TeamId;

/// Carries out an import that was confirmed.
#[derive(Debug, Serialize, Deserialize)]
pub struct RunImport {
    pub team_id: TeamId,
    pub import_id: ImportId,
}

impl Job for RunImport {
    const KIND: &'static str = "question_sets.import";

    fn run(self, tx: &mut Tx) -> Result<()> {
        service::run_import(tx, self.team_id, self.import_id)
    }
}

/// Forgets a file that was brought, a week later.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetImport {
    pub team_id: TeamId,
    pub import_id: ImportId,
}

impl Job for ForgetImport {
    const KIND: &'static str = "question_sets.forget_import";

    fn run(self, tx: &mut Tx) -> Result<()> {
        service::forget_import(tx, self.team_id, self.import_id)
    }
}

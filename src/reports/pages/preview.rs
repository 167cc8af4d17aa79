//! The report as the candidate will see it, with the release beside it.

use serde::Serialize;

use super::samples;
use super::sheet::Sheet;
use crate::platform::error::Result;
use crate::policy::Actor;
use crate::reports::model::ReportView;
use crate::reports::service::WriterSees;
use crate::web::form::FormErrors;
use crate::web::page::{Nav, Template};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct PreviewPage {
    candidate: String,
    sheet: Sheet,
    version: i32,
    outdated: bool,
    perhaps_named: Vec<String>,
    /// The candidate reads exactly this.
    released: Option<Moment>,
    /// The candidate reads an older version.
    older_released: bool,
    told_by_mail: bool,
    errors: FormErrors,
    desk_url: String,
    release_url: String,
    withdrawal_url: String,
}

impl PreviewPage {
    pub fn of(actor: &Actor, report: &ReportView, sees: &WriterSees, errors: FormErrors) -> Result<Self> {
        let desk_url = format!("/teams/{}/interviews/{}/report", actor.team_id()?, report.interview_id);
        let release = sees.draft.release.as_ref();
        let current = release.filter(|release| release.version == sees.draft.version);
        Ok(PreviewPage {
            candidate: sees.candidate_name.clone(),
            sheet: Sheet::of(report),
            version: sees.draft.version,
            outdated: sees.draft.outdated,
            perhaps_named: sees.draft.perhaps_named.clone(),
            released: current.map(|release| Moment::of(release.released_at, actor.time_zone())),
            older_released: release.is_some() && current.is_none(),
            told_by_mail: sees.told_by_mail,
            errors,
            release_url: format!("{desk_url}/release"),
            withdrawal_url: format!("{desk_url}/withdrawal"),
            desk_url,
        })
    }
}

impl Template for PreviewPage {
    const PATH: &'static str = "reports/preview.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        let error = if self.errors.summary.is_empty() { "" } else { "Error: " };
        format!("{error}Preview of the report for {}", self.candidate)
    }

    fn samples() -> Vec<Self> {
        samples::previews()
    }
}

//! Shapes of a record's résumé.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::resumes::{Resume, ResumeTemplate};
use crate::text_enum;

text_enum! {
    /// Where a record's résumé comes from: its person has sent it, or a lead has put a file to the record.
    ResumeSource { Sent = "sent", Imported = "imported" }
}

/// The résumé of a candidate, as who may read it there reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CandidateResume {
    /// Null where there is none. What the person has sent comes before a file.
    pub resume: Option<Resume>,
    pub source: Option<ResumeSource>,
    pub template: ResumeTemplate,
    /// When it was sent or imported.
    pub at: Option<DateTime<Utc>>,
    /// Who has imported it.
    pub imported_by: Option<String>,
    /// Of the file on the record, for the next If-Match; 0 where there is none.
    pub version: i32,
}

/// `POST …/resume/claims`.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TakeClaims {
    /// The texts of the suggestions to take; left out or null, all of them.
    pub texts: Option<Vec<String>>,
}

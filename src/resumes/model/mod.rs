//! Shapes and rules of résumés.

mod advice;
mod content;
mod dates;
mod fields;
mod file;
mod probes;
mod raw;
mod sheet;
mod text;

pub use advice::{Advice, advice};
pub use content::Resume;
pub use fields::{Field, Kind, SECTIONS, Section, section};
pub use file::{Brought, LARGEST_FILE, LeftOut, read_file, to_file};
pub use probes::{MOST_SUGGESTED, Suggestion, suggestions};
pub use raw::{Entry, Raw};
pub use sheet::{HEADINGS, ResumeTemplate, Sheet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id_types;
use crate::policy::TeamId;

id_types! {
    /// A résumé that was sent to a team.
    SendingId,
}

/// One's own résumé. Before anything is written it is empty, at version 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnResume {
    pub resume: Resume,
    pub template: ResumeTemplate,
    /// For the next If-Match.
    pub version: i32,
    pub saved_at: Option<DateTime<Utc>>,
}

/// `PUT …/resume/template`.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateChoice {
    pub template: ResumeTemplate,
}

/// What a file would bring.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportPreview {
    pub resume: Resume,
    /// Members of the file that have no place here.
    pub left_out: Vec<LeftOut>,
    /// What is there now and would give way; null where there is nothing.
    pub replaces: Option<Resume>,
    /// What the import's If-Match must say.
    pub version: i32,
}

/// What a file has brought.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ResumeImported {
    pub resume: Resume,
    pub left_out: Vec<LeftOut>,
    /// For the next If-Match.
    pub version: i32,
}

/// That a team has one's résumé, or had it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Sending {
    pub id: SendingId,
    pub team_id: TeamId,
    /// Null for a team that one has left.
    pub team: Option<String>,
    pub sent_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// One's own résumé was saved again after it was sent.
    pub changed_since: bool,
}

/// The copy that a team has.
#[derive(Debug, Clone)]
pub struct SentResume {
    pub resume: Resume,
    pub template: ResumeTemplate,
    pub sent_at: DateTime<Utc>,
}

//! A file that was brought, as it is shown: what it would do, how far it is, what became of it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::model::QuestionSetId;
use super::{FileKind, ImportPlan};
use crate::platform::files::Mistake;
use crate::{id_types, text_enum};

id_types! {
    /// A file that was brought to be read into a draft.
    ImportId,
}

text_enum! {
    /// How far an import is.
    ImportState {
        /// Something in the file is not right; nothing can be done with it.
        Refused = "refused",
        /// It would do what the plan says, once it is confirmed.
        Ready = "ready",
        /// It is confirmed and waits for its turn, or is being done.
        Running = "running",
        Done = "done",
        Cancelled = "cancelled",
        /// The draft was another by then; nothing was written.
        Failed = "failed",
    }
}

/// An import with its dry run.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportView {
    pub id: ImportId,
    pub state: ImportState,
    pub file_name: String,
    pub kind: FileKind,
    /// The short name of the set it is for.
    pub slug: String,
    /// What the set is called, or will be.
    pub name: String,
    /// It makes a set; else it is for the draft of one that was there.
    pub new_set: bool,
    /// The set whose draft it is for, or which it has made; none while that does not exist.
    pub question_set_id: Option<QuestionSetId>,
    pub plan: ImportPlan,
    /// What is not right in the file, the first two hundred of it.
    pub mistakes: Vec<Mistake>,
    pub mistakes_total: usize,
    /// Questions to write, and those that are written.
    pub total: i32,
    pub done: i32,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<String>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Why nothing was written.
    pub failure: Option<String>,
}

//! What a candidate writes for themselves: shapes and rules, without I/O.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;

/// As long as the column takes, in characters.
const MAX_TEXT: usize = 20_000;

/// The candidate's own notes of one interview. Nobody else reads them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnNotes {
    pub text: String,
    /// For the next If-Match; 0 before anything was saved.
    pub version: i32,
}

/// `PATCH …/own-notes`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteNotes {
    /// All of it, as it is now; null empties it.
    pub text: Option<String>,
}

/// One save, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveNotes {
    pub version: i32,
    /// Of this save alone: the same again is the same save.
    pub key: Uuid,
    pub text: String,
}

/// What a save brings back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct SavedNotes {
    pub version: i32,
}

impl SaveNotes {
    pub fn parse(version: i32, key: Uuid, write: &WriteNotes) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let text = errors.take("text", parse::text(write.text.as_deref().unwrap_or_default(), MAX_TEXT));
        text.map(|text| SaveNotes { version, key, text }).ok_or(Error::Invalid(errors))
    }
}

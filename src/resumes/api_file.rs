//! A JSON Resume file that is the whole body of an operation.

use actix_web::web::block;

use super::model::{Brought, read_file};
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::files::Mistakes;
use crate::web::upload::RawFile;

pub async fn read(raw: RawFile) -> Result<Brought> {
    if raw.content_type != "application/json" {
        return Err(Error::Malformed("Send the file with Content-Type: application/json.".into()));
    }
    let read = block(move || read_file(&raw.content)).await.map_err(|_| Error::Busy)?;
    read.map_err(|mistakes| refused(&mistakes))
}

/// Each mistake with its place in the file and its line.
fn refused(mistakes: &Mistakes) -> Error {
    let mut errors = FieldErrors::default();
    for mistake in mistakes.iter() {
        let field = if mistake.field.is_empty() { "file" } else { mistake.field.as_str() };
        let line = mistake.line.map(|line| format!("Line {line}: ")).unwrap_or_default();
        errors.add(field, format!("{line}{}", mistake.message));
    }
    Error::Invalid(errors)
}

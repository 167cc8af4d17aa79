//! Home over JSON.

use super::model::ChecklistNote;
use super::service;
use crate::accounts::Visitor;
use crate::web::api::{ApiResult, Json, no_content, ok};

pub async fn show_home(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::show).await?)
}

pub async fn note_on_checklist(visitor: Visitor, Json(note): Json<ChecklistNote>) -> ApiResult {
    visitor.write(move |tx, actor| service::note(tx, actor, note.fact)).await?;
    no_content()
}

//! Question sets over JSON: what is published here, a team's drafts in `drafts`.

mod comparing;
mod drafts;
mod exchange;

pub use comparing::*;
pub use drafts::*;
pub use exchange::*;

use actix_web::web::Path;

use super::model::{QuestionSetId, QuestionSetVersionId};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::api::{ApiResult, ok};
use crate::web::paging::Paging;

pub async fn list_question_sets(visitor: Visitor, paging: Paging) -> ApiResult {
    let slice = paging.slice()?;
    ok(&visitor.read(move |tx, actor| service::list(tx, actor, &slice)).await?)
}

pub async fn list_question_set_versions(visitor: Visitor, path: Path<(String, String)>, paging: Paging) -> ApiResult {
    let id: QuestionSetId = path.1.parse().map_err(|_| Error::NotFound)?;
    let slice = paging.slice()?;
    ok(&visitor.read(move |tx, actor| service::versions(tx, actor, id, &slice)).await?)
}

pub async fn show_question_set_version(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id: QuestionSetVersionId = path.1.parse().map_err(|_| Error::NotFound)?;
    ok(&*visitor.read(move |tx, actor| service::show(tx, actor, id)).await?)
}

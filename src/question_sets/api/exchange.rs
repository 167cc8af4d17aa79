//! Sets as files over JSON: taken away, and brought in two steps.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query, block};
use serde::Deserialize;

use super::super::exchange::{ExportQuery, FileKind, ImportId, NewFile};
use super::super::model::{QuestionSetId, QuestionSetVersionId};
use super::super::service::{self, Export};
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::api::{ApiResult, created, ok};
use crate::web::download::attachment;
use crate::web::paging::Paging;
use crate::web::upload::RawFile;

fn file(export: Export) -> HttpResponse {
    attachment(export.kind.content_type(), &export.name, export.content)
}

pub async fn export_question_set_version(visitor: Visitor, path: Path<(String, String)>, query: Query<ExportQuery>) -> ApiResult {
    let id: QuestionSetVersionId = path.1.parse().map_err(|_| Error::NotFound)?;
    let kind = query.kind()?;
    Ok(file(visitor.read(move |tx, actor| service::export_version(tx, actor, id, kind)).await?))
}

pub async fn export_question_set_draft(visitor: Visitor, path: Path<(String, String)>, query: Query<ExportQuery>) -> ApiResult {
    let id: QuestionSetId = path.1.parse().map_err(|_| Error::NotFound)?;
    let kind = query.kind()?;
    Ok(file(visitor.read(move |tx, actor| service::export_draft(tx, actor, id, kind)).await?))
}

/// What is said of a file beside it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ImportQuery {
    slug: String,
    file_name: String,
}

pub async fn create_question_set_import(visitor: Visitor, query: Query<ImportQuery>, raw: RawFile) -> ApiResult {
    visitor.read(service::may_import).await?;
    let kind = match raw.content_type.as_str() {
        "application/json" => FileKind::Json,
        "text/csv" => FileKind::Csv,
        _ => return Err(Error::Malformed("Send a file with Content-Type: application/json or text/csv.".into()).into()),
    };
    let new = NewFile::parse(kind, &query.file_name, &query.slug, raw.content)?;
    let read = block(move || service::read_file(new)).await.map_err(|_| Error::Busy)?;
    let (import, team) = visitor.write(move |tx, actor| Ok((service::create_import(tx, actor, &read)?, actor.team_id()?))).await?;
    created(&format!("/api/v1/teams/{team}/question-sets/imports/{}", import.id), &import)
}

fn import(path: &Path<(String, String)>) -> Result<ImportId, Error> {
    path.1.parse().map_err(|_| Error::NotFound)
}

pub async fn list_question_set_imports(visitor: Visitor, paging: Paging) -> ApiResult {
    let slice = paging.slice()?;
    ok(&visitor.read(move |tx, actor| service::list_imports(tx, actor, &slice)).await?)
}

pub async fn show_question_set_import(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = import(&path)?;
    ok(&visitor.read(move |tx, actor| service::show_import(tx, actor, id)).await?)
}

pub async fn put_question_set_import_confirmation(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = import(&path)?;
    ok(&visitor.write(move |tx, actor| service::confirm_import(tx, actor, id)).await?)
}

pub async fn delete_question_set_import(visitor: Visitor, path: Path<(String, String)>) -> ApiResult {
    let id = import(&path)?;
    ok(&visitor.write(move |tx, actor| service::cancel_import(tx, actor, id)).await?)
}

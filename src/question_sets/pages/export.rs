//! Sets as files to take away.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use serde::Serialize;

use super::super::exchange::ExportQuery;
use super::super::model::{QuestionSetId, QuestionSetVersionId};
use super::super::service::{self, Export};
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::download::attachment;
use crate::web::page::PageResult;

/// Where a set is to be had as a file.
#[derive(Debug, Serialize)]
pub(super) struct ExportUrls {
    json: String,
    csv: String,
}

impl ExportUrls {
    /// Of a version or a draft at this address.
    pub(super) fn of(url: &str) -> Self {
        ExportUrls { json: format!("{url}/export?format=json"), csv: format!("{url}/export?format=csv") }
    }
}

fn file(export: Export) -> HttpResponse {
    attachment(export.kind.content_type(), &export.name, export.content)
}

pub async fn version(visitor: Visitor, path: Path<(String, String)>, query: Query<ExportQuery>) -> PageResult {
    let id: QuestionSetVersionId = path.1.parse().map_err(|_| Error::NotFound)?;
    let kind = query.kind()?;
    Ok(file(visitor.read(move |tx, actor| service::export_version(tx, actor, id, kind)).await?))
}

pub async fn draft(visitor: Visitor, path: Path<(String, String)>, query: Query<ExportQuery>) -> PageResult {
    let id: QuestionSetId = path.1.parse().map_err(|_| Error::NotFound)?;
    let kind = query.kind()?;
    Ok(file(visitor.read(move |tx, actor| service::export_draft(tx, actor, id, kind)).await?))
}

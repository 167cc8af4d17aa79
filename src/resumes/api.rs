//! Résumés over JSON.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};

use super::api_file;
use super::model::{Resume, SendingId, TemplateChoice};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::api::{ApiError, ApiResult, Json, created, if_match, no_content, ok, ok_versioned};
use crate::web::download::attachment;
use crate::web::upload::RawFile;

pub async fn show_own_resume(visitor: Visitor) -> ApiResult {
    let own = visitor.read(service::own).await?;
    ok_versioned(own.version, &own)
}

pub async fn put_own_resume(visitor: Visitor, request: HttpRequest, Json(resume): Json<Resume>) -> ApiResult {
    let version = if_match(&request)?;
    let own = visitor.write(move |tx, actor| service::save(tx, actor, version, &resume.tidy()?)).await?;
    ok_versioned(own.version, &own)
}

pub async fn delete_own_resume(visitor: Visitor) -> ApiResult {
    visitor.write(service::delete).await?;
    no_content()
}

pub async fn put_resume_template(visitor: Visitor, Json(choice): Json<TemplateChoice>) -> ApiResult {
    ok(&visitor.write(move |tx, actor| service::choose_template(tx, actor, choice.template)).await?)
}

pub async fn show_resume_file(visitor: Visitor) -> Result<HttpResponse, ApiError> {
    Ok(attachment("application/json", "resume.json", visitor.read(service::export).await?))
}

pub async fn put_resume_file(visitor: Visitor, request: HttpRequest, raw: RawFile) -> ApiResult {
    let version = if_match(&request)?;
    visitor.read(|_, actor| actor.account()).await?;
    let brought = api_file::read(raw).await?;
    let imported = visitor.write(move |tx, actor| service::import(tx, actor, version, brought)).await?;
    ok_versioned(imported.version, &imported)
}

pub async fn create_resume_preview(visitor: Visitor, raw: RawFile) -> ApiResult {
    visitor.read(|_, actor| actor.account()).await?;
    let brought = api_file::read(raw).await?;
    ok(&visitor.read(move |tx, actor| service::preview_import(tx, actor, brought)).await?)
}

pub async fn show_resume_text(visitor: Visitor) -> Result<HttpResponse, ApiError> {
    Ok(attachment("text/plain; charset=utf-8", "resume.txt", visitor.read(service::own_text).await?))
}

pub async fn list_own_suggestions(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::own_suggestions).await?)
}

pub async fn list_resume_sendings(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::sendings).await?)
}

pub async fn delete_resume_sending(visitor: Visitor, id: Path<String>) -> ApiResult {
    let id: SendingId = id.parse().map_err(|_| Error::NotFound)?;
    visitor.write(move |tx, actor| service::withdraw(tx, actor, id)).await?;
    no_content()
}

pub async fn put_sent_resume(visitor: Visitor) -> ApiResult {
    let sending = visitor.write(service::send).await?;
    created(&format!("/api/v1/me/resume/sendings/{}", sending.id), &sending)
}

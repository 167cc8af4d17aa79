//! One's own data over JSON.

use actix_web::HttpResponse;

use super::model::FILE;
use super::{archive, service};
use crate::accounts::{PasswordProof, Visitor, prove};
use crate::platform::error::Error;
use crate::web::api::{ApiError, ApiResult, Json, no_content, ok};
use crate::web::download::attachment;

pub async fn create_export(visitor: Visitor, Json(proof): Json<PasswordProof>) -> Result<HttpResponse, ApiError> {
    let proved = prove(&visitor, proof).await?;
    let data = visitor.write(move |tx, actor| service::export(tx, actor, &proved)).await?;
    Ok(attachment("application/json", FILE, serde_json::to_vec_pretty(&data).map_err(Error::from)?))
}

pub async fn create_export_archive(visitor: Visitor, Json(proof): Json<PasswordProof>) -> Result<HttpResponse, ApiError> {
    let proved = prove(&visitor, proof).await?;
    let data = visitor.write(move |tx, actor| service::export(tx, actor, &proved)).await?;
    Ok(archive::answer(&visitor, &data)?)
}

pub async fn show_deletion(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::plan_deletion).await?)
}

pub async fn create_deletion(visitor: Visitor, Json(proof): Json<PasswordProof>) -> ApiResult {
    let proved = prove(&visitor, proof).await?;
    visitor.write(move |tx, actor| service::delete(tx, actor, &proved)).await?;
    no_content()
}

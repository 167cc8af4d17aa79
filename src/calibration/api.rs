//! Calibration over JSON.

use actix_web::web::Query;

use super::model::LookQuery;
use super::service;
use crate::accounts::Visitor;
use crate::web::api::{ApiResult, Json, Nothing, no_content, ok};

pub async fn show_calibration(visitor: Visitor, query: Query<LookQuery>) -> ApiResult {
    let look = query.look()?;
    ok(&visitor.read(move |tx, actor| service::team(tx, actor, look)).await?.team().await?)
}

pub async fn show_own_calibration(visitor: Visitor, query: Query<LookQuery>) -> ApiResult {
    let look = query.look()?;
    ok(&visitor.read(move |tx, actor| service::own(tx, actor, look)).await?.own().await?)
}

pub async fn share_own_calibration(visitor: Visitor, _: Json<Nothing>) -> ApiResult {
    visitor.write(service::share).await?;
    no_content()
}

pub async fn unshare_own_calibration(visitor: Visitor) -> ApiResult {
    visitor.write(service::unshare).await?;
    no_content()
}

//! Teams over JSON.

use super::service;
use crate::accounts::Visitor;
use crate::web::api::{ApiResult, ok};

pub async fn show_me(visitor: Visitor) -> ApiResult {
    ok(&visitor.read(service::me).await?)
}

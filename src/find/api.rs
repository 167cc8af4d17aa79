//! Find over JSON.

use actix_web::web::Query;

use super::model::{FindQuery, Wanted};
use super::service;
use crate::accounts::Visitor;
use crate::web::api::{ApiResult, ok};
use crate::web::paging::Paging;

pub async fn find(visitor: Visitor, query: Query<FindQuery>, paging: Paging) -> ApiResult {
    let (wanted, slice) = (Wanted::parse(&query.q, &query.kind)?, paging.slice()?);
    ok(&visitor.read(move |tx, actor| service::find(tx, actor, &wanted, &slice)).await?)
}

//! The board over JSON.

use actix_web::web::{Path, Query};

use super::model::{Narrowed, NewOffer, OfferId, OfferMade, Reason};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::api::{ApiResult, Json, Nothing, created, no_content, ok};
use crate::web::paging::Paging;

pub async fn list_practice_offers(visitor: Visitor, query: Query<Narrowed>, paging: Paging) -> ApiResult {
    let (narrowed, slice) = (query.into_inner(), paging.slice()?);
    ok(&visitor.read(move |tx, actor| service::offers(tx, actor, narrowed, &slice)).await?)
}

pub async fn create_practice_offer(visitor: Visitor, Json(new): Json<NewOffer>) -> ApiResult {
    let (id, team) = visitor.write(move |tx, actor| Ok((service::offer(tx, actor, &new)?, actor.team_id()?))).await?;
    created(&format!("/api/v1/teams/{team}/practice-offers/{id}"), &OfferMade { id })
}

pub async fn put_practice_booking(visitor: Visitor, path: Path<(String, String)>, _: Json<Nothing>) -> ApiResult {
    let id = id(&path)?;
    ok(&visitor.write(move |tx, actor| service::book(tx, actor, id)).await?)
}

pub async fn delete_practice_offer(visitor: Visitor, path: Path<(String, String)>, query: Query<Reason>) -> ApiResult {
    let id = id(&path)?;
    let reason = query.into_inner().reason;
    visitor.write(move |tx, actor| service::call_off(tx, actor, id, &reason)).await?;
    no_content()
}

fn id(path: &(String, String)) -> Result<OfferId, Error> {
    path.1.parse().map_err(|_| Error::NotFound)
}

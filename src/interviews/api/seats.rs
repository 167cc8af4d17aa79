//! The panel, over JSON.

use actix_web::HttpRequest;
use actix_web::web::{Path, Query};

use super::super::model::{AddSeat, ChangeSeat, InterviewView, RemoveSeat};
use super::super::service;
use super::{id, shown};
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, InterviewId};
use crate::web::api::{ApiResult, Json, created, if_match, if_match_given};

type OfSeat = Path<(String, String, String)>;

/// The seat is read with its interview, so that is where it lives.
pub async fn create_seat(visitor: Visitor, path: Path<(String, String)>, request: HttpRequest, Json(new): Json<AddSeat>) -> ApiResult {
    let (id, version) = (id(&path)?, if_match_given(&request)?);
    let view: InterviewView = visitor.write(move |tx, actor| service::add_seat(tx, actor, id, version, &new)).await?;
    created(&format!("/api/v1/teams/{}/interviews/{id}", path.0), &view)
}

pub async fn update_seat(visitor: Visitor, path: OfSeat, request: HttpRequest, Json(new): Json<ChangeSeat>) -> ApiResult {
    let ((id, account), version) = (ids(&path)?, if_match(&request)?);
    shown(&visitor.write(move |tx, actor| service::change_seat(tx, actor, id, version, account, &new)).await?)
}

pub async fn delete_seat(visitor: Visitor, path: OfSeat, request: HttpRequest, query: Query<RemoveSeat>) -> ApiResult {
    let ((id, account), version) = (ids(&path)?, if_match_given(&request)?);
    shown(&visitor.write(move |tx, actor| service::remove_seat(tx, actor, id, version, (account, &query))).await?)
}

fn ids(path: &(String, String, String)) -> Result<(InterviewId, AccountId)> {
    let id = path.1.parse().map_err(|_| Error::NotFound)?;
    Ok((id, path.2.parse().map_err(|_| Error::NotFound)?))
}

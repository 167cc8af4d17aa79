//! A request's body, read whole before anything else is done for it: as much as its route takes, and no
//! slower than [`Pace`] allows. A handler's time then is its own.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::{HttpMessage as _, web};
use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream, StreamExt as _};
use tokio::time::{Instant, timeout, timeout_at};

use super::Server;
use super::line::Pace;
use super::routing::{LARGEST, Table};
use crate::platform::error::{Error, Result};
use crate::platform::token::Purpose;

/// What nobody's route takes.
const UNKNOWN: usize = 4 * 1024;
/// The longest query a page or a program of ours ever writes is a tenth of it.
const QUERY: usize = 4 * 1024;
/// How many files are read and worked on at the same time.
pub const UPLOADS: usize = 4;
/// How long a file waits for its turn.
const TURN: Duration = Duration::from_secs(5);
/// A body that is read at once needs no room before it is here.
const ROOM: usize = 8 * 1024;

/// Puts the whole body into the request, or says why not. What was refused is still on its way.
pub async fn read(request: &mut ServiceRequest, pace: &Pace) -> Result<()> {
    if request.query_string().len() > QUERY {
        return Err(Error::AddressTooLong);
    }
    let payload = request.take_payload();
    if matches!(payload, Payload::None) {
        return Ok(());
    }
    let limit = limit(request);
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|said| said > limit) {
        return Err(Error::TooLarge { limit });
    }
    let large = said.is_none_or(|said| said > LARGEST) && limit > LARGEST;
    if large {
        take_a_place(request).await?;
    }
    let body = whole(payload, limit, &if large { pace.for_files() } else { *pace }).await?;
    let read: Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>> = Box::pin(stream::once(async { Ok(body) }));
    request.set_payload(read.into());
    Ok(())
}

/// A file is read from who brings a sign-in; anybody else is told in good time that it takes one.
fn limit(request: &ServiceRequest) -> usize {
    let limit = Table::find(request.request()).map_or(UNKNOWN, |route| route.reads);
    if limit > LARGEST && !brings_sign_in(request) { LARGEST } else { limit }
}

/// Whether there is a token that we have signed. Whether the sign-in still stands is asked later.
fn brings_sign_in(request: &ServiceRequest) -> bool {
    let Some(server) = request.app_data::<web::Data<Server>>() else { return false };
    let bearer = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let cookie = request.cookie(server.sign_in_cookie());
    let token = bearer.or_else(|| cookie.as_ref().map(|cookie| cookie.value()));
    token.is_some_and(|token| server.signer.read(Purpose::SignIn, token, server.db.now()).is_some())
}

/// Only so many files are in memory at once. The place is given back when the request is over.
async fn take_a_place(request: &ServiceRequest) -> Result<()> {
    let server = request.app_data::<web::Data<Server>>().ok_or(Error::Busy)?;
    let place = timeout(TURN, Arc::clone(&server.uploads).acquire_owned()).await;
    let place = place.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)?;
    request.extensions_mut().insert(place);
    Ok(())
}

async fn whole(mut payload: Payload, limit: usize, pace: &Pace) -> Result<Bytes> {
    let end = Instant::now() + pace.body;
    let (mut share_end, mut share) = (Instant::now() + pace.body_share, 0);
    let mut body = BytesMut::with_capacity(ROOM.min(limit));
    loop {
        let Ok(chunk) = timeout_at(end.min(share_end), payload.next()).await else {
            if Instant::now() >= end || share < pace.floor * pace.body_share.as_secs().max(1) {
                return Err(Error::TooSlow);
            }
            (share_end, share) = (share_end + pace.body_share, 0);
            continue;
        };
        let Some(chunk) = chunk else { return Ok(body.freeze()) };
        let chunk = chunk.map_err(|_| Error::Malformed("The request broke off before its end.".into()))?;
        if body.len() + chunk.len() > limit {
            return Err(Error::TooLarge { limit });
        }
        share += chunk.len() as u64;
        body.extend_from_slice(&chunk);
    }
}

//! A request's body, read whole before anything else is done for it: as much as its route takes, and no
//! slower than [`Pace`] allows. A handler's time then is its own.

use std::pin::Pin;

use actix_web::HttpMessage as _;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::header;
use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream, StreamExt as _};
use tokio::time::{Instant, timeout_at};

use super::line::Pace;
use super::routing::Table;
use crate::platform::error::{Error, Result};

/// What nobody's route takes.
const UNKNOWN: usize = 4 * 1024;
/// The longest query a page or a program of ours ever writes is a tenth of it.
const QUERY: usize = 4 * 1024;
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
    let limit = Table::find(request.request()).map_or(UNKNOWN, |route| route.reads);
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|said| said > limit) {
        return Err(Error::TooLarge { limit });
    }
    let body = whole(payload, limit, pace).await?;
    let read: Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>> = Box::pin(stream::once(async { Ok(body) }));
    request.set_payload(read.into());
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

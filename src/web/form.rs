//! Forms. A form always parses: its fields are text, and what the text means is the service's input type.

use std::future::Future;
use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use serde::de::DeserializeOwned;

use super::api::read_body;
use super::page::PageError;
use crate::platform::error::Error;

/// The largest form that is read, in bytes.
pub const MAX_FORM: usize = 512 * 1024;

/// `application/x-www-form-urlencoded`; repeated names make a list.
#[derive(Debug)]
pub struct Form<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(_: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read_body(payload.take(), MAX_FORM);
        Box::pin(async move {
            let parsed = body.await.and_then(|body| {
                serde_html_form::from_bytes(&body)
                    .map_err(|_| Error::Malformed("This form could not be read. Go back, reload the page and try again.".into()))
            });
            parsed.map(Form).map_err(PageError)
        })
    }
}

//! Files that a browser keeps instead of showing.

use actix_web::http::header::{CONTENT_DISPOSITION, HeaderName, HeaderValue};
use actix_web::{HttpResponse, web};

/// A file of this kind and name; the name is a plain one of letters, digits, `-`, `@` and `.`.
pub fn attachment(kind: &'static str, name: &str, body: impl Into<web::Bytes>) -> HttpResponse {
    HttpResponse::Ok().insert_header(disposition(name)).content_type(kind).body(body.into())
}

/// That it is to be kept under this name.
pub(super) fn disposition(name: &str) -> (HeaderName, HeaderValue) {
    let value = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    (CONTENT_DISPOSITION, value.unwrap_or(HeaderValue::from_static("attachment")))
}

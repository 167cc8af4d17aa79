//! Files that a browser keeps instead of showing.

use actix_web::http::header::{CONTENT_DISPOSITION, HeaderValue};
use actix_web::{HttpResponse, web};

/// A file of this kind and name; the name is a plain one of letters, digits, `-`, `@` and `.`.
pub fn attachment(kind: &'static str, name: &str, body: impl Into<web::Bytes>) -> HttpResponse {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let mut answer = HttpResponse::Ok();
    if let Ok(disposition) = disposition {
        answer.insert_header((CONTENT_DISPOSITION, disposition));
    }
    answer.content_type(kind).body(body.into())
}

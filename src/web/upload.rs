//! Files that come in: as the body of an operation, or in a form.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _, stream};

use super::api::{ApiError, read_body};
use super::page::PageError;
use crate::platform::error::Error;

/// A file that is the whole body.
#[derive(Debug)]
pub struct RawFile {
    /// Without parameters, in lower case.
    pub content_type: String,
    pub content: Bytes,
}

impl FromRequest for RawFile {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let headers = request.headers();
        let packed = headers.get(CONTENT_ENCODING).is_some_and(|coding| coding != "identity");
        let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let content_type = kind.split(';').next().unwrap_or_default().trim().to_lowercase();
        let body = read_body(payload.take());
        Box::pin(async move {
            // A small body may unpack to any size.
            if packed {
                return Err(
                    Error::Malformed("Send the file as it is: nothing is unpacked here, so leave Content-Encoding away.".into()).into()
                );
            }
            Ok(RawFile { content_type, content: body.await? })
        })
    }
}

/// A form with one file, in the field `file`, or its text in the field `content`.
#[derive(Debug, Default)]
pub struct Upload {
    /// As the browser says; empty where none was chosen.
    pub file_name: String,
    pub content: Bytes,
    /// What was pasted instead of a file.
    pub text: String,
    fields: BTreeMap<String, String>,
}

/// Words beside a file are few and short.
const FIELD: usize = 4 * 1024;
const FIELDS: usize = 20;
/// In pieces of this size the form is looked through.
const PIECE: usize = 32 * 1024;

impl Upload {
    /// What was typed into a field; empty where there is none.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    async fn read(mut form: Multipart) -> Result<Self, Error> {
        let mut upload = Upload::default();
        while let Some(field) = form.next().await {
            let mut field = field.map_err(|error| unreadable(&error))?;
            let name = field.name().unwrap_or_default().to_owned();
            if name == "file" {
                let said = field.content_disposition().and_then(|disposition| disposition.get_filename());
                upload.file_name = said.unwrap_or_default().to_owned();
                upload.content = content(&mut field, usize::MAX).await?;
                continue;
            }
            let pasted = name == "content";
            let most = if pasted { usize::MAX } else { FIELD };
            let text = String::from_utf8(content(&mut field, most).await?.to_vec()).map_err(|_| broken())?;
            if pasted {
                upload.text = text;
                continue;
            }
            upload.fields.insert(name, text);
            if upload.fields.len() > FIELDS {
                return Err(broken());
            }
        }
        Ok(upload)
    }
}

impl FromRequest for Upload {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (headers, body) = (request.headers().clone(), read_body(payload.take()));
        Box::pin(async move {
            let form = Multipart::new(&headers, pieces(body.await?));
            Upload::read(form).await.map_err(PageError)
        })
    }
}

/// The same bytes, piece by piece and not copied.
fn pieces(body: web::Bytes) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    stream::iter(std::iter::successors(Some(body), |rest| (rest.len() > PIECE).then(|| rest.slice(PIECE..))))
        .map(|rest| Ok(rest.slice(..rest.len().min(PIECE))))
}

async fn content(field: &mut Field, most: usize) -> Result<Bytes, Error> {
    let mut content = BytesMut::new();
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        if content.len() + chunk.len() > most {
            return Err(Error::TooLarge { limit: most });
        }
        content.extend_from_slice(&chunk);
    }
    Ok(content.freeze())
}

fn unreadable(error: &MultipartError) -> Error {
    tracing::debug!(%error, "a form with a file cannot be read");
    broken()
}

fn broken() -> Error {
    Error::Malformed("This form could not be read. Go back, choose the file again and send it.".into())
}

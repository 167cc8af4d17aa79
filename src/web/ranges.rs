//! Files of which a part may be asked for: `Range` of RFC 9110, one range of bytes. They are read piece by piece as they
//! are taken, so that nothing holds a whole one.

use std::error::Error as StdError;
use std::future::Future;

use actix_web::body::SizedStream;
use actix_web::http::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_RANGE, ETAG, IF_RANGE, RANGE};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use futures_util::stream;

use super::api::ApiResult;
use crate::platform::error::{Error, Result};

/// A header that operations with ranges understand.
pub const RANGES: &[(&str, &str)] = &[("Range", "One range of bytes, as in bytes=0-1023; the answer is then 206")];

/// What is there to be read. It never changes as long as it has this tag.
#[derive(Debug, Clone)]
pub struct Whole {
    pub kind: &'static str,
    pub size: u64,
    pub tag: String,
}

/// What of it is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    All,
    /// From the first byte to before the last.
    Part(u64, u64),
    Nothing,
}

/// Answers with what is asked of it. `read` gives bytes from a place on, as many as it likes; each read asks anew who may.
pub fn serve<R, F>(request: &HttpRequest, whole: &Whole, read: R) -> ApiResult
where
    R: Fn(u64) -> F + 'static,
    F: Future<Output = Result<Bytes>> + 'static,
{
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let tag = format!("\"{}\"", whole.tag);
    // Who has parts of another file starts again.
    let range = header(RANGE).filter(|_| header(IF_RANGE).is_none_or(|known| known == tag));
    let (from, to, status) = match asked(range, whole.size) {
        Asked::All => (0, whole.size, StatusCode::OK),
        Asked::Part(from, to) => (from, to, StatusCode::PARTIAL_CONTENT),
        Asked::Nothing => return Err(Error::NoSuchRange { size: whole.size }.into()),
    };
    let mut answer = HttpResponse::build(status);
    answer.content_type(whole.kind).insert_header((ETAG, tag)).insert_header((ACCEPT_RANGES, "bytes"));
    answer.insert_header((CACHE_CONTROL, "private, no-store")).insert_header((CONTENT_DISPOSITION, "inline"));
    // Packed, its places would be others.
    answer.insert_header((CONTENT_ENCODING, "identity"));
    if status == StatusCode::PARTIAL_CONTENT {
        answer.insert_header((CONTENT_RANGE, format!("bytes {from}-{}/{}", to - 1, whole.size)));
    }
    if request.method() == Method::HEAD {
        return Ok(answer.body(SizedStream::new(to - from, stream::empty::<Result<Bytes, Error>>())));
    }
    Ok(answer.body(SizedStream::new(to - from, pieces(from, to, read))))
}

fn pieces<R, F>(from: u64, to: u64, read: R) -> impl stream::Stream<Item = Result<Bytes, Box<dyn StdError>>>
where
    R: Fn(u64) -> F + 'static,
    F: Future<Output = Result<Bytes>> + 'static,
{
    stream::unfold((read, from), move |(read, at)| async move {
        if at >= to {
            return None;
        }
        let piece: Result<Bytes, Box<dyn StdError>> = match read(at).await {
            Ok(piece) if piece.is_empty() => Err("it ended early".into()),
            Ok(mut piece) => {
                piece.truncate(usize::try_from(to - at).unwrap_or(usize::MAX));
                Ok(piece)
            }
            Err(error) => Err(error.into()),
        };
        // What breaks off is not gone on with.
        let next = piece.as_ref().map_or(to, |piece| at + piece.len() as u64);
        Some((piece, (read, next)))
    })
}

/// What cannot be understood, and several ranges at once, are answered with everything.
fn asked(range: Option<&str>, size: u64) -> Asked {
    let Some((first, last)) = range.and_then(|range| range.trim().strip_prefix("bytes=")?.split_once('-')) else { return Asked::All };
    let number = |text: &str| text.trim().parse::<u64>().ok();
    match (number(first), number(last)) {
        (Some(first), last) if first < size && (last.is_some() || blank(range)) => {
            let last = last.unwrap_or(u64::MAX);
            if last < first { Asked::All } else { Asked::Part(first, last.saturating_add(1).min(size)) }
        }
        (Some(first), last) if first >= size && (last.is_some_and(|last| last >= first) || blank(range)) => Asked::Nothing,
        (None, Some(many)) if first.trim().is_empty() && (many == 0 || size == 0) => Asked::Nothing,
        (None, Some(many)) if first.trim().is_empty() => Asked::Part(size.saturating_sub(many), size),
        _ => Asked::All,
    }
}

/// The range has no last byte.
fn blank(range: Option<&str>) -> bool {
    range.is_some_and(|range| range.trim_end().ends_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_understood_and_all_else_is_the_whole() {
        let cases = [
            ("bytes=0-0", Asked::Part(0, 1)),
            ("bytes=0-", Asked::Part(0, 100)),
            ("bytes=10-19", Asked::Part(10, 20)),
            ("bytes=90-500", Asked::Part(90, 100)),
            ("bytes=90-18446744073709551615", Asked::Part(90, 100)),
            ("bytes=-10", Asked::Part(90, 100)),
            ("bytes=-500", Asked::Part(0, 100)),
            ("bytes=100-", Asked::Nothing),
            ("bytes=500-600", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=20-10", Asked::All),
            ("bytes=500-10", Asked::All),
            ("bytes=0-1,5-6", Asked::All),
            ("bytes=a-b", Asked::All),
            ("bytes=-", Asked::All),
            ("bytes=", Asked::All),
            ("lines=1-2", Asked::All),
            ("", Asked::All),
        ];
        for (range, expected) in cases {
            assert_eq!(asked(Some(range), 100), expected, "{range}");
        }
        assert_eq!(asked(None, 100), Asked::All);
        assert_eq!(asked(Some("bytes=0-"), 0), Asked::Nothing);
    }
}

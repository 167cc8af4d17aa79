//! Lists by the page: `?limit=` and `&cursor=`, the same on pages and in the API.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::api::List;
use crate::platform::error::{Error, Result};

/// The two, for the documentation of a list.
pub const PAGING: &[(&str, &str)] =
    &[("limit", "How many to give, at most 100; 50 without it"), ("cursor", "Where to go on: next_cursor of the page before")];

const DEFAULT: i64 = 50;
const MOST: i64 = 100;

/// The two parameters as they came; [`Paging::slice`] says what they mean.
#[derive(Debug, Clone, Default)]
pub struct Paging {
    limit: Option<String>,
    cursor: Option<String>,
}

/// What of a list is asked for. `C` is the place in the list's order after which it goes on.
#[derive(Debug, Clone)]
pub struct Slice<C> {
    limit: i64,
    pub after: Option<C>,
}

impl FromRequest for Paging {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut paging = Paging::default();
        for (name, value) in url::form_urlencoded::parse(request.query_string().as_bytes()) {
            match &*name {
                "limit" => paging.limit = Some(value.into_owned()),
                "cursor" => paging.cursor = Some(value.into_owned()),
                _ => {}
            }
        }
        ready(Ok(paging))
    }
}

impl Paging {
    pub fn slice<C: DeserializeOwned>(&self) -> Result<Slice<C>> {
        let limit = match self.limit.as_deref().map(str::parse) {
            None => DEFAULT,
            Some(Ok(limit)) if (1..=MOST).contains(&limit) => limit,
            Some(_) => return Err(Error::Malformed(format!("limit must be a number from 1 to {MOST}."))),
        };
        let after = self.cursor.as_deref().filter(|cursor| !cursor.is_empty()).map(read_cursor).transpose()?;
        Ok(Slice { limit, after })
    }
}

impl<C: Serialize> Slice<C> {
    /// The first page, for callers that show no other.
    pub fn first() -> Self {
        Slice { limit: MOST, after: None }
    }

    /// How many rows to load: one more than is shown tells whether there is another page.
    pub fn rows(&self) -> i64 {
        self.limit + 1
    }

    /// The page of the loaded rows, and the cursor of the next.
    pub fn list<T>(&self, mut rows: Vec<T>, place: impl Fn(&T) -> C) -> Result<List<T>> {
        let shown = self.limit as usize;
        let more = rows.len() > shown;
        rows.truncate(shown);
        let last = rows.last().filter(|_| more).map(place);
        Ok(List { items: rows, next_cursor: last.map(write_cursor).transpose()? })
    }
}

/// The cursor of the page that holds the `place`th row, in a list whose rows are numbered from 1; none for the first.
pub fn page_of(place: i64) -> Result<Option<String>> {
    let before = (place - 1).max(0) / DEFAULT * DEFAULT;
    (before > 0).then(|| write_cursor(before)).transpose()
}

fn write_cursor<C: Serialize>(place: C) -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(&place)?))
}

fn read_cursor<C: DeserializeOwned>(cursor: &str) -> Result<C> {
    let json = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|json| String::from_utf8(json).ok());
    // A NUL is no text for the database.
    let json = json.filter(|json| !json.contains("\\u0000"));
    let place = json.and_then(|json| serde_json::from_str(&json).ok());
    place.ok_or_else(|| Error::Malformed("This cursor is none of ours. Begin at the first page.".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paging(limit: Option<&str>, cursor: Option<&str>) -> Paging {
        Paging { limit: limit.map(Into::into), cursor: cursor.map(Into::into) }
    }

    #[test]
    fn pages_join_without_gap_and_the_last_has_no_cursor() {
        let all: Vec<u32> = (1..=5).collect();
        let (mut seen, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let slice = paging(Some("2"), cursor.as_deref()).slice::<u32>().unwrap();
            let rows = all.iter().copied().filter(|n| slice.after.is_none_or(|after| *n > after)).take(slice.rows() as usize).collect();
            let page = slice.list(rows, |n| *n).unwrap();
            seen.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, all);
    }

    #[test]
    fn a_limit_out_of_bounds_and_a_foreign_cursor_are_refused() {
        for bad in [paging(Some("0"), None), paging(Some("101"), None), paging(Some("many"), None), paging(None, Some("!"))] {
            assert!(matches!(bad.slice::<u32>(), Err(Error::Malformed(_))), "{bad:?}");
        }
    }
}

//! An answer, read to its end.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use actix_web::HttpResponse;
use actix_web::body::{MessageBody, to_bytes};
use actix_web::http::header::HeaderMap;
use serde_json::Value;

use super::html::plain;

#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Response {
    pub async fn read<B: MessageBody>(response: HttpResponse<B>) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        // A stream has no end; who wants what it says takes a real port (`app.serve()`).
        let streams = headers.get("Content-Type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        if streams {
            return Response { status, headers, body: Vec::new() };
        }
        let body = to_bytes(response.into_body()).await.map_err(|why| format!("the body broke off: {}", why.into())).unwrap().to_vec();
        Response { status, headers, body }
    }

    /// Passes when the status is this one; shows the body otherwise.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    /// The files of a ZIP, by name.
    #[track_caller]
    pub fn unpacked(&self) -> BTreeMap<String, Vec<u8>> {
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.body)).unwrap_or_else(|_| panic!("no ZIP: {}", self.text()));
        let places = 0..archive.len();
        let file = |place| {
            let (mut file, mut content) = (archive.by_index(place).unwrap(), Vec::new());
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        };
        places.map(file).collect()
    }

    /// A header's value; empty when it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn location(&self) -> &str {
        self.header("Location")
    }

    /// Passes when this is a 303; gives where it leads.
    #[track_caller]
    pub fn leads(&self) -> String {
        assert_eq!(self.status, 303, "{}", self.text());
        self.location().to_owned()
    }

    /// The `id` of a JSON body.
    #[track_caller]
    pub fn id(&self) -> String {
        self.json()["id"].as_str().unwrap_or_else(|| panic!("no id: {}", self.text())).to_owned()
    }

    /// Passes when the page or the JSON has these words somewhere, read as a person does: without entities.
    #[track_caller]
    pub fn shows(self, words: &str) -> Self {
        assert!(self.says(words), "{words:?} is missing in:\n{}", self.text());
        self
    }

    #[track_caller]
    pub fn hides(self, words: &str) -> Self {
        assert!(!self.says(words), "{words:?} is in:\n{}", self.text());
        self
    }

    pub fn says(&self, words: &str) -> bool {
        plain(&self.text()).contains(words)
    }

    // Errors of a form: problem+json and page alike.

    /// The message at this field; none when there is none.
    pub fn error_at(&self, field: &str) -> Option<String> {
        if self.header("Content-Type").contains("json") {
            let errors = self.json()["errors"].as_array().cloned().unwrap_or_default();
            return errors
                .iter()
                .find(|error| error["field"] == field)
                .map(|error| error["message"].as_str().unwrap_or_default().to_owned());
        }
        let text = self.text();
        let (_, rest) = text.split_once(&format!("id=\"{field}-error\">"))?;
        Some(plain(rest.split_once("</span>").map_or(rest, |(_, rest)| rest).split("</span>").next()?))
    }

    /// Passes when this is a 422 with an error at this field, on a page or in JSON.
    #[track_caller]
    pub fn refuses(self, field: &str) -> Self {
        assert_eq!(self.status, 422, "{}", self.text());
        assert!(self.error_at(field).is_some(), "no error at {field}: {}", self.text());
        self
    }

    /// The value that a form's control of this name shows.
    pub fn typed(&self, name: &str) -> Option<String> {
        let text = self.text();
        let at = text.find(&format!("name=\"{name}\""))?;
        let tag_start = text[..at].rfind('<')?;
        let (tag, after) = text[tag_start..].split_once('>')?;
        if tag.starts_with("<textarea") {
            return after.split("</textarea>").next().map(|value| plain(value.trim_start_matches('\n')));
        }
        if tag.starts_with("<select") {
            let options = after.split("</select>").next()?;
            let chosen = options.split("<option").find(|option| option.contains(" selected"))?;
            return attribute(chosen, "value");
        }
        attribute(tag, "value")
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next().map(plain)
}

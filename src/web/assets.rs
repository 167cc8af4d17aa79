//! Styles, scripts, fonts, icons and templates: compiled into the binary, read from disk while developing.
//!
//! Every asset lives under one folder named after all their contents, so that scripts can import each
//! other by relative names and every answer can be kept by the browser for ever.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use super::page::PageError;
use super::script::shorten;
use crate::platform::error::Error;

#[derive(RustEmbed)]
#[folder = "static/"]
#[exclude = "*.md"]
struct Static;

/// The templates, below `templates/`.
#[derive(RustEmbed)]
#[folder = "templates/"]
#[exclude = "*.md"]
pub struct Templates;

impl Templates {
    pub fn all() -> anyhow::Result<Vec<(String, String)>> {
        Templates::iter()
            .filter_map(|path| Templates::get(&path).map(|file| (path, file)))
            .map(|(path, file)| Ok((path.into_owned(), String::from_utf8(file.data.into_owned())?)))
            .collect()
    }
}

/// The style sheets in this order make `app.css`; one path a line, below `static/css/`.
const CSS_ORDER: &str = "css/order.txt";
const CSS: &str = "css/app.css";

struct Built {
    css: Vec<u8>,
    scripts: HashMap<String, Vec<u8>>,
    version: String,
}

fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let css = app_css();
        let scripts = Static::iter().filter(|path| ours(path)).filter_map(|path| Some((path.to_string(), short_script(&path)?))).collect();
        let mut digest = Sha256::new();
        let mut paths: Vec<_> = Static::iter().collect();
        paths.sort();
        for path in paths {
            digest.update(path.as_bytes());
            digest.update(file(&path).unwrap_or_default());
        }
        let version = digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Built { css, scripts, version }
    })
}

fn app_css() -> Vec<u8> {
    let order = file(CSS_ORDER).unwrap_or_default();
    let order = String::from_utf8_lossy(&order).into_owned();
    order
        .lines()
        .filter(|line| !line.trim().is_empty())
        .flat_map(|line| file(&format!("css/{}", line.trim())).unwrap_or_default().into_owned())
        .collect()
}

fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    Static::get(path).map(|file| file.data)
}

/// A script that we wrote; what is in `vendor/` is short already.
fn ours(path: &str) -> bool {
    path.starts_with("js/") && path.ends_with(".js") && !path.starts_with("js/vendor/")
}

fn short_script(path: &str) -> Option<Vec<u8>> {
    let source = String::from_utf8(file(path)?.into_owned()).ok()?;
    Some(shorten(&source).into_bytes())
}

/// The address of an asset, as in `url("js/main.js")`.
pub fn url(path: &str) -> String {
    format!("/static/{}/{path}", built().version)
}

pub fn css_url() -> String {
    url(CSS)
}

pub fn js_url() -> String {
    url("js/main.js")
}

/// GET and HEAD `/static/{path}`.
pub async fn show(request: HttpRequest, path: web::Path<String>) -> Result<HttpResponse, PageError> {
    let version = &built().version;
    let (path, versioned) = match path.strip_prefix(version.as_str()).and_then(|rest| rest.strip_prefix('/')) {
        Some(rest) => (rest.to_owned(), true),
        None => (path.into_inner(), false),
    };
    let body = served(&path).ok_or(Error::NotFound)?;

    let etag = format!("\"{}\"", Sha256::digest(&body).iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>());
    // While developing, files change under one version.
    let cache =
        if versioned && !cfg!(debug_assertions) { "public, max-age=31536000, immutable" } else { "public, max-age=0, must-revalidate" };
    let mut answer = HttpResponse::Ok();
    answer.insert_header((ETAG, etag.clone())).insert_header((CACHE_CONTROL, cache));
    if request.headers().get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return Ok(answer.status(actix_web::http::StatusCode::NOT_MODIFIED).finish());
    }
    answer.insert_header((CONTENT_TYPE, content_type(&path)));
    Ok(answer.body(body.into_owned()))
}

/// What is sent for a path. While developing, as it is on the disk now.
fn served(path: &str) -> Option<Cow<'static, [u8]>> {
    let developing = cfg!(debug_assertions);
    match path {
        CSS if developing => Some(Cow::Owned(app_css())),
        CSS => Some(Cow::Borrowed(&built().css)),
        script if ours(script) && developing => short_script(script).map(Cow::Owned),
        script if ours(script) => built().scripts.get(script).map(|short| Cow::Borrowed(short.as_slice())),
        other => file(other),
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        Some("png") => "image/png",
        _ => "text/plain; charset=utf-8",
    }
}

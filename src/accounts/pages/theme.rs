//! Light or dark.

use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::header::{HOST, REFERER};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use url::Url;

use crate::accounts::Visitor;
use crate::platform::error::Error;
use crate::web::form::Form;
use crate::web::page::{PageResult, local_path, see_other};

#[derive(Deserialize)]
pub struct ThemeForm {
    #[serde(default)]
    theme: String,
}

/// Remembers the choice in this browser and goes back to where it was made. Any other word than light
/// and dark follows the system again.
pub async fn update(visitor: Visitor, request: HttpRequest, Form(form): Form<ThemeForm>) -> PageResult {
    let chosen = matches!(form.theme.as_str(), "light" | "dark");
    let cookie = Cookie::build("theme", if chosen { form.theme } else { String::new() })
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(visitor.server.secure())
        .max_age(if chosen { time::Duration::days(365) } else { time::Duration::ZERO })
        .finish();
    let mut answer: HttpResponse = see_other(came_from(&request).unwrap_or_else(|| "/".into()))?;
    answer.add_cookie(&cookie).map_err(|error| Error::Internal(error.into()))?;
    Ok(answer)
}

/// The page of this site that sent the form.
fn came_from(request: &HttpRequest) -> Option<String> {
    let text = |name| request.headers().get(name)?.to_str().ok();
    let page = Url::parse(text(REFERER)?).ok()?;
    let host = match page.port() {
        Some(port) => format!("{}:{port}", page.host_str()?),
        None => page.host_str()?.to_owned(),
    };
    if text(HOST)? != host {
        return None;
    }
    let path = page.query().map_or_else(|| page.path().to_owned(), |query| format!("{}?{query}", page.path()));
    local_path(&path).map(str::to_owned)
}

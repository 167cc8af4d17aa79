//! What stands round every request: its id and span, a time limit, the catch of panics, the check that
//! an act comes from our own pages, the headers, the count.

use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, web};
use futures_util::FutureExt as _;
use tracing::Instrument as _;
use uuid::Uuid;

use super::Server;
use super::api::{self, add_retry_after};
use super::assets;
use super::intake;
use super::line::{self, Line};
use super::page::{PageError, Shell};
use super::routing::LARGEST;
use crate::platform::error::Error;

tokio::task_local! {
    static REQUEST_ID: Uuid;
}

/// How long a handler may take; the body of a stream is outside of it.
const HANDLER_LIMIT: Duration = Duration::from_secs(15);

/// The id of the request that is being answered, as it stands in the log and in `X-Request-Id`.
pub fn request_id() -> String {
    REQUEST_ID.try_with(Uuid::to_string).unwrap_or_default()
}

/// What of a request is needed after the handler has taken it.
struct About {
    method: Method,
    route: String,
    api: bool,
    here: String,
    theme: Option<String>,
    server: Option<web::Data<Server>>,
    line: Option<Rc<Line>>,
}

/// The outermost layer.
pub async fn guard(request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let id = Uuid::new_v4();
    let about = About {
        method: request.method().clone(),
        route: request.match_pattern().unwrap_or_else(|| "unknown".into()),
        api: request.path().starts_with("/api/") && !request.path().starts_with("/api/docs"),
        here: request.uri().path_and_query().map_or_else(|| "/".into(), |path| path.as_str().to_owned()),
        theme: theme(request.request()),
        server: request.app_data::<web::Data<Server>>().cloned(),
        line: Line::to(request.request()),
    };
    // The route's pattern and not the path: links carry tokens.
    let span = tracing::info_span!("request", %id, method = %about.method, route = about.route);
    REQUEST_ID.scope(id, answer(request, next, about).instrument(span)).await
}

async fn answer(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    about: About,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let began = Instant::now();
    if let Some(line) = &about.line {
        line.work();
    }
    let done = match let_in(&mut request, &about).await {
        Err(error) => Ok(request.into_response(about.refuse(&error))),
        Ok(()) => handle(request, next, &about).await,
    };
    // A handler that panicked or took too long has its request with it: its answer travels as an error.
    let mut done = done.map_err(|response| response.map_into_boxed_body());
    let headers = match &mut done {
        Ok(response) => response.headers_mut(),
        Err(response) => response.headers_mut(),
    };
    add_headers(headers, about.server.as_ref().is_some_and(|server| server.secure()));
    let status = done.as_ref().map_or_else(|response| response.status(), |response| response.status());
    let seconds = began.elapsed().as_secs_f64();
    metrics::histogram!("http_request_seconds", "method" => about.method.to_string(), "route" => about.route, "status" => status.as_str().to_owned()).record(seconds);
    tracing::info!(status = status.as_u16(), ms = (seconds * 1000.0) as u64, "answered");
    let Some(line) = about.line else { return done.map_err(as_error) };
    match done {
        Ok(response) => Ok(response.map_body(|_, body| line::watched(line, body))),
        Err(response) => {
            line.wait();
            Err(as_error(response))
        }
    }
}

fn as_error(response: HttpResponse) -> actix_web::Error {
    InternalError::from_response("refused", response).into()
}

/// Where it comes from is right, and all of it is here.
async fn let_in(request: &mut ServiceRequest, about: &About) -> Result<(), Error> {
    let pace = about.server.as_ref().map(|server| server.pace).unwrap_or_default();
    let read = match check_origin(request) {
        Ok(()) => intake::read(request, &pace).await,
        refused => refused,
    };
    // A body that was not read to its end may come for ever.
    if let (Err(_), Some(line)) = (&read, &about.line) {
        line.leave();
    }
    read
}

async fn handle(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    about: &About,
) -> Result<ServiceResponse<BoxBody>, HttpResponse> {
    match AssertUnwindSafe(tokio::time::timeout(HANDLER_LIMIT, next.call(request))).catch_unwind().await {
        Ok(Ok(Ok(response))) => Ok(about.finish(response.map_into_boxed_body())),
        Ok(Ok(Err(error))) => Err(about.refuse_as(&error)),
        Ok(Err(_)) => Err(about.refuse(&Error::Busy)),
        Err(panic) => {
            let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
            Err(about.refuse(&Error::Internal(anyhow::anyhow!("a handler panicked: {}", text.unwrap_or_default()))))
        }
    }
}

impl About {
    /// Makes the page of an error that a page handler gave, and an error of routing into ours.
    fn finish(&self, response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
        let status = response.status();
        let refusal = match response.response().error() {
            Some(error) => match error.as_error::<PageError>() {
                Some(PageError(error)) => self.refuse(error),
                // Already a problem+json of the API.
                None if error.as_error::<api::ApiError>().is_some() => return response,
                None => self.refuse_as(error),
            },
            None if status == StatusCode::METHOD_NOT_ALLOWED => {
                let mut refusal = self.refuse(&Error::NotFound);
                *refusal.status_mut() = status;
                refusal
            }
            None => return response,
        };
        response.into_response(refusal)
    }

    fn refuse_as(&self, error: &actix_web::Error) -> HttpResponse {
        self.refuse(&match error.as_response_error().status_code() {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Error::NotFound,
            StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { limit: LARGEST },
            status if status.is_client_error() => Error::Malformed("This request could not be read.".into()),
            _ => Error::Internal(anyhow::anyhow!("{error}")),
        })
    }

    fn refuse(&self, error: &Error) -> HttpResponse {
        if self.api { api::problem(error) } else { self.page(error) }
    }

    fn page(&self, error: &Error) -> HttpResponse {
        if let Error::Internal(cause) = error {
            tracing::error!(error = format!("{cause:#}"), "internal error");
        }
        if matches!(error, Error::Unauthenticated) && matches!(self.method, Method::GET | Method::HEAD) {
            let next: String = url::form_urlencoded::byte_serialize(self.here.as_bytes()).collect();
            return HttpResponse::SeeOther().insert_header((header::LOCATION, format!("/sign-in?next={next}"))).finish();
        }
        let shell =
            Shell { css: assets::css_url(), js: assets::js_url(), theme: self.theme.clone(), request_id: request_id(), ..Shell::default() };
        let Some(server) = &self.server else { return HttpResponse::InternalServerError().finish() };
        let mut answer = HttpResponse::build(api::status(error));
        add_retry_after(&mut answer, error);
        answer.content_type("text/html; charset=utf-8").body(server.views.error_page(error, &shell))
    }
}

/// The theme this browser chose; none follows the system.
pub fn theme(request: &actix_web::HttpRequest) -> Option<String> {
    request.cookie("theme").map(|cookie| cookie.value().to_owned()).filter(|theme| matches!(theme.as_str(), "light" | "dark"))
}

/// An unsafe method that carries a cookie must come from our own pages: Sec-Fetch-Site says so, or the
/// Origin does. A Bearer token is sent by no browser by itself and needs neither.
fn check_origin(request: &ServiceRequest) -> Result<(), Error> {
    let headers = request.headers();
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || !headers.contains_key(header::COOKIE) || headers.contains_key(header::AUTHORIZATION) {
        return Ok(());
    }
    let refused = || Error::Forbidden("This did not come from a page of this site. Reload the page and try again.");
    if let Some(site) = text(headers, "Sec-Fetch-Site") {
        return if matches!(site, "same-origin" | "none") { Ok(()) } else { Err(refused()) };
    }
    let origin = text(headers, "Origin").and_then(|origin| url::Url::parse(origin).ok()).ok_or_else(refused)?;
    let origin = authority(&origin);
    let server = request.app_data::<web::Data<Server>>().ok_or_else(refused)?;
    let loopback = matches!(server.base_url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let host = text(headers, "Host");
    let ours = origin == authority(&server.base_url) || (loopback && host.is_some_and(|host| host == origin));
    if ours { Ok(()) } else { Err(refused()) }
}

fn authority(url: &url::Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
    media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types fragment";

pub const PERMISSIONS: &str = "permissions-policy";
const NO_DEVICE: &str =
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";
/// Of a page on which somebody records what they say.
pub const MICROPHONE: &str =
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(self), payment=(), usb=()";

fn add_headers(headers: &mut HeaderMap, secure: bool) {
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    set("x-request-id", &request_id());
    set("content-security-policy", CSP);
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "same-origin");
    set("cross-origin-opener-policy", "same-origin");
    set("cross-origin-resource-policy", "same-origin");
    set("x-frame-options", "DENY");
    set("vary", "Cookie, Sec-Fetch-Site, Origin");
    if secure {
        set("strict-transport-security", "max-age=31536000; includeSubDomains");
    }
    // A page that records has said so itself.
    if !headers.contains_key(PERMISSIONS) {
        headers.insert(HeaderName::from_static(PERMISSIONS), HeaderValue::from_static(NO_DEVICE));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

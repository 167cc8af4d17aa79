//! JSON in, JSON out, `application/problem+json` when something is wrong.

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_RANGE, CONTENT_TYPE, ETAG, LOCATION, RETRY_AFTER};
use actix_web::{FromRequest, HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError, dev::Payload, web};
use futures_util::StreamExt as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::guard::request_id;
use super::shape;
use crate::platform::error::{Error, FieldError, FieldErrors};

/// What an API handler gives.
pub type ApiResult = Result<HttpResponse, ApiError>;

/// Wraps [`Error`] for JSON.
#[derive(Debug)]
pub struct ApiError(pub Error);

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        ApiError(error)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        status(&self.0)
    }

    fn error_response(&self) -> HttpResponse {
        problem(&self.0)
    }
}

/// The HTTP status of each error, for pages and API alike.
pub fn status(error: &Error) -> StatusCode {
    match error {
        Error::Unauthenticated | Error::WrongCredentials => StatusCode::UNAUTHORIZED,
        Error::Forbidden(_) => StatusCode::FORBIDDEN,
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Gone(_) => StatusCode::GONE,
        Error::Malformed(_) => StatusCode::BAD_REQUEST,
        Error::Invalid(_) | Error::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Conflict { .. } => StatusCode::CONFLICT,
        Error::Stale { .. } => StatusCode::PRECONDITION_FAILED,
        Error::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
        Error::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Error::NoSuchRange { .. } => StatusCode::RANGE_NOT_SATISFIABLE,
        Error::AddressTooLong => StatusCode::URI_TOO_LONG,
        Error::TooSlow => StatusCode::REQUEST_TIMEOUT,
        Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The members we add to RFC 9457's.
#[derive(Debug, Default, Serialize)]
struct Members {
    request_id: String,
    #[serde(skip_serializing_if = "FieldErrors::is_empty")]
    errors: FieldErrors,
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<serde_json::Value>,
}

/// What a refusal looks like, for the documentation (RFC 9457, and what we add).
#[derive(ToSchema)]
#[schema(as = Problem)]
#[expect(dead_code, reason = "it is written by `problem`, and only described here")]
pub struct ProblemBody {
    /// An address below `/api/docs/problems/`; its last part is a code for programs.
    r#type: String,
    title: String,
    status: u16,
    /// For people: what is wrong and what to do.
    detail: String,
    /// Tell it to your operator: the log has the request under it.
    request_id: String,
    /// With 422: what is wrong, field by field.
    errors: Option<Vec<FieldError>>,
    /// With 412: the newest version.
    #[schema(value_type = Option<Object>)]
    current: Option<serde_json::Value>,
}

/// One kind of problem, for the documentation.
#[derive(Debug, Clone, Serialize)]
pub struct Problem {
    pub code: &'static str,
    pub status: u16,
    pub meaning: &'static str,
}

/// Every kind of problem but those of a single conflict, which name themselves.
pub const PROBLEMS: &[Problem] = &[
    Problem { code: "unauthenticated", status: 401, meaning: "Nobody is signed in, or the sign-in has ended. Sign in and send it again." },
    Problem { code: "wrong-credentials", status: 401, meaning: "Address and password do not fit together." },
    Problem { code: "forbidden", status: 403, meaning: "You see it, and the act is not yours. The detail says why." },
    Problem { code: "not-found", status: 404, meaning: "It does not exist, or not for you." },
    Problem { code: "gone", status: 410, meaning: "It was there and is over: a link that was used, revoked or has expired." },
    Problem { code: "malformed", status: 400, meaning: "The request cannot be read. The detail names the member or header." },
    Problem { code: "invalid", status: 422, meaning: "The fields in errors do not hold what they must; each message says what to do." },
    Problem {
        code: "conflict",
        status: 409,
        meaning: "The act does not fit the state of things. The type ends in a code of its own, the detail says what is in the way.",
    },
    Problem {
        code: "stale",
        status: 412,
        meaning: "Somebody was quicker. current is the newest; put your change on it and send its version as If-Match.",
    },
    Problem { code: "precondition-required", status: 428, meaning: "Send If-Match with the version your change is based on." },
    Problem { code: "too-large", status: 413, meaning: "The body is larger than this operation reads." },
    Problem { code: "no-such-range", status: 416, meaning: "The range lies beyond the end. Content-Range tells how much there is." },
    Problem { code: "address-too-long", status: 414, meaning: "What stands after the question mark is longer than any operation reads." },
    Problem { code: "too-slow", status: 408, meaning: "The body did not arrive in time. Nothing was changed; send it again." },
    Problem { code: "too-many", status: 429, meaning: "Too many tries. Come back after Retry-After seconds." },
    Problem {
        code: "busy",
        status: 503,
        meaning: "The database is away or everything is taken. Nothing was changed; try again after Retry-After seconds.",
    },
    Problem { code: "internal", status: 500, meaning: "A defect of ours. The log has it under the request id." },
];

/// The last stable part of the problem's `type`, for programs.
fn code(error: &Error) -> &'static str {
    match error {
        Error::Unauthenticated => "unauthenticated",
        Error::WrongCredentials => "wrong-credentials",
        Error::Forbidden(_) => "forbidden",
        Error::NotFound => "not-found",
        Error::Gone(_) => "gone",
        Error::Malformed(_) => "malformed",
        Error::Invalid(_) => "invalid",
        Error::KeyReused => "idempotency-key-reused",
        Error::Conflict { code, .. } => code,
        Error::Stale { .. } => "stale",
        Error::PreconditionRequired => "precondition-required",
        Error::TooLarge { .. } => "too-large",
        Error::NoSuchRange { .. } => "no-such-range",
        Error::AddressTooLong => "address-too-long",
        Error::TooSlow => "too-slow",
        Error::TooMany { .. } => "too-many",
        Error::Busy => "busy",
        Error::Internal(_) => "internal",
    }
}

fn title(error: &Error) -> &'static str {
    match error {
        Error::Unauthenticated => "Sign in first",
        Error::WrongCredentials => "Not let in",
        Error::Forbidden(_) => "Not yours to do",
        Error::NotFound => "Not found",
        Error::Gone(_) => "No longer there",
        Error::Malformed(_) => "This could not be read",
        Error::Invalid(_) => "Some fields need another look",
        Error::KeyReused => "This key was used already",
        Error::Conflict { .. } => "This does not fit the state of things",
        Error::Stale { .. } => "Changed in the meantime",
        Error::PreconditionRequired => "Say which version you changed",
        Error::TooLarge { .. } => "Too large",
        Error::NoSuchRange { .. } => "Beyond the end",
        Error::AddressTooLong => "Too long an address",
        Error::TooSlow => "Too slow",
        Error::TooMany { .. } => "Too many tries",
        Error::Busy => "Busy, try again in a moment",
        Error::Internal(_) => "Something went wrong on our side",
    }
}

/// The answer for an error; the one place that logs a defect of the API.
pub fn problem(error: &Error) -> HttpResponse {
    let detail = match error {
        Error::Internal(cause) => {
            tracing::error!(error = format!("{cause:#}"), "internal error");
            "Nothing you sent was lost by you. If it happens again, tell your operator the request id.".to_owned()
        }
        other => other.to_string(),
    };
    let mut members = Members { request_id: request_id(), ..Members::default() };
    match error {
        Error::Invalid(errors) => members.errors = errors.clone(),
        Error::Stale { current } => members.current = Some(current.clone()),
        _ => {}
    }
    let status = status(error);
    let kind = format!("/api/docs/problems/{}", code(error));
    let details = problem_details::ProblemDetails::new()
        .with_type(kind.parse::<http::Uri>().unwrap_or_default())
        .with_title(title(error))
        .with_status(http::StatusCode::from_u16(status.as_u16()).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR))
        .with_detail(detail)
        .with_extensions(members);
    let mut answer = HttpResponse::build(status);
    answer.insert_header((CONTENT_TYPE, "application/problem+json"));
    add_retry_after(&mut answer, error);
    if let Error::NoSuchRange { size } = error {
        answer.insert_header((CONTENT_RANGE, format!("bytes */{size}")));
    }
    answer.body(serde_json::to_vec(&details).unwrap_or_default())
}

/// Tells when to come back, where that is known.
pub fn add_retry_after(answer: &mut HttpResponseBuilder, error: &Error) {
    match error {
        Error::Busy => drop(answer.insert_header((RETRY_AFTER, "1"))),
        Error::TooMany { retry_after } => drop(answer.insert_header((RETRY_AFTER, retry_after.as_secs().max(1).to_string()))),
        _ => {}
    }
}

/// 200 with a body.
pub fn ok(body: &impl Serialize) -> ApiResult {
    answer(StatusCode::OK, body)
}

/// 201 with the new thing and where it lives.
pub fn created(location: &str, body: &impl Serialize) -> ApiResult {
    let mut answer = answer(StatusCode::CREATED, body)?;
    let location = location.parse().map_err(|_| Error::Internal(anyhow::anyhow!("a location is no header value")))?;
    answer.headers_mut().insert(LOCATION, location);
    Ok(answer)
}

/// 200 with a version for the next If-Match.
pub fn ok_versioned(version: i32, body: &impl Serialize) -> ApiResult {
    let mut answer = answer(StatusCode::OK, body)?;
    let etag = format!("\"{version}\"").parse().map_err(|_| Error::Internal(anyhow::anyhow!("a version is no header value")))?;
    answer.headers_mut().insert(ETAG, etag);
    Ok(answer)
}

/// 204.
pub fn no_content() -> ApiResult {
    Ok(HttpResponse::NoContent().finish())
}

fn answer(status: StatusCode, body: &impl Serialize) -> ApiResult {
    let body = serde_json::to_vec(body).map_err(Error::from)?;
    Ok(HttpResponse::build(status).content_type("application/json").body(body))
}

/// A JSON body. Unknown members and wrong kinds are 400 with the member named, never a parser's text.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.starts_with("application/json"));
        let body = read_body(payload.take());
        Box::pin(async move {
            let body = body.await?;
            if !is_json && !body.is_empty() {
                return Err(Error::Malformed("Send JSON with Content-Type: application/json.".into()).into());
            }
            Ok(Json(parse_json(&body)?))
        })
    }
}

/// The body, which [`super::intake`] has read and measured.
pub(super) async fn read_body(mut payload: Payload) -> Result<web::Bytes, Error> {
    let mut body = web::Bytes::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Error::Malformed("The request broke off before its end.".into()))?;
        // It comes in one piece, which is not copied.
        body = if body.is_empty() { chunk } else { [body, chunk].concat().into() };
    }
    Ok(body)
}

fn parse_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let body = if body.is_empty() { b"{}" } else { body };
    // A list would be read as the members in their order.
    if body.trim_ascii_start().first().is_some_and(|first| *first == b'[') {
        return Err(Error::Malformed("Send a JSON object.".into()));
    }
    shape::check_json(body)?;
    let mut reader = serde_json::Deserializer::from_slice(body);
    let parsed = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let field = error.path().to_string();
        match error.inner().classify() {
            serde_json::error::Category::Data if field == "." => Error::Malformed(of_the_whole(&error.inner().to_string())),
            serde_json::error::Category::Data => {
                Error::Malformed(format!("The member {field:?} is unknown, missing, or of the wrong kind. See /api/docs."))
            }
            _ => Error::Malformed("This is not JSON.".into()),
        }
    })?;
    reader.end().map_err(|_| Error::Malformed("There is something after the JSON.".into()))?;
    Ok(parsed)
}

/// What is wrong with a body of which no single member is: one is missing, or it is no object at all.
fn of_the_whole(said: &str) -> String {
    let named = |start: &str| said.strip_prefix(start).and_then(|rest| rest.split('`').next());
    match (named("missing field `"), named("unknown field `")) {
        (Some(name), _) => format!("The member {name:?} is missing. See /api/docs."),
        (_, Some(name)) => format!("The member {name:?} is unknown. See /api/docs."),
        _ => "The body is not a JSON object as this operation reads it. See /api/docs.".to_owned(),
    }
}

/// The version of an `If-Match: "7"`; 428 without one.
pub fn if_match(request: &HttpRequest) -> Result<i32, Error> {
    let header = request.headers().get("If-Match").ok_or(Error::PreconditionRequired)?;
    header
        .to_str()
        .ok()
        .and_then(|text| text.trim().trim_start_matches("W/").trim_matches('"').parse().ok())
        .ok_or_else(|| Error::Malformed("If-Match must be the version in quotes, as in \"7\".".into()))
}

/// The same where the change may be made to whatever is newest: none without the header.
pub fn if_match_given(request: &HttpRequest) -> Result<Option<i32>, Error> {
    request.headers().contains_key("If-Match").then(|| if_match(request)).transpose()
}

/// The `Idempotency-Key`, a UUID made by the client; 400 without one.
pub fn idempotency_key(request: &HttpRequest) -> Result<uuid::Uuid, Error> {
    let missing = || Error::Malformed("Send an Idempotency-Key: a UUID that stays the same when this request is tried again.".into());
    request.headers().get("Idempotency-Key").and_then(|key| key.to_str().ok()).and_then(|key| key.parse().ok()).ok_or_else(missing)
}

/// `{}`: the body of an act that needs no words.
#[derive(Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// One page of a list. `next_cursor` is opaque; it is null at the end.
#[derive(Debug, Serialize)]
pub struct List<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<String>,
}

/// By hand, since the derived one forgets to describe what the list is of.
impl<T: ToSchema> ToSchema for List<T> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("List_{}", T::name()))
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(schemas);
    }
}

impl<T: ToSchema> PartialSchema for List<T> {
    fn schema() -> RefOr<Schema> {
        let items = ArrayBuilder::new().items(Ref::from_schema_name(T::name()));
        let cursor = ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null]));
        ObjectBuilder::new().property("items", items).required("items").property("next_cursor", cursor).required("next_cursor").into()
    }
}

//! The OpenAPI document, made from the table of routes, so that no operation can be missing from it.

use std::collections::{BTreeMap, BTreeSet};

use utoipa::PartialSchema;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, Content, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Paths, Ref, RefOr, Required, Response, Schema,
};

use super::api::{PROBLEMS, ProblemBody};
use super::routing::{Described, Doc, Kind, Method, Route, Who};

/// The schema of every refusal.
const PROBLEM: &str = "Problem";

/// Describes every operation of the API and every stream.
pub fn document(routes: &[Route]) -> OpenApi {
    let mut paths = Paths::new();
    let mut schemas: BTreeMap<String, RefOr<Schema>> = BTreeMap::new();
    for route in routes.iter().filter(|route| matches!(route.kind, Kind::Api | Kind::Stream)) {
        paths.add_path_operation(route.path, vec![method(route.method)], operation(route, &mut schemas));
    }
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    schemas.extend(Described::of::<ProblemBody>().schemas);
    schemas.insert(PROBLEM.into(), <ProblemBody as PartialSchema>::schema());
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .responses_from_iter(PROBLEMS.iter().map(|problem| (response_name(problem.status), refusal(problem.status))))
        .security_scheme("bearer", bearer)
        .build();
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Fivefold")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some("Mock and structured interviews: plan, run, score blind, debrief, report. Times are RFC 3339 in UTC, ids are UUIDs, errors are application/problem+json."))
                .build(),
        )
        .paths(paths)
        .components(Some(components))
        .build()
}

/// Names under which the document has two schemas that differ: only one of them would be in it.
pub fn ambiguous_names(routes: &[Route]) -> BTreeSet<String> {
    let bodies = routes.iter().filter_map(|route| route.doc.as_ref()).flat_map(|doc| doc.takes.iter().chain(&doc.gives));
    let mut known = BTreeMap::new();
    bodies
        .flat_map(|body| &body.schemas)
        .filter(|(name, schema)| *known.entry(name).or_insert(schema) != schema)
        .map(|(name, _)| name.clone())
        .collect()
}

fn operation(route: &Route, schemas: &mut BTreeMap<String, RefOr<Schema>>) -> utoipa::openapi::path::Operation {
    let mut words = route.handler.split("::");
    let tag = words.next().unwrap_or_default().replace('_', " ");
    let id = route.handler.rsplit("::").next().unwrap_or_default();
    let mut operation = OperationBuilder::new().tag(tag).operation_id(Some(id));
    for (name, meaning) in path_parameters(route.path) {
        operation = operation.parameter(
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .description(Some(meaning))
                .schema(Some(id_schema(name))),
        );
    }
    if route.who != Who::Anyone {
        operation = operation.security(SecurityRequirement::new("bearer", Vec::<String>::new()));
    }
    let Some(doc) = &route.doc else { return operation.build() };
    operation = operation.summary(Some(doc.summary));
    for (name, meaning) in doc.query {
        operation = operation.parameter(
            ParameterBuilder::new().name(*name).parameter_in(ParameterIn::Query).description(Some(*meaning)).schema(Some(text_schema())),
        );
    }
    let needed = doc.headers.iter().map(|header| (header, Required::True));
    for ((name, meaning), required) in needed.chain(doc.optional_headers.iter().map(|header| (header, Required::False))) {
        operation = operation.parameter(
            ParameterBuilder::new()
                .name(*name)
                .parameter_in(ParameterIn::Header)
                .required(required)
                .description(Some(*meaning))
                .schema(Some(text_schema())),
        );
    }
    if let Some(body) = &doc.takes {
        let content = ContentBuilder::new().schema(Some(refer(body, schemas))).build();
        operation = operation
            .request_body(Some(RequestBodyBuilder::new().required(Some(Required::True)).content("application/json", content).build()));
    }
    if !doc.takes_files.is_empty() {
        let content = || ContentBuilder::new().schema(Some(text_schema())).build();
        let body = RequestBodyBuilder::new().required(Some(Required::True)).description(Some("The file itself."));
        let body = doc.takes_files.iter().fold(body, |body, kind| body.content(*kind, content()));
        operation = operation.request_body(Some(body.build()));
    }
    let mut response = ResponseBuilder::new().description(match doc.status {
        201 => "Made.",
        204 => "Done.",
        _ => "As asked.",
    });
    let text = if route.kind == Kind::Stream { Some("text/event-stream") } else { doc.file };
    if let Some(kind) = text {
        response = response.content(kind, ContentBuilder::new().schema(Some(text_schema())).build());
    } else if let Some(body) = &doc.gives {
        response = response.content("application/json", ContentBuilder::new().schema(Some(refer(body, schemas))).build());
    }
    operation = operation.response(doc.status.to_string(), response.build());
    if let (Some(kind), true) = (doc.file, doc.optional_headers.iter().any(|(name, _)| *name == "Range")) {
        let part = ContentBuilder::new().schema(Some(text_schema())).build();
        operation =
            operation.response("206", ResponseBuilder::new().description("The range that was asked for.").content(kind, part).build());
    }
    for status in refusals(route, doc) {
        operation = operation.response(status.to_string(), RefOr::Ref(Ref::from_response_name(response_name(status))));
    }
    let any = ResponseBuilder::new().description("Any other problem.").content("application/problem+json", problem()).build();
    operation.response("default", any).build()
}

/// How an operation may refuse, by what it takes and whom it asks; what only its own rules know is a 409 or a 422.
fn refusals(route: &Route, doc: &Doc) -> BTreeSet<u16> {
    let among = |headers: &[(&str, &str)], name: &str| headers.iter().any(|(known, _)| *known == name);
    let header = |name: &str| among(doc.headers, name);
    let (writes, takes) = (route.method != Method::Get, doc.takes.is_some() || !doc.takes_files.is_empty());
    let by_link = route.path.contains("{token}");
    [
        (route.who != Who::Anyone || route.path == "/api/v1/sign-ins", [401].as_slice()),
        (matches!(route.who, Who::May(_)), &[403]),
        (route.path.contains('{'), &[404]),
        (by_link, &[410]),
        (takes, &[400, 408, 413, 422]),
        (!doc.query.is_empty(), &[400]),
        (writes && route.path.contains('{'), &[409]),
        (header("If-Match"), &[400, 412, 428]),
        (among(doc.optional_headers, "If-Match"), &[400, 412]),
        (among(doc.optional_headers, "Range"), &[416]),
        (header("Idempotency-Key"), &[400, 409, 422]),
        (writes && (route.who == Who::Anyone || route.path.ends_with("/password")), &[429]),
        (true, &[503]),
    ]
    .into_iter()
    .filter(|(holds, _)| *holds)
    .flat_map(|(_, statuses)| statuses.iter().copied())
    .collect()
}

/// The name of the answer that all operations share for a status.
fn response_name(status: u16) -> String {
    format!("Problem{status}")
}

fn refusal(status: u16) -> Response {
    let meanings: Vec<&str> = PROBLEMS.iter().filter(|problem| problem.status == status).map(|problem| problem.meaning).collect();
    let mut response = ResponseBuilder::new().description(meanings.join(" Or: ")).content("application/problem+json", problem());
    if matches!(status, 429 | 503) {
        let seconds = HeaderBuilder::new().description(Some("Seconds until it may be tried again.")).schema(Some(text_schema())).build();
        response = response.header("Retry-After", seconds);
    }
    response.build()
}

fn problem() -> Content {
    ContentBuilder::new().schema(Some(RefOr::Ref(Ref::from_schema_name(PROBLEM)))).build()
}

fn refer(body: &Described, schemas: &mut BTreeMap<String, RefOr<Schema>>) -> RefOr<Schema> {
    schemas.extend(body.schemas.iter().cloned());
    RefOr::Ref(Ref::from_schema_name(&body.name))
}

/// Each parameter and what it is: `{team_id}` is the id of the team, `interviews/{id}` that of the interview.
fn path_parameters(path: &'static str) -> impl Iterator<Item = (&'static str, String)> {
    let before = std::iter::once("").chain(path.split('/'));
    path.split('/').zip(before).filter_map(|(part, before)| {
        let name = part.strip_prefix('{')?.strip_suffix('}')?;
        let name = name.split(':').next().unwrap_or(name);
        let thing = if name == "id" { Some(before.strip_suffix('s').unwrap_or(before)) } else { name.strip_suffix("_id") };
        let meaning = thing.map_or_else(|| format!("Which {name}."), |thing| format!("The id of the {thing}."));
        Some((name, meaning.replace(['_', '-'], " ").replace("sign in", "sign-in")))
    })
}

fn id_schema(name: &str) -> RefOr<Schema> {
    let object = ObjectBuilder::new().schema_type(Type::String);
    let object =
        if name == "id" || name.ends_with("_id") { object.format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid))) } else { object };
    RefOr::T(Schema::Object(object.build()))
}

fn text_schema() -> RefOr<Schema> {
    RefOr::T(Schema::Object(ObjectBuilder::new().schema_type(Type::String).build()))
}

fn method(method: Method) -> HttpMethod {
    match method {
        Method::Get => HttpMethod::Get,
        Method::Post => HttpMethod::Post,
        Method::Put => HttpMethod::Put,
        Method::Patch => HttpMethod::Patch,
        Method::Delete => HttpMethod::Delete,
    }
}

//! The OpenAPI document, made from the table of routes, so that no operation can be missing from it.

use std::collections::BTreeMap;

use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Paths, Ref, RefOr, Required, Schema};

use super::routing::{Described, Kind, Method, Route, Who};

/// Describes every operation of the API and every stream.
pub fn document(routes: &[Route]) -> OpenApi {
    let mut paths = Paths::new();
    let mut schemas: BTreeMap<String, RefOr<Schema>> = BTreeMap::new();
    for route in routes.iter().filter(|route| matches!(route.kind, Kind::Api | Kind::Stream)) {
        paths.add_path_operation(route.path, vec![method(route.method)], operation(route, &mut schemas));
    }
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let components = ComponentsBuilder::new().schemas_from_iter(schemas).security_scheme("bearer", bearer).build();
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
    for (name, meaning) in doc.headers {
        operation = operation.parameter(
            ParameterBuilder::new()
                .name(*name)
                .parameter_in(ParameterIn::Header)
                .required(Required::True)
                .description(Some(*meaning))
                .schema(Some(text_schema())),
        );
    }
    if let Some(body) = &doc.takes {
        let content = ContentBuilder::new().schema(Some(refer(body, schemas))).build();
        operation = operation
            .request_body(Some(RequestBodyBuilder::new().required(Some(Required::True)).content("application/json", content).build()));
    }
    let mut response = ResponseBuilder::new().description(match doc.status {
        201 => "Made.",
        204 => "Done.",
        _ => "As asked.",
    });
    if route.kind == Kind::Stream {
        response = response.content("text/event-stream", ContentBuilder::new().schema(Some(text_schema())).build());
    } else if let Some(body) = &doc.gives {
        response = response.content("application/json", ContentBuilder::new().schema(Some(refer(body, schemas))).build());
    }
    operation = operation.response(doc.status.to_string(), response.build());
    let problem = ContentBuilder::new().schema(Some(text_schema())).build();
    operation
        .response(
            "default",
            ResponseBuilder::new()
                .description("A problem: type, title, status, detail, request_id, and errors per field.")
                .content("application/problem+json", problem)
                .build(),
        )
        .build()
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

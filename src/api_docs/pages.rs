//! `/api/openapi.json`, `/api/docs`, and the addresses in a problem's `type`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Path;
use serde::Serialize;
use serde_json::Value;

use super::model::{Group, Shape, groups, shapes};
use crate::accounts::Visitor;
use crate::calibration::exercises;
use crate::platform::error::Error;
use crate::web::api::{PROBLEMS, Problem};
use crate::web::page::{PageError, PageResult, Sample, Template, samples_of, see_other};
use crate::{question_sets, rubrics};

/// Hands the document over; the table of routes lies above this module.
pub struct Document(pub fn() -> &'static Value);

#[derive(Debug, Clone, Serialize)]
pub struct DocsPage {
    version: &'static str,
    groups: Vec<Group>,
    shapes: Vec<Shape>,
    problems: &'static [Problem],
}

pub fn samples() -> Vec<Sample> {
    samples_of::<DocsPage>()
}

pub async fn index(visitor: Visitor, document: actix_web::web::Data<Document>) -> PageResult {
    visitor.bare_page(StatusCode::OK, &DocsPage::of((document.0)()))
}

pub async fn document(document: actix_web::web::Data<Document>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body((document.0)().to_string())
}

/// A published schema of one of our file formats.
pub async fn schema(name: Path<String>) -> Result<HttpResponse, PageError> {
    let schema = match name.as_str() {
        "question-set@1.json" => question_sets::SCHEMA,
        "rubric@1.json" => rubrics::SCHEMA,
        "gold-interview@1.json" => exercises::SCHEMA,
        _ => return Err(Error::NotFound.into()),
    };
    Ok(HttpResponse::Ok().content_type("application/schema+json").insert_header((CACHE_CONTROL, "public, max-age=3600")).body(schema))
}

/// The address in a problem's `type` leads to its explanation.
pub async fn problem(code: Path<String>) -> PageResult {
    let known = PROBLEMS.iter().find(|problem| problem.code == code.as_str());
    see_other(format!("/api/docs#problem-{}", known.map_or("conflict", |problem| problem.code)))
}

impl DocsPage {
    fn of(document: &Value) -> Self {
        DocsPage { version: env!("CARGO_PKG_VERSION"), groups: groups(document), shapes: shapes(document), problems: PROBLEMS }
    }
}

impl Template for DocsPage {
    const PATH: &'static str = "api_docs/index.html";

    fn title(&self) -> String {
        "API".into()
    }

    fn samples() -> Vec<Self> {
        let document = serde_json::json!({
            "paths": {"/api/v1/me": {"get": {
                "tags": ["teams"], "operationId": "show_me", "summary": "Your account", "security": [],
                "parameters": [{"name": "limit", "in": "query", "required": false, "schema": {"type": "string"}, "description": "At most 100"}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Me"}}}},
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Me"}}}}}
            }, "delete": {"tags": ["teams"], "operationId": "end", "responses": {"204": {}}}}},
            "components": {"schemas": {
                "Me": {"description": "You.", "properties": {"name": {"type": "string"}, "role": {"$ref": "#/components/schemas/Role"}}, "required": ["name"]},
                "Role": {"enum": ["owner", "lead"]}
            }}
        });
        vec![DocsPage::of(&document)]
    }
}

//! The OpenAPI document: whole, described, and honest about what is refused.

use std::collections::BTreeSet;

use fivefold::routes;
use fivefold::web::openapi;
use fivefold::web::routing::Kind;
use serde_json::Value;

/// A change of the API is read in review: accept it with `INSTA_UPDATE=always cargo test --test it openapi::`.
#[test]
fn the_whole_document_is_as_it_was_agreed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_description("The API changed. If that is meant: INSTA_UPDATE=always cargo test --test it openapi::");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_json_snapshot!("openapi", document(), {".info.version" => "[version]"}));
}

#[test]
fn every_address_that_others_rely_on_is_in_it() {
    let document = document();
    let missing: Vec<&str> = PROMISED
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .filter(|line| {
            let (method, path) = line.split_once(' ').unwrap();
            let path = match path.strip_prefix("T/") {
                Some(rest) => format!("/api/v1/teams/{{team_id}}/{rest}"),
                None => format!("/api/v1{path}"),
            };
            !document["paths"][path][method.to_lowercase()].is_object()
        })
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// Addresses that scripts, deployments and acceptance checks use; T is one team's. One that was given stays.
const PROMISED: &str = "
    POST /sign-ins
    DELETE /sign-ins/current
    GET /me
    GET T/members
    GET T/invitations
    POST T/invitations
    GET T/candidates
    POST T/candidates
    GET T/candidates/{id}
    PUT T/candidates/{id}
    GET T/question-sets
    GET T/question-sets/{id}/versions
    GET T/rubrics
    GET T/interviews
    POST T/interviews
    GET T/interviews/{id}
    PUT T/interviews/{id}
    GET T/interviews/{id}/room
    PUT T/interviews/{id}/room
    GET T/interviews/{id}/events
    GET T/interviews/{id}/scorecard
    PATCH T/interviews/{id}/scorecard
    PUT T/interviews/{id}/scorecard/submission
    POST T/interviews/{id}/scorecard/revisions
    GET T/interviews/{id}/scorecards
    GET T/interviews/{id}/debrief
    POST T/interviews/{id}/debrief
    PUT T/interviews/{id}/decision
    GET T/interviews/{id}/report
    PUT T/interviews/{id}/report
    PUT T/interviews/{id}/report/release
    DELETE T/interviews/{id}/report/release
";

#[test]
fn a_name_means_one_schema() {
    assert_eq!(openapi::ambiguous_names(&routes::all()), BTreeSet::new(), "name one of them with #[schema(as = …)]");
}

#[test]
fn every_operation_names_how_it_refuses() {
    let document = document();
    let mut wrong = Vec::new();
    for (path, method, operation) in operations(&document) {
        let has = |status: &str| operation["responses"][status]["$ref"] == format!("#/components/responses/Problem{status}");
        let needs = |condition: bool, status: &'static str| (condition && !has(status)).then_some(status);
        let header = |name: &str| operation["parameters"].as_array().into_iter().flatten().any(|one| one["name"] == name);
        let optional = |name: &str| {
            operation["parameters"].as_array().into_iter().flatten().any(|one| one["name"] == name && one["required"] == false)
        };
        let takes = operation["requestBody"].is_object();
        let missing: Vec<_> = [
            needs(operation["security"].is_array(), "401"),
            needs(path.contains("{team_id}"), "403"),
            needs(path.contains('{'), "404"),
            needs(takes, "400"),
            needs(takes, "413"),
            needs(takes, "422"),
            needs(header("If-Match"), "412"),
            needs(header("If-Match") && !optional("If-Match"), "428"),
            needs(true, "503"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !missing.is_empty() {
            wrong.push(format!("{method} {path}: {missing:?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    let problem = &document["components"]["schemas"]["Problem"];
    for member in ["type", "title", "status", "detail", "request_id"] {
        assert!(problem["required"].as_array().unwrap().contains(&member.into()), "{member}");
    }
}

#[test]
fn every_route_of_the_api_is_in_it_with_a_summary_and_a_name_of_its_own() {
    let document = document();
    let mut names = BTreeSet::new();
    for route in routes::all().iter().filter(|route| matches!(route.kind, Kind::Api | Kind::Stream)) {
        let method = format!("{:?}", route.method).to_lowercase();
        let operation = &document["paths"][route.path][&method];
        assert!(operation.is_object(), "{method} {} is missing", route.path);
        let summary = operation["summary"].as_str().unwrap_or_default();
        assert!(summary.len() > 5 && !summary.ends_with('.'), "{method} {}: {summary:?} is no summary", route.path);
        let name = operation["operationId"].as_str().unwrap_or_default().to_owned();
        assert!(names.insert(name.clone()), "{name} is the name of two operations");
        assert!(operation["responses"]["default"].is_object(), "{name} does not say how it fails");
    }
}

#[test]
fn every_parameter_is_described() {
    let document = document();
    let mut wrong = Vec::new();
    for (path, method, operation) in operations(&document) {
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let declared: BTreeSet<&str> =
            parameters.iter().filter(|parameter| parameter["in"] == "path").filter_map(|parameter| parameter["name"].as_str()).collect();
        let used: BTreeSet<&str> = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        assert_eq!(declared, used, "{method} {path}");
        for parameter in parameters {
            if parameter["description"].as_str().is_none_or(str::is_empty) {
                wrong.push(format!("{method} {path}: {}", parameter["name"]));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference}"));
        assert!(document.pointer(pointer).is_some_and(Value::is_object), "{reference} is not described");
    }
}

#[test]
fn what_is_sent_may_have_no_unknown_members() {
    let document = document();
    let mut wrong = BTreeSet::new();
    for (path, method, operation) in operations(&document) {
        let Some(reference) = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str() else { continue };
        let name = reference.trim_start_matches("#/components/schemas/");
        let schema = &document["components"]["schemas"][name];
        if schema["properties"].is_object() && schema["additionalProperties"] != false {
            wrong.insert(format!("{name} ({method} {path}) does not deny unknown fields"));
        }
    }
    assert_eq!(wrong, BTreeSet::new());
}

#[test]
fn writes_say_what_they_take_and_what_they_give() {
    let document = document();
    let mut wrong = Vec::new();
    for (path, method, operation) in operations(&document) {
        let takes = operation["requestBody"].is_object();
        if matches!(method, "post" | "patch") && !takes {
            wrong.push(format!("{method} {path} takes nothing"));
        }
        if matches!(method, "get" | "delete") && takes {
            wrong.push(format!("{method} {path} takes a body"));
        }
        let gives = operation["responses"].as_object().unwrap().iter().any(|(status, answer)| {
            status == "204" || (status.starts_with('2') && answer["content"].as_object().is_some_and(|content| !content.is_empty()))
        });
        if !gives {
            wrong.push(format!("{method} {path} gives nothing"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

fn document() -> Value {
    serde_json::to_value(openapi::document(&routes::all())).unwrap()
}

fn operations(document: &Value) -> Vec<(&str, &str, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let each = paths.iter().flat_map(|(path, methods)| {
        methods.as_object().unwrap().iter().map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
    });
    each.filter(|(_, method, _)| ["get", "post", "put", "patch", "delete"].contains(method)).collect()
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

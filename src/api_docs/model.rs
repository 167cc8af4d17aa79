//! Reads the OpenAPI document into what the page shows.

use serde::Serialize;
use serde_json::{Map, Value};

/// Operations of one feature.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    pub name: String,
    pub anchor: String,
    pub operations: Vec<Operation>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Operation {
    /// The operation id; also the anchor.
    pub id: String,
    pub method: String,
    pub path: String,
    pub summary: String,
    pub needs_sign_in: bool,
    pub parameters: Vec<Member>,
    pub takes: Option<Kind>,
    pub gives: Option<Kind>,
    pub status: String,
    /// The statuses of its refusals.
    pub refusals: Vec<String>,
}

/// A named shape and its members.
#[derive(Debug, Clone, Serialize)]
pub struct Shape {
    pub name: String,
    pub description: String,
    /// The words of a fixed set; empty for an object.
    pub words: Vec<String>,
    pub members: Vec<Member>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Member {
    pub name: String,
    pub kind: Kind,
    pub required: bool,
    pub description: String,
}

/// A kind of value; `shape` links to a named one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kind {
    pub words: String,
    pub shape: Option<String>,
}

pub fn groups(document: &Value) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (path, item) in members(&document["paths"]) {
        for (method, operation) in members(item) {
            let tag = operation["tags"][0].as_str().unwrap_or("other").to_owned();
            let entry = self::operation(path, method, operation);
            match groups.iter_mut().find(|group| group.name == tag) {
                Some(group) => group.operations.push(entry),
                None => groups.push(Group { anchor: tag.replace(' ', "-"), name: tag, operations: vec![entry] }),
            }
        }
    }
    groups
}

pub fn shapes(document: &Value) -> Vec<Shape> {
    members(&document["components"]["schemas"]).map(|(name, schema)| shape(name, schema)).collect()
}

fn operation(path: &str, method: &str, operation: &Value) -> Operation {
    let mut responses = members(&operation["responses"]);
    let (status, answer) = responses.find(|(status, _)| *status != "default").unwrap_or(("", &Value::Null));
    let parameters = operation["parameters"].as_array().into_iter().flatten().map(|parameter| Member {
        name: text(&parameter["name"]),
        kind: Kind { words: format!("{}, in {}", kind(&parameter["schema"]).words, text(&parameter["in"])), shape: None },
        required: parameter["required"].as_bool().unwrap_or(false),
        description: text(&parameter["description"]),
    });
    Operation {
        id: text(&operation["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(&operation["summary"]),
        needs_sign_in: operation["security"].is_array(),
        parameters: parameters.collect(),
        takes: content(&operation["requestBody"]),
        gives: content(answer),
        status: status.to_owned(),
        refusals: members(&operation["responses"])
            .map(|(status, _)| status.to_owned())
            .filter(|status| status.starts_with(['4', '5']))
            .collect(),
    }
}

fn content(body: &Value) -> Option<Kind> {
    let (media, content) = members(&body["content"]).next()?;
    match media {
        "text/event-stream" => Some(Kind { words: "a stream of events".into(), shape: None }),
        _ => Some(kind(&content["schema"])),
    }
}

fn shape(name: &str, schema: &Value) -> Shape {
    let parts: Vec<&Value> = schema["allOf"].as_array().map_or_else(|| vec![schema], |parts| parts.iter().collect());
    let members_of = |part: &Value| -> Vec<Member> {
        let required: Vec<&str> = part["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        members(&part["properties"])
            .map(|(name, schema)| Member {
                name: name.to_owned(),
                kind: kind(schema),
                required: required.contains(&name),
                description: text(&schema["description"]),
            })
            .collect()
    };
    let included = parts.iter().filter(|part| part["$ref"].is_string()).map(|part| Member {
        name: "…".into(),
        kind: kind(part),
        required: true,
        description: "All members of it.".into(),
    });
    Shape {
        name: name.to_owned(),
        description: text(&schema["description"]),
        words: schema["enum"].as_array().into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned)).collect(),
        members: included.collect::<Vec<_>>().into_iter().chain(parts.iter().flat_map(|part| members_of(part))).collect(),
    }
}

/// The kind of a schema in words, with the shape it names if it names one.
fn kind(schema: &Value) -> Kind {
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        return Kind { words: name.to_owned(), shape: Some(name.to_owned()) };
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        if let Some(options) = schema[choice].as_array() {
            return one_of(options);
        }
    }
    let (types, nullable) = match &schema["type"] {
        Value::Array(types) => (
            types.iter().find_map(|kind| kind.as_str().filter(|kind| *kind != "null")).unwrap_or("anything").to_owned(),
            types.iter().any(|kind| kind == "null"),
        ),
        other => (other.as_str().unwrap_or("anything").to_owned(), false),
    };
    let found = match types.as_str() {
        "array" => {
            let item = kind(&schema["items"]);
            Kind { words: format!("list of {}", item.words), shape: item.shape }
        }
        "string" => {
            Kind { words: schema["format"].as_str().map_or_else(|| "text".into(), |format| format!("text ({format})")), shape: None }
        }
        "integer" => Kind { words: "whole number".into(), shape: None },
        other => Kind { words: other.to_owned(), shape: None },
    };
    if nullable { Kind { words: format!("{} or null", found.words), ..found } } else { found }
}

fn one_of(options: &[Value]) -> Kind {
    let kinds: Vec<Kind> = options.iter().filter(|option| option["type"] != "null").map(kind).collect();
    let null = if kinds.len() < options.len() { " or null" } else { "" };
    let words = kinds.iter().map(|kind| kind.words.as_str()).collect::<Vec<_>>().join(" or ");
    Kind { words: format!("{words}{null}"), shape: kinds.into_iter().find_map(|kind| kind.shape) }
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter).map(|(name, value)| (name.as_str(), value))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn kinds_are_said_in_words_and_named_shapes_are_linked() {
        let said = |schema: Value| (kind(&schema).words, kind(&schema).shape);
        assert_eq!(said(json!({"type": "string", "format": "uuid"})), ("text (uuid)".into(), None));
        assert_eq!(said(json!({"type": ["integer", "null"]})), ("whole number or null".into(), None));
        assert_eq!(
            said(json!({"type": "array", "items": {"$ref": "#/components/schemas/Seat"}})),
            ("list of Seat".into(), Some("Seat".into()))
        );
        assert_eq!(
            said(json!({"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Seat"}]})),
            ("Seat or null".into(), Some("Seat".into()))
        );
    }
}

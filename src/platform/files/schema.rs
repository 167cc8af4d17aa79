//! What a JSON Schema finds, in sentences that say what to do.

use std::collections::BTreeSet;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, PatternOptions, ValidationError, Validator};
use serde_json::Value;

use super::{Mistake, Mistakes, lines};

/// Compiles one of our own schemas.
pub fn compile(schema: &str) -> Result<Validator, String> {
    let schema: Value = serde_json::from_str(schema).map_err(|error| error.to_string())?;
    // The linear engine: nobody's text makes a pattern slow.
    let options = jsonschema::options().with_pattern_options(PatternOptions::regex());
    options.build(&schema).map_err(|error| error.to_string())
}

/// One mistake a member, in the order of the text.
pub fn mistakes(validator: &Validator, value: &Value, text: &str) -> Mistakes {
    let (mut found, mut seen, mut total) = (Vec::new(), BTreeSet::new(), 0);
    for error in validator.iter_errors(value) {
        for (pointer, message) in said(&error) {
            if total < Mistakes::MOST {
                if seen.insert(pointer.clone()) {
                    found.push((pointer, message));
                    total += 1;
                }
            } else {
                total += 1;
            }
        }
    }
    let lines = lines::find(text, &seen);
    let mut located: Vec<Mistake> = found
        .into_iter()
        .map(|(pointer, message)| Mistake { line: lines.get(&pointer).copied(), field: field(&pointer, value), message })
        .collect();
    located.sort_by_key(|mistake| mistake.line);
    Mistakes { list: located, total }
}

/// Where, as a JSON pointer, and what to do.
fn said(error: &ValidationError) -> Vec<(String, String)> {
    let place = error.instance_path().as_str().to_owned();
    let below = |name: &str| format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            unexpected.iter().map(|name| (below(name), "This member is not known. Leave it away.".to_owned())).collect()
        }
        ValidationErrorKind::Required { property } => {
            vec![(below(property.as_str().unwrap_or_default()), "This member is missing.".to_owned())]
        }
        kind => vec![(place, what_to_do(kind, error.instance()))],
    }
}

fn what_to_do(kind: &ValidationErrorKind, value: &Value) -> String {
    use ValidationErrorKind as Kind;
    let items = value.as_array().map_or(0, Vec::len);
    let letters = value.as_str().map_or(0, |text| text.chars().count());
    match kind {
        Kind::Type { kind } => format!("This must be {}.", types(kind)),
        Kind::Constant { expected_value } => format!("This must be {expected_value}."),
        Kind::Enum { options } => format!("Choose one of: {}.", words(options)),
        Kind::MinLength { .. } => "Fill this in.".into(),
        Kind::MaxLength { limit } => format!("Write at most {limit} characters; these are {letters}."),
        Kind::Pattern { pattern } => shape(pattern, value.as_str().unwrap_or_default()),
        Kind::Minimum { limit } => format!("This is at least {limit}."),
        Kind::Maximum { limit } => format!("This is at most {limit}."),
        Kind::ExclusiveMinimum { limit } => format!("This is more than {limit}."),
        Kind::ExclusiveMaximum { limit } => format!("This is less than {limit}."),
        Kind::MinItems { limit } => format!("There must be at least {limit}; these are {items}."),
        Kind::MaxItems { limit } => format!("There are at most {limit}; these are {items}."),
        Kind::UniqueItems => "One stands there twice.".into(),
        other => format!("This does not fit the schema ({}).", other.keyword()),
    }
}

fn types(kind: &TypeKind) -> String {
    let of = |kind: JsonType| match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::String => "a text",
        JsonType::Array => "a list",
        JsonType::Object => "an object",
    };
    match kind {
        TypeKind::Single(kind) => of(*kind).to_owned(),
        // Null is said last.
        TypeKind::Multiple(kinds) => kinds.iter().map(of).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join(" or "),
    }
}

fn words(options: &Value) -> String {
    let word = |option: &Value| option.as_str().map_or_else(|| option.to_string(), str::to_owned);
    options.as_array().map(|options| options.iter().map(word).collect::<Vec<_>>().join(", ")).unwrap_or_default()
}

fn shape(pattern: &str, text: &str) -> String {
    if pattern.starts_with("^[a-z0-9]") {
        "Write lower-case words joined by hyphens, at most 60 characters.".into()
    } else if text != text.trim() {
        "Leave spaces at the beginning and the end away.".into()
    } else if pattern == "^[^ ]*$" {
        "Write one word.".into()
    } else {
        "Leave control characters away; only long answers have several lines, which end with \\n alone.".into()
    }
}

/// A pointer as our own rules name it: `questions[3] (why-queues).prompt`.
fn field(pointer: &str, value: &Value) -> String {
    let (mut field, mut here) = (String::new(), Some(value));
    for part in pointer.split('/').skip(1) {
        let name = part.replace("~1", "/").replace("~0", "~");
        let in_list = here.is_some_and(Value::is_array);
        here = here.and_then(|value| if in_list { value.get(name.parse::<usize>().ok()?) } else { value.get(&name) });
        if !in_list {
            let dot = if field.is_empty() { "" } else { "." };
            field.push_str(&format!("{dot}{name}"));
            continue;
        }
        field.push_str(&format!("[{name}]"));
        if let Some(key) = here.and_then(|value| value.get("key")).and_then(Value::as_str).filter(|key| key.len() <= 60) {
            field.push_str(&format!(" ({key})"));
        }
    }
    field
}

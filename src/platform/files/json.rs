//! A JSON file of one of our formats: the bounds of what is looked at, the schema, then the rules that no schema says.

use std::collections::{BTreeSet, HashMap};

use jsonschema::Validator;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

use super::{Mistake, Mistakes, lines, schema};
use crate::platform::error::FieldErrors;

/// The deepest file of ours has seven levels.
const DEEPEST: usize = 32;
/// Ten thousand questions with all that may stand in them have fewer values.
const MOST_VALUES: usize = 1_500_000;

/// A format with its published schema.
pub struct Format {
    name: &'static str,
    validator: Result<Validator, String>,
}

#[derive(Deserialize)]
struct Head {
    format: Option<Value>,
}

/// What a JSON text says of its format, if it says it.
pub fn format_of(text: &str) -> Option<String> {
    serde_json::from_str::<Head>(text).ok()?.format?.as_str().map(str::to_owned)
}

impl Format {
    /// As in `fivefold/question-set@1`, with the text of its schema.
    pub fn new(name: &'static str, schema: &str) -> Self {
        Format { name, validator: schema::compile(schema) }
    }

    /// Whether the schema alone passes a value.
    pub fn passes(&self, value: &Value) -> bool {
        self.validator.as_ref().is_ok_and(|validator| validator.is_valid(value))
    }

    /// Reads a file. `check` knows the rules that the schema does not.
    pub fn read<T: DeserializeOwned>(&self, text: &str, check: impl FnOnce(&T, &mut FieldErrors)) -> Result<T, Mistakes> {
        check_bounds(text)?;
        self.check_schema(text)?;
        let mut reader = serde_json::Deserializer::from_str(text);
        let file: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let field = error.path().to_string();
            let (line, message) = (error.inner().line() as u32, beyond_schema(error.inner()));
            Mistake::at(line, field.trim_start_matches('.'), message)
        })?;
        let mut errors = FieldErrors::default();
        check(&file, &mut errors);
        located(&errors, text).check()?;
        Ok(file)
    }

    fn check_schema(&self, text: &str) -> Result<(), Mistakes> {
        let value: Value = serde_json::from_str(text).map_err(|error| no_json(&error))?;
        self.check_name(&value, text)?;
        let validator = self.validator.as_ref().map_err(|error| Mistake::whole(format!("The schema itself is broken: {error}")))?;
        schema::mistakes(validator, &value, text).check()
    }

    /// The format is asked before the content: a file of another kind would only have wrong members.
    fn check_name(&self, value: &Value, text: &str) -> Result<(), Mistake> {
        let Value::Object(members) = value else { return Err(Mistake::at(1, "", "A file begins with { and holds one object.")) };
        let Some(format) = members.get("format").and_then(Value::as_str) else {
            return Err(Mistake::at(1, "format", format!("The file does not say what it is: this must be {:?}.", self.name)));
        };
        let split = |name: &str| name.split_once('@').map(|(family, version)| (family.to_owned(), version.parse::<u32>().ok()));
        let (ours, theirs) = (split(self.name), split(format));
        let message = match (ours, theirs) {
            _ if format == self.name => return Ok(()),
            (Some((ours, Some(known))), Some((theirs, Some(version)))) if ours == theirs && version > known => {
                format!("This file was made by a newer Fivefold ({format}). Export it there as {}, or update this server.", self.name)
            }
            (Some((ours, _)), Some((theirs, _))) if ours != theirs && theirs.starts_with("fivefold/") => {
                format!("This is another kind of file ({format}); here it must be {}.", self.name)
            }
            _ => format!("{format:?} is no format that is known here: this must be {:?}.", self.name),
        };
        let place = "/format".to_owned();
        let line = lines::find(text, &BTreeSet::from([place.clone()])).remove(&place);
        Err(Mistake { line, field: "format".into(), message })
    }
}

/// Any JSON, for formats that are not ours: bounded, and nothing asked of its members.
pub fn value(text: &str) -> Result<Value, Mistake> {
    check_bounds(text)?;
    serde_json::from_str(text).map_err(|error| no_json(&error))
}

/// Nothing is built from a text before it is known to be bounded.
fn check_bounds(text: &str) -> Result<(), Mistake> {
    let (mut depth, mut values, mut line, mut in_text, mut escaped) = (0_usize, 0_usize, 1_u32, false, false);
    for byte in text.bytes() {
        line += u32::from(byte == b'\n');
        match (in_text, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_text = !in_text,
            (true, _) => {}
            (false, b'[' | b'{') => depth += 1,
            (false, b']' | b'}') => depth = depth.saturating_sub(1),
            (false, b',') => values += 1,
            (false, _) => {}
        }
        if depth > DEEPEST {
            return Err(Mistake::at(line, "", format!("This nests deeper than {DEEPEST} levels.")));
        }
        if values > MOST_VALUES {
            return Err(Mistake::at(line, "", "The file holds more values than any question set."));
        }
    }
    Ok(())
}

/// A text that is no JSON.
fn no_json(error: &serde_json::Error) -> Mistake {
    let words = error.to_string();
    let message = match error.classify() {
        Category::Eof => "The file ends too early: a bracket or a quotation mark is not closed.",
        _ if words.starts_with("control character") => "A line break or a tab stands in a text: write \\n or \\t.",
        _ if words.starts_with("trailing characters") => "There is something after the end.",
        _ if words.starts_with("number out of range") => "This number is beyond all that is stored.",
        _ => "This is no JSON from here on: look for a comma, a bracket or a quotation mark that is missing or too many.",
    };
    Mistake::at(error.line() as u32, "", message)
}

/// What passes a schema and still cannot be read.
fn beyond_schema(error: &serde_json::Error) -> String {
    let words = error.to_string();
    if words.starts_with("duplicate field") {
        "This member stands there twice. Leave one away.".into()
    } else if words.contains("floating point") {
        "Write a whole number, without a point.".into()
    } else {
        "This cannot be read.".into()
    }
}

/// Field errors of our own rules with the lines of a JSON text.
pub fn located(errors: &FieldErrors, text: &str) -> Mistakes {
    if errors.is_empty() {
        return Mistakes::default();
    }
    let pointers: BTreeSet<String> = errors.iter().take(Mistakes::MOST).map(|error| lines::pointer(&error.field)).collect();
    let lines: HashMap<String, u32> = lines::find(text, &pointers);
    Mistakes::of_fields(errors, |field| lines.get(&lines::pointer(field)).copied())
}

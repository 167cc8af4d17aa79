//! Examples of pages, for the test of all templates.

use tera::Context;

use super::page::Template;

/// One rendered-with-every-sample entry for the test of all templates.
pub struct Sample {
    pub path: &'static str,
    pub title: String,
    pub fields: Vec<String>,
    pub context: Context,
}

/// The samples of one page struct.
pub fn samples_of<T: Template>() -> Vec<Sample> {
    T::samples()
        .iter()
        .map(|sample| {
            let fields = match serde_json::to_value(sample) {
                Ok(serde_json::Value::Object(fields)) => fields.keys().cloned().collect(),
                _ => Vec::new(),
            };
            let context = Context::from_serialize(sample).unwrap_or_else(|_| Context::new());
            Sample { path: T::PATH, title: sample.title(), fields, context }
        })
        .collect()
}

//! `fivefold statistics FILE`: the reliability statistics of a file of ratings, without a database.

mod file;
mod report;

use std::path::Path;

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::calibration::statistics::answers::answer;
use crate::calibration::statistics::ratings::Ratings;
use crate::calibration::statistics::request::Statistic;
use crate::calibration::statistics::scope::Scope;
use file::{Asked, File};

/// Answers the file's requests as a JSON list; a file without any gets a report to read.
pub fn statistics(path: &Path) -> anyhow::Result<bool> {
    let text = std::fs::read_to_string(path).with_context(|| format!("Cannot read {}", path.display()))?;
    let file = File::parse(&text).with_context(|| format!("{} is no file of ratings", path.display()))?;
    let ratings = match file.ratings(path.parent().unwrap_or(Path::new(".")))? {
        Ok(ratings) => ratings,
        Err(refusal) => {
            println!("{}", json!([{ "error": refusal }]));
            return Ok(false);
        }
    };
    match &file.asked {
        Asked::Nothing => print!("{}", report::report(&ratings)),
        Asked::Items(items) => {
            let answers: Vec<Value> = items.iter().map(|item| answered(&file, &ratings, item)).collect();
            println!("{}", serde_json::to_string(&answers)?);
        }
    }
    Ok(true)
}

/// One answer. An item with an input of its own is judged by that; what is no request says so.
fn answered(file: &File, ratings: &Ratings, item: &Value) -> Value {
    if let Some(input) = item.get("input") {
        return json!({ "error": file.refusal(input) });
    }
    let params = item.get("params").filter(|params| !params.is_null()).cloned().unwrap_or_else(|| json!({}));
    let request = json!({ "stat": item.get("stat"), "params": params });
    let Ok(statistic) = serde_json::from_value::<Statistic>(request) else { return json!({ "error": "unknown_request" }) };
    let scope = item.pointer("/scope/area").and_then(Value::as_str).unwrap_or("*");
    serde_json::to_value(answer(ratings, &statistic, &Scope::named(scope))).unwrap_or(Value::Null)
}

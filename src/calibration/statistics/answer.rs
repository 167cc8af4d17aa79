//! The answer to one request: named fields, never NaN.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::reason::{Flag, Reason};

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    Null,
    Whole(i64),
    /// Finite: see [`Value::from`].
    Number(f64),
    Text(String),
    List(Vec<Value>),
}

/// What is not a finite number is null.
impl From<f64> for Value {
    fn from(number: f64) -> Self {
        if number.is_finite() { Value::Number(number) } else { Value::Null }
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Value::Whole(number as i64)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Self {
        Value::List(values.into_iter().map(Into::into).collect())
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    pub fields: Vec<(&'static str, Value)>,
    pub reason: Option<Reason>,
    pub flags: Vec<Flag>,
}

impl Answer {
    /// A value with more fields to follow.
    pub fn value(value: impl Into<Value>) -> Self {
        Answer { fields: vec![("value", value.into())], ..Answer::default() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    /// No value, and why.
    pub fn none(reason: Reason) -> Self {
        Answer { reason: Some(reason), ..Answer::value(Value::Null) }
    }

    pub fn flagged(mut self, flag: Option<Flag>) -> Self {
        self.flags.extend(flag);
        self
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in &self.fields {
            map.serialize_entry(name, value)?;
        }
        if let Some(reason) = self.reason {
            map.serialize_entry("reason", &reason)?;
        }
        if !self.flags.is_empty() {
            map.serialize_entry("flags", &self.flags)?;
        }
        map.end()
    }
}

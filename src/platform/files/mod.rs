//! Files that people bring. They are read strictly, and all that is wrong in one is said at once, each with its line.

mod json;
mod lines;
mod schema;
mod text;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::FieldErrors;

pub use json::{Format, format_of, located, value};
pub use text::text;

/// The largest file that is read.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// Something that is not right in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mistake {
    /// Where it stands, from 1; none where the whole file is meant.
    pub line: Option<u32>,
    /// As in `questions[3] (why-queues).prompt`, or a column; empty where the whole file is meant.
    pub field: String,
    /// What to do about it.
    pub message: String,
}

/// What is not right in a file, in the order in which it was found. Nobody reads a thousand of them: after
/// [`Mistakes::MOST`] they are only counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mistakes {
    list: Vec<Mistake>,
    total: usize,
}

impl Mistake {
    /// About the file as a whole.
    pub fn whole(message: impl Into<String>) -> Self {
        Mistake { line: None, field: String::new(), message: message.into() }
    }

    pub fn at(line: u32, field: impl Into<String>, message: impl Into<String>) -> Self {
        Mistake { line: Some(line), field: field.into(), message: message.into() }
    }
}

/// As a compiler writes it: line, field, what to do.
impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.message)
    }
}

impl Mistakes {
    /// How many are kept.
    pub const MOST: usize = 200;

    pub fn add(&mut self, mistake: Mistake) {
        self.total += 1;
        if self.list.len() < Self::MOST {
            self.list.push(mistake);
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Mistake> {
        self.list.iter()
    }

    /// All of them, those that are not kept too.
    pub fn total(&self) -> usize {
        self.total
    }

    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    pub fn check(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }

    /// Field errors with the lines that `line` knows.
    pub fn of_fields(errors: &FieldErrors, line: impl Fn(&str) -> Option<u32>) -> Self {
        let mut mistakes = Mistakes::default();
        for error in errors.iter() {
            let line = if mistakes.list.len() < Self::MOST { line(&error.field) } else { None };
            mistakes.add(Mistake { line, field: error.field.clone(), message: error.message.clone() });
        }
        mistakes
    }
}

impl From<Mistake> for Mistakes {
    fn from(mistake: Mistake) -> Self {
        Mistakes { list: vec![mistake], total: 1 }
    }
}

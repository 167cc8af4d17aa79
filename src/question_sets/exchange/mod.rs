//! Question sets as files that people take away and bring back: JSON in our own format, or a table for spreadsheets.

mod import;
mod plan;
mod table;
mod unfinished;

use std::sync::LazyLock;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;

use super::draft::QuestionDraft;
use super::file::{FORMAT, QuestionSetFile};
use crate::platform::error::{Error, Result};
use crate::platform::files::{self, Format, Mistakes};
use crate::platform::parse;
use crate::text_enum;

pub use import::*;
pub use plan::*;

/// The published schema of the format.
pub const SCHEMA: &str = include_str!("../../../schemas/question-set@1.json");

static JSON: LazyLock<Format> = LazyLock::new(|| Format::new(FORMAT, SCHEMA));

text_enum! {
    /// How a question set is written.
    FileKind { Json = "json", Csv = "csv" }
}

/// As what a set is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ExportQuery {
    format: String,
}

impl ExportQuery {
    pub fn kind(&self) -> Result<FileKind> {
        let kind = if self.format.is_empty() { Ok(FileKind::Json) } else { self.format.parse() };
        kind.map_err(|_| Error::Malformed("format is json or csv.".into()))
    }
}

/// What somebody brings.
#[derive(Debug, Clone)]
pub struct NewFile {
    pub kind: FileKind,
    /// As it is called where it comes from.
    pub name: String,
    pub content: Bytes,
    /// The set it is for, by its short name; else the file says it, or its name.
    pub slug: Option<String>,
}

/// What a file holds, once all in it can be kept in a draft.
#[derive(Debug, Clone)]
pub struct Brought {
    pub slug: String,
    /// None where the file says nothing of it, as a table: a known set keeps what it has.
    pub head: Option<Head>,
    pub questions: Vec<QuestionDraft>,
    /// What the draft lacks to be published; nothing where the file could be published as it is.
    pub missing: Mistakes,
}

/// What stands above the questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub name: String,
    pub description: String,
    pub rubric: Option<String>,
}

impl NewFile {
    /// With the short name that was chosen for it, if any was.
    pub fn parse(kind: FileKind, name: &str, slug: &str, content: Bytes) -> Result<Self> {
        let slug = Some(slug.trim()).filter(|slug| !slug.is_empty());
        slug.map_or(Ok(()), parse::key).map_err(|message| Error::invalid("slug", message))?;
        Ok(NewFile { kind, name: name.to_owned(), content, slug: slug.map(str::to_owned) })
    }
}

impl FileKind {
    /// By the end of a file's name.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, end) = name.rsplit_once('.')?;
        end.to_lowercase().parse().ok()
    }

    /// As HTTP says it.
    pub fn content_type(self) -> &'static str {
        match self {
            FileKind::Json => "application/json",
            FileKind::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// Reads what was brought. Takes its time with a large file, and asks no database.
pub fn read(new: &NewFile) -> Result<Brought, Mistakes> {
    let text = files::text(&new.content)?;
    let slug = new.slug.as_deref();
    match new.kind {
        FileKind::Json => {
            let (file, questions, missing) = match read_json(text) {
                Ok(mut file) => {
                    let questions = std::mem::take(&mut file.questions).into_iter().map(QuestionDraft::of).collect();
                    (file, questions, Mistakes::default())
                }
                // What an export of a draft says can be read again, however much it lacks.
                Err(mistakes) => match unfinished::read(text) {
                    Some((file, questions)) => (file, questions, mistakes),
                    None => return Err(mistakes),
                },
            };
            let head = Head { name: file.name, description: file.description, rubric: file.rubric };
            Ok(Brought { slug: slug.map_or(file.slug, str::to_owned), head: Some(head), questions, missing })
        }
        FileKind::Csv => {
            let slug = slug.map_or_else(|| slug_of_name(&new.name), str::to_owned);
            let (questions, missing) = table::read(text, &slug)?;
            Ok(Brought { slug, head: None, questions, missing })
        }
    }
}

/// A file of the format: by its schema first, then by the rules that no schema can say.
pub fn read_json(text: &str) -> Result<QuestionSetFile, Mistakes> {
    JSON.read(text, QuestionSetFile::check)
}

/// Whether the published schema passes a file.
pub fn schema_passes(value: &Value) -> bool {
    JSON.passes(value)
}

/// `our-backend@3 (1).csv` was made from the set `our-backend`.
fn slug_of_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = stem.split(['@', '(']).next().unwrap_or_default().trim();
    if stem.is_empty() { "questions".into() } else { parse::slug(stem) }
}

/// A set as a file. A draft may be unfinished: what it lacks is empty there.
pub fn write(kind: FileKind, head: QuestionSetFile, questions: &[QuestionDraft]) -> Result<Vec<u8>> {
    match kind {
        FileKind::Json => write_json(head, questions),
        FileKind::Csv => table::write(questions),
    }
}

fn write_json(head: QuestionSetFile, questions: &[QuestionDraft]) -> Result<Vec<u8>> {
    let file = QuestionSetFile { questions: questions.iter().cloned().map(QuestionDraft::into_file).collect(), ..head };
    let lacks = |question: &QuestionDraft| question.kind.is_none() || question.minutes.is_none();
    let mut text = if questions.iter().any(lacks) {
        serde_json::to_vec_pretty(&as_value(&file, questions)?)?
    } else {
        serde_json::to_vec_pretty(&file)?
    };
    text.push(b'\n');
    Ok(text)
}

/// The file with null where a question has no kind or no minutes yet.
fn as_value(file: &QuestionSetFile, questions: &[QuestionDraft]) -> Result<Value> {
    let mut value = serde_json::to_value(file)?;
    for (i, question) in questions.iter().enumerate() {
        let written = &mut value["questions"][i];
        if question.kind.is_none() {
            written["kind"] = Value::Null;
        }
        if question.minutes.is_none() {
            written["minutes"] = Value::Null;
        }
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_says_which_set_it_was() {
        for name in ["our-backend.csv", "our-backend@3.csv", "our-backend (1).csv", "C:\\Sets\\Our backend.csv", "our-backend"] {
            assert_eq!(slug_of_name(name), "our-backend", "{name}");
        }
        assert_eq!(slug_of_name("@.csv"), "questions");
    }
}

//! A draft that could not be published yet, as a file. What an export says of it is read again as it was, and nothing
//! else is: a member that is left out, unknown or of another kind is a mistake, here as everywhere.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::super::draft::QuestionDraft;
use super::super::file::{MOST_QUESTIONS, QuestionSetFile};
use super::as_value;
use crate::platform::error::FieldErrors;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unfinished {
    format: String,
    slug: String,
    name: String,
    description: String,
    #[serde(default)]
    rubric: Option<String>,
    questions: Vec<QuestionDraft>,
}

/// What stands above the questions, and these. None where it is not what an export of some draft says.
pub fn read(text: &str) -> Option<(QuestionSetFile, Vec<QuestionDraft>)> {
    let read: Unfinished = serde_json::from_str(text).ok()?;
    let Unfinished { format, slug, name, description, rubric, questions } = read;
    let files = questions.iter().cloned().map(QuestionDraft::into_file).collect();
    let mut file = QuestionSetFile { format, slug, name, description, rubric, questions: files };
    let mut errors = FieldErrors::default();
    file.check_head(&mut errors);
    let said: Value = serde_json::from_str(text).ok()?;
    let same = errors.is_empty() && as_value(&file, &questions).is_ok_and(|exported| exported == said);
    file.questions.clear();
    (same && can_be_kept(&questions)).then_some((file, questions))
}

/// Whether a draft could hold these questions, each exactly as it is.
pub fn can_be_kept(questions: &[QuestionDraft]) -> bool {
    let keys: BTreeSet<&str> = questions.iter().map(|question| question.key.as_str()).collect();
    let as_it_is = |question: &QuestionDraft| question.clone().tidy().is_ok_and(|tidied| tidied == *question);
    questions.len() <= MOST_QUESTIONS && keys.len() == questions.len() && questions.iter().all(as_it_is)
}

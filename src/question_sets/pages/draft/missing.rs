//! What stops a draft from being published, each mistake with the field of the editor where it is mended.

use serde::Serialize;

use super::super::super::draft::DraftQuestionView;
use super::super::super::model::QuestionSetId;
use super::super::field::{control, in_whole, label};
use crate::platform::error::{FieldError, FieldErrors};
use crate::policy::TeamId;

#[derive(Debug, Serialize)]
pub struct Missing {
    pub text: String,
    pub url: Option<String>,
}

/// `questions[2] (key).prompt` with the question it is about.
pub fn missing(errors: &FieldErrors, questions: &[DraftQuestionView], team: TeamId, set: QuestionSetId) -> Vec<Missing> {
    let line = |error: &FieldError| {
        let (place, field) = error.field.split_once(").").unwrap_or((&error.field, ""));
        let key = place.split_once('(').map_or("", |(_, key)| key);
        let question = questions.iter().find(|question| question.question.key == key);
        let title = question.map_or(key, |question| question.question.title.as_str());
        let field = question.map_or_else(|| field.to_owned(), |question| in_whole(field, &question.question));
        let editor = |question: &DraftQuestionView| super::super::draft_question_url(team, set, question.id);
        Missing {
            text: format!("{title}, {}: {}", label(&field), error.message),
            url: question.map(|question| format!("{}#{}", editor(question), control(&field))),
        }
    };
    errors.iter().map(line).collect()
}

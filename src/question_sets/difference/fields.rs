//! Field by field, as they are called in a file.

use std::time::Instant;

use serde::Serialize;
use utoipa::ToSchema;

use super::lines::{self, LineDifference};
use super::{Fate, Side};
use crate::question_sets::draft::QuestionDraft;
use crate::question_sets::model::QuestionAnchor;

/// What changed in one field: a text is one line, a list has one for each item, anchors have five.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldDifference {
    /// As it is called in a file, for example `prompt` or `weak_answer.why`.
    pub field: &'static str,
    pub lines: Vec<LineDifference>,
}

/// What stands above the questions.
pub fn head(old: &Side, new: &Side, until: Option<Instant>) -> Vec<FieldDifference> {
    let texts = [("name", &old.name, &new.name), ("description", &old.description, &new.description), ("rubric", &old.rubric, &new.rubric)];
    texts.into_iter().filter_map(|(field, old, new)| text(field, old, new, until)).collect()
}

/// The fields of a question that are not as they were, in the order in which they are written.
pub fn fields(old: &QuestionDraft, new: &QuestionDraft, until: Option<Instant>) -> Vec<FieldDifference> {
    let words = |item: Option<&'static str>| item.unwrap_or_default().to_owned();
    let minutes = |minutes: Option<u16>| minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
    let weak = |question: &QuestionDraft| question.weak_answer.clone().map(|weak| (weak.text, weak.why)).unwrap_or_default();
    let ((old_weak, old_why), (new_weak, new_why)) = (weak(old), weak(new));
    let text = |field, old: &str, new: &str| text(field, old, new, until);
    let list = |field, old: &[String], new: &[String]| list(field, old, new, until);
    let keys = |question: &QuestionDraft| question.levels.iter().map(ToString::to_string).collect::<Vec<_>>();
    let topics = |question: &QuestionDraft| question.topics.iter().map(ToString::to_string).collect::<Vec<_>>();
    let strong = |question: &QuestionDraft| question.strong_answer.clone().unwrap_or_default();
    [
        text("title", &old.title, &new.title),
        text("key", &old.key, &new.key),
        text("prompt", &old.prompt, &new.prompt),
        text("kind", &words(old.kind.map(|kind| kind.as_str())), &words(new.kind.map(|kind| kind.as_str()))),
        list("areas", &old.areas, &new.areas),
        list("levels", &keys(old), &keys(new)),
        text("minutes", &minutes(old.minutes), &minutes(new.minutes)),
        text("tests", &old.tests, &new.tests),
        list("listen_for", &old.listen_for, &new.listen_for),
        list("warning_signs", &old.warning_signs, &new.warning_signs),
        list("probes", &old.probes, &new.probes),
        text("checklist", &words(old.checklist.map(|list| list.as_str())), &words(new.checklist.map(|list| list.as_str()))),
        list("topics", &topics(old), &topics(new)),
        anchors(&old.anchors, &new.anchors, until),
        text("strong_answer", &strong(old), &strong(new)),
        text("weak_answer.text", &old_weak, &new_weak),
        text("weak_answer.why", &old_why, &new_why),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn text(field: &'static str, old: &str, new: &str, until: Option<Instant>) -> Option<FieldDifference> {
    (old != new).then(|| FieldDifference { field, lines: vec![lines::line(old, new, until)] })
}

fn list(field: &'static str, old: &[String], new: &[String], until: Option<Instant>) -> Option<FieldDifference> {
    (old != new).then(|| FieldDifference { field, lines: lines::lines(old, new, until) })
}

/// Level by level, whatever is missing: five lines.
fn anchors(old: &[QuestionAnchor], new: &[QuestionAnchor], until: Option<Instant>) -> Option<FieldDifference> {
    let at = |anchors: &[QuestionAnchor], level: u8| {
        anchors.iter().find(|anchor| anchor.level == level).map(|anchor| anchor.text.clone()).unwrap_or_default()
    };
    let lines: Vec<_> = (1..=5).map(|level| lines::line(&at(old, level), &at(new, level), until)).collect();
    lines.iter().any(|line| line.fate != Fate::Kept).then_some(FieldDifference { field: "anchors", lines })
}

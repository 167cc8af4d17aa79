//! The format `fivefold/question-set@1`, documented in `library/README.md`, and every rule a file must keep.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::model::{Checklist, Kind, Question, QuestionAnchor, QuestionId, QuestionSetVersion, QuestionSetVersionId, Topic, WeakAnswer};
use crate::platform::error::FieldErrors;
use crate::platform::id;
use crate::platform::parse;
use crate::rubrics::{AREA_KEYS, Level, area_number};

pub const FORMAT: &str = "fivefold/question-set@1";

/// A question set as a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionSetFile {
    pub format: String,
    pub slug: String,
    pub name: String,
    pub description: String,
    pub questions: Vec<QuestionFile>,
}

/// A question in a file: areas are the rubric's keys.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionFile {
    pub key: String,
    pub title: String,
    pub prompt: String,
    pub kind: Kind,
    pub areas: Vec<String>,
    pub levels: Vec<Level>,
    pub minutes: u16,
    pub tests: String,
    pub listen_for: Vec<String>,
    pub warning_signs: Vec<String>,
    pub probes: Vec<String>,
    /// Null where none fits, but never left out.
    #[serde(deserialize_with = "nullable")]
    pub checklist: Option<Checklist>,
    pub topics: Vec<Topic>,
    /// Five, from level 1 to 5; left out, the primary area's are used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchors: Option<Vec<QuestionAnchor>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strong_answer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weak_answer: Option<WeakAnswer>,
}

impl QuestionSetFile {
    /// What is published of it. A built-in question's id comes from its set and key, so it is the same in
    /// every version and on every server.
    pub(super) fn into_version(self, id: QuestionSetVersionId, number: i32, published_at: DateTime<Utc>) -> QuestionSetVersion {
        let question = |file: QuestionFile| {
            let id = question_id(&self.slug, &file.key);
            file.into_question(id)
        };
        let questions = self.questions.into_iter().map(question).collect();
        QuestionSetVersion {
            id,
            slug: self.slug,
            number,
            name: self.name,
            description: self.description,
            questions,
            published_at,
            built_in: true,
        }
    }
}

pub(super) fn question_id(slug: &str, key: &str) -> QuestionId {
    QuestionId(id::named(&["question", slug, key]))
}

impl QuestionFile {
    /// The question with its areas as numbers; a key that is none was refused when the file was read.
    pub(super) fn into_question(self, id: QuestionId) -> Question {
        Question {
            id,
            areas: self.areas.iter().filter_map(|key| area_number(key)).collect(),
            key: self.key,
            title: self.title,
            prompt: self.prompt,
            kind: self.kind,
            levels: self.levels,
            minutes: self.minutes,
            tests: self.tests,
            listen_for: self.listen_for,
            warning_signs: self.warning_signs,
            probes: self.probes,
            checklist: self.checklist,
            topics: self.topics,
            anchors: self.anchors.unwrap_or_default(),
            strong_answer: self.strong_answer,
            weak_answer: self.weak_answer,
        }
    }
}

/// With a function of its own, a missing member is an error and only `null` means none.
fn nullable<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Checklist>, D::Error> {
    Option::deserialize(from)
}

/// Reads a file strictly; `slug` is its name without `.json`. Every error names the member.
pub fn parse_file(slug: &str, text: &str) -> Result<QuestionSetFile, FieldErrors> {
    let file: QuestionSetFile = parse::json_file(text)?;
    let mut errors = FieldErrors::default();
    check_head(slug, &file, &mut errors);
    for (i, question) in file.questions.iter().enumerate() {
        check_words(i, question, &mut errors);
        check_lists(i, question, &mut errors);
        check_anchors(i, question, &mut errors);
        check_answers(i, question, &mut errors);
        check_unlike(i, &file.questions, &mut errors);
    }
    if errors.is_empty() { Ok(file) } else { Err(errors) }
}

fn check_head(slug: &str, file: &QuestionSetFile, errors: &mut FieldErrors) {
    if file.format != FORMAT {
        errors.add("format", format!("This must be {FORMAT:?}."));
    }
    errors.note("slug", parse::key(&file.slug));
    if file.slug != slug {
        errors.add("slug", format!("This must be the file's name, {slug:?}."));
    }
    errors.note("name", parse::exact_line(&file.name, 1, 80));
    errors.note("description", parse::exact_line(&file.description, 1, 600));
    if !(1..=500).contains(&file.questions.len()) {
        errors.add("questions", "A set has 1 to 500 questions.");
    }
}

fn check_words(i: usize, question: &QuestionFile, errors: &mut FieldErrors) {
    let at = place(i, question);
    errors.note(format!("{at}.key"), parse::key(&question.key));
    errors.note(format!("{at}.title"), parse::exact_line(&question.title, 1, 48));
    errors.note(format!("{at}.prompt"), parse::exact_line(&question.prompt, 1, 300));
    if !(1..=3).contains(&sentences(&question.prompt)) {
        errors.add(format!("{at}.prompt"), "A prompt has one to three sentences.");
    }
    errors.note(format!("{at}.tests"), parse::exact_line(&question.tests, 1, 300));
    if !(1..=60).contains(&question.minutes) {
        errors.add(format!("{at}.minutes"), "A question takes 1 to 60 minutes.");
    }
}

fn check_lists(i: usize, question: &QuestionFile, errors: &mut FieldErrors) {
    let at = place(i, question);
    check_distinct(&at, "areas", &question.areas, 1..=3, errors);
    for area in &question.areas {
        if area_number(area).is_none() {
            errors.add(format!("{at}.areas"), format!("{area:?} is no area; choose from {}.", AREA_KEYS.join(", ")));
        }
    }
    check_distinct(&at, "levels", &question.levels, 1..=3, errors);
    check_distinct(&at, "topics", &question.topics, 0..=Topic::ALL.len(), errors);
    let texts = [
        ("listen_for", &question.listen_for, 4..=6, 90),
        ("warning_signs", &question.warning_signs, 2..=4, 60),
        ("probes", &question.probes, 3..=4, 120),
    ];
    for (name, texts, count, longest) in texts {
        check_distinct(&at, name, texts, count, errors);
        for (k, text) in texts.iter().enumerate() {
            errors.note(format!("{at}.{name}[{k}]"), parse::exact_line(text, 1, longest));
        }
    }
}

fn check_anchors(i: usize, question: &QuestionFile, errors: &mut FieldErrors) {
    let (at, Some(anchors)) = (place(i, question), &question.anchors) else { return };
    if anchors.len() != 5 {
        errors.add(format!("{at}.anchors"), format!("There are five anchors; these are {}.", anchors.len()));
    }
    for (k, anchor) in anchors.iter().enumerate() {
        if usize::from(anchor.level) != k + 1 {
            errors.add(format!("{at}.anchors[{k}].level"), format!("Anchors stand in order: this one is {}.", k + 1));
        }
        errors.note(format!("{at}.anchors[{k}].text"), parse::exact_line(&anchor.text, 1, 300));
        if anchors[..k].iter().any(|other| parse::alike(&other.text, &anchor.text)) {
            errors.add(format!("{at}.anchors[{k}].text"), "These are the words of a lower level: nobody could tell the two apart.");
        }
    }
}

fn check_answers(i: usize, question: &QuestionFile, errors: &mut FieldErrors) {
    let at = place(i, question);
    if let Some(strong) = &question.strong_answer {
        errors.note(format!("{at}.strong_answer"), parse::exact_text(strong, 1, 4_000));
    }
    if let Some(weak) = &question.weak_answer {
        errors.note(format!("{at}.weak_answer.text"), parse::exact_text(&weak.text, 1, 2_000));
        errors.note(format!("{at}.weak_answer.why"), parse::exact_line(&weak.why, 1, 600));
    }
}

fn check_distinct<T: Ord>(at: &str, name: &str, items: &[T], count: std::ops::RangeInclusive<usize>, errors: &mut FieldErrors) {
    if !count.contains(&items.len()) {
        errors.add(format!("{at}.{name}"), format!("There must be {} to {}; these are {}.", count.start(), count.end(), items.len()));
    }
    if items.iter().collect::<BTreeSet<_>>().len() != items.len() {
        errors.add(format!("{at}.{name}"), "One stands there twice.");
    }
}

fn check_unlike(i: usize, questions: &[QuestionFile], errors: &mut FieldErrors) {
    let (question, at) = (&questions[i], place(i, &questions[i]));
    for other in &questions[..i] {
        if other.key == question.key {
            errors.add(format!("{at}.key"), "This key is used above.");
        }
        if other.title == question.title {
            errors.add(format!("{at}.title"), format!("This is the title of {}.", other.key));
        }
        if other.prompt == question.prompt {
            errors.add(format!("{at}.prompt"), format!("This is the prompt of {}.", other.key));
        }
    }
}

/// A place that both a program and a person find.
fn place(i: usize, question: &QuestionFile) -> String {
    format!("questions[{i}] ({})", question.key)
}

fn sentences(text: &str) -> usize {
    let ends = |c: char| matches!(c, '.' | '?' | '!');
    text.split_inclusive(' ').filter(|word| word.trim_end().trim_end_matches(['”', '’', ')', '"']).ends_with(ends)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_set_keeps_the_rules() {
        let text = include_str!("../../library/question-sets/django-backend.json");
        let read = parse_file("django-backend", text);
        assert!(read.is_ok(), "{}", read.unwrap_err());
    }

    #[test]
    fn a_prompt_is_counted_in_sentences() {
        assert_eq!(sentences("What is e.g. this? Say “why.” Then stop."), 4, "an abbreviation counts: write it out");
        assert_eq!(sentences("What is Django 5.2 for?"), 1);
        assert_eq!(sentences("No end"), 0);
    }
}

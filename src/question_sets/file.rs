//! The format `fivefold/question-set@1`, documented in `library/README.md`, and every rule a file must keep.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::draft::MOST_IN_THE_ROOM;
use super::model::{
    Checklist, Kind, Question, QuestionAnchor, QuestionId, QuestionSetId, QuestionSetVersion, QuestionSetVersionId, Topic, WeakAnswer,
};
use crate::platform::error::FieldErrors;
use crate::platform::id;
use crate::platform::parse;
use crate::rubrics::{AREA_KEYS, Level, area_number};

pub const FORMAT: &str = "fivefold/question-set@1";

/// From this share of words on, the anchors of two levels read alike.
const READ_ALIKE: f64 = 0.6;

/// Most questions one set may have.
pub const MOST_QUESTIONS: usize = 10_000;

/// A question set as a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionSetFile {
    pub format: String,
    pub slug: String,
    pub name: String,
    pub description: String,
    /// The slug of the rubric it was written for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rubric: Option<String>,
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
            set: QuestionSetId::built_in(&self.slug),
            slug: self.slug,
            number,
            name: self.name,
            description: self.description,
            rubric: self.rubric,
            questions,
            published_at,
            published_by: None,
            reason: None,
            team: None,
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
    if file.slug != slug {
        errors.add("slug", format!("This must be the file's name, {slug:?}."));
    }
    file.check(&mut errors);
    if errors.is_empty() { Ok(file) } else { Err(errors) }
}

impl QuestionSetFile {
    /// Everything that a set must keep to be published.
    pub(super) fn check(&self, errors: &mut FieldErrors) {
        self.check_head(errors);
        if !(1..=MOST_QUESTIONS).contains(&self.questions.len()) {
            errors.add("questions", format!("A set has 1 to {MOST_QUESTIONS} questions."));
        }
        for (i, question) in self.questions.iter().enumerate() {
            let at = place(i, question);
            question.check(&mut |field, message| errors.add(format!("{at}.{field}"), message));
        }
        self.check_unlike(errors);
    }

    /// What a draft must keep too: what stands above the questions.
    pub(super) fn check_head(&self, errors: &mut FieldErrors) {
        if self.format != FORMAT {
            errors.add("format", format!("This must be {FORMAT:?}."));
        }
        errors.note("slug", parse::key(&self.slug));
        errors.note("name", parse::exact_line(&self.name, 1, 80));
        errors.note("description", parse::exact_line(&self.description, 0, 600));
        if let Some(rubric) = &self.rubric {
            errors.note("rubric", parse::key(rubric));
        }
    }

    /// What is worth another look in it; the built-in sets leave nothing.
    pub fn advice(&self) -> FieldErrors {
        let mut advice = FieldErrors::default();
        for (i, question) in self.questions.iter().enumerate() {
            let at = place(i, question);
            question.advise(&mut |field, message| advice.add(format!("{at}.{field}"), message));
        }
        advice
    }

    /// Keys tell questions apart over the versions, titles and prompts in a list.
    fn check_unlike(&self, errors: &mut FieldErrors) {
        let (mut keys, mut titles, mut prompts) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (i, question) in self.questions.iter().enumerate() {
            let at = place(i, question);
            if keys.insert(&question.key, &question.key).is_some() {
                errors.add(format!("{at}.key"), "This key is used above.");
            }
            if let Some(other) = titles.insert(&question.title, &question.key) {
                errors.add(format!("{at}.title"), format!("This is the title of {other}."));
            }
            if let Some(other) = prompts.insert(&question.prompt, &question.key) {
                errors.add(format!("{at}.prompt"), format!("This is the prompt of {other}."));
            }
        }
    }
}

impl QuestionFile {
    /// What a question must keep to be published; `note` is told the field and what to do.
    pub(super) fn check(&self, note: &mut dyn FnMut(String, String)) {
        self.check_words(note);
        self.check_lists(note);
        self.check_anchors(note);
        self.check_answers(note);
    }

    fn check_words(&self, note: &mut dyn FnMut(String, String)) {
        let mut wrong = |field: &str, checked: Result<(), String>| checked.unwrap_or_else(|message| note(field.to_owned(), message));
        wrong("key", parse::key(&self.key));
        wrong("title", parse::exact_line(&self.title, 1, 48));
        wrong("prompt", parse::exact_line(&self.prompt, 1, 2_000));
        wrong("tests", parse::exact_line(&self.tests, 1, 1_000));
        if !(1..=60).contains(&self.minutes) {
            wrong("minutes", Err("A question takes 1 to 60 minutes.".into()));
        }
    }

    fn check_lists(&self, note: &mut dyn FnMut(String, String)) {
        check_distinct("areas", &self.areas, 1..=3, note);
        for area in &self.areas {
            if area_number(area).is_none() {
                note("areas".into(), format!("{area:?} is no area; choose from {}.", AREA_KEYS.join(", ")));
            }
        }
        check_distinct("levels", &self.levels, 1..=3, note);
        check_distinct("topics", &self.topics, 0..=Topic::ALL.len(), note);
        for (name, lines, least) in
            [("listen_for", &self.listen_for, 1), ("warning_signs", &self.warning_signs, 0), ("probes", &self.probes, 0)]
        {
            check_distinct(name, lines, least..=30, note);
            for (i, line) in lines.iter().enumerate() {
                parse::exact_line(line, 1, 300).unwrap_or_else(|message| note(format!("{name}[{i}]"), message));
            }
        }
    }

    fn check_anchors(&self, note: &mut dyn FnMut(String, String)) {
        let Some(anchors) = &self.anchors else { return };
        if anchors.len() != 5 {
            note("anchors".into(), format!("There are five anchors; these are {}.", anchors.len()));
        }
        for (i, anchor) in anchors.iter().enumerate() {
            if anchors.len() == 5 && usize::from(anchor.level) != i + 1 {
                note(format!("anchors[{i}].level"), format!("Anchors stand in order: this one is {}.", i + 1));
            }
            parse::exact_line(&anchor.text, 1, 300).unwrap_or_else(|message| note(format!("anchors[{i}].text"), message));
            if anchors[..i].iter().any(|other| parse::alike(&other.text, &anchor.text)) {
                note(format!("anchors[{i}].text"), "These are the words of a lower level: nobody could tell the two apart.".into());
            }
        }
    }

    fn check_answers(&self, note: &mut dyn FnMut(String, String)) {
        if let Some(strong) = &self.strong_answer {
            parse::exact_text(strong, 1, 4_000).unwrap_or_else(|message| note("strong_answer".into(), message));
        }
        if let Some(weak) = &self.weak_answer {
            parse::exact_text(&weak.text, 1, 2_000).unwrap_or_else(|message| note("weak_answer.text".into(), message));
            parse::exact_line(&weak.why, 1, 600).unwrap_or_else(|message| note("weak_answer.why".into(), message));
        }
    }

    /// What is too much for the room, or leaves the interviewer alone.
    pub(super) fn advise(&self, note: &mut dyn FnMut(String, String)) {
        if !self.prompt.is_empty() && (!(1..=3).contains(&sentences(&self.prompt)) || self.prompt.chars().count() > 300) {
            note("prompt".into(), "One to three sentences, at most 300 characters, are easy to hear.".into());
        }
        let lists = [
            ("listen_for", &self.listen_for, 4..=MOST_IN_THE_ROOM[0], 90),
            ("warning_signs", &self.warning_signs, 2..=MOST_IN_THE_ROOM[2], 60),
            ("probes", &self.probes, 3..=MOST_IN_THE_ROOM[1], 120),
        ];
        for (name, lines, count, longest) in lists {
            if !count.contains(&lines.len()) {
                note(name.into(), format!("{} to {} fit the room; these are {}.", count.start(), count.end(), lines.len()));
            }
            for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.chars().count() > longest) {
                note(
                    format!("{name}[{i}]"),
                    format!("At most {longest} characters are read at a glance; these are {}.", line.chars().count()),
                );
            }
        }
        self.advise_anchors(note);
        let alone = [
            ("anchors", self.anchors.is_none(), "Without anchors of its own an answer is scored by its area's."),
            ("strong_answer", self.strong_answer.is_none(), "A strong answer shows what a 5 sounds like."),
            ("weak_answer", self.weak_answer.is_none(), "A weak answer, with why it is weak, helps to tell the two apart."),
        ];
        alone.into_iter().filter(|(_, missing, _)| *missing).for_each(|(field, _, text)| note(field.into(), text.into()));
    }

    /// Anchors of two levels that read alike: nobody could tell an answer of the one from one of the other.
    fn advise_anchors(&self, note: &mut dyn FnMut(String, String)) {
        let anchors = self.anchors.as_deref().unwrap_or_default();
        for (i, pair) in anchors.windows(2).enumerate() {
            let (lower, higher) = (&pair[0], &pair[1]);
            if parse::shared_words(&lower.text, &higher.text) >= READ_ALIKE && !parse::alike(&lower.text, &higher.text) {
                let text = format!("This reads much like level {}: say what one hears here and not there.", lower.level);
                note(format!("anchors[{}].text", i + 1), text);
            }
        }
    }
}

fn check_distinct<T: Ord>(name: &str, items: &[T], count: std::ops::RangeInclusive<usize>, note: &mut dyn FnMut(String, String)) {
    if !count.contains(&items.len()) {
        note(name.to_owned(), format!("There must be {} to {}; these are {}.", count.start(), count.end(), items.len()));
    }
    if items.iter().collect::<BTreeSet<_>>().len() != items.len() {
        note(name.to_owned(), "One stands there twice.".into());
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

//! Differences as they stand on a page: labels for fields and keys, words marked as removed and added.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;

use super::super::difference::{Fate, FieldDifference, LineDifference};
use super::super::model::{Checklist, Kind, Topic};
use crate::platform::words::{Change, Run};
use crate::rubrics::{Level, area_number};

/// A field that changed.
#[derive(Debug, Clone, Serialize)]
pub struct FieldMarks {
    label: &'static str,
    /// Its lines are items of a list.
    list: bool,
    /// There was nothing before: all of it is new, and need not be marked word by word.
    new: bool,
    lines: Vec<LineMarks>,
}

#[derive(Debug, Clone, Serialize)]
pub struct LineMarks {
    /// Of an anchor.
    level: Option<usize>,
    fate: Fate,
    moved: bool,
    runs: Vec<Run>,
}

/// Fields by their names in a file, with their words on the screen and whether they are lists.
const FIELDS: &[(&str, &str, bool)] = &[
    ("name", "Name", false),
    ("description", "What it is for", false),
    ("rubric", "Rubric", false),
    ("title", "Title in lists", false),
    ("key", "Short name", false),
    ("prompt", "Prompt", false),
    ("kind", "Kind", false),
    ("areas", "Areas", true),
    ("levels", "Levels it fits", true),
    ("minutes", "Minutes", false),
    ("tests", "What it is there to find out", false),
    ("listen_for", "Listen for", true),
    ("warning_signs", "Warning signs", true),
    ("probes", "Ask further", true),
    ("checklist", "A good answer goes through", false),
    ("topics", "Topics", true),
    ("anchors", "Anchors", true),
    ("strong_answer", "A strong answer", false),
    ("weak_answer.text", "A weak answer", false),
    ("weak_answer.why", "Why it is weak", false),
];

/// What is written as a word of the format, by field and word.
static KEYS: LazyLock<HashMap<(&str, &str), &'static str>> = LazyLock::new(|| {
    let kinds = Kind::ALL.iter().map(|kind| (("kind", kind.as_str()), kind.label()));
    let levels = Level::ALL.iter().map(|level| (("levels", level.as_str()), level.label()));
    let checklists = Checklist::ALL.iter().map(|list| (("checklist", list.as_str()), list.label()));
    let topics = Topic::ALL.iter().map(|topic| (("topics", topic.as_str()), topic.label()));
    kinds.chain(levels).chain(checklists).chain(topics).collect()
});

/// `names` are the areas' names, in order.
pub fn marks(fields: &[FieldDifference], names: &[String]) -> Vec<FieldMarks> {
    fields.iter().map(|field| FieldMarks::of(field, names)).collect()
}

impl FieldMarks {
    fn of(field: &FieldDifference, names: &[String]) -> Self {
        let known = FIELDS.iter().find(|(name, ..)| *name == field.field);
        let (label, list) = known.map_or((field.field, false), |(_, label, list)| (label, *list));
        let anchors = field.field == "anchors";
        let line = |(place, line): (usize, &LineDifference)| LineMarks {
            level: anchors.then_some(place),
            fate: line.fate,
            moved: line.moved,
            runs: runs(field.field, line, names),
        };
        let lines: Vec<LineMarks> = (1..).zip(&field.lines).map(line).filter(|line| !line.runs.is_empty()).collect();
        let mut runs = lines.iter().flat_map(|line| &line.runs);
        let new = !lines.is_empty() && runs.all(|run| run.change == Change::Added);
        FieldMarks { label, list, new, lines }
    }
}

/// A key is shown by its label, and changes whole.
fn runs(field: &str, line: &LineDifference, names: &[String]) -> Vec<Run> {
    let label = |key: &str| match field {
        "areas" => area_number(key).and_then(|number| names.get(usize::from(number) - 1)).cloned(),
        _ => KEYS.get(&(field, key)).map(|label| (*label).to_owned()),
    };
    if !["areas", "kind", "levels", "checklist", "topics"].contains(&field) {
        return line.words.0.clone();
    }
    let run = |change, key: String| Run { change, text: label(&key).unwrap_or(key) };
    let (old, new) = (line.words.old_text(), line.words.new_text());
    let runs = match line.fate {
        Fate::Kept => vec![run(Change::Kept, new)],
        _ => vec![run(Change::Removed, old), run(Change::Added, new)],
    };
    runs.into_iter().filter(|run| !run.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::difference::fields;
    use super::super::super::draft::QuestionDraft;
    use super::*;

    #[test]
    fn keys_are_shown_by_their_labels_and_every_field_has_one() {
        let before = QuestionDraft { kind: Some(Kind::Technical), areas: vec!["fundamentals".into()], ..QuestionDraft::default() };
        let after = QuestionDraft { kind: Some(Kind::Scenario), topics: vec![Topic::RestAuth], ..QuestionDraft::default() };
        let shown = marks(&fields(&before, &after, None), &["Fundamentals".into()]);
        let text = |field: &FieldMarks| field.lines.iter().flat_map(|line| &line.runs).map(|run| run.text.clone()).collect::<Vec<_>>();
        let shown: Vec<_> = shown.iter().map(|field| (field.label, text(field))).collect();
        let one = |text: &str| vec![text.to_owned()];
        let all_new: Vec<bool> = marks(&fields(&before, &after, None), &[]).iter().map(|field| field.new).collect();
        assert_eq!(all_new, [false, false, true], "another kind, areas that are gone, topics where there were none");
        assert_eq!(
            shown,
            [
                ("Kind", vec!["Technical".to_owned(), "Scenario".to_owned()]),
                ("Areas", one("Fundamentals")),
                ("Topics", one("REST sign-in and permissions"))
            ]
        );
    }
}

//! What differs between two rubrics, place by place and word by word.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::file::RubricFile;
use super::model::{Area, Level, RubricVersionSummary, WarningSign};
use crate::platform::words::{self, Words};

/// What became of one version.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RubricDifferences {
    pub from: RubricVersionSummary,
    /// None: the draft.
    pub to: Option<RubricVersionSummary>,
    pub changes: Vec<RubricChange>,
}

/// One text that is not the same.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RubricChange {
    /// Its place as in the file; a warning sign's by its key.
    pub field: String,
    pub words: Words,
}

/// Every place where the two say something else, in the order of the file; what is gone comes last. Warning signs are
/// told apart by their keys, so one that moved has not changed.
pub fn changes(from: &RubricFile, to: &RubricFile) -> Vec<RubricChange> {
    let (before, after) = (texts(from), texts(to));
    let old: HashMap<&str, &str> = before.iter().map(|(place, text)| (place.as_str(), text.as_str())).collect();
    let new: HashMap<&str, &str> = after.iter().map(|(place, text)| (place.as_str(), text.as_str())).collect();
    let gone = before.iter().filter(|(place, _)| !new.contains_key(place.as_str()));
    let change = |(place, _): &(String, String)| {
        let text = |texts: &HashMap<&str, &str>| texts.get(place.as_str()).copied().unwrap_or_default().to_owned();
        RubricChange { field: place.clone(), words: words::differences(&text(&old), &text(&new), None) }
    };
    after.iter().chain(gone).map(change).filter(|change| change.words.changed()).collect()
}

/// Every text of a rubric with its place; numbers that belong together are one text.
fn texts(file: &RubricFile) -> Vec<(String, String)> {
    let mut texts = vec![("name".to_owned(), file.name.clone()), ("description".to_owned(), file.description.clone())];
    file.areas.iter().enumerate().for_each(|(i, area)| area_texts(&format!("areas[{i}]"), area, &mut texts));
    texts.push(("weights_reason".to_owned(), file.weights_reason.clone().unwrap_or_default()));
    for level in Level::ALL {
        let cuts = file.cuts.at(*level);
        for (mode, cuts) in [("mock", cuts.mock.as_slice()), ("hiring", &cuts.hiring)] {
            let written: Vec<String> = cuts.iter().filter(|cut| cut.is_finite()).map(f64::to_string).collect();
            texts.push((format!("cuts.{level}.{mode}"), written.join(", ")));
        }
    }
    file.warning_signs.iter().for_each(|sign| sign_texts(sign, &mut texts));
    texts
}

fn area_texts(at: &str, area: &Area, texts: &mut Vec<(String, String)>) {
    let mut put = |part: &str, text: String| texts.push((format!("{at}.{part}"), text));
    put("name", area.name.clone());
    put("short_name", area.short_name.clone());
    put("description", area.description.clone());
    put("weight", area.weight.to_string());
    let expected = |level: &Level| format!("{level} {}", area.expected.at(*level));
    put("expected", Level::ALL.iter().map(expected).collect::<Vec<_>>().join(", "));
    for (k, anchor) in area.anchors.iter().enumerate() {
        put(&format!("anchors[{k}].label"), anchor.label.clone());
        put(&format!("anchors[{k}].text"), anchor.text.clone());
    }
}

fn sign_texts(sign: &WarningSign, texts: &mut Vec<(String, String)>) {
    for (part, text) in [("name", &sign.name), ("looks_like", &sign.looks_like), ("advice", &sign.advice)] {
        texts.push((format!("warning_signs[{}].{part}", sign.key), text.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::service::built_in;
    use super::*;

    fn two(change: impl Fn(&mut RubricFile)) -> Vec<RubricChange> {
        let from = built_in().unwrap().remove(0);
        let mut to = from.clone();
        change(&mut to);
        changes(&from, &to)
    }

    fn fields(changes: &[RubricChange]) -> Vec<&str> {
        changes.iter().map(|change| change.field.as_str()).collect()
    }

    #[test]
    fn the_same_rubric_and_one_whose_signs_moved_have_no_difference() {
        assert_eq!(two(|_| {}), []);
        assert_eq!(two(|file| file.warning_signs.reverse()), []);
    }

    #[test]
    fn each_text_and_number_that_changed_is_there_once_with_both_texts() {
        let found = two(|file| {
            file.areas[2].anchors[0].text.push_str(" Twice.");
            file.areas[1].expected.mid = 4;
            file.areas[1].weight = 2.0;
            file.weights_reason = Some("It counts.".into());
            file.cuts.mid.hiring[1] = 3.05;
            file.warning_signs[0].advice = "Say it.".into();
        });
        let from = built_in().unwrap().remove(0);
        let sign = format!("warning_signs[{}].advice", from.warning_signs[0].key);
        assert_eq!(
            fields(&found),
            ["areas[1].weight", "areas[1].expected", "areas[2].anchors[0].text", "weights_reason", "cuts.mid.hiring", &sign]
        );
        assert_eq!(found[4].words.new_text(), "2.1, 3.05, 3.9");
        assert_eq!(found[2].words.old_text(), from.areas[2].anchors[0].text);
    }

    #[test]
    fn a_sign_that_came_and_one_that_went_are_told() {
        let found = two(|file| {
            let mut sign = file.warning_signs.remove(0);
            sign.key = "a-new-one".into();
            file.warning_signs.push(sign);
        });
        let gone = format!("warning_signs[{}].name", built_in().unwrap()[0].warning_signs[0].key);
        assert!(fields(&found).contains(&"warning_signs[a-new-one].name") && fields(&found).contains(&gone.as_str()));
    }
}

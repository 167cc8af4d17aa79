//! The editor's form: what was typed, by names like `work.0.position`, and what its buttons say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::model::{Entry, OwnResume, Raw, SECTIONS, Section, section};
use crate::platform::error::{Error, Result};

/// What was sent, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct ResumeForm(BTreeMap<String, String>);

/// Where two texts of a field differ.
#[derive(Debug, Serialize)]
pub struct Difference {
    pub field: String,
    pub yours: String,
    pub theirs: String,
}

impl ResumeForm {
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    pub fn version(&self) -> Result<i32> {
        self.get("version").parse().map_err(|_| Error::PreconditionRequired)
    }

    /// The texts by their places. Rows between others stay, empty ones too: an error names a row as it was sent.
    pub fn raw(&self) -> Raw {
        let mut raw = Raw::default();
        for section in SECTIONS {
            for at in 0..self.rows(section) {
                let text = |name: &str| self.get(&control(section, at, name)).to_owned();
                let entry: Entry = section.fields.iter().map(|field| (field.name, text(field.name))).collect();
                raw.push(section, entry);
            }
        }
        raw
    }

    fn rows(&self, section: &Section) -> usize {
        let place = |name: &String| name.strip_prefix(section.name)?.strip_prefix('.')?.split('.').next()?.parse::<usize>().ok();
        let last = self.0.keys().filter_map(place).filter(|at| *at < 2 * section.most).max();
        if section.is_list() { last.map_or(0, |last| last + 1) } else { 1 }
    }

    /// Does what a button at a row says; none where no such button was pressed.
    pub fn pressed(&self) -> Option<Raw> {
        let mut raw = self.raw();
        let row = |value: &str| {
            let (name, at) = value.split_once('.')?;
            Some((section(name)?, at.parse::<usize>().ok()?))
        };
        if let Some(section) = section(self.get("add")).filter(|section| section.is_list()) {
            raw.add(section);
        } else if let Some((section, at)) = row(self.get("remove")) {
            raw.remove(section, at);
        } else if let Some((section, at)) = row(self.get("up")) {
            raw.move_up(section, at);
        } else {
            return None;
        }
        Some(raw)
    }
}

/// The name of a control, and the field that an error of it names.
pub fn control(section: &Section, at: usize, field: &str) -> String {
    if section.is_list() { format!("{}.{at}.{field}", section.name) } else { format!("{}.{field}", section.name) }
}

/// Where the two say something else, row by row.
pub fn differences(yours: &Raw, theirs: &OwnResume) -> Vec<Difference> {
    let theirs = Raw::of(&theirs.resume);
    let nothing = Entry::new();
    let mut found = Vec::new();
    for section in SECTIONS {
        let (mine, other) = (yours.entries(section), theirs.entries(section));
        for at in 0..mine.len().max(other.len()) {
            for field in section.fields {
                let said = |entries: &[Entry]| {
                    let text = entries.get(at).unwrap_or(&nothing).get(field.name).map(String::as_str).unwrap_or_default();
                    text.replace("\r\n", "\n").trim().to_owned()
                };
                let (yours, theirs) = (said(mine), said(other));
                if yours != theirs {
                    let row = if section.is_list() { format!("{} {}", section.label, at + 1) } else { section.label.to_owned() };
                    found.push(Difference { field: format!("{row}: {}", field.label), yours, theirs });
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> ResumeForm {
        ResumeForm(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn rows_come_as_they_were_sent_and_buttons_change_them_alone() {
        let typed =
            [("basics.name", "Ada"), ("skills.2.name", "Go"), ("skills.0.name", "C"), ("skills.999.name", "x"), ("skills.x.name", "y")];
        let skills = section("skills").unwrap();
        let names = |raw: &Raw| raw.entries(skills).iter().map(|entry| entry["name"].clone()).collect::<Vec<_>>();
        assert_eq!(names(&form(&typed).raw()), ["C", "", "Go"]);
        assert!(form(&typed).pressed().is_none());
        let with = |button: (&'static str, &'static str)| form(&[typed.as_slice(), &[button]].concat()).pressed().unwrap();
        assert_eq!(names(&with(("add", "skills"))), ["C", "", "Go", ""]);
        assert_eq!(names(&with(("remove", "skills.1"))), ["C", "Go"]);
        assert_eq!(names(&with(("up", "skills.2"))), ["C", "Go", ""]);
        assert_eq!(with(("remove", "skills.0")).entries(section("basics").unwrap())[0]["name"], "Ada");
    }

    #[test]
    fn fields_that_differ_are_named_and_others_are_not() {
        let yours = form(&[("basics.name", "Ada"), ("work.0.position", "Lead")]).raw();
        let theirs: OwnResume = serde_json::from_value(serde_json::json!({
            "resume": {"basics": {"name": "Ada"}, "work": [{"position": "Dev"}]}, "template": "by_time", "version": 2, "saved_at": null,
        }))
        .unwrap();
        let found: Vec<String> =
            differences(&yours, &theirs).into_iter().map(|it| format!("{} {} {}", it.field, it.yours, it.theirs)).collect();
        assert_eq!(found, ["Work 1: Position Lead Dev"]);
    }
}

//! The editor's form: what was typed, what it means, and where it differs from what somebody else has saved. Its
//! names are the places in the file, as in `areas[0].anchors[2].text`, so an error finds its field by itself.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::super::draft::{AreaDraft, CutsDraft, ExpectedDraft, RubricDraft, TeamRubricView};
use super::super::super::model::{AREA_KEYS, Anchor, Level, PerLevel, WarningSign};
use super::super::places;
use crate::platform::error::{Error, FieldErrors, Result};

/// What was sent, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct RubricForm(BTreeMap<String, String>);

/// Parts of a warning sign.
const SIGN: [&str; 4] = ["key", "name", "looks_like", "advice"];

#[derive(Debug, Serialize)]
pub struct Difference {
    pub field: String,
    pub yours: String,
    pub theirs: String,
}

impl RubricForm {
    pub fn of(view: &TeamRubricView) -> Self {
        Self::of_draft(&view.draft, view.version)
    }

    /// The newest, as a stale save brings it, and whose it is.
    pub fn of_json(current: serde_json::Value) -> Result<(Self, Option<String>)> {
        #[derive(Deserialize)]
        struct Current {
            version: i32,
            draft: RubricDraft,
            changed_by: Option<String>,
        }
        let Current { version, draft, changed_by } = serde_json::from_value(current)?;
        Ok((Self::of_draft(&draft, version), changed_by))
    }

    pub fn of_draft(draft: &RubricDraft, version: i32) -> Self {
        let mut form = RubricForm::default();
        form.set("version", version);
        form.set("name", &draft.name);
        form.set("description", &draft.description);
        form.set("weights_reason", draft.weights_reason.as_deref().unwrap_or_default());
        for (i, area) in draft.areas.iter().enumerate() {
            form.set_area(&format!("areas[{i}]"), area);
        }
        for level in Level::ALL {
            let cuts = draft.cuts.at(*level);
            for (mode, cuts) in [("mock", cuts.mock.as_slice()), ("hiring", &cuts.hiring)] {
                for (k, cut) in cuts.iter().enumerate() {
                    form.set(format!("cuts.{level}.{mode}[{k}]"), number(*cut));
                }
            }
        }
        for (i, sign) in draft.warning_signs.iter().enumerate() {
            form.set_sign(i, [&sign.key, &sign.name, &sign.looks_like, &sign.advice]);
        }
        form
    }

    fn set_area(&mut self, at: &str, area: &AreaDraft) {
        self.set(format!("{at}.name"), &area.name);
        self.set(format!("{at}.short_name"), &area.short_name);
        self.set(format!("{at}.description"), &area.description);
        self.set(format!("{at}.weight"), number(area.weight));
        let ExpectedDraft { entry, mid, senior } = area.expected;
        for (level, expected) in [("entry", entry), ("mid", mid), ("senior", senior)] {
            self.set(format!("{at}.expected.{level}"), expected.map(|level| level.to_string()).unwrap_or_default());
        }
        for (k, anchor) in area.anchors.iter().enumerate() {
            self.set(format!("{at}.anchors[{k}].label"), &anchor.label);
            self.set(format!("{at}.anchors[{k}].text"), &anchor.text);
        }
    }

    fn set_sign(&mut self, i: usize, values: [&str; 4]) {
        for (part, value) in SIGN.iter().zip(values) {
            self.set(format!("warning_signs[{i}].{part}"), value);
        }
    }

    pub fn set(&mut self, name: impl Into<String>, value: impl ToString) {
        self.0.insert(name.into(), value.to_string());
    }

    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    /// Whether it brings a draft, or only what a button says.
    pub fn has_draft(&self) -> bool {
        self.0.contains_key("name")
    }

    pub fn version(&self) -> Result<i32> {
        self.get("version").parse().map_err(|_| Error::PreconditionRequired)
    }

    /// How many warning signs there are, empty ones too.
    pub fn signs(&self) -> usize {
        (0..self.0.len()).take_while(|i| self.0.contains_key(&format!("warning_signs[{i}].name"))).count()
    }

    /// Does what the buttons at the warning signs say; whether there was one.
    pub fn press(&mut self) -> bool {
        let (add, remove) = (self.0.remove("add_sign"), self.0.remove("remove_sign"));
        if add.is_some() {
            self.set_sign(self.signs(), [""; 4]);
        }
        if let Some(removed) = remove.as_deref().and_then(|sign| sign.parse::<usize>().ok()) {
            self.remove_sign(removed);
        }
        add.is_some() || remove.is_some()
    }

    /// Those behind it move up.
    fn remove_sign(&mut self, removed: usize) {
        let signs = self.signs();
        for (i, part) in (removed..signs).flat_map(|i| SIGN.map(|part| (i, part))) {
            let next = self.0.remove(&format!("warning_signs[{}].{part}", i + 1));
            let here = format!("warning_signs[{i}].{part}");
            match next {
                Some(value) => self.0.insert(here, value),
                None => self.0.remove(&here),
            };
        }
    }

    /// The draft as far as it can be read, and what of the numbers is none.
    pub fn read(&self) -> (RubricDraft, FieldErrors) {
        let mut errors = FieldErrors::default();
        let draft = RubricDraft {
            name: self.line("name"),
            description: self.line("description"),
            areas: (0..AREA_KEYS.len()).map(|i| self.area(&format!("areas[{i}]"), &mut errors)).collect(),
            weights_reason: Some(self.line("weights_reason")).filter(|reason| !reason.is_empty()),
            cuts: PerLevel {
                entry: self.cuts(Level::Entry, &mut errors),
                mid: self.cuts(Level::Mid, &mut errors),
                senior: self.cuts(Level::Senior, &mut errors),
            },
            warning_signs: (0..self.signs()).map(|i| self.sign(i)).collect(),
        };
        (draft, errors)
    }

    /// The draft; everything that is wrong with it is named at once.
    pub fn draft(&self) -> Result<RubricDraft> {
        let (draft, mut errors) = self.read();
        match draft.tidy() {
            Ok(draft) if errors.is_empty() => Ok(draft),
            Ok(_) => Err(Error::Invalid(errors)),
            Err(Error::Invalid(more)) => {
                more.iter().for_each(|error| errors.add(&error.field, &error.message));
                Err(Error::Invalid(errors))
            }
            Err(other) => Err(other),
        }
    }

    fn area(&self, at: &str, errors: &mut FieldErrors) -> AreaDraft {
        let text = |name: &str| self.line(&format!("{at}.{name}"));
        let mut expected = |level: &str| {
            let value = self.get(&format!("{at}.expected.{level}"));
            let parsed = if value.is_empty() { Ok(None) } else { value.parse().map(Some) };
            errors.take(&format!("{at}.expected"), parsed.map_err(|_| "Choose a level from 1 to 5.".into())).flatten()
        };
        let expected = ExpectedDraft { entry: expected("entry"), mid: expected("mid"), senior: expected("senior") };
        let anchor = |(k, level)| Anchor { level, label: text(&format!("anchors[{k}].label")), text: text(&format!("anchors[{k}].text")) };
        AreaDraft {
            number: 0,
            key: String::new(),
            name: text("name"),
            short_name: text("short_name"),
            description: text("description"),
            weight: self.number(&format!("{at}.weight"), &format!("{at}.weight"), errors),
            anchors: (0..5).zip(1..).map(anchor).collect(),
            expected,
        }
    }

    fn cuts(&self, level: Level, errors: &mut FieldErrors) -> CutsDraft {
        let mut cut = |mode: &str, k: usize| self.number(&format!("cuts.{level}.{mode}[{k}]"), &format!("cuts.{level}.{mode}"), errors);
        CutsDraft { mock: [0, 1].map(|k| cut("mock", k)), hiring: [0, 1, 2].map(|k| cut("hiring", k)) }
    }

    fn sign(&self, i: usize) -> WarningSign {
        let text = |part: &str| self.line(&format!("warning_signs[{i}].{part}"));
        WarningSign { key: text("key"), name: text("name"), looks_like: text("looks_like"), advice: text("advice") }
    }

    /// A number with a point or a comma; what is none is named where the page shows it.
    fn number(&self, name: &str, place: &str, errors: &mut FieldErrors) -> Option<f64> {
        let text = self.get(name).trim().replace(',', ".");
        if text.is_empty() {
            return None;
        }
        let parsed = text.parse().ok().filter(|number: &f64| number.is_finite());
        errors.take(place, parsed.ok_or_else(|| format!("{text:?} is no number: write one as in 2.9.")))
    }

    /// Several lines become one: nothing of a rubric has paragraphs.
    fn line(&self, name: &str) -> String {
        self.get(name).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Where the two say something else.
    pub fn differences(&self, theirs: &Self) -> Vec<Difference> {
        let names: BTreeSet<&String> = self.0.keys().chain(theirs.0.keys()).collect();
        let said = |name: &&&String| !matches!(name.as_str(), "version" | "reason") && !name.ends_with(".key");
        let differ = |name: &&&String| self.line(name) != theirs.line(name);
        let difference = |name: &String| Difference {
            field: places::words(name, &|place| self.get(place).to_owned()),
            yours: self.line(name),
            theirs: theirs.line(name),
        };
        names.iter().filter(said).filter(differ).map(|name| difference(name)).collect()
    }
}

fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::super::super::file::RubricFile;
    use super::*;

    fn form() -> RubricForm {
        let version = super::super::super::sample().unwrap();
        RubricForm::of_draft(&RubricDraft::of(&RubricFile::of(&version)), 3)
    }

    #[test]
    fn what_a_draft_says_comes_back_from_its_form() {
        let version = super::super::super::sample().unwrap();
        let draft = RubricDraft::of(&RubricFile::of(&version));
        assert_eq!(form().draft().unwrap(), draft);
    }

    #[test]
    fn a_sign_that_is_taken_out_takes_no_other_with_it() {
        let mut form = form();
        let signs = form.signs();
        let (first, third) = (form.get("warning_signs[0].name").to_owned(), form.get("warning_signs[2].name").to_owned());
        form.set("remove_sign", 1);
        assert!(form.press());
        assert_eq!((form.signs(), form.get("warning_signs[0].name"), form.get("warning_signs[1].name")), (signs - 1, &*first, &*third));
        form.set("add_sign", 1);
        assert!(form.press() && !form.press());
        assert_eq!((form.signs(), form.get(&format!("warning_signs[{}].name", signs - 1))), (signs, ""));
    }

    #[test]
    fn a_comma_is_a_point_and_what_is_no_number_has_its_place() {
        let mut form = form();
        form.set("areas[1].weight", "1,5");
        form.set("weights_reason", "Says why,\nin two lines.");
        let draft = form.draft().unwrap();
        assert_eq!((draft.areas[1].weight, draft.weights_reason.as_deref()), (Some(1.5), Some("Says why, in two lines.")));
        form.set("areas[1].weight", "NaN");
        form.set("cuts.mid.hiring[1]", "three");
        form.set("name", "");
        let Err(Error::Invalid(errors)) = form.draft() else { panic!("taken") };
        assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["areas[1].weight", "cuts.mid.hiring", "name"]);
    }
}

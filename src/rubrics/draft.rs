//! What a team writes before it publishes a rubric of its own. The five areas with their keys are given; everything
//! else is the team's.
//!
//! A draft may be unfinished. What it must have to be published is the format's matter (`file`), what is worth
//! another look is advice. Fields are named as in the file, so an error is at the same place everywhere.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::file::{FORMAT, RubricFile};
use super::model::{AREA_KEYS, Anchor, Area, Cuts, Level, PerLevel, RubricId, RubricVersionId, RubricVersionSummary, WarningSign};
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;

/// Most warning signs of one rubric: a list that is ticked during an answer is not read twice.
pub const MOST_SIGNS: usize = 40;

/// `POST …/rubrics`: a copy of a version that this team may read.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRubric {
    pub name: String,
    /// For files and addresses; made from the name if not said.
    #[serde(default)]
    pub slug: Option<String>,
    /// The version it begins with; the newest built-in `five-areas` if not said.
    #[serde(default)]
    pub copy_of: Option<RubricVersionId>,
}

/// `POST …/versions`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRubricVersion {
    /// What changed and why, for those who choose between versions.
    pub reason: String,
}

/// A team's rubric with its draft and what was published of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeamRubricView {
    pub id: RubricId,
    pub slug: String,
    /// What it is a copy of.
    pub copied_from: Option<RubricVersionId>,
    /// Of the draft, for the next If-Match.
    pub version: i32,
    pub draft: RubricDraft,
    /// What the draft lacks to be published.
    pub missing: FieldErrors,
    /// What is worth another look.
    pub advice: FieldErrors,
    pub changed_by: Option<String>,
    pub changed_at: DateTime<Utc>,
    pub retired_at: Option<DateTime<Utc>>,
    pub newest_version: Option<RubricVersionSummary>,
    /// The draft is not what was last published.
    pub unpublished_changes: bool,
}

/// A rubric as it is being written: everything may be missing but the name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RubricDraft {
    pub name: String,
    pub description: String,
    /// Five, in order; number and key of each are given.
    pub areas: Vec<AreaDraft>,
    /// Needed when the areas do not all weigh the same.
    pub weights_reason: Option<String>,
    pub cuts: PerLevel<CutsDraft>,
    pub warning_signs: Vec<WarningSign>,
}

/// One of the five areas as it is being written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AreaDraft {
    pub number: u8,
    pub key: String,
    pub name: String,
    /// One word, for narrow places.
    pub short_name: String,
    pub description: String,
    pub weight: Option<f64>,
    /// Five, from level 1 to 5.
    pub anchors: Vec<Anchor>,
    pub expected: ExpectedDraft,
}

/// The level that each seniority asks of an area.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExpectedDraft {
    pub entry: Option<u8>,
    pub mid: Option<u8>,
    pub senior: Option<u8>,
}

/// Where the outcome changes, as far as it is written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CutsDraft {
    /// Not yet, nearly ready, ready now.
    pub mock: [Option<f64>; 2],
    /// Strong no, no, yes, strong yes.
    pub hiring: [Option<f64>; 3],
}

impl RubricDraft {
    pub fn of(file: &RubricFile) -> Self {
        RubricDraft {
            name: file.name.clone(),
            description: file.description.clone(),
            areas: file.areas.iter().map(AreaDraft::of).collect(),
            weights_reason: file.weights_reason.clone(),
            cuts: file.cuts.map(|cuts| CutsDraft { mock: cuts.mock.map(Some), hiring: cuts.hiring.map(Some) }),
            warning_signs: file.warning_signs.clone(),
        }
    }

    /// As it stands in a file. What is missing is no value there that the format takes, and the format says so.
    pub fn to_file(&self, slug: &str) -> RubricFile {
        let number = |cut: Option<f64>| cut.unwrap_or(f64::NAN);
        RubricFile {
            format: FORMAT.into(),
            slug: slug.to_owned(),
            name: self.name.clone(),
            description: self.description.clone(),
            areas: self.areas.iter().map(AreaDraft::to_area).collect(),
            weights_reason: self.weights_reason.clone(),
            cuts: self.cuts.map(|cuts| Cuts { mock: cuts.mock.map(number), hiring: cuts.hiring.map(number) }),
            warning_signs: self.warning_signs.clone(),
        }
    }

    /// Trims, drops empty warning signs, and refuses what could not even be kept.
    pub fn tidy(mut self) -> Result<Self> {
        let mut errors = FieldErrors::default();
        take(&mut errors, "name", &mut self.name, 1..=80);
        take(&mut errors, "description", &mut self.description, 0..=600);
        self.tidy_areas(&mut errors);
        self.weights_reason = self.weights_reason.take().filter(|reason| !reason.trim().is_empty());
        if let Some(reason) = &mut self.weights_reason {
            take(&mut errors, "weights_reason", reason, 1..=300);
        }
        for level in Level::ALL {
            let cuts = self.cuts.at(*level);
            for (mode, cuts) in [("mock", cuts.mock.as_slice()), ("hiring", &cuts.hiring)] {
                if cuts.iter().flatten().any(|cut| !(*cut > 1.0 && *cut < 5.0)) {
                    errors.add(format!("cuts.{level}.{mode}"), "A cut lies between 1 and 5.");
                }
            }
        }
        self.tidy_signs(&mut errors);
        errors.check()?;
        Ok(self)
    }

    fn tidy_areas(&mut self, errors: &mut FieldErrors) {
        if self.areas.len() > AREA_KEYS.len() {
            errors.add("areas", format!("There are always five areas; these are {}.", self.areas.len()));
        }
        self.areas.resize(AREA_KEYS.len(), AreaDraft::default());
        for (i, (area, key)) in self.areas.iter_mut().zip(AREA_KEYS).enumerate() {
            let at = format!("areas[{i}]");
            if !area.key.is_empty() && area.key != key {
                errors.add(format!("{at}.key"), format!("The key of area {} is {key:?}.", i + 1));
            }
            if area.number != 0 && usize::from(area.number) != i + 1 {
                errors.add(format!("{at}.number"), format!("Areas stand in order: this one is {}.", i + 1));
            }
            (area.number, area.key) = (u8::try_from(i + 1).unwrap_or_default(), key.into());
            area.tidy(&at, errors);
        }
    }

    /// A sign without any word is none; a key is made from the name where it is missing.
    fn tidy_signs(&mut self, errors: &mut FieldErrors) {
        self.warning_signs.retain(|sign| [&sign.name, &sign.looks_like, &sign.advice].iter().any(|text| !text.trim().is_empty()));
        if self.warning_signs.len() > MOST_SIGNS {
            errors.add("warning_signs", format!("Keep at most {MOST_SIGNS} warning signs."));
        }
        let mut keys: Vec<String> = self.warning_signs.iter().map(|sign| sign.key.clone()).collect();
        for (i, sign) in self.warning_signs.iter_mut().enumerate() {
            let at = format!("warning_signs[{i}]");
            take(errors, &format!("{at}.name"), &mut sign.name, 1..=60);
            take(errors, &format!("{at}.looks_like"), &mut sign.looks_like, 0..=300);
            take(errors, &format!("{at}.advice"), &mut sign.advice, 0..=300);
            if sign.key.trim().is_empty() {
                sign.key = free_key(&sign.name, &keys);
                keys.push(sign.key.clone());
            }
            errors.note(format!("{at}.key"), parse::key(&sign.key));
        }
    }

    /// What it lacks to be published, by field.
    pub fn missing(&self, slug: &str) -> FieldErrors {
        let mut errors = FieldErrors::default();
        self.to_file(slug).check(&mut errors);
        errors
    }
}

/// A key of the name's words that no other sign has.
fn free_key(name: &str, taken: &[String]) -> String {
    let base: String = parse::slug(name).chars().take(50).collect::<String>().trim_end_matches('-').to_owned();
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).find(|key| !taken.contains(key)).unwrap_or(base)
}

fn take(errors: &mut FieldErrors, field: &str, text: &mut String, length: std::ops::RangeInclusive<usize>) {
    if let Some(parsed) = errors.take(field, parse::line(text, *length.start(), *length.end())) {
        *text = parsed;
    }
}

impl AreaDraft {
    fn of(area: &Area) -> Self {
        let PerLevel { entry, mid, senior } = area.expected;
        AreaDraft {
            number: area.number,
            key: area.key.clone(),
            name: area.name.clone(),
            short_name: area.short_name.clone(),
            description: area.description.clone(),
            weight: Some(area.weight),
            anchors: area.anchors.clone(),
            expected: ExpectedDraft { entry: Some(entry), mid: Some(mid), senior: Some(senior) },
        }
    }

    fn to_area(&self) -> Area {
        let expected = |level: Option<u8>| level.unwrap_or_default();
        Area {
            number: self.number,
            key: self.key.clone(),
            name: self.name.clone(),
            short_name: self.short_name.clone(),
            description: self.description.clone(),
            weight: self.weight.unwrap_or_default(),
            anchors: self.anchors.clone(),
            expected: PerLevel {
                entry: expected(self.expected.entry),
                mid: expected(self.expected.mid),
                senior: expected(self.expected.senior),
            },
        }
    }

    fn tidy(&mut self, at: &str, errors: &mut FieldErrors) {
        take(errors, &format!("{at}.name"), &mut self.name, 0..=60);
        take(errors, &format!("{at}.short_name"), &mut self.short_name, 0..=20);
        take(errors, &format!("{at}.description"), &mut self.description, 0..=300);
        if self.weight.is_some_and(|weight| !(weight > 0.0 && weight <= 100.0)) {
            errors.add(format!("{at}.weight"), "A weight is above 0 and at most 100.");
        }
        let ExpectedDraft { entry, mid, senior } = self.expected;
        if [entry, mid, senior].iter().flatten().any(|level| !(1..=5).contains(level)) {
            errors.add(format!("{at}.expected"), "An expected level is 1 to 5.");
        }
        self.tidy_anchors(at, errors);
    }

    fn tidy_anchors(&mut self, at: &str, errors: &mut FieldErrors) {
        if self.anchors.len() > 5 {
            errors.add(format!("{at}.anchors"), format!("There are five anchors; these are {}.", self.anchors.len()));
        }
        self.anchors.resize(5, Anchor { level: 0, label: String::new(), text: String::new() });
        for (k, (anchor, level)) in self.anchors.iter_mut().zip(1..).enumerate() {
            let at = format!("{at}.anchors[{k}]");
            if anchor.level != 0 && anchor.level != level {
                errors.add(format!("{at}.level"), format!("Anchors stand in order: this one is {level}."));
            }
            anchor.level = level;
            take(errors, &format!("{at}.label"), &mut anchor.label, 0..=40);
            take(errors, &format!("{at}.text"), &mut anchor.text, 0..=240);
        }
    }
}

impl NewRubricVersion {
    pub fn parse(&self) -> Result<String> {
        parse::line(&self.reason, 1, 500).map_err(|_| Error::invalid("reason", "Say in a line what changed and why."))
    }
}

//! The format `fivefold/rubric@1`, documented in `library/README.md`, and every rule a file must keep.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::model::{AREA_KEYS, Anchor, Area, Cuts, Level, PerLevel, RubricId, RubricVersion, RubricVersionId, WarningSign};
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::files::{Format, Mistakes};
use crate::platform::parse;
use crate::policy::TeamId;

pub const FORMAT: &str = "fivefold/rubric@1";

/// The published schema of the format.
pub const SCHEMA: &str = include_str!("../../schemas/rubric@1.json");

static JSON: LazyLock<Format> = LazyLock::new(|| Format::new(FORMAT, SCHEMA));

/// A rubric as a file.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RubricFile {
    pub format: String,
    pub slug: String,
    pub name: String,
    pub description: String,
    pub areas: Vec<Area>,
    /// Needed when the areas do not all weigh the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights_reason: Option<String>,
    pub cuts: PerLevel<Cuts>,
    pub warning_signs: Vec<WarningSign>,
}

/// What stands beside the content of a version.
pub struct Published {
    pub id: RubricVersionId,
    pub rubric: RubricId,
    pub number: i32,
    pub published_at: DateTime<Utc>,
    pub published_by: Option<String>,
    pub reason: Option<String>,
    pub team: Option<TeamId>,
}

impl Published {
    /// A version of the built-in library.
    pub fn built_in(id: RubricVersionId, slug: &str, number: i32, published_at: DateTime<Utc>) -> Self {
        let rubric = RubricId::built_in(slug);
        Published { id, rubric, number, published_at, published_by: None, reason: None, team: None }
    }
}

impl RubricFile {
    /// What is published of it.
    pub(super) fn into_version(self, published: Published) -> RubricVersion {
        RubricVersion {
            id: published.id,
            rubric: published.rubric,
            slug: self.slug,
            number: published.number,
            name: self.name,
            description: self.description,
            areas: self.areas,
            weights_reason: self.weights_reason,
            cuts: self.cuts,
            warning_signs: self.warning_signs,
            published_at: published.published_at,
            published_by: published.published_by,
            reason: published.reason,
            built_in: published.team.is_none(),
            team: published.team,
        }
    }

    /// A version as it stands in a file.
    pub fn of(version: &RubricVersion) -> Self {
        RubricFile {
            format: FORMAT.into(),
            slug: version.slug.clone(),
            name: version.name.clone(),
            description: version.description.clone(),
            areas: version.areas.clone(),
            weights_reason: version.weights_reason.clone(),
            cuts: version.cuts.clone(),
            warning_signs: version.warning_signs.clone(),
        }
    }

    /// Everything that a rubric must keep to be published.
    pub(super) fn check(&self, errors: &mut FieldErrors) {
        check_head(self, errors);
        check_areas(self, errors);
        check_weights(self, errors);
        for level in Level::ALL {
            check_cuts(*level, self.cuts.at(*level), errors);
        }
        check_warning_signs(&self.warning_signs, errors);
    }
}

/// Reads a file strictly; `slug` is its name without `.json`. Every error names the member.
pub fn parse_file(slug: &str, text: &str) -> Result<RubricFile, FieldErrors> {
    let file: RubricFile = parse::json_file(text)?;
    let mut errors = FieldErrors::default();
    if file.slug != slug {
        errors.add("slug", format!("This must be the file's name, {slug:?}."));
    }
    file.check(&mut errors);
    if errors.is_empty() { Ok(file) } else { Err(errors) }
}

/// A file that somebody has at hand: by its schema first, then by the rules that no schema can say; all that is wrong
/// comes with its line.
pub fn read_json(text: &str) -> Result<RubricFile, Mistakes> {
    JSON.read(text, RubricFile::check)
}

/// Whether the published schema passes a file.
pub fn schema_passes(value: &Value) -> bool {
    JSON.passes(value)
}

/// Reads what somebody sends as a file, whatever it is called. The format is looked at first: what a newer
/// Fivefold wrote may have members that would only be called unknown.
pub fn read(content: Value) -> Result<RubricFile> {
    let Value::Object(members) = &content else { return Err(Error::Malformed("Send a JSON object.".into())) };
    check_format(members.get("format").and_then(Value::as_str).unwrap_or_default()).map_err(|text| Error::invalid("format", text))?;
    let file: RubricFile =
        serde_path_to_error::deserialize(content).map_err(|error| Error::Malformed(format!("{}: {}.", error.path(), error.inner())))?;
    let mut errors = FieldErrors::default();
    file.check(&mut errors);
    errors.check()?;
    Ok(file)
}

fn check_format(format: &str) -> Result<(), String> {
    match format.strip_prefix("fivefold/rubric@") {
        _ if format == FORMAT => Ok(()),
        Some(later) if later.parse::<u32>().is_ok_and(|later| later > 1) => {
            Err(format!("This is {format:?}, made by a newer Fivefold; this one reads {FORMAT:?}."))
        }
        _ => Err(format!("This must be {FORMAT:?}.")),
    }
}

fn check_head(file: &RubricFile, errors: &mut FieldErrors) {
    errors.note("format", check_format(&file.format));
    errors.note("slug", parse::key(&file.slug));
    errors.note("name", parse::exact_line(&file.name, 1, 80));
    errors.note("description", parse::exact_line(&file.description, 1, 600));
}

fn check_areas(file: &RubricFile, errors: &mut FieldErrors) {
    if file.areas.len() != AREA_KEYS.len() {
        errors.add("areas", format!("There are always five areas; these are {}.", file.areas.len()));
    }
    for ((i, area), key) in file.areas.iter().enumerate().zip(AREA_KEYS) {
        let at = format!("areas[{i}]");
        if usize::from(area.number) != i + 1 {
            errors.add(format!("{at}.number"), format!("Areas stand in order: this one is {}.", i + 1));
        }
        if area.key != key {
            errors.add(format!("{at}.key"), format!("The key of area {} is {key:?}.", i + 1));
        }
        errors.note(format!("{at}.name"), parse::exact_line(&area.name, 1, 60));
        errors.note(format!("{at}.short_name"), parse::exact_line(&area.short_name, 1, 20));
        if area.short_name.contains(' ') {
            errors.add(format!("{at}.short_name"), "Write one word.");
        }
        errors.note(format!("{at}.description"), parse::exact_line(&area.description, 1, 300));
        check_expected(&at, area, errors);
        check_anchors(&at, area, errors);
    }
    check_no_anchors_alike(&file.areas, errors);
}

fn check_expected(at: &str, area: &Area, errors: &mut FieldErrors) {
    let PerLevel { entry, mid, senior } = area.expected;
    if [entry, mid, senior].iter().any(|level| !(1..=5).contains(level)) {
        errors.add(format!("{at}.expected"), "An expected level is 1 to 5.");
    }
    if entry > mid || mid > senior {
        errors.add(format!("{at}.expected"), "A higher seniority cannot be asked for less.");
    }
}

fn check_anchors(at: &str, area: &Area, errors: &mut FieldErrors) {
    if area.anchors.len() != 5 {
        errors.add(format!("{at}.anchors"), format!("There are five anchors; these are {}.", area.anchors.len()));
    }
    for (i, anchor) in area.anchors.iter().enumerate() {
        let at = format!("{at}.anchors[{i}]");
        if usize::from(anchor.level) != i + 1 {
            errors.add(format!("{at}.level"), format!("Anchors stand in order: this one is {}.", i + 1));
        }
        errors.note(format!("{at}.label"), parse::exact_line(&anchor.label, 1, 40));
        errors.note(format!("{at}.text"), parse::exact_line(&anchor.text, 1, 240));
    }
}

/// Two anchors with the same words cannot be told apart when scoring, whatever their area.
fn check_no_anchors_alike(areas: &[Area], errors: &mut FieldErrors) {
    let mut seen: Vec<(String, &Anchor)> = Vec::new();
    for (i, area) in areas.iter().enumerate() {
        for (k, anchor) in area.anchors.iter().enumerate() {
            let at = format!("areas[{i}].anchors[{k}]");
            if let Some((first, _)) = seen.iter().find(|(_, other)| parse::alike(&other.text, &anchor.text)) {
                errors.add(format!("{at}.text"), format!("These are the words of {first}."));
            }
            if let Some((first, _)) = seen.iter().find(|(_, other)| parse::alike(&other.label, &anchor.label)) {
                errors.add(format!("{at}.label"), format!("This is the label of {first}."));
            }
            seen.push((at, anchor));
        }
    }
}

fn check_weights(file: &RubricFile, errors: &mut FieldErrors) {
    for (i, area) in file.areas.iter().enumerate() {
        if !(area.weight > 0.0 && area.weight <= 100.0) {
            errors.add(format!("areas[{i}].weight"), "A weight is above 0 and at most 100.");
        }
    }
    let equal = file.areas.windows(2).all(|pair| pair[0].weight == pair[1].weight);
    match &file.weights_reason {
        Some(reason) => errors.note("weights_reason", parse::exact_line(reason, 1, 300)),
        None if !equal => errors.add("weights_reason", "The areas do not weigh the same: say why."),
        None => {}
    }
}

fn check_cuts(level: Level, cuts: &Cuts, errors: &mut FieldErrors) {
    let places = [("mock", cuts.mock.as_slice()), ("hiring", cuts.hiring.as_slice())];
    for (mode, cuts) in places {
        let ascending = cuts.windows(2).all(|pair| pair[0] < pair[1]);
        if !ascending || cuts.iter().any(|cut| !(*cut > 1.0 && *cut < 5.0)) {
            errors.add(format!("cuts.{level}.{mode}"), "Cuts ascend and lie between 1 and 5.");
        }
    }
}

fn check_warning_signs(signs: &[WarningSign], errors: &mut FieldErrors) {
    for (i, sign) in signs.iter().enumerate() {
        let at = format!("warning_signs[{i}]");
        errors.note(format!("{at}.key"), parse::key(&sign.key));
        if signs[..i].iter().any(|other| other.key == sign.key) {
            errors.add(format!("{at}.key"), "This key is used above.");
        }
        errors.note(format!("{at}.name"), parse::exact_line(&sign.name, 1, 60));
        errors.note(format!("{at}.looks_like"), parse::exact_line(&sign.looks_like, 1, 300));
        errors.note(format!("{at}.advice"), parse::exact_line(&sign.advice, 1, 300));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rubric_keeps_the_rules() {
        let read = parse_file("five-areas", include_str!("../../library/rubrics/five-areas.json"));
        assert!(read.is_ok(), "{}", read.unwrap_err());
    }
}

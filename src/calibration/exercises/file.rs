//! The format `fivefold/gold-interview@1`, documented in `library/README.md`, and every rule a file must keep.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::transcript::Turn;
use crate::platform::error::{FieldErrors, Result};
use crate::platform::files::{Format, Mistakes};
use crate::platform::parse;
use crate::rubrics::Level;

pub const FORMAT: &str = "fivefold/gold-interview@1";

/// The published schema of the format.
pub const SCHEMA: &str = include_str!("../../../schemas/gold-interview@1.json");

static JSON: LazyLock<Format> = LazyLock::new(|| Format::new(FORMAT, SCHEMA));

/// There are always five areas.
pub const AREAS: std::ops::RangeInclusive<u8> = 1..=5;
/// Fewer experts are no reference.
pub const LEAST_EXPERTS: usize = 3;
/// More than this between the experts' own scores, and an area is only talked about.
pub const WIDEST_AGREED: u8 = 1;

/// A gold interview as a file, and as it is frozen in a version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldFile {
    pub format: String,
    pub slug: String,
    pub title: String,
    /// What it is about. It gives no score away.
    pub summary: String,
    pub level: Level,
    pub minutes: u32,
    /// The slug of the rubric it is scored by.
    pub rubric: String,
    pub transcript: Vec<Turn>,
    pub experts: Vec<Expert>,
    /// Five, in order.
    pub consensus: Vec<Consensus>,
}

/// What one expert gave before anybody talked. Unnamed on screen: Expert A, Expert B.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Expert {
    pub name: String,
    /// Five, in order of the areas.
    pub scores: Vec<ExpertScore>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpertScore {
    pub area: u8,
    pub value: u8,
    pub reason: String,
}

/// What the experts agreed on for one area after they had talked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Consensus {
    pub area: u8,
    pub value: u8,
    /// The scores that can be defended; `value` is one of them.
    pub acceptable: Vec<u8>,
    pub reason: String,
    /// Where in the transcript it shows.
    pub evidence: Vec<Mark>,
}

/// A moment of the transcript that counts, and what it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// The time of a turn, in seconds from the beginning.
    pub at: u32,
    pub text: String,
}

impl GoldFile {
    pub fn consensus(&self, area: u8) -> Option<&Consensus> {
        self.consensus.iter().find(|consensus| consensus.area == area)
    }

    /// The scores the experts gave this area, each by itself.
    pub fn given(&self, area: u8) -> Vec<u8> {
        given(&self.experts, area)
    }

    /// Before the talk the experts lay too far apart: the area is talked about, never scored.
    pub fn contested(&self, area: u8) -> bool {
        apart(&self.given(area)) > WIDEST_AGREED
    }

    /// Everything a gold interview must keep to be published.
    pub fn check(&self, errors: &mut FieldErrors) {
        check_head(self, errors);
        super::transcript::check(&self.transcript, errors);
        check_experts(&self.experts, errors);
        check_consensus(self, errors);
    }
}

/// The scores of one area.
pub fn given(experts: &[Expert], area: u8) -> Vec<u8> {
    experts.iter().flat_map(|expert| &expert.scores).filter(|score| score.area == area).map(|score| score.value).collect()
}

/// How far the lowest and the highest of these lie apart.
pub fn apart(values: &[u8]) -> u8 {
    values.iter().max().copied().unwrap_or_default() - values.iter().min().copied().unwrap_or_default()
}

/// Reads a file strictly; `slug` is its name without `.json`. Every error names the member.
pub fn parse_file(slug: &str, text: &str) -> Result<GoldFile, FieldErrors> {
    let file: GoldFile = parse::json_file(text)?;
    let mut errors = FieldErrors::default();
    if file.slug != slug {
        errors.add("slug", format!("This must be the file's name, {slug:?}."));
    }
    file.check(&mut errors);
    if errors.is_empty() { Ok(file) } else { Err(errors) }
}

/// A file that somebody has at hand: by its schema first, then by the rules that no schema can say; all that is wrong
/// comes with its line.
pub fn read_json(text: &str) -> Result<GoldFile, Mistakes> {
    JSON.read(text, GoldFile::check)
}

/// Whether the published schema passes a file.
pub fn schema_passes(value: &Value) -> bool {
    JSON.passes(value)
}

fn check_head(file: &GoldFile, errors: &mut FieldErrors) {
    if file.format != FORMAT {
        errors.add("format", format!("This must be {FORMAT:?}."));
    }
    errors.note("slug", parse::key(&file.slug));
    errors.note("title", parse::exact_line(&file.title, 1, 80));
    errors.note("summary", parse::exact_line(&file.summary, 1, 400));
    errors.note("rubric", parse::key(&file.rubric));
    if !(1..=180).contains(&file.minutes) {
        errors.add("minutes", "An interview takes 1 to 180 minutes.");
    }
}

fn check_experts(experts: &[Expert], errors: &mut FieldErrors) {
    if experts.len() < LEAST_EXPERTS || experts.len() > 12 {
        errors.add("experts", format!("It takes 3 to 12 experts; these are {}.", experts.len()));
    }
    for (i, expert) in experts.iter().enumerate() {
        let at = format!("experts[{i}]");
        errors.note(format!("{at}.name"), parse::exact_line(&expert.name, 1, 40));
        if experts.iter().take(i).any(|other| other.name == expert.name) {
            errors.add(format!("{at}.name"), "Another expert has this name.");
        }
        if !expert.scores.iter().map(|score| score.area).eq(AREAS) {
            errors.add(format!("{at}.scores"), "Give one score for each of the five areas, in order.");
        }
        for (k, score) in expert.scores.iter().enumerate() {
            check_level(&format!("{at}.scores[{k}].value"), score.value, errors);
            errors.note(format!("{at}.scores[{k}].reason"), parse::exact_text(&score.reason, 1, 1_000));
        }
    }
}

fn check_consensus(file: &GoldFile, errors: &mut FieldErrors) {
    if !file.consensus.iter().map(|consensus| consensus.area).eq(AREAS) {
        errors.add("consensus", "Write one consensus for each of the five areas, in order.");
    }
    for (i, consensus) in file.consensus.iter().enumerate() {
        check_one(&format!("consensus[{i}]"), consensus, file, errors);
    }
}

fn check_one(at: &str, consensus: &Consensus, file: &GoldFile, errors: &mut FieldErrors) {
    check_level(&format!("{at}.value"), consensus.value, errors);
    if let Some((field, message)) = acceptable_mistake(consensus, file.contested(consensus.area)) {
        errors.add(format!("{at}.{field}"), message);
    }
    errors.note(format!("{at}.reason"), parse::exact_text(&consensus.reason, 1, 2_000));
    if consensus.evidence.is_empty() || consensus.evidence.len() > 8 {
        errors.add(format!("{at}.evidence"), "Name 1 to 8 moments of the transcript that show it.");
    }
    if !consensus.evidence.is_sorted_by(|a, b| a.at < b.at) {
        errors.add(format!("{at}.evidence"), "Each moment comes once, in the order of the interview.");
    }
    for (k, mark) in consensus.evidence.iter().enumerate() {
        if !file.transcript.iter().any(|turn| turn.at == mark.at) {
            errors.add(format!("{at}.evidence[{k}].at"), "No turn of the transcript begins at this time.");
        }
        errors.note(format!("{at}.evidence[{k}].text"), parse::exact_line(&mark.text, 1, 300));
    }
}

/// The acceptable set: its value in it, no score twice, and where the experts were near each other no score far from it.
pub fn acceptable_mistake(consensus: &Consensus, contested: bool) -> Option<(&'static str, &'static str)> {
    let set = &consensus.acceptable;
    let message = if !set.iter().all(|value| (1..=5).contains(value)) || !set.is_sorted_by(|a, b| a < b) {
        "Scores are 1 to 5, each once, in order."
    } else if !set.contains(&consensus.value) {
        "The consensus itself must be among the scores that can be defended."
    } else if !contested && set.iter().any(|value| value.abs_diff(consensus.value) > 1) {
        "More than one away from the consensus cannot be defended as well."
    } else {
        return None;
    };
    Some(("acceptable", message))
}

fn check_level(field: &str, value: u8, errors: &mut FieldErrors) {
    if !(1..=5).contains(&value) {
        errors.add(field, "A score is 1 to 5.");
    }
}

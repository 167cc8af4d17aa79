//! The chosen fields of a report, as they are sent and as they are kept.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::names::named;
use crate::platform::error::{FieldErrors, Result};
use crate::platform::parse;
use crate::rubrics::RubricVersion;

/// The most strengths, and the most next steps: a report that says ten things says none.
pub const MAX_ROWS: usize = 6;

/// `PUT …/report`: the whole report. What is absent or empty is not in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewReport {
    /// As in "Nearly ready: ask before you fix".
    pub headline: String,
    /// Two or three sentences that say it all.
    pub lede: String,
    pub strengths: Vec<NewStrength>,
    pub next_steps: Vec<NextStep>,
    pub two_ways: Option<TwoWays>,
    /// The five areas in words, with the rubric's anchors.
    pub show_areas: bool,
    /// The averages too; they are shown with the areas.
    pub show_numbers: bool,
    /// The outcome of the decision.
    pub show_outcome: bool,
    /// Keys of the rubric's warning signs, whose advice is given.
    pub advice: Vec<String>,
    /// Whatever else is to be said.
    pub message: String,
}

/// A strength; a text alone is its title.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum NewStrength {
    Title(String),
    Full(Strength),
}

/// What the candidate does well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Strength {
    pub title: String,
    #[serde(default)]
    pub text: String,
}

/// What to do next, the most useful first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NextStep {
    pub title: String,
    #[serde(default)]
    pub text: String,
    /// How long it takes, as in "1 evening".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
}

/// The same question, two ways: an answer that was given, and a stronger one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TwoWays {
    pub said: String,
    #[serde(default)]
    pub said_note: String,
    pub stronger: String,
    #[serde(default)]
    pub stronger_note: String,
}

/// A report whose fields were read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ReportContent)]
pub struct Content {
    pub headline: String,
    pub lede: String,
    pub strengths: Vec<Strength>,
    pub next_steps: Vec<NextStep>,
    pub two_ways: Option<TwoWays>,
    pub show_areas: bool,
    pub show_numbers: bool,
    pub show_outcome: bool,
    pub advice: Vec<String>,
    pub message: String,
}

/// What a report is read against.
pub struct World<'w> {
    /// Names that must not be in it.
    pub panel: &'w [String],
    pub rubric: &'w RubricVersion,
    /// There is an outcome to show.
    pub decided: bool,
}

impl NewReport {
    pub fn parse(&self, world: &World) -> Result<Content> {
        let mut fields = Fields { errors: FieldErrors::default(), panel: world.panel };
        let content = Content {
            headline: fields.line("headline", &self.headline, 0, 120),
            lede: fields.text("lede", &self.lede, 0, 600),
            strengths: fields.rows("strengths", &self.strengths, Fields::strength),
            next_steps: fields.rows("next_steps", &self.next_steps, Fields::next_step),
            two_ways: self.two_ways.as_ref().filter(|two| !two.is_empty()).map(|two| fields.two_ways(two)),
            show_areas: self.show_areas,
            show_numbers: self.show_numbers,
            show_outcome: self.show_outcome,
            advice: fields.advice(&self.advice, world.rubric),
            message: fields.text("message", &self.message, 0, 2000),
        };
        if self.show_outcome && !world.decided {
            fields.errors.add("show_outcome", "Nothing is decided yet, so there is no outcome to show.");
        }
        fields.errors.check()?;
        Ok(content)
    }
}

impl Content {
    /// There is something for the candidate to read.
    pub fn says_something(&self) -> bool {
        let words = [&self.headline, &self.lede, &self.message].into_iter().any(|text| !text.is_empty());
        let lists = !self.strengths.is_empty() || !self.next_steps.is_empty() || !self.advice.is_empty() || self.two_ways.is_some();
        words || lists || self.show_areas || self.show_outcome
    }

    /// Every text that somebody wrote.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let strengths = self.strengths.iter().flat_map(|strength| [&strength.title, &strength.text]);
        let steps = self.next_steps.iter().flat_map(|step| [&step.title, &step.text].into_iter().chain(&step.time));
        let two_ways = self.two_ways.iter().flat_map(|two| [&two.said, &two.said_note, &two.stronger, &two.stronger_note]);
        [&self.headline, &self.lede, &self.message].into_iter().chain(strengths).chain(steps).chain(two_ways).map(String::as_str)
    }
}

impl TwoWays {
    fn is_empty(&self) -> bool {
        [&self.said, &self.said_note, &self.stronger, &self.stronger_note].iter().all(|text| text.trim().is_empty())
    }
}

/// Reads field by field and collects what is wrong.
struct Fields<'w> {
    errors: FieldErrors,
    panel: &'w [String],
}

impl Fields<'_> {
    fn line(&mut self, field: &str, text: &str, min: usize, max: usize) -> String {
        self.checked(field, parse::line(text, min, max))
    }

    fn text(&mut self, field: &str, text: &str, min: usize, max: usize) -> String {
        let parsed = parse::text(text, max).map(|text| text.trim().to_owned());
        self.checked(field, parsed.and_then(|text| if text.len() < min { Err("Fill this in.".into()) } else { Ok(text) }))
    }

    /// A report names nobody (R10): a full name of the panel is refused, wherever it stands.
    fn checked(&mut self, field: &str, parsed: Result<String, String>) -> String {
        let unnamed = |text: String| match named(&text, self.panel) {
            Some(name) => Err(format!("This names {name}. A report names nobody of the panel: write “we” or leave the name away.")),
            None => Ok(text),
        };
        let parsed = parsed.and_then(unnamed);
        self.errors.take(field, parsed).unwrap_or_default()
    }

    fn rows<In, Out>(&mut self, field: &str, rows: &[In], read: impl Fn(&mut Self, String, &In) -> Out) -> Vec<Out> {
        if rows.len() > MAX_ROWS {
            self.errors.add(field, format!("Choose at most {MAX_ROWS}: the fewer, the more they are read."));
            return Vec::new();
        }
        rows.iter().enumerate().map(|(i, row)| read(self, format!("{field}.{i}"), row)).collect()
    }

    fn strength(&mut self, at: String, strength: &NewStrength) -> Strength {
        match strength {
            NewStrength::Title(title) => Strength { title: self.line(&at, title, 1, 120), text: String::new() },
            NewStrength::Full(Strength { title, text }) => {
                Strength { title: self.line(&format!("{at}.title"), title, 1, 120), text: self.text(&format!("{at}.text"), text, 0, 600) }
            }
        }
    }

    fn next_step(&mut self, at: String, step: &NextStep) -> NextStep {
        let time = self.line(&format!("{at}.time"), step.time.as_deref().unwrap_or_default(), 0, 40);
        NextStep {
            title: self.line(&format!("{at}.title"), &step.title, 1, 120),
            text: self.text(&format!("{at}.text"), &step.text, 0, 600),
            time: Some(time).filter(|time| !time.is_empty()),
        }
    }

    fn two_ways(&mut self, two: &TwoWays) -> TwoWays {
        TwoWays {
            said: self.text("two_ways.said", &two.said, 1, 600),
            said_note: self.text("two_ways.said_note", &two.said_note, 0, 300),
            stronger: self.text("two_ways.stronger", &two.stronger, 1, 600),
            stronger_note: self.text("two_ways.stronger_note", &two.stronger_note, 0, 300),
        }
    }

    fn advice(&mut self, keys: &[String], rubric: &RubricVersion) -> Vec<String> {
        for (i, key) in keys.iter().enumerate() {
            if rubric.warning_sign(key).is_none() {
                self.errors.add(format!("advice.{i}"), "This is no warning sign of the rubric.");
            }
        }
        // In the rubric's order, each once.
        rubric.warning_signs.iter().filter(|sign| keys.contains(&sign.key)).map(|sign| sign.key.clone()).collect()
    }
}

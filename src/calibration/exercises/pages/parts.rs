//! What several of these pages are made of.

use serde::Serialize;

use super::super::model::{Answer, AnswersInput, GoldAudio, GoldId, GoldView};
use super::super::transcript::{Turn, clock, read_clock, turn_at};
use crate::platform::error::{FieldErrors, Result};
use crate::policy::TeamId;
use crate::rubrics::{Area, Level, RubricVersion};
use crate::web::form::Form;
use crate::web::page::Crumb;

/// A form as it was sent: names and texts.
pub type Fields = Form<Vec<(String, String)>>;

/// What was typed, by the names of the fields.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    /// The version of the text that the form was made from.
    pub fn version(&self) -> i32 {
        self.get("version").and_then(|version| version.parse().ok()).unwrap_or_default()
    }
}

/// A turn of the transcript.
#[derive(Debug, Clone, Serialize)]
pub struct TurnPart {
    /// What its place on the page is called.
    id: String,
    /// In seconds.
    seconds: u32,
    at: String,
    who: &'static str,
    candidate: bool,
    text: String,
}

/// A level of an area, for the component `anchors`.
#[derive(Debug, Clone, Serialize)]
pub struct LevelPart {
    pub value: u8,
    pub title: String,
    pub text: String,
}

/// An area as it is scored.
#[derive(Debug, Clone, Serialize)]
pub struct AreaPart {
    pub number: u8,
    pub name: String,
    pub description: String,
    pub levels: Vec<LevelPart>,
    pub expected: u8,
    pub value: Option<u8>,
    pub note: String,
    pub at: String,
    pub value_name: String,
    pub note_name: String,
    pub at_name: String,
}

/// A moment that leads to its turn.
#[derive(Debug, Clone, Serialize)]
pub struct MomentPart {
    pub at: String,
    pub url: Option<String>,
    pub text: String,
}

/// A link with words.
#[derive(Debug, Clone, Serialize)]
pub struct LinkPart {
    pub label: String,
    pub url: String,
}

pub fn turns(transcript: &[Turn]) -> Vec<TurnPart> {
    transcript.iter().map(TurnPart::of).collect()
}

impl TurnPart {
    fn of(turn: &Turn) -> Self {
        TurnPart {
            id: place(turn.at),
            seconds: turn.at,
            at: clock(turn.at),
            who: turn.who.label(),
            candidate: turn.who == super::super::transcript::Speaker::Candidate,
            text: turn.text.clone(),
        }
    }
}

fn place(at: u32) -> String {
    format!("t-{at}")
}

impl MomentPart {
    /// It leads to the turn in which the moment lies.
    pub fn of(transcript: &[Turn], at: u32, text: &str) -> Self {
        MomentPart { at: clock(at), url: turn_at(transcript, at).map(|turn| format!("#{}", place(turn))), text: text.to_owned() }
    }
}

/// The areas of a rubric with what is given so far.
pub fn areas(rubric: &RubricVersion, level: Level, form: &ScoreForm) -> Vec<AreaPart> {
    rubric.areas.iter().map(|area| AreaPart::of(area, level, form)).collect()
}

impl AreaPart {
    fn of(area: &Area, level: Level, form: &ScoreForm) -> Self {
        let typed = form.0.get(usize::from(area.number.saturating_sub(1))).cloned().unwrap_or_default();
        let name = |field: &str| format!("areas.{}.{field}", area.number.saturating_sub(1));
        AreaPart {
            number: area.number,
            name: area.name.clone(),
            description: area.description.clone(),
            levels: area
                .anchors
                .iter()
                .map(|anchor| LevelPart { value: anchor.level, title: anchor.label.clone(), text: anchor.text.clone() })
                .collect(),
            expected: *area.expected.at(level),
            value: typed.value.parse().ok(),
            note: typed.note,
            at: typed.at,
            value_name: name("value"),
            note_name: name("note"),
            at_name: name("at"),
        }
    }
}

/// The five areas of a form, as they were typed.
#[derive(Debug, Clone, Default)]
pub struct ScoreForm(pub Vec<TypedArea>);

#[derive(Debug, Clone, Default)]
pub struct TypedArea {
    value: String,
    note: String,
    at: String,
}

impl ScoreForm {
    pub fn of(answers: &[Answer]) -> Self {
        let typed = |answer: &Answer| TypedArea {
            value: answer.value.map(|value| value.to_string()).unwrap_or_default(),
            note: answer.note.clone(),
            at: answer.at_seconds.map(clock).unwrap_or_default(),
        };
        ScoreForm(answers.iter().map(typed).collect())
    }

    /// By the names of the fields.
    pub fn typed(form: &Typed) -> Self {
        let area = |i: u8| {
            let field = |name: &str| form.text(&format!("areas.{i}.{name}"));
            TypedArea { value: field("value"), note: field("note"), at: field("at") }
        };
        ScoreForm((0..5).map(area).collect())
    }

    /// What it means; a time that is none is named.
    pub fn input(&self) -> Result<AnswersInput> {
        let mut errors = FieldErrors::default();
        let mut areas = Vec::new();
        for (number, typed) in (1_u8..).zip(&self.0) {
            let at_seconds = read_clock(&typed.at);
            if at_seconds.is_none() && !typed.at.trim().is_empty() {
                errors.add(format!("areas.{}.at", number - 1), "Write a time of the transcript, as in 12:30.");
            }
            areas.push(Answer { area: number, value: typed.value.parse().ok(), note: typed.note.clone(), at_seconds });
        }
        errors.check()?;
        Ok(AnswersInput { areas })
    }
}

/// As in `Entry level, 18 minutes`.
pub fn about(level: Level, minutes: u32) -> String {
    format!("{} level, {}", level.label(), minutes_words(minutes))
}

pub fn minutes_words(minutes: u32) -> String {
    if minutes == 1 { "1 minute".into() } else { format!("{minutes} minutes") }
}

pub fn exercises_url(team: TeamId) -> String {
    format!("/teams/{team}/exercises")
}

/// Where a gold interview is heard, if there is something to hear.
pub fn audio_url(team: TeamId, gold: GoldId, audio: Option<GoldAudio>) -> Option<String> {
    audio.map(|_| format!("/api/v1/teams/{team}/gold-interviews/{gold}/audio"))
}

/// The same for the samples of the pages.
pub fn sample_audio() -> Option<String> {
    Some("/api/v1/teams/1/gold-interviews/1/audio".into())
}

/// The way to a page below the exercises; `rest` ends with the page itself.
pub fn way(team: TeamId, rest: impl IntoIterator<Item = Crumb>) -> Vec<Crumb> {
    let begin = [("Calibration", format!("/teams/{team}/calibration")), ("Exercises", exercises_url(team))];
    begin.into_iter().map(|(label, url)| Crumb { label: label.into(), url: Some(url) }).chain(rest).collect()
}

/// A short interview for the samples of the pages.
pub fn sample_interview() -> GoldView {
    let turn = |at, who, text: &str| Turn { at, who, question: None, text: text.into() };
    use super::super::transcript::Speaker::{Candidate, Interviewer};
    GoldView {
        id: uuid::Uuid::nil().into(),
        gold: uuid::Uuid::nil().into(),
        number: 1,
        title: "Mid level: <seventy> depots".into(),
        summary: "A rename, an index & a Monday.".into(),
        level: Level::Mid,
        minutes: 18,
        rubric_version_id: uuid::Uuid::nil().into(),
        built_in: true,
        transcript: vec![turn(0, Interviewer, "Hello."), turn(65, Candidate, "I \"looked\" first.")],
        audio: None,
    }
}

/// Areas for the samples of the pages.
pub fn sample_areas(filled: bool) -> Vec<AreaPart> {
    let area = |number: u8| AreaPart {
        number,
        name: format!("Area <{number}>"),
        description: "What it takes in.".into(),
        levels: (1..=5).map(|value| LevelPart { value, title: format!("Level {value}"), text: "Looks `first`.".into() }).collect(),
        expected: 3,
        value: filled.then_some(number),
        note: if filled { "Counts \"queries\".".into() } else { String::new() },
        at: if filled { "1:05".into() } else { String::new() },
        value_name: format!("areas.{}.value", number - 1),
        note_name: format!("areas.{}.note", number - 1),
        at_name: format!("areas.{}.at", number - 1),
    };
    (1..=5).map(area).collect()
}

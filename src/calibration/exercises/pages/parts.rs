//! What several of these pages are made of.

use serde::Serialize;

use super::super::model::{GoldAudio, GoldId, GoldView};
use super::super::transcript::{Turn, clock, turn_at};
use crate::policy::TeamId;
use crate::rubrics::Level;
use crate::web::form::Form;
use crate::web::page::Crumb;

/// A form as it was sent: names and texts.
pub type Fields = Form<Vec<(String, String)>>;

/// What was typed, by the names of the fields.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// With what was saved in another tab, where that was ticked.
    pub fn chosen(form: Vec<(String, String)>) -> Self {
        Typed(crate::calibration::score_forms::chosen(form))
    }

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

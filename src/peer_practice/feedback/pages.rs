//! The guided page.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::Serialize;
use serde_json::Value as Json;

use super::model::{FeedbackArea, FeedbackView, NewAreaFeedback, NewFeedback};
use super::service;
use crate::accounts::Visitor;
use crate::interviews::words;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{Actor, InterviewId, Mode};
use crate::scorecards::{Confidence, Recommendation, Value};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{AnyPage, Nav, PageResult, Sample, Template, samples_of, see_other_with};

/// What a sentence can begin with, for who never wrote one of these.
const STARTERS: [&str; 4] = ["You said …", "When I asked …, you …", "I saw you …", "I waited for …, and it did not come."];

#[derive(Debug, Serialize)]
pub struct FeedbackPage {
    candidate: String,
    level: &'static str,
    action: String,
    interview_url: String,
    version: i32,
    areas: Vec<AreaPart>,
    starters: Vec<&'static str>,
    outcomes: Vec<OptionPart>,
    confidences: Vec<OptionPart>,
    typed: Typed,
    errors: FormErrors,
}

/// It is in.
#[derive(Debug, Serialize)]
pub struct GivenPage {
    candidate: String,
    /// None while another's card is owed.
    report_url: Option<String>,
    debrief_url: String,
    interview_url: String,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct AreaPart {
    name: String,
    description: String,
    levels: Vec<LevelPart>,
    expected: u8,
    notes: Vec<String>,
    /// A number, a word, or null.
    value: Json,
    seen: String,
    value_name: String,
    seen_name: String,
    value_error: Option<String>,
    seen_error: Option<String>,
}

#[derive(Debug, Serialize)]
struct LevelPart {
    value: u8,
    title: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct OptionPart {
    value: &'static str,
    label: &'static str,
    hint: &'static str,
}

/// What stands in the form.
#[derive(Debug, Clone, Default, Serialize)]
struct Typed {
    #[serde(skip)]
    areas: Vec<(String, String)>,
    went_well: String,
    try_next: String,
    outcome: String,
    confidence: String,
    reason: String,
}

/// A form as it was sent: names and texts.
type Fields = Vec<(String, String)>;

pub async fn show(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id(&path)?;
    visitor.any_page(StatusCode::OK, None, move |tx, actor| page(tx, actor, id, None, FormErrors::default())).await
}

pub async fn give(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<Fields>) -> PageResult {
    let id = id(&path)?;
    let sent = form.clone();
    let done = visitor
        .write(move |tx, actor| {
            let version = text(&sent, "version").parse().map_err(|_| Error::PreconditionRequired)?;
            let given = service::give(tx, actor, id, (version, &feedback(&sent)?))?;
            let url = interview_url(actor, id)?;
            Ok(if given.report_version.is_some() { format!("{url}/report/preview") } else { format!("{url}/feedback") })
        })
        .await;
    let (status, errors) = match done {
        Ok(url) => return see_other_with(url, "feedback-given"),
        Err(Error::Stale { .. }) => {
            let text = "Your notes on this practice changed in another tab meanwhile; they stand below now. What you wrote here is kept: look once more and send it again.";
            (StatusCode::PRECONDITION_FAILED, FormErrors::whole(text))
        }
        Err(error) => FormErrors::shown(error)?,
    };
    visitor.any_page(status, None, move |tx, actor| page(tx, actor, id, Some(Typed::of(&form)), errors)).await
}

fn page(tx: &mut Tx, actor: &Actor, id: InterviewId, typed: Option<Typed>, errors: FormErrors) -> Result<AnyPage> {
    let (view, url) = (service::show(tx, actor, id)?, interview_url(actor, id)?);
    if view.given {
        return AnyPage::of(&GivenPage {
            candidate: view.candidate_name,
            report_url: view.report_version.map(|_| format!("{url}/report/preview")),
            debrief_url: format!("{url}/debrief"),
            interview_url: url,
            errors,
        });
    }
    AnyPage::of(&FeedbackPage::of(&view, url, typed, errors))
}

fn interview_url(actor: &Actor, id: InterviewId) -> Result<String> {
    Ok(format!("/teams/{}/interviews/{id}", actor.team_id()?))
}

fn id(path: &(String, String)) -> Result<InterviewId> {
    path.1.parse().map_err(|_| Error::NotFound)
}

fn text(form: &Fields, name: &str) -> String {
    form.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

fn feedback(form: &Fields) -> Result<NewFeedback> {
    let mut errors = FieldErrors::default();
    let typed = Typed::of(form);
    let mut areas = Vec::new();
    for (area, (value, seen)) in (1_u8..).zip(typed.areas) {
        let value = errors.take(&format!("areas.{}.value", area - 1), Value::from_json(&json(&value))).flatten();
        areas.push(NewAreaFeedback { area, value, seen });
    }
    errors.check()?;
    // What is no word of the list is none.
    let (outcome, confidence) = (typed.outcome.parse().ok(), typed.confidence.parse().ok());
    Ok(NewFeedback { areas, went_well: typed.went_well, try_next: typed.try_next, outcome, confidence, reason: typed.reason })
}

/// What a radio button sends, as JSON has it.
fn json(value: &str) -> Json {
    match value.parse::<u8>() {
        Ok(score) => score.into(),
        Err(_) if value.is_empty() => Json::Null,
        Err(_) => value.into(),
    }
}

impl Typed {
    fn of(form: &Fields) -> Self {
        let area = |i: usize| (text(form, &format!("areas.{i}.value")), text(form, &format!("areas.{i}.seen")));
        Typed {
            areas: (0..5).map(area).collect(),
            went_well: text(form, "went_well"),
            try_next: text(form, "try_next"),
            outcome: text(form, "outcome"),
            confidence: text(form, "confidence"),
            reason: text(form, "reason"),
        }
    }

    /// What the card holds from the room.
    fn from_card(view: &FeedbackView) -> Self {
        let value = |value: Option<Value>| match value.map(serde_json::to_value) {
            Some(Ok(Json::String(word))) => word,
            Some(Ok(number)) => number.to_string(),
            _ => String::new(),
        };
        Typed {
            areas: view.areas.iter().map(|area| (value(area.value), area.reason.clone())).collect(),
            try_next: view.next_step.clone(),
            outcome: view.outcome.map(|word| word.to_string()).unwrap_or_default(),
            confidence: view.confidence.map(|word| word.to_string()).unwrap_or_default(),
            ..Typed::default()
        }
    }
}

impl FeedbackPage {
    fn of(view: &FeedbackView, url: String, typed: Option<Typed>, errors: FormErrors) -> Self {
        let typed = typed.unwrap_or_else(|| Typed::from_card(view));
        let wrong = |i: usize, part: &str| errors.fields.get(&format!("areas.{i}.{part}")).cloned();
        let area = |(i, (area, (value, seen))): (usize, (&FeedbackArea, &(String, String)))| AreaPart {
            name: area.name.clone(),
            description: area.description.clone(),
            levels: area
                .anchors
                .iter()
                .map(|anchor| LevelPart { value: anchor.level, title: anchor.label.clone(), text: anchor.text.clone() })
                .collect(),
            expected: area.expected,
            notes: area.notes.clone(),
            value: json(value),
            seen: seen.clone(),
            value_name: format!("areas.{i}.value"),
            seen_name: format!("areas.{i}.seen"),
            value_error: wrong(i, "value"),
            seen_error: wrong(i, "seen"),
        };
        let areas = view.areas.iter().zip(&typed.areas).enumerate().map(area).collect();
        FeedbackPage {
            candidate: view.candidate_name.clone(),
            level: words::level(view.level),
            action: format!("{url}/feedback"),
            interview_url: url,
            version: view.version,
            areas,
            starters: STARTERS.to_vec(),
            outcomes: outcomes(),
            confidences: confidences(),
            typed,
            errors,
        }
    }
}

fn outcomes() -> Vec<OptionPart> {
    let option = |word: &Recommendation| OptionPart { value: word.as_str(), label: word.words(), hint: word.meaning() };
    Recommendation::of(Mode::Mock).iter().map(option).collect()
}

fn confidences() -> Vec<OptionPart> {
    Confidence::ALL.iter().map(|word| OptionPart { value: word.as_str(), label: word.words(), hint: word.meaning() }).collect()
}

/// Every page of this file, for the check of all templates.
pub fn samples() -> Vec<Sample> {
    samples_of::<FeedbackPage>().into_iter().chain(samples_of::<GivenPage>()).collect()
}

fn titled(title: &str, errors: &FormErrors) -> String {
    if errors.summary.is_empty() { title.into() } else { format!("Error: {title}") }
}

impl Template for FeedbackPage {
    const PATH: &'static str = "peer_practice/feedback.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        titled("Give feedback", &self.errors)
    }

    fn samples() -> Vec<Self> {
        let area = |i: usize, whole: bool| AreaPart {
            name: "Fundamentals & \"basics\"".into(),
            description: "What one <knows>.".into(),
            levels: (1..=5)
                .map(|value| LevelPart { value, title: format!("Level {value}"), text: "Counts the <queries>".into() })
                .collect(),
            expected: 3,
            notes: if whole { vec!["Asked who is <hurt>.".into()] } else { Vec::new() },
            value: if whole { json("not_asked") } else { Json::Null },
            seen: if whole { "You said \"first\".".into() } else { String::new() },
            value_name: format!("areas.{i}.value"),
            seen_name: format!("areas.{i}.seen"),
            value_error: whole.then(|| "Choose one.".into()),
            seen_error: whole.then(|| "Say what.".into()),
        };
        let page = |whole: bool, errors| FeedbackPage {
            candidate: "Noa <Keller>".into(),
            level: "Mid",
            action: "/teams/1/interviews/1/feedback".into(),
            interview_url: "/teams/1/interviews/1".into(),
            version: 1,
            areas: (0..2).map(|i| area(i, whole)).collect(),
            starters: STARTERS.to_vec(),
            outcomes: outcomes(),
            confidences: confidences(),
            typed: Typed { outcome: if whole { "not_yet".into() } else { String::new() }, ..Typed::default() },
            errors,
        };
        let fields = ["areas.0.value", "areas.1.seen", "went_well", "try_next", "outcome", "confidence", "reason"];
        vec![page(false, FormErrors::default()), page(true, FormErrors::sample(&fields))]
    }
}

impl Template for GivenPage {
    const PATH: &'static str = "peer_practice/feedback_given.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        titled("Your feedback is in", &self.errors)
    }

    fn samples() -> Vec<Self> {
        let page = |drafted: bool, errors| GivenPage {
            candidate: "Noa <Keller>".into(),
            report_url: drafted.then(|| "/teams/1/interviews/1/report/preview".into()),
            debrief_url: "/teams/1/interviews/1/debrief".into(),
            interview_url: "/teams/1/interviews/1".into(),
            errors,
        };
        vec![page(true, FormErrors::default()), page(false, FormErrors::whole("It is in."))]
    }
}

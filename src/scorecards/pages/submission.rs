//! One's own card after submission: for reading, with its revisions and the form that amends it.

use serde::Serialize;
use serde_json::Value as Json;

use super::super::model::{Content, Sign};
use super::super::read::Desk;
use super::edit::Choice;
use super::form::Typed;
use super::parts::{Head, ReadCard, RevisionPart, revisions, who_has_submitted};
use crate::web::form::FormErrors;
use crate::web::page::{Nav, Template};
use crate::web::times::Moment;

#[derive(Debug, Clone, Serialize)]
pub struct SubmissionPage {
    pub head: Head,
    pub submitted: Moment,
    pub card: ReadCard,
    /// Newest first; the last is the blind one.
    pub revisions: Vec<RevisionPart>,
    pub panel: Vec<String>,
    pub form: AmendForm,
    pub errors: FormErrors,
}

/// The amendment, prefilled with the card as it stands.
#[derive(Debug, Clone, Serialize)]
pub struct AmendForm {
    pub key: String,
    pub areas: Vec<AmendArea>,
    pub recommendation: Choice,
    pub confidence: Choice,
    pub next_step: String,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct AmendArea {
    pub name: String,
    pub value_name: String,
    pub reason_name: String,
    pub note_name: String,
    pub sign_name: String,
    pub value: Json,
    pub reason: String,
    pub note_text: String,
    pub note_sign: String,
}

impl SubmissionPage {
    /// None for a draft.
    pub fn of(desk: &Desk) -> Option<Self> {
        let submitted = Moment::of(desk.card.submitted_at?, desk.zone);
        let latest = desk.card.revisions.last().map_or(&desk.card.content, |revision| &revision.content);
        Some(SubmissionPage {
            head: desk.head(),
            submitted,
            card: ReadCard::of(&desk.card.content, &desk.rubric, &desk.set),
            revisions: revisions(&desk.card.revisions, &desk.rubric, desk.zone),
            panel: who_has_submitted(&desk.submissions, desk.account),
            form: AmendForm::of(desk, latest),
            errors: FormErrors::default(),
        })
    }

    pub fn shown_again(mut self, typed: &Typed, errors: FormErrors) -> Self {
        let text = |name: &str, known: &str| typed.get(name).unwrap_or(known).replace("\r\n", "\n");
        for area in &mut self.form.areas {
            if let Some(value) = typed.get(&area.value_name) {
                area.value = value.parse::<u8>().map_or_else(|_| value.into(), Json::from);
            }
            area.reason = text(&area.reason_name, &area.reason);
            area.note_text = text(&area.note_name, &area.note_text);
            area.note_sign = text(&area.sign_name, &area.note_sign);
        }
        for (choice, name) in [(&mut self.form.recommendation, "recommendation"), (&mut self.form.confidence, "confidence")] {
            choice.value = typed.get(name).map(str::to_owned).or(choice.value.take());
        }
        self.form.next_step = text("next_step", &self.form.next_step);
        self.form.reason = text("reason", "");
        self.errors = errors;
        self
    }
}

impl AmendForm {
    fn of(desk: &Desk, content: &Content) -> Self {
        let areas = content.areas.iter().zip(&desk.rubric.areas).enumerate().map(|(i, (score, area))| AmendArea {
            name: area.name.clone(),
            value_name: format!("areas.{i}.value"),
            reason_name: format!("areas.{i}.reason"),
            note_name: format!("areas.{i}.evidence"),
            sign_name: format!("areas.{i}.sign"),
            value: serde_json::to_value(score.value).unwrap_or_default(),
            reason: score.reason.clone(),
            note_text: String::new(),
            note_sign: Sign::Neutral.to_string(),
        });
        AmendForm {
            key: desk.key.to_string(),
            areas: areas.collect(),
            recommendation: Choice::of_recommendation(desk, content),
            confidence: Choice::of_confidence(content),
            next_step: content.next_step.clone(),
            reason: String::new(),
        }
    }
}

impl Template for SubmissionPage {
    const PATH: &'static str = "scorecards/submission.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        let title = format!("Your scorecard for {}", self.head.candidate);
        if self.errors.summary.is_empty() { title } else { format!("Error: {title}") }
    }

    fn samples() -> Vec<Self> {
        super::samples::submission_pages()
    }
}

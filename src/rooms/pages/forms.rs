//! The forms of the room's pages: what a browser without scripts can do, which is everything but the
//! live signals.

use serde::Deserialize;
use serde_json::Value as Json;

use super::super::model::{AddQuestion, ChangePrompt, ChangeRoom};
use super::super::service::NewNote;
use crate::candidates::ClaimId;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::question_sets::QuestionId;
use crate::scorecards::{AreaPatch, ClaimPatch, QuestionPatch, ScorecardPatch, TickPatch, WarningPatch};

/// Start, pause, go on, go to a question, end.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RoomForm {
    phase: String,
    question_id: String,
}

impl RoomForm {
    pub fn parse(&self) -> Result<ChangeRoom> {
        let mut errors = FieldErrors::default();
        let phase = errors.take("phase", self.phase.parse());
        let question_id = errors.take("question_id", optional_question(&self.question_id));
        errors.check()?;
        let (Some(phase), Some(question_id)) = (phase, question_id) else { return Err(Error::NotFound) };
        Ok(ChangeRoom { phase, question_id })
    }
}

/// One question: to skip, or to add.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct QuestionForm {
    question_id: String,
}

impl QuestionForm {
    pub fn parse(&self) -> Result<AddQuestion> {
        let question = optional_question(&self.question_id).and_then(|id| id.ok_or_else(|| "Choose a question.".to_owned()));
        Ok(AddQuestion { question_id: question.map_err(|message| Error::invalid("question_id", message))? })
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PromptForm {
    hidden: String,
}

impl PromptForm {
    pub fn parse(&self) -> Result<ChangePrompt> {
        let hidden = self.hidden.parse().map_err(|_| Error::invalid("hidden", "Say true or false."))?;
        Ok(ChangePrompt { hidden })
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    pub text: String,
    pub sign: String,
    pub area: String,
    pub question_id: String,
}

impl NoteForm {
    pub fn parse(&self) -> Result<NewNote> {
        let mut errors = FieldErrors::default();
        let question_id = errors.take("question_id", optional_question(&self.question_id));
        let area = match self.area.trim() {
            "" => None,
            number => errors.take("area", number.parse().map_err(|_| "Choose an area from the list.".to_owned())),
        };
        errors.check()?;
        Ok(NewNote { text: self.text.clone(), sign: self.sign.clone(), area, question_id: question_id.flatten() })
    }
}

/// One's own marks on the question that is shown, and the areas so far. A box that is not ticked sends
/// nothing, so the form says how many there are.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MarksForm {
    pub version: String,
    pub question_id: String,
    question_value: Option<String>,
    listen_for: Vec<String>,
    listen_for_lines: String,
    probe: Vec<String>,
    probe_lines: String,
    sign: Vec<String>,
    sign_lines: String,
    anywhere: Vec<String>,
    anywhere_of: Vec<String>,
    /// The claims the form shows, and beside each its verdict and what was said.
    claim_of: Vec<ClaimId>,
    claim_value: Vec<String>,
    claim_evidence: Vec<String>,
    area_1: Option<String>,
    area_2: Option<String>,
    area_3: Option<String>,
    area_4: Option<String>,
    area_5: Option<String>,
}

impl MarksForm {
    /// The version of the card that the form was shown with, and what it should say.
    pub fn parse(&self) -> Result<(i32, ScorecardPatch)> {
        let mut errors = FieldErrors::default();
        let version = errors.take("version", self.version.parse().map_err(|_| "Reload the page and try again.".to_owned()));
        let question = errors.take("question_id", optional_question(&self.question_id)).flatten();
        errors.check()?;
        let patch = ScorecardPatch {
            areas: self.areas(),
            questions: question.into_iter().filter_map(|id| self.score(id)).collect(),
            ticks: question.map(|id| self.ticks(id)).unwrap_or_default(),
            warning_signs: self.signs(question),
            claims: self.claims(),
            ..ScorecardPatch::default()
        };
        Ok((version.unwrap_or_default(), patch))
    }

    fn areas(&self) -> Vec<AreaPatch> {
        let values = [&self.area_1, &self.area_2, &self.area_3, &self.area_4, &self.area_5];
        // No button pressed says nothing: "not enough evidence" is not among them.
        let given = (1..).zip(values).filter_map(|(area, value)| Some((area, value.as_ref()?)));
        given.map(|(area, value)| AreaPatch { area, value: Some(score(value)), reason: None }).collect()
    }

    fn claims(&self) -> Vec<ClaimPatch> {
        let rows = self.claim_of.iter().zip(&self.claim_value).zip(&self.claim_evidence);
        let patch = |((claim_id, value), evidence): ((&ClaimId, &String), &String)| ClaimPatch {
            claim_id: *claim_id,
            value: Some(Some(value.clone()).filter(|word| !word.is_empty())),
            evidence: Some(Some(evidence.clone())),
        };
        rows.map(patch).collect()
    }

    fn score(&self, question_id: QuestionId) -> Option<QuestionPatch> {
        Some(QuestionPatch { question_id, value: score(self.question_value.as_ref()?) })
    }

    fn ticks(&self, question_id: QuestionId) -> Vec<TickPatch> {
        let lists = [("listen_for", &self.listen_for, &self.listen_for_lines), ("probe", &self.probe, &self.probe_lines)];
        let ticks = lists.into_iter().flat_map(|(kind, on, count)| {
            (0..lines(count)).map(move |index| TickPatch { question_id, kind: kind.to_owned(), index, on: on.contains(&index.to_string()) })
        });
        ticks.collect()
    }

    fn signs(&self, question: Option<QuestionId>) -> Vec<WarningPatch> {
        let own = (0..lines(&self.sign_lines)).map(|index| format!("question:{index}"));
        let own = own.filter(|_| question.is_some()).map(|key| (question, self.sign.contains(&key), key));
        let anywhere = self.anywhere_of.iter().map(|key| (None, self.anywhere.contains(key), key.clone()));
        own.chain(anywhere).map(|(question_id, on, key)| WarningPatch { key, question_id, on }).collect()
    }
}

/// A score in a form is a text.
fn score(text: &str) -> Json {
    match text.trim() {
        "" => Json::Null,
        text => text.parse::<u8>().map_or_else(|_| Json::from(text), Json::from),
    }
}

/// How many boxes a list has; no list of a question has more.
fn lines(count: &str) -> i64 {
    count.parse::<i64>().unwrap_or(0).clamp(0, 20)
}

fn optional_question(id: &str) -> Result<Option<QuestionId>, String> {
    match id.trim() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| "Choose a question from the list.".to_owned()),
    }
}

//! What is asked, what is given, and how it becomes a card, a decision and a report.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::{InterviewId, Mode};
use crate::reports::{NewReport, NewStrength, NextStep, Strength};
use crate::rubrics::{Anchor, Level};
use crate::scorecards::{AreaPatch, Confidence, Content, EvidencePatch, Recommendation, ScorecardPatch, Sign, Value};

/// As long as a report takes them.
const LONGEST: usize = 600;
/// What was seen in one area, and why the other stands where they do.
const LONGEST_REASON: usize = 2_000;
/// How many areas a rubric has, always.
const AREAS: u8 = 5;

/// The guided page: the areas with their words, and what one's own card holds already.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PeerFeedback)]
pub struct FeedbackView {
    pub interview_id: InterviewId,
    pub candidate_name: String,
    pub level: Level,
    /// Of one's own card, for the If-Match that gives the feedback.
    pub version: i32,
    /// It is in; the report comes next.
    pub given: bool,
    /// Of the report that was drafted; null before, and while another's card is owed.
    pub report_version: Option<i32>,
    pub areas: Vec<FeedbackArea>,
    pub next_step: String,
    pub outcome: Option<Recommendation>,
    pub confidence: Option<Confidence>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PeerFeedbackArea)]
pub struct FeedbackArea {
    /// 1 to 5.
    pub area: u8,
    pub name: String,
    pub description: String,
    pub anchors: Vec<Anchor>,
    /// What the level asks for.
    pub expected: u8,
    pub value: Option<Value>,
    pub reason: String,
    /// What one noted in the room.
    pub notes: Vec<String>,
}

/// `PUT …/peer-feedback`: all of it at once.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = NewPeerFeedback)]
pub struct NewFeedback {
    /// All five.
    pub areas: Vec<NewAreaFeedback>,
    pub went_well: String,
    pub try_next: String,
    /// `ready_now`, `nearly_ready`, `not_yet` or `cannot_say`.
    pub outcome: Option<Recommendation>,
    pub confidence: Option<Confidence>,
    /// Why this outcome: what was seen, not the average.
    pub reason: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewPeerAreaFeedback)]
pub struct NewAreaFeedback {
    /// 1 to 5.
    pub area: u8,
    /// 1 to 5 by the anchors, or why there is no score.
    #[serde(default)]
    pub value: Option<Value>,
    /// What you saw or heard; needed with a score where nothing was noted in the room.
    #[serde(default)]
    pub seen: String,
}

/// What giving it brings.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = PeerFeedbackGiven)]
pub struct FeedbackGiven {
    pub interview_id: InterviewId,
    /// The report that was drafted; null where another card is owed and the debrief waits for it.
    pub report_version: Option<i32>,
}

/// The same, whole.
#[derive(Debug, Clone)]
pub struct Feedback {
    areas: Vec<(u8, Value, String)>,
    went_well: String,
    try_next: String,
    pub outcome: Recommendation,
    confidence: Confidence,
    pub reason: String,
}

impl NewFeedback {
    /// On a card that holds this already.
    pub fn parse(&self, card: &Content) -> Result<Feedback> {
        let mut errors = FieldErrors::default();
        let areas: Vec<(u8, Value, String)> = (1..=AREAS).filter_map(|area| self.area(area, card, &mut errors)).collect();
        let mut said = |field: &str, text: &str, most: usize, ask: &str| {
            let text = parse::text(text.trim(), most);
            errors.take(field, text.and_then(|text| if text.is_empty() { Err(ask.to_owned()) } else { Ok(text) }))
        };
        let went_well = said("went_well", &self.went_well, LONGEST, "Name one thing that went well. There always is one.");
        let try_next = said("try_next", &self.try_next, LONGEST, "Name one thing to try next, the most useful one.");
        let reason = said("reason", &self.reason, LONGEST_REASON, "Say why: name what you saw, not the average.");
        let outcome = self.outcome.filter(|outcome| outcome.fits(Mode::Mock));
        let outcome = errors.take("outcome", outcome.ok_or_else(|| "Choose where they stand.".to_owned()));
        let confidence = errors.take("confidence", self.confidence.ok_or_else(|| "Say how sure you are.".to_owned()));
        if self.areas.len() > usize::from(AREAS) || self.areas.iter().any(|given| !(1..=AREAS).contains(&given.area)) {
            errors.add("areas", "Give each of the five areas once.");
        }
        match (went_well, try_next, reason, outcome, confidence) {
            (Some(went_well), Some(try_next), Some(reason), Some(outcome), Some(confidence)) if errors.is_empty() => {
                Ok(Feedback { areas, went_well, try_next, outcome, confidence, reason })
            }
            _ => Err(Error::Invalid(errors)),
        }
    }

    fn area(&self, area: u8, card: &Content, errors: &mut FieldErrors) -> Option<(u8, Value, String)> {
        let (i, given) = (area - 1, self.areas.iter().find(|given| given.area == area));
        let seen = given.map(|given| given.seen.trim()).unwrap_or_default();
        let seen = errors.take(&format!("areas.{i}.seen"), parse::text(seen, LONGEST_REASON));
        let Some(value) = given.and_then(|given| given.value) else {
            errors.add(format!("areas.{i}.value"), "Choose the words that fit best, or say that you cannot tell.");
            return None;
        };
        let noted = card.evidence_of(area).next().is_some();
        if value.score().is_some() && !noted && seen.as_ref().is_some_and(String::is_empty) {
            errors.add(format!("areas.{i}.seen"), "Say what you saw or heard; a few words will do.");
        }
        Some((area, value, seen?))
    }
}

impl Feedback {
    /// What it changes on the card: what was seen of a score is evidence, of none it says why.
    pub fn patch(&self, mut note_id: impl FnMut() -> Uuid) -> Result<ScorecardPatch> {
        let mut patch = ScorecardPatch {
            recommendation: Some(Some(self.outcome.to_string())),
            confidence: Some(Some(self.confidence.to_string())),
            next_step: Some(Some(self.try_next.clone())),
            ..ScorecardPatch::default()
        };
        for (area, value, seen) in &self.areas {
            let is_note = value.score().is_some() && !seen.is_empty();
            let reason = if is_note { String::new() } else { seen.clone() };
            patch.areas.push(AreaPatch { area: i64::from(*area), value: Some(serde_json::to_value(value)?), reason: Some(Some(reason)) });
            if let Some(score) = value.score().filter(|_| is_note) {
                patch.evidence.push(EvidencePatch {
                    id: note_id(),
                    sign: Some(sign(score).to_string()),
                    area: Some(i64::from(*area)),
                    question_id: None,
                    at_seconds: None,
                    text: Some(seen.clone()),
                    deleted: false,
                });
            }
        }
        Ok(patch)
    }

    /// The draft of what the other will read: in words, without numbers, to be looked at first.
    pub fn report(&self) -> NewReport {
        NewReport {
            headline: self.outcome.words().to_owned(),
            strengths: vec![NewStrength::Full(Strength { title: "What went well".into(), text: self.went_well.clone() })],
            next_steps: vec![NextStep { title: "What to try next".into(), text: self.try_next.clone(), time: None }],
            show_areas: true,
            show_outcome: true,
            ..NewReport::default()
        }
    }
}

fn sign(score: u8) -> Sign {
    match score {
        0..=2 => Sign::Concern,
        3 => Sign::Neutral,
        _ => Sign::Strength,
    }
}

/// Where card, decision and report would point, as this page calls it.
pub fn in_own_words(error: Error) -> Error {
    let Error::Invalid(errors) = error else { return error };
    let mut renamed = FieldErrors::default();
    for wrong in errors.iter() {
        let field = match wrong.field.as_str() {
            "recommendation" => "outcome".to_owned(),
            "override_reason" => "reason".to_owned(),
            "next_step" => "try_next".to_owned(),
            field if field.starts_with("strengths") => "went_well".to_owned(),
            field if field.starts_with("next_steps") => "try_next".to_owned(),
            field if field.ends_with(".reason") || field.ends_with(".evidence") => {
                field.rsplit_once('.').map_or_else(|| field.to_owned(), |(area, _)| format!("{area}.seen"))
            }
            field => field.to_owned(),
        };
        renamed.add(field, wrong.message.clone());
    }
    Error::Invalid(renamed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> NewFeedback {
        let area = |area: u8| NewAreaFeedback { area, value: Some(Value::Scored(3)), seen: "I heard a plan.".into() };
        NewFeedback {
            areas: (1..=5).map(area).collect(),
            went_well: "Asked first.".into(),
            try_next: "Measure.".into(),
            outcome: Some(Recommendation::NearlyReady),
            confidence: Some(Confidence::Low),
            reason: "One gap.".into(),
        }
    }

    fn wrong(feedback: &NewFeedback) -> Vec<String> {
        match feedback.parse(&Content::empty(&[])) {
            Ok(_) => Vec::new(),
            Err(Error::Invalid(errors)) => errors.iter().map(|error| error.field.clone()).collect(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn every_area_is_answered_and_a_score_says_what_was_seen() {
        assert_eq!(wrong(&whole()), Vec::<String>::new());
        let mut part = whole();
        part.areas.remove(1);
        part.areas[0].seen = " ".into();
        part.areas[1] = NewAreaFeedback { area: 3, value: Some(Value::NotAsked), seen: String::new() };
        part.outcome = Some(Recommendation::StrongYes);
        part.try_next = "x".repeat(601);
        assert_eq!(wrong(&part), ["areas.0.seen", "areas.1.value", "try_next", "outcome"]);
        assert_eq!(wrong(&NewFeedback::default()).len(), 10);
    }

    #[test]
    fn what_was_seen_becomes_evidence_and_without_a_score_the_reason() {
        let mut feedback = whole();
        feedback.areas[0].value = Some(Value::Scored(5));
        feedback.areas[4] = NewAreaFeedback { area: 5, value: Some(Value::NotEnoughEvidence), seen: "We ran out of time.".into() };
        let patch = feedback.parse(&Content::empty(&[])).unwrap().patch(Uuid::now_v7).unwrap();
        let signs: Vec<_> = patch.evidence.iter().map(|note| (note.area, note.sign.as_deref())).collect();
        assert_eq!(signs[0], (Some(1), Some("strength")));
        assert_eq!((signs.len(), patch.areas[4].reason.clone().flatten().as_deref()), (4, Some("We ran out of time.")));
        let card = Content::empty(&[]).with(&patch.parse().unwrap());
        assert_eq!((card.areas[4].value, card.next_step.as_str()), (Some(Value::NotEnoughEvidence), "Measure."));
    }
}

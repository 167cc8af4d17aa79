//! What a card must hold before it can be submitted (R3, R4), and how changes apply to one.

use serde::Serialize;
use utoipa::ToSchema;

use super::card::{AreaScore, Content, Tick, WarningMark};
use super::patch::Changes;
use super::value::Value;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::rubrics::Area;

/// Something a card lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Missing {
    /// The member that would hold it, as in `areas.0.value`.
    pub field: String,
    pub message: String,
}

/// A line of "before you submit".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CheckItem {
    pub text: String,
    pub done: bool,
    /// Without it the card cannot be submitted; the others are advice.
    pub required: bool,
    /// Where it is done.
    pub field: Option<String>,
    /// What to do there.
    pub action: String,
    /// The same as a sentence.
    #[serde(skip)]
    pub message: String,
}

/// Everything that stands between this card and its submission.
pub fn missing(content: &Content, areas: &[Area]) -> Vec<Missing> {
    let open = checklist(content, areas).into_iter().filter(|item| item.required && !item.done);
    open.map(|item| Missing { field: item.field.unwrap_or_default(), message: item.message }).collect()
}

/// Passes when nothing is missing.
pub fn check_complete(content: &Content, areas: &[Area]) -> Result<()> {
    let mut errors = FieldErrors::default();
    for Missing { field, message } in missing(content, areas) {
        errors.add(field, message);
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

/// What is done and what is missing, in the order of the page.
pub fn checklist(content: &Content, areas: &[Area]) -> Vec<CheckItem> {
    let mut items = scores(content, areas);
    items.extend(grounds(content, areas));
    let chosen = |done, field: &str, text: &str, message: &str| todo(done, field, text, "Choose it", message);
    items.push(chosen(content.recommendation.is_some(), "recommendation", "Overall recommendation", "Choose your overall recommendation."));
    items.push(chosen(content.confidence.is_some(), "confidence", "How sure you are", "Say how sure you are of it."));
    let next_step = todo(!content.next_step.trim().is_empty(), "next_step", "One next step for the candidate", "Write it", "");
    items.push(CheckItem { required: false, ..next_step });
    items.extend(claims(content));
    items
}

/// One line of advice, where the candidate's record holds claims.
fn claims(content: &Content) -> Option<CheckItem> {
    let open = content.claims.iter().position(|mark| mark.value.is_none());
    let marked = content.claims.iter().filter(|mark| mark.value.is_some()).count();
    let text = format!("Résumé claims: {marked} of {} marked", content.claims.len());
    let item = todo(open.is_none(), &format!("claims.{}.value", open.unwrap_or_default()), &text, "Mark them", "");
    (!content.claims.is_empty()).then_some(CheckItem { required: false, ..item })
}

/// One line for the areas that have a value, and one for each that has none.
fn scores(content: &Content, areas: &[Area]) -> Vec<CheckItem> {
    let (valued, open): (Vec<_>, Vec<_>) = numbered(content, areas).partition(|(_, score, _)| score.value.is_some());
    let scored = valued.len();
    let all =
        ["No area looked at", "One area scored", "Two areas scored", "Three areas scored", "Four areas scored", "All five areas scored"];
    let mut items: Vec<CheckItem> = Vec::new();
    if scored > 0 {
        items.push(CheckItem { field: None, ..todo(true, "", all[scored.min(5)], "", "") });
    }
    for (i, _, area) in open {
        let message = format!("Score {}, or say that there was not enough evidence or that it was not asked.", area.name);
        items.push(todo(false, &format!("areas.{i}.value"), &area.name, "Score it", &message));
    }
    items
}

/// A score needs a note on its area or a written reason; 1 and 5 need the note (R4).
fn grounds(content: &Content, areas: &[Area]) -> Vec<CheckItem> {
    let mut items = Vec::new();
    let mut scored = 0;
    for (i, score, area) in numbered(content, areas) {
        let Some(value @ Value::Scored(number)) = score.value else { continue };
        scored += 1;
        let noted = content.evidence_of(score.area).next().is_some();
        if value.is_extreme() && !noted {
            let message = format!("A {number} needs evidence: add a note on {}.", area.name);
            items.push(todo(
                false,
                &format!("areas.{i}.evidence"),
                &format!("Evidence for the {number} in {}", area.name),
                "Add a note",
                &message,
            ));
        } else if !noted && score.reason.trim().is_empty() {
            let message = format!("Say why you gave {} a {number}, or add a note on it.", area.name);
            items.push(todo(false, &format!("areas.{i}.reason"), &format!("A reason for {}", area.name), "Write it", &message));
        }
    }
    if items.is_empty() && scored > 0 {
        items.push(CheckItem { field: None, ..todo(true, "", "A reason for every score", "", "") });
    }
    items
}

fn numbered<'c>(content: &'c Content, areas: &'c [Area]) -> impl Iterator<Item = (usize, &'c AreaScore, &'c Area)> {
    content.areas.iter().enumerate().filter_map(|(i, score)| Some((i, score, areas.iter().find(|area| area.number == score.area)?)))
}

fn todo(done: bool, field: &str, text: &str, action: &str, message: &str) -> CheckItem {
    CheckItem { text: text.into(), done, required: true, field: Some(field.into()), action: action.into(), message: message.into() }
}

impl Content {
    /// The card as these changes make it. What they do not name stays.
    pub fn with(&self, changes: &Changes) -> Content {
        let mut content = self.clone();
        content.change_values(changes);
        content.change_marks(changes);
        content.change_claims(changes);
        for (id, note) in &changes.evidence {
            content.evidence.retain(|known| known.id != *id);
            content.evidence.extend(note.clone());
        }
        content.recommendation = changes.recommendation.unwrap_or(content.recommendation);
        content.confidence = changes.confidence.unwrap_or(content.confidence);
        content.next_step = changes.next_step.clone().unwrap_or(content.next_step);
        content.sort();
        content
    }

    fn change_values(&mut self, changes: &Changes) {
        for area in &mut self.areas {
            if let Some(value) = changes.area_values.get(&area.area) {
                area.value = *value;
            }
            if let Some(reason) = changes.area_reasons.get(&area.area) {
                area.reason.clone_from(reason);
            }
        }
        for question in &mut self.questions {
            if let Some(value) = changes.question_values.get(&question.question_id) {
                question.value = *value;
            }
        }
    }

    fn change_marks(&mut self, changes: &Changes) {
        for ((question_id, kind, index), on) in &changes.ticks {
            let tick = Tick { question_id: *question_id, kind: *kind, index: *index, on: true };
            self.ticks.retain(|known| *known != tick);
            self.ticks.extend(on.then_some(tick));
        }
        for ((question_id, key), on) in &changes.warning_signs {
            let mark = WarningMark { key: key.clone(), question_id: *question_id, on: true };
            self.warning_signs.retain(|known| *known != mark);
            self.warning_signs.extend(on.then_some(mark));
        }
    }

    /// The one order of lists, so that equal cards are equal texts.
    pub fn sort(&mut self) {
        self.evidence.sort_by_key(|note| (note.at_seconds.is_none(), note.at_seconds, note.id));
        self.ticks.sort_by_key(|tick| (tick.question_id, tick.kind, tick.index));
        self.warning_signs.sort_by(|a, b| (a.question_id, &a.key).cmp(&(b.question_id, &b.key)));
    }
}

impl Changes {
    /// Without what says the same as the card does already.
    pub fn unlike(mut self, content: &Content) -> Changes {
        let area = |number: &u8| content.area(*number);
        self.area_values.retain(|number, value| area(number).is_none_or(|area| area.value != *value));
        self.area_reasons.retain(|number, reason| area(number).is_none_or(|area| area.reason != *reason));
        let question = |id| content.questions.iter().find(|question| question.question_id == id);
        self.question_values.retain(|id, value| question(*id).is_none_or(|question| question.value != *value));
        self.evidence.retain(|id, note| content.evidence.iter().find(|known| known.id == *id) != note.as_ref());
        self.ticks.retain(|(question_id, kind, index), on| {
            content.ticks.contains(&Tick { question_id: *question_id, kind: *kind, index: *index, on: true }) != *on
        });
        self.warning_signs.retain(|(question_id, key), on| {
            content.warning_signs.contains(&WarningMark { key: key.clone(), question_id: *question_id, on: true }) != *on
        });
        self.recommendation = self.recommendation.filter(|word| *word != content.recommendation);
        self.confidence = self.confidence.filter(|word| *word != content.confidence);
        self.next_step = self.next_step.filter(|text| *text != content.next_step);
        self.forget_questions();
        self.forget_known_claims(content);
        self
    }

    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rubrics::PerLevel;
    use crate::scorecards::model::{Confidence, Evidence, Recommendation, ScorecardPatch, Sign};
    use serde_json::json;
    use uuid::Uuid;

    fn areas() -> Vec<Area> {
        let area = |number| Area {
            number,
            key: format!("key-{number}"),
            name: format!("Area {number}"),
            short_name: format!("A{number}"),
            description: "What it is.".into(),
            weight: 1.0,
            anchors: Vec::new(),
            expected: PerLevel { entry: 2, mid: 3, senior: 4 },
        };
        (1..=5).map(area).collect()
    }

    fn note(area: u8) -> Evidence {
        Evidence {
            id: Uuid::from_u128(area.into()),
            sign: Sign::Neutral,
            area: Some(area),
            question_id: None,
            at_seconds: None,
            text: "Said so.".into(),
        }
    }

    /// Complete: every area a 3 with a reason.
    fn complete() -> Content {
        let mut content = Content::empty(&[]);
        for area in &mut content.areas {
            (area.value, area.reason) = (Some(Value::Scored(3)), "Solid.".into());
        }
        (content.recommendation, content.confidence) = (Some(Recommendation::Yes), Some(Confidence::Low));
        content
    }

    fn fields(content: &Content) -> Vec<String> {
        missing(content, &areas()).into_iter().map(|missing| missing.field).collect()
    }

    #[test]
    fn r3_every_area_needs_a_value_and_not_scored_is_one() {
        let empty = fields(&Content::empty(&[]));
        assert_eq!(
            empty,
            ["areas.0.value", "areas.1.value", "areas.2.value", "areas.3.value", "areas.4.value", "recommendation", "confidence"]
        );
        let mut content = complete();
        content.areas[1] = AreaScore { area: 2, value: Some(Value::NotAsked), reason: String::new() };
        content.areas[2] = AreaScore { area: 3, value: Some(Value::NotEnoughEvidence), reason: String::new() };
        assert!(fields(&content).is_empty());
    }

    #[test]
    fn r4_a_score_needs_evidence_on_its_area_or_a_written_reason() {
        let mut content = complete();
        content.areas[3].reason = " \n".into();
        content.evidence = vec![note(1)];
        assert_eq!(fields(&content), ["areas.3.reason"]);
        content.evidence.push(note(4));
        assert!(fields(&content).is_empty());
    }

    #[test]
    fn r4_one_and_five_need_evidence_and_a_reason_alone_does_not_carry_them() {
        for score in [1, 5] {
            let mut content = complete();
            content.areas[4].value = Some(Value::Scored(score));
            assert_eq!(fields(&content), ["areas.4.evidence"], "{score}");
            content.evidence = vec![note(5)];
            content.areas[4].reason.clear();
            assert!(fields(&content).is_empty(), "{score}");
        }
    }

    #[test]
    fn the_next_step_is_advice() {
        let items = checklist(&complete(), &areas());
        assert!(items.iter().all(|item| item.done || !item.required));
        assert!(items.iter().any(|item| !item.done && item.field.as_deref() == Some("next_step")));
    }

    #[test]
    fn changes_name_what_they_change_and_nothing_else() {
        let mut content = complete();
        content.evidence = vec![note(1), note(2)];
        let (gone, question) = (note(1).id, Uuid::from_u128(9));
        let patch: ScorecardPatch = serde_json::from_value(json!({
            "areas": [{"area": 2, "value": null}],
            "evidence": [{"id": gone, "deleted": true}],
            "ticks": [{"question_id": question, "kind": "probe", "index": 1, "on": true}],
            "confidence": "high",
        }))
        .unwrap();
        let changed = content.with(&patch.parse().unwrap());
        assert_eq!(changed.areas[1], AreaScore { area: 2, value: None, reason: "Solid.".into() });
        assert_eq!(changed.evidence, [note(2)]);
        assert_eq!((changed.ticks.len(), changed.confidence), (1, Some(Confidence::High)));
        assert_eq!((&changed.areas[2..], changed.recommendation), (&content.areas[2..], content.recommendation));
        assert!(patch.parse().unwrap().unlike(&changed).is_empty(), "said again, it changes nothing");
        assert_eq!(patch.parse().unwrap().unlike(&content), patch.parse().unwrap(), "each of them was a change");
    }
}

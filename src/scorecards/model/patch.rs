//! Changes to a card: what is sent, and what it means.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

use super::card::{AREAS, Evidence};
use super::claims::Verdict;
use super::value::{Confidence, Recommendation, TickKind, Value};
use crate::candidates::ClaimId;
use crate::platform::error::{FieldErrors, Result};
use crate::platform::parse;
use crate::question_sets::QuestionId;

/// The longest note, reason or next step, in characters.
pub const MAX_TEXT: usize = 10_000;
/// Members of one list of a patch: far more than a page ever has.
const MAX_ITEMS: usize = 1_000;
/// The last line of a question's lists that can be ticked.
const MAX_INDEX: u16 = 99;
/// A week: the interview's clock never shows more.
const MAX_SECONDS: i64 = 604_800;

/// `PATCH …/scorecard`: any subset. What is absent stays as it is; null clears.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ScorecardPatch {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaPatch>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<QuestionPatch>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidencePatch>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ticks: Vec<TickPatch>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warning_signs: Vec<WarningPatch>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimPatch>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Recommendation>)]
    pub recommendation: Option<Option<String>>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Confidence>)]
    pub confidence: Option<Option<String>>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub next_step: Option<Option<String>>,
}

/// A score or a reason of one area, or both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AreaPatch {
    pub area: i64,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Value>)]
    pub value: Option<serde_json::Value>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub reason: Option<Option<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionPatch {
    pub question_id: QuestionId,
    #[schema(value_type = Option<Value>)]
    pub value: serde_json::Value,
}

/// A note, whole: a known id is replaced, `deleted: true` removes it and needs the id alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidencePatch {
    /// Made by the client.
    pub id: Uuid,
    #[serde(default)]
    pub sign: Option<String>,
    #[serde(default)]
    pub area: Option<i64>,
    #[serde(default)]
    pub question_id: Option<QuestionId>,
    #[serde(default)]
    pub at_seconds: Option<i64>,
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub deleted: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TickPatch {
    pub question_id: QuestionId,
    #[schema(value_type = TickKind)]
    pub kind: String,
    pub index: i64,
    pub on: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WarningPatch {
    /// A sign of the rubric by its key, or `question:<index>` for a sign of the question itself.
    pub key: String,
    #[serde(default)]
    pub question_id: Option<QuestionId>,
    pub on: bool,
}

/// A verdict on a résumé claim, or what was said to it, or both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimPatch {
    pub claim_id: ClaimId,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Verdict>)]
    pub value: Option<Option<String>>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub evidence: Option<Option<String>>,
}

/// Tells an explicit null from an absent member.
pub(super) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// What a patch means. A key that maps to nothing is taken off the card.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    pub area_values: BTreeMap<u8, Option<Value>>,
    pub area_reasons: BTreeMap<u8, String>,
    pub question_values: BTreeMap<QuestionId, Option<Value>>,
    pub evidence: BTreeMap<Uuid, Option<Evidence>>,
    pub ticks: BTreeMap<(QuestionId, TickKind, u16), bool>,
    pub warning_signs: BTreeMap<(Option<QuestionId>, String), bool>,
    pub claim_verdicts: BTreeMap<ClaimId, Option<Verdict>>,
    pub claim_evidence: BTreeMap<ClaimId, String>,
    pub recommendation: Option<Option<Recommendation>>,
    pub confidence: Option<Option<Confidence>>,
    pub next_step: Option<String>,
    /// Every question that is named, with the member that names it.
    named: Vec<(String, QuestionId)>,
    /// Every claim, too.
    pub(super) named_claims: Vec<(String, ClaimId)>,
}

impl ScorecardPatch {
    /// SHA-256 of what is said, whatever the order of members: tells a repeat from another body.
    pub fn hash(&self) -> Result<Vec<u8>> {
        Ok(Sha256::digest(serde_json::to_vec(self)?).to_vec())
    }

    pub fn parse(&self) -> Result<Changes> {
        let mut errors = FieldErrors::default();
        let mut changes = Changes::default();
        self.check_lengths(&mut errors);
        self.areas.iter().enumerate().for_each(|(i, area)| changes.take_area(i, area, &mut errors));
        self.questions.iter().enumerate().for_each(|(i, question)| changes.take_question(i, question, &mut errors));
        self.evidence.iter().enumerate().for_each(|(i, note)| changes.take_note(i, note, &mut errors));
        self.ticks.iter().enumerate().for_each(|(i, tick)| changes.take_tick(i, tick, &mut errors));
        self.warning_signs.iter().enumerate().for_each(|(i, sign)| changes.take_warning(i, sign, &mut errors));
        self.claims.iter().enumerate().for_each(|(i, claim)| changes.take_claim(i, claim, &mut errors));
        changes.recommendation = optional_word(&self.recommendation, "recommendation", &mut errors);
        changes.confidence = optional_word(&self.confidence, "confidence", &mut errors);
        changes.next_step = self.next_step.as_ref().and_then(|text| errors.take("next_step", typed(text.as_deref().unwrap_or_default())));
        errors.check()?;
        Ok(changes)
    }

    fn check_lengths(&self, errors: &mut FieldErrors) {
        let lists = [
            ("areas", self.areas.len()),
            ("questions", self.questions.len()),
            ("evidence", self.evidence.len()),
            ("ticks", self.ticks.len()),
            ("warning_signs", self.warning_signs.len()),
            ("claims", self.claims.len()),
        ];
        for (field, length) in lists {
            if length > MAX_ITEMS {
                errors.add(field, format!("Send at most {MAX_ITEMS} at a time."));
            }
        }
    }
}

impl Changes {
    /// The questions it names, each once.
    pub fn questions(&self) -> Vec<QuestionId> {
        self.named.iter().map(|(_, id)| *id).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Passes when every question named is one of `known`.
    pub fn check_questions(&self, known: &[QuestionId]) -> Result<()> {
        let mut errors = FieldErrors::default();
        for (field, id) in &self.named {
            if !known.contains(id) {
                errors.add(field, "This question is not part of the interview.");
            }
        }
        errors.check()
    }

    /// After entries were taken out: only what is still named is asked about.
    pub(super) fn forget_questions(&mut self) {
        let mut still: BTreeSet<QuestionId> = self.question_values.keys().copied().collect();
        still.extend(self.ticks.keys().map(|(question, ..)| *question));
        still.extend(self.warning_signs.keys().filter_map(|(question, _)| *question));
        still.extend(self.evidence.values().flatten().filter_map(|note| note.question_id));
        self.named.retain(|(_, question)| still.contains(question));
    }

    fn take_area(&mut self, i: usize, patch: &AreaPatch, errors: &mut FieldErrors) {
        let Some(area) = errors.take(&format!("areas.{i}.area"), area(patch.area)) else { return };
        if let Some(json) = &patch.value
            && let Some(value) = errors.take(&format!("areas.{i}.value"), Value::from_json(json))
        {
            self.area_values.insert(area, value);
        }
        if let Some(reason) = &patch.reason
            && let Some(reason) = errors.take(&format!("areas.{i}.reason"), typed(reason.as_deref().unwrap_or_default()))
        {
            self.area_reasons.insert(area, reason);
        }
    }

    fn take_question(&mut self, i: usize, patch: &QuestionPatch, errors: &mut FieldErrors) {
        self.named.push((format!("questions.{i}.question_id"), patch.question_id));
        if let Some(value) = errors.take(&format!("questions.{i}.value"), Value::from_json(&patch.value)) {
            self.question_values.insert(patch.question_id, value);
        }
    }

    fn take_note(&mut self, i: usize, patch: &EvidencePatch, errors: &mut FieldErrors) {
        if patch.deleted {
            self.evidence.insert(patch.id, None);
            return;
        }
        if let Some(question) = patch.question_id {
            self.named.push((format!("evidence.{i}.question_id"), question));
        }
        let sign = patch.sign.as_deref().ok_or_else(|| "Say strength, concern or neutral.".to_owned()).and_then(str::parse);
        let sign = errors.take(&format!("evidence.{i}.sign"), sign);
        let area = errors.take(&format!("evidence.{i}.area"), patch.area.map(area).transpose());
        let at = errors.take(&format!("evidence.{i}.at_seconds"), patch.at_seconds.map(seconds).transpose());
        let text = errors.take(&format!("evidence.{i}.text"), note_text(patch.text.as_deref().unwrap_or_default()));
        if let (Some(sign), Some(area), Some(at_seconds), Some(text)) = (sign, area, at, text) {
            self.evidence.insert(patch.id, Some(Evidence { id: patch.id, sign, area, question_id: patch.question_id, at_seconds, text }));
        }
    }

    fn take_tick(&mut self, i: usize, patch: &TickPatch, errors: &mut FieldErrors) {
        self.named.push((format!("ticks.{i}.question_id"), patch.question_id));
        let kind = errors.take(&format!("ticks.{i}.kind"), patch.kind.parse());
        let index = u16::try_from(patch.index).ok().filter(|index| *index <= MAX_INDEX);
        let index = errors.take(&format!("ticks.{i}.index"), index.ok_or_else(|| format!("An index is 0 to {MAX_INDEX}.")));
        if let (Some(kind), Some(index)) = (kind, index) {
            self.ticks.insert((patch.question_id, kind, index), patch.on);
        }
    }

    fn take_warning(&mut self, i: usize, patch: &WarningPatch, errors: &mut FieldErrors) {
        if let Some(question) = patch.question_id {
            self.named.push((format!("warning_signs.{i}.question_id"), question));
        }
        if let Some(key) = errors.take(&format!("warning_signs.{i}.key"), sign_key(&patch.key)) {
            self.warning_signs.insert((patch.question_id, key), patch.on);
        }
    }
}

fn area(number: i64) -> Result<u8, String> {
    u8::try_from(number).ok().filter(|area| (1..=AREAS).contains(area)).ok_or_else(|| format!("An area is 1 to {AREAS}."))
}

fn seconds(at: i64) -> Result<i32, String> {
    i32::try_from(at).ok().filter(|_| (0..=MAX_SECONDS).contains(&at)).ok_or_else(|| "Seconds of the interview, from 0.".to_owned())
}

/// Exactly what was typed, but for line ends: an autosave that came back shorter would look like
/// somebody else's change.
pub(super) fn typed(text: &str) -> Result<String, String> {
    parse::text(text, MAX_TEXT)?;
    Ok(text.replace("\r\n", "\n"))
}

fn note_text(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("Write what you saw or heard.".into());
    }
    typed(text)
}

fn sign_key(key: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | ':');
    if (1..=80).contains(&key.len()) && key.chars().all(plain) {
        Ok(key.to_owned())
    } else {
        Err("This is no key of a warning sign.".into())
    }
}

/// A word that may be absent, cleared or given.
pub(super) fn optional_word<T: std::str::FromStr<Err = String>>(
    word: &Option<Option<String>>,
    field: &str,
    errors: &mut FieldErrors,
) -> Option<Option<T>> {
    match word {
        None => None,
        Some(None) => Some(None),
        Some(Some(word)) => errors.take(field, word.parse()).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::error::Error;
    use serde_json::json;

    fn parse(json: serde_json::Value) -> Result<Changes, Vec<String>> {
        let patch: ScorecardPatch = serde_json::from_value(json).unwrap();
        patch.parse().map_err(|error| match error {
            Error::Invalid(errors) => errors.iter().map(|error| error.field.clone()).collect(),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn absent_stays_and_null_clears() {
        let changes = parse(json!({"areas": [{"area": 1, "value": null}, {"area": 2, "reason": "so"}], "recommendation": null})).unwrap();
        assert_eq!(changes.area_values, BTreeMap::from([(1, None)]));
        assert_eq!(changes.area_reasons, BTreeMap::from([(2, "so".to_owned())]));
        assert_eq!((changes.recommendation, changes.confidence), (Some(None), None));
        assert_eq!(parse(json!({})).unwrap(), Changes::default());
    }

    #[test]
    fn every_wrong_member_is_named() {
        let question = Uuid::nil();
        let fields = parse(json!({
            "areas": [{"area": 1, "value": 6}, {"area": 6, "value": 3}],
            "questions": [{"question_id": question, "value": "good"}],
            "evidence": [{"id": question, "sign": "great", "area": 0, "at_seconds": -1, "text": " "}],
            "ticks": [{"question_id": question, "kind": "tick", "index": -1, "on": true}],
            "warning_signs": [{"key": "Not a key", "on": true}],
            "recommendation": "maybe", "confidence": "sure", "next_step": "x".repeat(MAX_TEXT + 1),
        }));
        let expected = [
            "areas.0.value",
            "areas.1.area",
            "questions.0.value",
            "evidence.0.sign",
            "evidence.0.area",
            "evidence.0.at_seconds",
            "evidence.0.text",
            "ticks.0.kind",
            "ticks.0.index",
            "warning_signs.0.key",
            "recommendation",
            "confidence",
            "next_step",
        ];
        assert_eq!(fields.unwrap_err(), expected);
    }

    #[test]
    fn text_is_kept_as_it_was_typed() {
        let changes = parse(json!({"next_step": "One \r\n two  "})).unwrap();
        assert_eq!(changes.next_step.as_deref(), Some("One \n two  "));
    }

    #[test]
    fn the_hash_is_of_what_is_said() {
        let hash = |text: &str| serde_json::from_str::<ScorecardPatch>(text).unwrap().hash().unwrap();
        assert_eq!(hash(r#"{"next_step":"a","confidence":"low"}"#), hash(r#"{ "confidence": "low", "next_step": "a" }"#));
        assert_ne!(hash(r#"{"next_step":"a"}"#), hash(r#"{"next_step":"b"}"#));
        assert_ne!(hash(r#"{"next_step":null}"#), hash("{}"), "clearing is not leaving alone");
    }
}

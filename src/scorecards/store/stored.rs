//! A card's row: maps by key, as one statement can merge them, and the card they stand for.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::candidates::{ClaimId, ClaimView};
use crate::platform::error::Result;
use crate::policy::AccountId;
use crate::question_sets::QuestionId;
use crate::schema::scorecards;
use crate::scorecards::model::{
    AREAS, AreaScore, Changes, ClaimMark, Confidence, Content, Evidence, QuestionScore, Recommendation, Sign, Tick, WarningMark,
};

/// One row of `scorecards`.
#[derive(Debug, Clone, Queryable, QueryableByName, Selectable)]
#[diesel(table_name = scorecards)]
pub struct Row {
    pub id: Uuid,
    pub account_id: AccountId,
    pub version: i32,
    area_values: Json,
    area_reasons: Json,
    question_values: Json,
    evidence: Json,
    ticks: Json,
    warning_signs: Json,
    claim_verdicts: Json,
    claim_evidence: Json,
    recommendation: Option<Recommendation>,
    confidence: Option<Confidence>,
    next_step: String,
    pub submitted_at: Option<DateTime<Utc>>,
}

/// A note as it lies in the map under its id.
#[derive(Serialize, Deserialize)]
struct Note {
    sign: Sign,
    #[serde(default)]
    area: Option<u8>,
    #[serde(default)]
    question_id: Option<QuestionId>,
    #[serde(default)]
    at_seconds: Option<i32>,
    text: String,
}

impl Row {
    /// The card this row stands for; `questions` are the interview's, in order, `claims` the candidate's.
    pub fn content(self, questions: &[QuestionId], claims: &[ClaimView]) -> Result<Content> {
        let mut content = Content {
            areas: (1..=AREAS)
                .map(|area| {
                    let key = area.to_string();
                    let reason = self.area_reasons.get(&key).and_then(Json::as_str).unwrap_or_default().to_owned();
                    Ok(AreaScore { area, value: value(&self.area_values, &key)?, reason })
                })
                .collect::<Result<_>>()?,
            questions: questions
                .iter()
                .map(|id| Ok(QuestionScore { question_id: *id, value: value(&self.question_values, &id.to_string())? }))
                .collect::<Result<_>>()?,
            evidence: entries(self.evidence).map(|(id, note)| evidence(&id, note)).collect::<Result<_>>()?,
            ticks: entries(self.ticks).filter_map(|(key, _)| tick(&key)).collect(),
            warning_signs: entries(self.warning_signs).filter_map(|(key, _)| warning(&key)).collect(),
            claims: claims.iter().map(|claim| mark(claim, &self.claim_verdicts, &self.claim_evidence)).collect::<Result<_>>()?,
            recommendation: self.recommendation,
            confidence: self.confidence,
            next_step: self.next_step,
        };
        content.sort();
        Ok(content)
    }
}

/// Changes as maps that `||` merges into a row's; null takes a key off.
pub struct Maps {
    pub area_values: Json,
    pub area_reasons: Json,
    pub question_values: Json,
    pub evidence: Json,
    pub ticks: Json,
    pub warning_signs: Json,
    pub claim_verdicts: Json,
    pub claim_evidence: Json,
}

impl Maps {
    pub fn of(changes: &Changes) -> Result<Self> {
        let on = |on: &bool| Ok(if *on { Json::Bool(true) } else { Json::Null });
        Ok(Maps {
            area_values: map(&changes.area_values, u8::to_string, to_json)?,
            area_reasons: map(&changes.area_reasons, u8::to_string, to_json)?,
            question_values: map(&changes.question_values, QuestionId::to_string, to_json)?,
            evidence: map(&changes.evidence, Uuid::to_string, |note| {
                note.as_ref().map_or(Ok(Json::Null), |note| to_json(&Note::from(note)))
            })?,
            ticks: map(&changes.ticks, |(question, kind, index)| format!("{question}:{kind}:{index}"), on)?,
            warning_signs: map(&changes.warning_signs, warning_key, on)?,
            claim_verdicts: map(&changes.claim_verdicts, ClaimId::to_string, to_json)?,
            claim_evidence: map(&changes.claim_evidence, ClaimId::to_string, to_json)?,
        })
    }
}

impl From<&Evidence> for Note {
    fn from(note: &Evidence) -> Self {
        Note { sign: note.sign, area: note.area, question_id: note.question_id, at_seconds: note.at_seconds, text: note.text.clone() }
    }
}

fn map<K, V>(entries: &std::collections::BTreeMap<K, V>, key: impl Fn(&K) -> String, value: impl Fn(&V) -> Result<Json>) -> Result<Json> {
    let map: Map<String, Json> = entries.iter().map(|(k, v)| Ok((key(k), value(v)?))).collect::<Result<_>>()?;
    Ok(Json::Object(map))
}

fn to_json(value: &impl Serialize) -> Result<Json> {
    Ok(serde_json::to_value(value)?)
}

fn entries(map: Json) -> impl Iterator<Item = (String, Json)> {
    match map {
        Json::Object(map) => map.into_iter(),
        _ => Map::new().into_iter(),
    }
}

fn value(map: &Json, key: &str) -> Result<Option<crate::scorecards::model::Value>> {
    Ok(map.get(key).map(|json| serde_json::from_value(json.clone())).transpose()?)
}

fn mark(claim: &ClaimView, verdicts: &Json, evidence: &Json) -> Result<ClaimMark> {
    let key = claim.id.to_string();
    Ok(ClaimMark {
        value: verdicts.get(&key).map(|word| serde_json::from_value(word.clone())).transpose()?,
        evidence: evidence.get(&key).and_then(Json::as_str).unwrap_or_default().to_owned(),
        ..ClaimMark::unmarked(claim)
    })
}

fn evidence(id: &str, note: Json) -> Result<Evidence> {
    let id = id.parse().map_err(|_| anyhow::anyhow!("{id:?} is no note's id"))?;
    let Note { sign, area, question_id, at_seconds, text } = serde_json::from_value(note)?;
    Ok(Evidence { id, sign, area, question_id, at_seconds, text })
}

fn tick(key: &str) -> Option<Tick> {
    let mut parts = key.split(':');
    let (question, kind, index) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Tick { question_id: question.parse().ok()?, kind: kind.parse().ok()?, index: index.parse().ok()?, on: true })
}

/// `<question or nothing>/<key>`: a key has no slash.
fn warning_key((question, key): &(Option<QuestionId>, String)) -> String {
    format!("{}/{key}", question.map(|id| id.to_string()).unwrap_or_default())
}

fn warning(stored: &str) -> Option<WarningMark> {
    let (question, key) = stored.split_once('/')?;
    let question_id = if question.is_empty() { None } else { Some(question.parse().ok()?) };
    Some(WarningMark { key: key.to_owned(), question_id, on: true })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecards::model::ScorecardPatch;
    use serde_json::json;

    /// What the autosave statement does with each map.
    fn merge(row: &mut Json, changes: &Json) {
        for (key, value) in entries(changes.clone()) {
            match (row.as_object_mut(), value) {
                (Some(row), Json::Null) => drop(row.remove(&key)),
                (Some(row), value) => drop(row.insert(key, value)),
                (None, _) => {}
            }
        }
    }

    #[test]
    fn maps_and_back_say_the_same_as_the_changes_applied_to_the_card() {
        let question = QuestionId(Uuid::from_u128(7));
        let patch: ScorecardPatch = serde_json::from_value(json!({
            "areas": [{"area": 1, "value": 4, "reason": "Because."}, {"area": 2, "value": "not_asked"}, {"area": 3, "value": null}],
            "questions": [{"question_id": question, "value": "not_enough_evidence"}],
            "evidence": [{"id": Uuid::from_u128(1), "sign": "strength", "area": 1, "at_seconds": 12, "text": "Said so."},
                         {"id": Uuid::from_u128(2), "deleted": true}],
            "ticks": [{"question_id": question, "kind": "listen_for", "index": 0, "on": true}, {"question_id": question, "kind": "probe", "index": 2, "on": false}],
            "warning_signs": [{"key": "blames-others", "on": true}, {"key": "question:1", "question_id": question, "on": true}],
            "claims": [{"claim_id": Uuid::from_u128(3), "value": "partly", "evidence": null}],
            "recommendation": "yes", "confidence": "high", "next_step": "Rest.",
        }))
        .unwrap();
        let changes = patch.parse().unwrap();
        let maps = Maps::of(&changes).unwrap();
        let mut row = Row {
            id: Uuid::nil(),
            account_id: AccountId(Uuid::nil()),
            version: 1,
            area_values: json!({"3": 2}),
            area_reasons: json!({}),
            question_values: json!({}),
            evidence: json!({(Uuid::from_u128(2).to_string()): {"sign": "neutral", "text": "Gone."}}),
            ticks: json!({(format!("{question}:probe:2")): true}),
            warning_signs: json!({}),
            claim_verdicts: json!({}),
            claim_evidence: json!({(Uuid::from_u128(3).to_string()): "Before."}),
            recommendation: Some(Recommendation::Yes),
            confidence: Some(Confidence::High),
            next_step: "Rest.".into(),
            submitted_at: None,
        };
        let claims = [ClaimView {
            id: ClaimId(Uuid::from_u128(3)),
            text: "Cut latency.".into(),
            detail: String::new(),
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
        }];
        let before = row.clone().content(&[question], &claims).unwrap();
        merge(&mut row.area_values, &maps.area_values);
        merge(&mut row.area_reasons, &maps.area_reasons);
        merge(&mut row.question_values, &maps.question_values);
        merge(&mut row.evidence, &maps.evidence);
        merge(&mut row.ticks, &maps.ticks);
        merge(&mut row.warning_signs, &maps.warning_signs);
        merge(&mut row.claim_verdicts, &maps.claim_verdicts);
        merge(&mut row.claim_evidence, &maps.claim_evidence);
        assert_eq!(row.content(&[question], &claims).unwrap(), before.with(&changes));
    }
}

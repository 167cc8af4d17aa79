//! Résumé claims on a card, as the form has them and as they are read.

use serde::Serialize;

use super::super::model::{ClaimMark, Content, Verdict};
use super::edit::Conflict;
use super::form::Typed;

/// One claim in the form. Its fields are named by its place.
#[derive(Debug, Clone, Serialize)]
pub struct EditClaim {
    pub id: String,
    pub text: String,
    pub detail: String,
    pub id_name: String,
    pub value_name: String,
    pub evidence_name: String,
    /// Empty: not marked.
    pub value: String,
    pub evidence: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct VerdictOption {
    pub value: &'static str,
    pub label: &'static str,
}

/// What a claim can be marked as, as `select` takes it.
pub fn verdicts() -> Vec<VerdictOption> {
    Verdict::ALL.iter().map(|verdict| VerdictOption { value: verdict.as_str(), label: verdict.words() }).collect()
}

impl EditClaim {
    pub fn all(content: &Content) -> Vec<Self> {
        let claim = |(i, mark): (usize, &ClaimMark)| EditClaim {
            id: mark.claim_id.to_string(),
            text: mark.text.clone(),
            detail: mark.detail.clone(),
            id_name: format!("claims.{i}.id"),
            value_name: format!("claims.{i}.value"),
            evidence_name: format!("claims.{i}.evidence"),
            value: mark.value.map(|verdict| verdict.to_string()).unwrap_or_default(),
            evidence: mark.evidence.clone(),
        };
        content.claims.iter().enumerate().map(claim).collect()
    }

    /// Takes over what was typed, for the claim itself: its place may be another by now.
    pub fn type_over(&mut self, typed: &Typed) {
        let place = (0..).map_while(|i| Some((i, typed.get(&format!("claims.{i}.id"))?))).find(|(_, id)| *id == self.id);
        let Some((i, _)) = place else { return };
        for (field, name) in [(&mut self.value, "value"), (&mut self.evidence, "evidence")] {
            if let Some(text) = typed.get(&format!("claims.{i}.{name}")) {
                *field = text.replace("\r\n", "\n");
            }
        }
    }

    /// The fields that differ from what is saved.
    pub fn conflicts(&self, saved: &EditClaim) -> Vec<Conflict> {
        let fields = [
            (&self.value_name, format!("Verdict on “{}”", self.text), words(&self.value), words(&saved.value)),
            (&self.evidence_name, format!("What was said to “{}”", self.text), self.evidence.clone(), saved.evidence.clone()),
        ];
        let differs = fields.into_iter().filter(|(_, _, mine, theirs)| mine != theirs);
        differs.map(|(take, label, mine, theirs)| Conflict { take: take.clone(), label, mine, theirs }).collect()
    }
}

fn words(value: &str) -> String {
    value.parse::<Verdict>().map_or("Not marked", Verdict::words).to_owned()
}

/// One claim on a card that is only read.
#[derive(Debug, Clone, Serialize)]
pub struct ReadClaim {
    pub text: String,
    pub verdict: &'static str,
    pub evidence: String,
}

impl ReadClaim {
    pub fn all(content: &Content) -> Vec<Self> {
        let claim = |mark: &ClaimMark| ReadClaim {
            text: mark.text.clone(),
            verdict: mark.value.map_or("Not marked", Verdict::words),
            evidence: mark.evidence.clone(),
        };
        content.claims.iter().map(claim).collect()
    }
}

//! Verdicts on what the candidate's résumé claims.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::card::Content;
use super::patch::{Changes, ClaimPatch, optional_word, typed};
use crate::candidates::{ClaimId, ClaimView};
use crate::platform::error::{FieldErrors, Result};
use crate::text_enum;

text_enum! {
    /// What became of a résumé claim when it was asked about.
    Verdict { Confirmed = "confirmed", Partly = "partly", NotConfirmed = "not_confirmed", NotAsked = "not_asked" }
}

impl Verdict {
    /// As it is written on pages.
    pub const fn words(self) -> &'static str {
        match self {
            Verdict::Confirmed => "Confirmed",
            Verdict::Partly => "Partly",
            Verdict::NotConfirmed => "Not confirmed",
            Verdict::NotAsked => "Not asked",
        }
    }
}

/// One claim on one interviewer's card. The words stand with the verdict, so that a submitted card keeps what was
/// judged, whatever the record says later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClaimMark {
    pub claim_id: ClaimId,
    pub text: String,
    pub detail: String,
    /// Null: not marked yet.
    pub value: Option<Verdict>,
    /// What the candidate said to it.
    pub evidence: String,
}

impl ClaimMark {
    pub fn unmarked(claim: &ClaimView) -> Self {
        ClaimMark { claim_id: claim.id, text: claim.text.clone(), detail: claim.detail.clone(), value: None, evidence: String::new() }
    }

    /// Somebody said something about it.
    pub fn is_marked(&self) -> bool {
        self.value.is_some() || !self.evidence.trim().is_empty()
    }
}

impl Content {
    pub fn claim(&self, id: ClaimId) -> Option<&ClaimMark> {
        self.claims.iter().find(|mark| mark.claim_id == id)
    }

    pub(super) fn change_claims(&mut self, changes: &Changes) {
        for mark in &mut self.claims {
            if let Some(value) = changes.claim_verdicts.get(&mark.claim_id) {
                mark.value = *value;
            }
            if let Some(evidence) = changes.claim_evidence.get(&mark.claim_id) {
                mark.evidence.clone_from(evidence);
            }
        }
    }
}

impl Changes {
    /// The claims it names, each once.
    pub fn claims(&self) -> Vec<ClaimId> {
        let mut ids: Vec<_> = self.claim_verdicts.keys().chain(self.claim_evidence.keys()).copied().collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// Passes when every claim named is one of `known`.
    pub fn check_claims(&self, known: &[ClaimId]) -> Result<()> {
        let mut errors = FieldErrors::default();
        for (field, id) in &self.named_claims {
            if !known.contains(id) {
                errors.add(field, "This claim is not on the candidate's record.");
            }
        }
        errors.check()
    }

    pub(super) fn take_claim(&mut self, i: usize, patch: &ClaimPatch, errors: &mut FieldErrors) {
        self.named_claims.push((format!("claims.{i}.claim_id"), patch.claim_id));
        if let Some(value) = optional_word(&patch.value, &format!("claims.{i}.value"), errors) {
            self.claim_verdicts.insert(patch.claim_id, value);
        }
        if let Some(text) = &patch.evidence
            && let Some(text) = errors.take(&format!("claims.{i}.evidence"), typed(text.as_deref().unwrap_or_default()))
        {
            self.claim_evidence.insert(patch.claim_id, text);
        }
    }

    /// Without what the card says already.
    pub(super) fn forget_known_claims(&mut self, content: &Content) {
        self.claim_verdicts.retain(|id, value| content.claim(*id).is_none_or(|mark| mark.value != *value));
        self.claim_evidence.retain(|id, text| content.claim(*id).is_none_or(|mark| mark.evidence != *text));
        let still = self.claims();
        self.named_claims.retain(|(_, id)| still.contains(id));
    }
}

#[cfg(test)]
mod tests {
    use super::super::ScorecardPatch;
    use super::*;
    use serde_json::json;
    use uuid::Uuid;

    fn content(ids: &[u128]) -> Content {
        let mark = |id: &u128| ClaimMark {
            claim_id: ClaimId(Uuid::from_u128(*id)),
            text: format!("Claim {id}"),
            detail: String::new(),
            value: None,
            evidence: String::new(),
        };
        Content { claims: ids.iter().map(mark).collect(), ..Content::empty(&[]) }
    }

    #[test]
    fn a_verdict_and_what_was_said_change_apart_and_null_clears() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let patch = |claims| serde_json::from_value::<ScorecardPatch>(json!({"claims": claims})).unwrap().parse().unwrap();
        let first = patch(
            json!([{"claim_id": one, "value": "partly"}, {"claim_id": one, "evidence": "Named the cache."}, {"claim_id": two, "value": "confirmed"}]),
        );
        let card = content(&[1, 2]).with(&first);
        assert_eq!((card.claims[0].value, card.claims[0].evidence.as_str()), (Some(Verdict::Partly), "Named the cache."));
        let cleared = card.with(&patch(json!([{"claim_id": one, "value": null}])));
        assert_eq!((cleared.claims[0].value, cleared.claims[0].evidence.as_str()), (None, "Named the cache."));
        assert!(first.unlike(&card).is_empty(), "said again, it changes nothing");
    }

    #[test]
    fn a_claim_must_be_on_the_record_and_a_verdict_one_of_the_four() {
        let id = Uuid::from_u128(9);
        let parse =
            |value: &str| serde_json::from_value::<ScorecardPatch>(json!({"claims": [{"claim_id": id, "value": value}]})).unwrap().parse();
        assert!(parse("maybe").is_err());
        let changes = parse("not_asked").unwrap();
        assert!(changes.check_claims(&[ClaimId(id)]).is_ok() && changes.check_claims(&[]).is_err());
    }
}

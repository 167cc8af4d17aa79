//! Writes of a card: a save of the draft, an amendment after submission.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::patch::{AreaPatch, Changes, EvidencePatch, QuestionPatch, ScorecardPatch, given};
use super::value::{Confidence, Recommendation};
use crate::platform::error::{Error, Result};
use crate::platform::parse;

/// A save of the draft.
#[derive(Debug, Clone)]
pub struct Save {
    /// The version it changes; 0 for a card not begun.
    pub version: i32,
    /// Chosen by the client, the same when it tries again.
    pub key: Uuid,
    pub changes: Changes,
    /// Of what was sent: the same key with another hash is a mistake.
    pub body_hash: Vec<u8>,
}

impl Save {
    pub fn parse(version: i32, key: Uuid, patch: &ScorecardPatch) -> Result<Self> {
        Ok(Save { version, key, changes: patch.parse()?, body_hash: patch.hash()? })
    }
}

/// `POST …/scorecard/revisions`: what is to be different, and why. What is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewRevision {
    pub areas: Vec<AreaPatch>,
    pub questions: Vec<QuestionPatch>,
    pub evidence: Vec<EvidencePatch>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<Recommendation>)]
    pub recommendation: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<Confidence>)]
    pub confidence: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub next_step: Option<Option<String>>,
    /// Why, in a sentence. Everybody who sees the card reads it.
    pub reason: String,
}

impl NewRevision {
    pub fn parse(&self) -> Result<(Changes, String)> {
        let patch = ScorecardPatch {
            areas: self.areas.clone(),
            questions: self.questions.clone(),
            evidence: self.evidence.clone(),
            recommendation: self.recommendation.clone(),
            confidence: self.confidence.clone(),
            next_step: self.next_step.clone(),
            ..ScorecardPatch::default()
        };
        let reason = parse::text(&self.reason, 2_000).map(|reason| reason.trim().to_owned());
        let reason = reason.and_then(|reason| if reason.is_empty() { Err("Say why you amend it.".into()) } else { Ok(reason) });
        match (patch.parse(), reason) {
            (Ok(changes), Ok(reason)) => Ok((changes, reason)),
            (Err(Error::Invalid(mut errors)), reason) => {
                errors.take("reason", reason);
                Err(Error::Invalid(errors))
            }
            (Err(error), _) => Err(error),
            (Ok(_), Err(message)) => Err(Error::invalid("reason", message)),
        }
    }
}

//! What can be found.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::candidates::CandidateView;
use crate::interviews::InterviewOfList;
use crate::platform::error::{Error, Result};
use crate::policy::{CandidateId, InterviewId};
use crate::question_sets::{FoundPlace, FoundQuestion};
use crate::text_enum;

text_enum! {
    /// What kind of thing was found.
    HitKind { Candidate = "candidate", Interview = "interview", Question = "question" }
}

/// Something that was found: `kind` says which of the others is there.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Hit {
    pub kind: HitKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidate: Option<CandidateView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interview: Option<InterviewOfList>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<FoundQuestion>,
    #[serde(skip)]
    pub place: Place,
}

/// Where it stands among all: candidates, then interviews, then questions, each in their own order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Candidate(String, CandidateId),
    Interview(DateTime<Utc>, InterviewId),
    Question(FoundPlace),
}

/// What is looked for, and of which kind.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FindQuery {
    pub q: String,
    pub kind: String,
}

/// What somebody looks for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub words: String,
    /// None for everything.
    pub kind: Option<HitKind>,
}

/// Longer than anybody types.
const LONGEST: usize = 200;

impl Wanted {
    pub fn parse(words: &str, kind: &str) -> Result<Self> {
        let words = words.trim().replace('\0', " ");
        if words.chars().count() > LONGEST {
            return Err(Error::Malformed(format!("Look for at most {LONGEST} characters.")));
        }
        let kind = if kind.is_empty() { None } else { Some(kind.parse().map_err(Error::Malformed)?) };
        Ok(Wanted { words, kind })
    }
}

impl Place {
    fn kind(&self) -> HitKind {
        match self {
            Place::Candidate(..) => HitKind::Candidate,
            Place::Interview(..) => HitKind::Interview,
            Place::Question(_) => HitKind::Question,
        }
    }

    /// Whether what is of this kind comes only before this place.
    pub fn is_past(&self, kind: HitKind) -> bool {
        kind < self.kind()
    }
}

impl Hit {
    pub fn candidate((place, candidate): ((String, CandidateId), CandidateView)) -> Self {
        let place = Place::Candidate(place.0, place.1);
        Hit { kind: HitKind::Candidate, candidate: Some(candidate), interview: None, question: None, place }
    }

    pub fn interview((place, interview): ((DateTime<Utc>, InterviewId), InterviewOfList)) -> Self {
        let place = Place::Interview(place.0, place.1);
        Hit { kind: HitKind::Interview, candidate: None, interview: Some(interview), question: None, place }
    }

    pub fn question((place, question): (FoundPlace, FoundQuestion)) -> Self {
        Hit { kind: HitKind::Question, candidate: None, interview: None, question: Some(question), place: Place::Question(place) }
    }
}

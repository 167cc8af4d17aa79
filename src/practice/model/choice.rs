//! What somebody wants to practise.

use serde::Deserialize;
use utoipa::ToSchema;

use super::AnswerKind;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::question_sets::{QuestionId, QuestionSetVersionId};
use crate::rubrics::Level;
use crate::text_enum;

/// Longest time to think before an answer, in seconds.
pub const MOST_THINKING: u16 = 600;

text_enum! {
    /// Which question comes.
    Pick {
        /// The one of a set that was practised least, else the one that is named.
        Set = "set",
        /// The one that has waited longest to come back.
        Due = "due",
        /// One of the lowest area that enough is known of.
        WeakAreas = "weak_areas",
    }
}

/// `POST …/attempts`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAttempt {
    pub pick: Pick,
    /// With `set`, the version to practise on; with `weak_areas` it may be left out.
    pub question_set_version_id: Option<QuestionSetVersionId>,
    /// With `set`, one question of it; with `due`, one that has come back.
    pub question_id: Option<QuestionId>,
    /// Needed but with `due`.
    pub level: Option<Level>,
    /// How this answer is meant to be given; typed without it. What counts is how it was finished.
    pub kind: Option<AnswerKind>,
    /// Time to think before the answer, 0 to 600; none without it.
    pub think_seconds: Option<u16>,
}

/// The same, parsed.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    pub source: Source,
    pub kind: AnswerKind,
    pub think_seconds: u16,
}

/// Where the question is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Set { version: QuestionSetVersionId, question: Option<QuestionId>, level: Level },
    Due { question: Option<QuestionId> },
    WeakAreas { version: Option<QuestionSetVersionId>, level: Level },
}

impl Choice {
    pub fn parse(new: &NewAttempt) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let think_seconds = new.think_seconds.unwrap_or_default();
        if think_seconds > MOST_THINKING {
            errors.add("think_seconds", format!("Take at most {MOST_THINKING} seconds to think."));
        }
        let kind = new.kind.unwrap_or(AnswerKind::Typed);
        let level = new.level.filter(|_| new.pick != Pick::Due);
        if level.is_none() && new.pick != Pick::Due {
            errors.add("level", "Choose a level.");
        }
        let source = match (new.pick, level) {
            (Pick::Due, _) => Some(Source::Due { question: new.question_id }),
            (Pick::WeakAreas, Some(level)) => Some(Source::WeakAreas { version: new.question_set_version_id, level }),
            (Pick::Set, Some(level)) => {
                let version = errors.take("question_set_version_id", new.question_set_version_id.ok_or("Choose a set.".into()));
                version.map(|version| Source::Set { version, question: new.question_id, level })
            }
            (_, None) => None,
        };
        match source.filter(|_| errors.is_empty()) {
            Some(source) => Ok(Choice { source, kind, think_seconds }),
            None => Err(Error::Invalid(errors)),
        }
    }
}

//! What is given to an attempt: the answer, one's own score, what one found on comparing.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Compared, OwnScale};
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;

/// As long as the columns take, in characters.
const LONGEST_ANSWER: usize = 20_000;
const LONGEST_NOTE: usize = 4_000;

/// `PATCH …/attempts/{id}/answer`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WritePracticeAnswer)]
pub struct WriteAnswer {
    /// All of it, as it is now; null empties it.
    pub text: Option<String>,
}

/// One save, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveAnswer {
    pub version: i32,
    /// Of this save alone: the same again is the same save.
    pub key: Uuid,
    pub text: String,
}

/// What a save brings back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, ToSchema)]
pub struct SavedAnswer {
    pub version: i32,
}

/// `PUT …/attempts/{id}/score`.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewOwnScore)]
pub struct NewScore {
    /// 1 to 5 on the question's own anchors; left out where it has none.
    pub score: Option<u8>,
    /// 1 to 5 on the area's anchors.
    pub area_score: Option<u8>,
    /// Would this answer pass? 0 to 100 percent.
    pub would_pass: Option<u8>,
    /// Steps of the checklist that were taken, by their places from 0.
    #[serde(default)]
    pub checked: Vec<u8>,
}

/// The same, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenScore {
    pub score: Option<u8>,
    pub area_score: u8,
    pub would_pass: u8,
    pub checked: Vec<u8>,
}

/// `PUT …/attempts/{id}/comparison`.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewComparison {
    /// Listen-for points that were in the answer, by their places from 0.
    #[serde(default)]
    pub heard: Vec<u8>,
    /// Warning signs that were in it.
    #[serde(default)]
    pub signs: Vec<u8>,
    /// What one wants to remember; left out, it stays.
    pub note: Option<String>,
}

/// The same, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub compared: Compared,
    pub note: Option<String>,
}

impl SaveAnswer {
    pub fn parse(version: i32, key: Uuid, write: &WriteAnswer) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let text = errors.take("text", parse::text(write.text.as_deref().unwrap_or_default(), LONGEST_ANSWER));
        text.map(|text| SaveAnswer { version, key, text }).ok_or(Error::Invalid(errors))
    }
}

impl GivenScore {
    /// All that this question asks for, on its own scale.
    pub fn parse(new: &NewScore, scale: &OwnScale) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let level = |value: Option<u8>| match value {
            Some(value) if (1..=5).contains(&value) => Ok(value),
            Some(_) => Err("A score is 1 to 5.".to_owned()),
            None => Err("Choose the anchor that fits your answer best.".to_owned()),
        };
        let asks = !scale.question_anchors.is_empty();
        let score = if asks { errors.take("score", level(new.score)) } else { None };
        if !asks && new.score.is_some() {
            errors.add("score", "This question has no anchors of its own: score the area.");
        }
        let area_score = errors.take("area_score", level(new.area_score));
        let would_pass = errors.take(
            "would_pass",
            new.would_pass.filter(|percent| *percent <= 100).ok_or("Say how sure you are, from 0 to 100 percent.".to_owned()),
        );
        let checked = errors.take("checked", places(&new.checked, scale.steps.len()));
        match (area_score, would_pass, checked) {
            (Some(area_score), Some(would_pass), Some(checked)) if errors.is_empty() => {
                Ok(GivenScore { score, area_score, would_pass, checked })
            }
            _ => Err(Error::Invalid(errors)),
        }
    }
}

impl Comparison {
    /// Of a question with so many points and signs.
    pub fn parse(new: &NewComparison, points: usize, signs: usize) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let heard = errors.take("heard", places(&new.heard, points));
        let signs = errors.take("signs", places(&new.signs, signs));
        let note = new.note.as_deref().map(|note| errors.take("note", parse::text(note, LONGEST_NOTE)));
        match (heard, signs, note) {
            (Some(heard), Some(signs), note) if errors.is_empty() => {
                Ok(Comparison { compared: Compared { heard, signs }, note: note.flatten() })
            }
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// Places of so many things, each once and in order.
pub(super) fn places(given: &[u8], many: usize) -> Result<Vec<u8>, String> {
    let mut places = given.to_vec();
    places.sort_unstable();
    places.dedup();
    if places.last().is_some_and(|last| usize::from(*last) >= many) { Err("There is nothing at this place.".into()) } else { Ok(places) }
}

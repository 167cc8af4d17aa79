//! Five areas, each with a value and its reason, or with not enough evidence.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::error::{FieldErrors, Result};
use crate::platform::parse;
use crate::scorecards::Value;

pub const LONGEST_REASON: usize = 1_000;
const AREAS: std::ops::RangeInclusive<u8> = 1..=5;

/// One area, as far as it is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondAnswer {
    /// 1 to 5.
    pub area: u8,
    /// 1 to 5 or `not_enough_evidence`; null while there is none.
    #[serde(default)]
    pub value: Option<Value>,
    /// What in the notes and pads the score rests on.
    #[serde(default)]
    pub reason: String,
}

/// `PUT`: replaces the draft. An area that is left away is empty.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondAnswersInput {
    pub areas: Vec<SecondAnswer>,
}

/// All five, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondAnswers(Vec<SecondAnswer>);

impl Default for SecondAnswers {
    fn default() -> Self {
        SecondAnswers(AREAS.map(|area| SecondAnswer { area, value: None, reason: String::new() }).collect())
    }
}

impl SecondAnswers {
    pub fn parse(input: &SecondAnswersInput) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let mut answers = SecondAnswers::default();
        for (place, given) in input.areas.iter().enumerate() {
            let Some(answer) = answers.0.iter_mut().find(|answer| answer.area == given.area) else {
                errors.add(format!("areas.{place}.area"), "There are five areas, 1 to 5.");
                continue;
            };
            if input.areas.iter().take(place).any(|before| before.area == given.area) {
                errors.add(format!("areas.{place}.area"), "This area stands there twice.");
            }
            let at = format!("areas.{}", given.area - 1);
            if given.value == Some(Value::NotAsked) {
                errors.add(format!("{at}.value"), "Give 1 to 5, or say that there is not enough evidence.");
            }
            let reason = errors.take(&format!("{at}.reason"), parse::text(&given.reason, LONGEST_REASON));
            *answer = SecondAnswer { reason: reason.unwrap_or_default().trim().to_owned(), ..given.clone() };
        }
        errors.check()?;
        Ok(answers)
    }

    /// Of the database; what is not there is empty.
    pub fn read(json: serde_json::Value) -> Result<Self> {
        let mut answers = SecondAnswers::default();
        for stored in serde_json::from_value::<Vec<SecondAnswer>>(json)? {
            if let Some(answer) = answers.0.iter_mut().find(|answer| answer.area == stored.area) {
                *answer = stored;
            }
        }
        Ok(answers)
    }

    pub fn json(&self) -> Result<serde_json::Value> {
        Ok(serde_json::to_value(&self.0)?)
    }

    pub fn all(&self) -> &[SecondAnswer] {
        &self.0
    }

    /// 1 to 5 by area; none where there was not enough evidence (R3).
    pub fn scores(&self) -> [Option<u8>; 5] {
        let score = |area: u8| self.0.iter().find(|answer| answer.area == area)?.value?.score();
        [1, 2, 3, 4, 5].map(score)
    }

    /// What they lack to be submitted, by the names of the form.
    pub fn missing(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for answer in &self.0 {
            let at = format!("areas.{}", answer.area - 1);
            match answer.value {
                None => errors.add(format!("{at}.value"), "Choose the level that fits best, or say that there is not enough evidence."),
                Some(Value::Scored(_)) if answer.reason.is_empty() => {
                    errors.add(format!("{at}.reason"), "Say what in the notes or on a pad this score rests on.");
                }
                Some(_) => {}
            }
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::error::Error;

    fn answer(area: u8, value: Option<Value>, reason: &str) -> SecondAnswer {
        SecondAnswer { area, value, reason: reason.into() }
    }

    fn fields(errors: &FieldErrors) -> Vec<&str> {
        errors.iter().map(|error| error.field.as_str()).collect()
    }

    #[test]
    fn a_score_needs_a_reason_and_not_enough_evidence_none() {
        let areas = vec![
            answer(1, Some(Value::Scored(4)), " Looked first. "),
            answer(2, Some(Value::NotEnoughEvidence), ""),
            answer(3, Some(Value::Scored(1)), ""),
            answer(4, Some(Value::Scored(2)), "Guessed."),
        ];
        let answers = SecondAnswers::parse(&SecondAnswersInput { areas }).unwrap();
        assert_eq!(answers.scores(), [Some(4), None, Some(1), Some(2), None]);
        assert_eq!(fields(&answers.missing()), ["areas.2.reason", "areas.4.value"]);
        assert_eq!(SecondAnswers::read(answers.json().unwrap()).unwrap(), answers);
    }

    #[test]
    fn what_is_no_answer_is_named() {
        let wrong = |given: SecondAnswer| match SecondAnswers::parse(&SecondAnswersInput { areas: vec![answer(1, None, ""), given] }) {
            Err(Error::Invalid(errors)) => fields(&errors).join(" "),
            other => panic!("{other:?}"),
        };
        assert_eq!(wrong(answer(6, None, "")), "areas.1.area");
        assert_eq!(wrong(answer(0, None, "")), "areas.1.area");
        assert_eq!(wrong(answer(1, None, "")), "areas.1.area");
        assert_eq!(wrong(answer(2, Some(Value::NotAsked), &"x".repeat(LONGEST_REASON + 1))), "areas.1.value areas.1.reason");
    }
}

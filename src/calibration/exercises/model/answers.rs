//! What somebody gives to a gold interview: five areas, each a score, the words it rests on, and when they were said.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::file::AREAS;
use super::feedback::Feedback;
use super::gold::GoldView;
use crate::id_types;
use crate::platform::error::{FieldErrors, Result};
use crate::platform::parse;

id_types! {
    /// What one person gave to one gold interview, once.
    GoldScoreId,
}

/// The longest note of one area.
pub const LONGEST_NOTE: usize = 1_000;
const LATEST: u32 = 4 * 60 * 60;

/// One area, as far as it is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// 1 to 5.
    pub area: u8,
    /// 1 to 5; null while there is none.
    #[serde(default)]
    pub value: Option<u8>,
    /// What was said that the score rests on.
    #[serde(default)]
    pub note: String,
    /// When it was said, in seconds.
    #[serde(default)]
    pub at_seconds: Option<u32>,
}

/// All five, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers(Vec<Answer>);

impl Default for Answers {
    fn default() -> Self {
        Answers(AREAS.map(|area| Answer { area, ..Answer::default() }).collect())
    }
}

/// `PUT`: replaces the draft. An area that is left away is empty.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswersInput {
    pub areas: Vec<Answer>,
}

/// Whose answers they are decides what they lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// In an exercise: a score needs a note and its moment.
    Member,
    /// As an expert: a score needs a reason, and may have a moment.
    Expert,
}

impl Answers {
    pub fn parse(input: &AnswersInput) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let mut answers = Answers::default();
        for (place, given) in input.areas.iter().enumerate() {
            let Some(answer) = answers.0.iter_mut().find(|answer| answer.area == given.area) else {
                errors.add(format!("areas.{place}.area"), "There are five areas, 1 to 5.");
                continue;
            };
            if input.areas.iter().take(place).any(|before| before.area == given.area) {
                errors.add(format!("areas.{place}.area"), "This area stands there twice.");
            }
            let at = format!("areas.{}", given.area - 1);
            if given.value.is_some_and(|value| !(1..=5).contains(&value)) {
                errors.add(format!("{at}.value"), "A score is 1 to 5.");
            }
            if given.at_seconds.is_some_and(|at| at > LATEST) {
                errors.add(format!("{at}.at"), "Give a time of this interview.");
            }
            let note = errors.take(&format!("{at}.note"), parse::text(&given.note, LONGEST_NOTE));
            *answer = Answer { note: note.unwrap_or_default().trim().to_owned(), ..given.clone() };
        }
        errors.check()?;
        Ok(answers)
    }

    /// Of the database; what is not there is empty.
    pub fn read(json: serde_json::Value) -> Result<Self> {
        let mut answers = Answers::default();
        for stored in serde_json::from_value::<Vec<Answer>>(json)? {
            if let Some(answer) = answers.0.iter_mut().find(|answer| answer.area == stored.area) {
                *answer = stored;
            }
        }
        Ok(answers)
    }

    pub fn json(&self) -> Result<serde_json::Value> {
        Ok(serde_json::to_value(&self.0)?)
    }

    pub fn all(&self) -> &[Answer] {
        &self.0
    }

    pub fn area(&self, area: u8) -> Option<&Answer> {
        self.0.iter().find(|answer| answer.area == area)
    }

    pub fn value(&self, area: u8) -> Option<u8> {
        self.area(area).and_then(|answer| answer.value)
    }

    /// What they lack to be submitted, by the names of the form.
    pub fn missing(&self, by: By) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for answer in &self.0 {
            let at = format!("areas.{}", answer.area - 1);
            if answer.value.is_none() {
                errors.add(format!("{at}.value"), "Choose the level that fits best.");
            }
            if answer.note.is_empty() {
                errors.add(
                    format!("{at}.note"),
                    match by {
                        By::Member => "Write down what was said that this score rests on.",
                        By::Expert => "Say why this score and not the one beside it.",
                    },
                );
            }
            if by == By::Member && answer.at_seconds.is_none() {
                errors.add(format!("{at}.at"), "Say when it was said, as in 12:30.");
            }
        }
        errors
    }
}

/// What one gave, or is about to: with the interview, and once it is in with the feedback.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GoldScoreView {
    pub id: GoldScoreId,
    pub exercise_id: Option<super::ExerciseId>,
    /// The exercise whose deadline has passed, or had when these came in: they count for oneself alone, and not there.
    pub late_for: Option<super::ExerciseId>,
    pub gold_interview: GoldView,
    /// Five, in order.
    pub areas: Vec<Answer>,
    /// For the next If-Match.
    pub version: i32,
    pub started_at: DateTime<Utc>,
    /// Since then nothing of it changes.
    pub submitted_at: Option<DateTime<Utc>>,
    /// What it lacks to be submitted.
    pub missing: FieldErrors,
    /// Only once it is in.
    pub feedback: Option<Feedback>,
}

/// What one gave to a gold interview, as one takes it along.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnAnswers {
    /// Its title.
    pub gold_interview: String,
    pub areas: Vec<Answer>,
    pub started_at: DateTime<Utc>,
    pub submitted_at: Option<DateTime<Utc>>,
}

/// One of the list of what one has scored.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GoldScoreOfList {
    pub id: GoldScoreId,
    pub exercise_id: Option<super::ExerciseId>,
    pub gold_interview_id: super::GoldId,
    pub title: String,
    pub started_at: DateTime<Utc>,
    pub submitted_at: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::error::Error;

    fn input(areas: Vec<Answer>) -> AnswersInput {
        AnswersInput { areas }
    }

    fn fields(errors: &FieldErrors) -> Vec<&str> {
        errors.iter().map(|error| error.field.as_str()).collect()
    }

    #[test]
    fn a_draft_may_lack_anything_and_what_it_lacks_is_named() {
        let one = Answer { area: 2, value: Some(4), note: " Counts the queries. \n".into(), at_seconds: Some(750) };
        let answers = Answers::parse(&input(vec![one])).unwrap();
        assert_eq!((answers.all().len(), answers.value(2), answers.value(1)), (5, Some(4), None));
        assert_eq!(answers.area(2).unwrap().note, "Counts the queries.");
        let missing = answers.missing(By::Member);
        assert_eq!(fields(&missing)[..3], ["areas.0.value", "areas.0.note", "areas.0.at"]);
        assert!(!fields(&missing).iter().any(|field| field.starts_with("areas.1.")));
        assert_eq!(answers.missing(By::Expert).len(), 8, "an expert's moment may be missing");
        assert_eq!(Answers::read(answers.json().unwrap()).unwrap(), answers);
    }

    #[test]
    fn what_is_no_answer_is_named() {
        let wrong = |answer: Answer| match Answers::parse(&input(vec![Answer { area: 1, ..Answer::default() }, answer])) {
            Err(Error::Invalid(errors)) => fields(&errors).join(" "),
            other => panic!("{other:?}"),
        };
        assert_eq!(wrong(Answer { area: 6, ..Answer::default() }), "areas.1.area");
        assert_eq!(wrong(Answer { area: 0, ..Answer::default() }), "areas.1.area");
        assert_eq!(wrong(Answer { area: 1, ..Answer::default() }), "areas.1.area");
        let long = "x".repeat(LONGEST_NOTE + 1);
        assert_eq!(
            wrong(Answer { area: 3, value: Some(6), note: long, at_seconds: Some(99_999) }),
            "areas.2.value areas.2.at areas.2.note"
        );
    }
}

//! A plan that keeps every rule, and what is worth another look in it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::view::Warning;
use super::{areas, start};
use crate::policy::{AccountId, Mode, Seat};
use crate::question_sets::{Question, QuestionId, QuestionSetVersion};
use crate::rubrics::{Level, RubricVersion};

/// Ready to be stored.
#[derive(Debug, Clone)]
pub struct Plan {
    pub mode: Mode,
    pub level: Level,
    pub question_set: Arc<QuestionSetVersion>,
    pub rubric: Arc<RubricVersion>,
    pub questions: Vec<QuestionId>,
    pub seats: Vec<PlannedSeat>,
    pub starts_at: DateTime<Utc>,
    pub time_zone: Tz,
    pub minutes: i32,
    pub extra_minutes: i32,
    pub place: String,
    pub instructions: String,
    pub swap_roles: bool,
    pub draft: bool,
}

#[derive(Debug, Clone)]
pub struct PlannedSeat {
    pub account_id: AccountId,
    pub seat: Seat,
    pub areas: Vec<i16>,
}

/// The minutes that questions take by their own budgets.
pub fn question_minutes<'q>(questions: impl IntoIterator<Item = &'q Question>) -> i32 {
    questions.into_iter().map(|question| i32::from(question.minutes)).sum()
}

/// The areas that none of the questions touches.
pub fn uncovered<'q>(questions: impl IntoIterator<Item = &'q Question>) -> Vec<i16> {
    let mut left: Vec<i16> = areas::AREAS.collect();
    for question in questions {
        left.retain(|area| !question.areas.iter().any(|covered| i16::from(*covered) == *area));
    }
    left
}

/// What is worth another look. `minutes` is the planned time without the candidate's extra time, which is
/// theirs and not for more questions.
pub fn warnings(questions: &[&Question], rubric: &RubricVersion, minutes: i32, starts_at: DateTime<Utc>, time_zone: Tz) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let needed = question_minutes(questions.iter().copied());
    if needed > minutes {
        let message = format!("The questions take {needed} minutes; {minutes} are planned. Leave one out, or plan more time.");
        warnings.push(Warning { code: "over-time", message });
    }
    let uncovered = uncovered(questions.iter().copied());
    if !uncovered.is_empty() && !questions.is_empty() {
        let name = |number: &i16| u8::try_from(*number).ok().and_then(|number| rubric.area(number)).map(|area| area.name.clone());
        let names: Vec<_> = uncovered.iter().filter_map(name).collect();
        warnings.push(Warning { code: "uncovered-areas", message: format!("No question covers {}.", join(&names)) });
    }
    if let Some(message) = start::ambiguity(starts_at, time_zone) {
        warnings.push(Warning { code: "time-comes-twice", message });
    }
    warnings
}

/// `a, b and c`.
pub fn join(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

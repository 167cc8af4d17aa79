//! The form over both pages: period, level, rubric; and what the numbers rest on.

use chrono_tz::Tz;
use serde::Serialize;

use super::super::model::{Basis, Period};
use super::words;
use crate::interviews::words::level;
use crate::rubrics::Level;
use crate::web::page::Choice;

#[derive(Debug, Clone, Serialize)]
pub struct Filter {
    pub url: String,
    pub periods: Vec<Choice>,
    pub period: String,
    pub levels: Vec<Choice>,
    pub level: String,
    pub rubrics: Vec<Choice>,
    pub rubric: String,
}

impl Filter {
    pub fn of(basis: &Basis, url: String) -> Self {
        let look = basis.look;
        let choice = |value: String, label: String| Choice { value, label };
        Filter {
            url,
            periods: Period::ALL.iter().map(|period| choice(period.as_str().into(), period.words().into())).collect(),
            period: look.period.as_str().into(),
            levels: Level::ALL.iter().map(|one| choice(one.as_str().into(), level(*one).into())).collect(),
            level: look.level.map(|level| level.as_str().to_owned()).unwrap_or_default(),
            rubrics: basis.rubrics.iter().map(|one| choice(one.id.to_string(), format!("{}, version {}", one.name, one.number))).collect(),
            rubric: basis.rubric.as_ref().map(|rubric| rubric.id.to_string()).unwrap_or_default(),
        }
    }
}

/// As in `Five interviewers, 108 scorecards, 2 Dec 2025 to 14 Nov 2026`.
pub fn rests_on(basis: &Basis, zone: Tz) -> String {
    let (Some(from), Some(to)) = (basis.from, basis.to) else { return "No scorecards in this period yet.".to_owned() };
    let day = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).format("%-d %b %Y").to_string();
    format!(
        "{}, {}, {} to {}.",
        words::capital(&words::count(basis.interviewers, "interviewer", "interviewers")),
        words::count(basis.cards, "scorecard", "scorecards"),
        day(from),
        day(to)
    )
}

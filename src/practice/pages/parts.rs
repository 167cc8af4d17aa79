//! Pieces that several pages of practice show.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;

use super::super::model::{AttemptId, AttemptOfList, AttemptPhase, MockId, OwnScale};
use crate::policy::{Actor, TeamId};
use crate::rubrics::Level;
use crate::web::page::{Choice, Crumb};
use crate::web::times::Moment;

/// Minutes to think that a page offers.
const THINKING: [u16; 4] = [0, 1, 2, 5];

pub fn practice_url(team: TeamId) -> String {
    format!("/teams/{team}/practice")
}

pub fn attempts_url(team: TeamId) -> String {
    format!("/teams/{team}/attempts")
}

pub fn attempt_url(team: TeamId, id: AttemptId) -> String {
    format!("/teams/{team}/attempts/{id}")
}

pub fn mock_url(team: TeamId, id: MockId) -> String {
    format!("/teams/{team}/practice/mocks/{id}")
}

pub fn shares_url(team: TeamId) -> String {
    format!("/teams/{team}/practice/shares")
}

/// The way to a page below the desk.
pub fn crumbs(team: TeamId, label: &str) -> Vec<Crumb> {
    vec![Crumb { label: "Practice".into(), url: Some(practice_url(team)) }, Crumb { label: label.into(), url: None }]
}

pub fn levels() -> Vec<Choice> {
    Level::ALL.iter().map(|level| Choice { value: level.to_string(), label: level.label().into() }).collect()
}

pub fn thinking() -> Vec<Choice> {
    let words = |minutes: u16| match minutes {
        0 => "None".to_owned(),
        1 => "1 minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    };
    THINKING.iter().map(|minutes| Choice { value: (minutes * 60).to_string(), label: words(*minutes) }).collect()
}

/// The way to a page below what is shared.
pub fn share_crumbs(team: TeamId, label: &str) -> Vec<Crumb> {
    let way = [("Practice", practice_url(team)), ("Shared", shares_url(team))];
    let way = way.into_iter().map(|(label, url)| Crumb { label: label.into(), url: Some(url) });
    way.chain([Crumb { label: label.into(), url: None }]).collect()
}

/// Time that runs, by the server's clock.
#[derive(Debug, Clone, Serialize)]
pub struct Running {
    pub starts_at: String,
    pub server_now: String,
    /// As it is when the page is made.
    pub text: String,
    pub total_seconds: i64,
    /// As in `5 min`.
    pub planned: String,
    pub over: bool,
}

impl Running {
    pub fn of(since: DateTime<Utc>, now: DateTime<Utc>, total_seconds: i64) -> Self {
        let used = (now - since).num_seconds().max(0);
        Running {
            starts_at: iso(since),
            server_now: iso(now),
            text: clock(used),
            total_seconds,
            planned: if total_seconds % 60 == 0 { format!("{} min", total_seconds / 60) } else { format!("{total_seconds} s") },
            over: used > total_seconds,
        }
    }
}

/// RFC 3339 in UTC.
pub fn iso(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// As in `4:05`.
pub fn clock(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// As in `4:05 of 5 min`, and whether it was over.
pub fn used(seconds: i64, minutes: i32) -> (String, bool) {
    (format!("{} of {minutes} min", clock(seconds)), seconds > i64::from(minutes) * 60)
}

/// As in `Tue 3 Mar 2026`.
pub fn day(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// A day beside today: `today`, `tomorrow`, `in 6 days (Tue 3 Mar 2026)`.
pub fn coming(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        ..=0 => "today".into(),
        1 => "tomorrow".into(),
        days => format!("in {days} days, on {}", day(date)),
    }
}

/// The day it is for this reader.
pub fn today(actor: &Actor, now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&actor.time_zone()).date_naive()
}

/// One attempt in a list.
#[derive(Debug, Clone, Serialize)]
pub struct AttemptRow {
    /// None when one has left its team.
    pub url: Option<String>,
    /// Its title once it is scored, else the prompt.
    pub text: String,
    pub level: &'static str,
    pub area: String,
    pub state: &'static str,
    pub kind: &'static str,
    pub score: Option<u8>,
    pub would_pass: Option<u8>,
    pub used: Option<String>,
    pub over: bool,
    pub at: Moment,
    pub mock: bool,
    /// What is to be done with it.
    pub action: &'static str,
}

impl AttemptRow {
    pub fn of(attempt: &AttemptOfList, areas: &[String], actor: &Actor) -> Self {
        let (state, kind, action) = match attempt.phase {
            AttemptPhase::Thinking | AttemptPhase::Answering => ("Not finished", "warn", "Go on"),
            AttemptPhase::Scoring => ("To be scored", "accent", "Score it"),
            AttemptPhase::Scored => ("Scored", "", "Look at it"),
        };
        let used = attempt.answer_seconds.map(|seconds| used(seconds, attempt.minutes));
        AttemptRow {
            url: attempt.team_id.map(|team| attempt_url(team, attempt.id)),
            text: attempt.title.clone().unwrap_or_else(|| attempt.prompt.clone()),
            level: attempt.level.label(),
            area: usize::from(attempt.area).checked_sub(1).and_then(|place| areas.get(place)).cloned().unwrap_or_default(),
            state,
            kind,
            score: attempt.area_score,
            would_pass: attempt.would_pass,
            over: used.as_ref().is_some_and(|(_, over)| *over),
            used: used.map(|(text, _)| text),
            at: Moment::of(attempt.started_at, actor.time_zone()),
            mock: attempt.mock_id.is_some(),
            action,
        }
    }
}

/// A level of an anchored scale.
#[derive(Debug, Clone, Serialize)]
pub struct LevelPart {
    pub value: u8,
    pub title: String,
    pub text: String,
}

/// The levels of a question's own anchors, and of an area's.
pub fn scale_levels(scale: &OwnScale) -> (Vec<LevelPart>, Vec<LevelPart>) {
    let question =
        scale.question_anchors.iter().map(|anchor| LevelPart { value: anchor.level, title: String::new(), text: anchor.text.clone() });
    let area =
        scale.area.anchors.iter().map(|anchor| LevelPart { value: anchor.level, title: anchor.label.clone(), text: anchor.text.clone() });
    (question.collect(), area.collect())
}

/// Something to tick.
#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    pub index: usize,
    pub text: String,
    pub on: bool,
}

pub fn ticks<T: AsRef<str>>(lines: &[T], on: &[u8]) -> Vec<Tick> {
    let is_on = |index: usize| on.iter().any(|place| usize::from(*place) == index);
    lines.iter().enumerate().map(|(index, line)| Tick { index, text: line.as_ref().to_owned(), on: is_on(index) }).collect()
}

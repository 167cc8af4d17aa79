//! How practice goes.

use chrono::{Months, TimeDelta};

use super::super::honesty;
use super::super::model::{AreaGap, AreaProgress, ProgressView, SelfGap, TopicProgress};
use super::super::store::{attempts, figures};
use super::author;
use crate::calibration::statistics::moments::mean;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::Actor;
use crate::question_sets::Topic;
use crate::reports::{self, Beside};
use crate::rubrics::{self, Area, Level};

/// What counts as recent.
const RECENT: TimeDelta = TimeDelta::weeks(4);
/// Interviews whose reports are looked at.
const INTERVIEWS: i64 = 200;
/// How far back the months go.
const YEAR: Months = Months::new(12);

/// One's own, measured by a level; by that of the newest attempt where none is named. As many queries for two thousand
/// attempts as for twenty.
pub fn progress(tx: &mut Tx, actor: &Actor, level: Option<Level>) -> Result<ProgressView> {
    let (_, account) = author(actor)?;
    let (zone, now) = (actor.time_zone(), tx.now);
    let level = match level {
        Some(level) => level,
        None => attempts::last_level(tx, account)?.unwrap_or(Level::Mid),
    };
    let rubric = rubrics::for_practice(tx, actor, None)?;
    let sums = figures::areas(tx, account, now - RECENT)?;
    let mut months = figures::months(tx, account, zone, now.checked_sub_months(YEAR).unwrap_or(now))?;
    let topics = figures::topics(tx, account)?;
    let area = |area: &rubrics::Area| {
        let known = sums.get(&area.number).map(|(sums, _)| *sums).unwrap_or_default();
        let expected = *area.expected.at(level);
        let (readiness, reason) = known.readiness(level, expected);
        AreaProgress {
            area: area.number,
            name: area.name.clone(),
            attempts: known.attempts,
            expected,
            mean: known.estimate(),
            change: known.change(),
            months: months.remove(&area.number).unwrap_or_default(),
            readiness,
            reason,
        }
    };
    let topic = |topic: &Topic| {
        let (attempts, questions) = topics.get(topic.as_str()).copied().unwrap_or_default();
        TopicProgress { topic: *topic, attempts, questions }
    };
    Ok(ProgressView {
        level,
        attempts: sums.values().map(|(sums, _)| sums.attempts).sum(),
        recent: sums.values().map(|(_, recent)| recent).sum(),
        areas: rubric.areas.iter().map(area).collect(),
        topics: Topic::ALL.iter().map(topic).collect(),
        honesty: honesty::honesty(&figures::said(tx, account)?),
        self_gap: self_gap(&reports::beside_own(tx, actor, INTERVIEWS)?, &rubric.areas),
    })
}

/// Own scores less interviewers', over interviews: two areas of one interview are not two proofs.
fn self_gap(interviews: &[Vec<Beside>], areas: &[Area]) -> SelfGap {
    let of = |beside: &Beside| f64::from(beside.own) - beside.given;
    let whole: Vec<f64> = interviews.iter().filter_map(|areas| mean(&areas.iter().map(of).collect::<Vec<_>>())).collect();
    let area = |area: &Area| {
        let both: Vec<&Beside> = interviews.iter().flatten().filter(|beside| beside.area == area.number).collect();
        let side = |value: fn(&Beside) -> f64| honesty::score(&both.iter().map(|beside| value(beside)).collect::<Vec<_>>());
        (!both.is_empty()).then(|| AreaGap {
            area: area.number,
            name: area.name.clone(),
            interviews: both.len(),
            own: side(|beside| f64::from(beside.own)),
            given: side(|beside| beside.given),
            gap: honesty::gap(&both.iter().map(|beside| of(beside)).collect::<Vec<_>>()),
            reason: honesty::too_few(both.len() as i64, "interviews"),
        })
    };
    SelfGap { interviews: interviews.len(), all: honesty::gap(&whole), areas: areas.iter().filter_map(area).collect() }
}

//! What can be practised now.

use std::sync::Arc;

use super::super::model::{DeskView, DueView, HOW, NewSchedule, OpenSetView, Schedule, WeakArea};
use super::super::store::attempts::{self, Which};
use super::super::store::{cards, figures, mocks};
use super::{author, today};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::Actor;
use crate::question_sets::{self, QuestionSetVersion};
use crate::rubrics::{self, Level, PerLevel};
use crate::web::paging::Slice;

/// Everything that is on it; as many queries however much was practised.
pub fn desk(tx: &mut Tx, actor: &Actor) -> Result<DeskView> {
    let (team, account) = author(actor)?;
    let sets = question_sets::practisable(tx, actor)?;
    Ok(DeskView {
        due: due(tx, actor)?,
        weak_areas: weak_areas(tx, actor)?,
        sets: sets.iter().map(open_set).collect(),
        open: attempts::list(tx, account, Which::Open, &Slice::first())?,
        mock_id: mocks::running(tx, team, account)?,
        level: attempts::last_level(tx, account)?.unwrap_or(Level::Mid),
    })
}

/// What comes back today, as far as the day's share goes.
pub fn due(tx: &mut Tx, actor: &Actor) -> Result<DueView> {
    let (team, account) = author(actor)?;
    let Share { due, left, schedule } = share_of_today(tx, actor)?;
    let (day, paused) = (today(tx, actor), schedule.paused_on.is_some());
    let items = cards::due(tx, account, team, day, left)?;
    let next_on = if items.is_empty() && !paused { cards::next_on(tx, account, team, day)? } else { None };
    let later = if paused { 0 } else { due - items.len() as i64 };
    Ok(DueView { later, items, next_on, schedule, how: HOW })
}

/// How many come back today.
pub fn due_count(tx: &mut Tx, actor: &Actor) -> Result<usize> {
    let Share { due, left, .. } = share_of_today(tx, actor)?;
    Ok(usize::try_from(due.min(left)).unwrap_or_default())
}

/// How much of what has come back is for today.
struct Share {
    /// All that has come back by today.
    due: i64,
    /// So many of them are still for today: none in a pause, none past the day's share.
    left: i64,
    schedule: Schedule,
}

/// What the desk shows, what home counts and what may be begun all rest on this.
fn share_of_today(tx: &mut Tx, actor: &Actor) -> Result<Share> {
    let (team, account) = author(actor)?;
    let day = today(tx, actor);
    let (due, answered, schedule) = cards::today(tx, account, team, day)?;
    let left = if schedule.paused_on.is_some() { 0 } else { (i64::from(schedule.daily) - answered).max(0) };
    Ok(Share { due, left, schedule })
}

/// How many come back on one day, and whether any does. What waited through a pause comes back as many days later.
pub fn set_schedule(tx: &mut Tx, actor: &Actor, new: NewSchedule) -> Result<DueView> {
    let (_, account) = author(actor)?;
    let new = new.check()?;
    let (day, before) = (today(tx, actor), cards::schedule(tx, account)?);
    let paused_on = match (before.paused_on, new.paused) {
        (Some(since), true) => Some(since),
        (None, true) => Some(day),
        (Some(since), false) => {
            cards::put_off(tx, account, since, u64::try_from((day - since).num_days()).unwrap_or_default())?;
            None
        }
        (None, false) => None,
    };
    cards::set_schedule(tx, account, Schedule { daily: new.daily, paused_on })?;
    due(tx, actor)
}

/// What the areas are called, in their order.
pub fn area_names(tx: &mut Tx, actor: &Actor) -> Result<Vec<String>> {
    author(actor)?;
    Ok(rubrics::for_practice(tx, actor, None)?.areas.iter().map(|area| area.name.clone()).collect())
}

/// The areas, the lowest of which enough is known first; then the others, the least practised first.
pub(super) fn weak_areas(tx: &mut Tx, actor: &Actor) -> Result<Vec<WeakArea>> {
    let (_, account) = author(actor)?;
    let (rubric, now) = (rubrics::for_practice(tx, actor, None)?, tx.now);
    let sums = figures::areas(tx, account, now)?;
    let area = |area: &rubrics::Area| {
        let sums = sums.get(&area.number).map(|(sums, _)| *sums).unwrap_or_default();
        let (mean, reason) = (sums.estimate(), sums.too_few());
        WeakArea { area: area.number, name: area.name.clone(), attempts: sums.attempts, mean, reason }
    };
    let mut areas: Vec<WeakArea> = rubric.areas.iter().map(area).collect();
    let last = |area: &WeakArea| area.mean.map_or(f64::INFINITY, |mean| mean.value);
    areas.sort_by(|one, other| last(one).total_cmp(&last(other)).then(one.attempts.cmp(&other.attempts)).then(one.area.cmp(&other.area)));
    Ok(areas)
}

fn open_set(version: &Arc<QuestionSetVersion>) -> OpenSetView {
    let fitting = |level| version.questions.iter().filter(|question| question.fits(level)).count();
    OpenSetView {
        question_set_version_id: version.id,
        number: version.number,
        name: version.name.clone(),
        description: version.description.clone(),
        built_in: version.built_in,
        questions: PerLevel { entry: fitting(Level::Entry), mid: fitting(Level::Mid), senior: fitting(Level::Senior) },
    }
}

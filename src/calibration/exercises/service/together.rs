//! What a team learns together: distributions of at least three people, and the discussion.

use std::sync::Arc;

use super::super::file::AREAS;
use super::super::model::{
    DiscussionView, Distribution, DistributionOf, DistributionOfArea, ExerciseId, GoldVersion, LEAST_PEOPLE, Stage, WideArea,
};
use super::super::progress::Progress;
use super::super::store::exercises::{self, InterviewRow};
use super::super::store::scores::{self, ScoreRow};
use super::running::find;
use super::{Sight, version};
use crate::calibration::statistics::moments::{mean, sd};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, AccountId, Act, Actor, TeamId};
use crate::rubrics::{self, NewRubric, RubricVersion, TeamRubricView};

/// Everything that a page of the team's scores is made from.
pub struct Together {
    pub progress_stage: Stage,
    pub name: String,
    pub distribution: Distribution,
    pub rubric: Arc<RubricVersion>,
    /// The reader may know everything that was scored first.
    pub sees: bool,
}

/// How the team scored each interview of an exercise: for those whose own is in, and from three people on. While others
/// still score it grows by three at a time, so that who looks twice does not find out what one more gave.
pub fn distribution(tx: &mut Tx, actor: &Actor, id: ExerciseId) -> Result<Distribution> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let progress = find(tx, team, id)?;
    let sight = Sight::of(tx, team, account)?;
    let given = scores::submitted_in(tx, team, id)?;
    let mut interviews = Vec::new();
    for row in progress.interviews.iter().filter(|row| !row.held_back || progress.exercise.discussed_at.is_some()) {
        let version = version(tx, row.version)?;
        let of_it: Vec<&ScoreRow> = given.iter().filter(|given| given.gold == row.gold).collect();
        let shown = if sight.sees(row.gold) { shown(of_it.len(), progress.is_over(row.held_back)) } else { 0 };
        interviews.push(of_interview(row, &version, &of_it, (shown, account)));
    }
    Ok(Distribution { interviews })
}

/// Of how many people the scores are shown, out of those that are in.
fn shown(submitted: usize, over: bool) -> usize {
    let shown = if over { submitted } else { submitted - submitted % LEAST_PEOPLE };
    if shown < LEAST_PEOPLE { 0 } else { shown }
}

fn of_interview(row: &InterviewRow, version: &GoldVersion, given: &[&ScoreRow], (shown, account): (usize, AccountId)) -> DistributionOf {
    let counted = given.get(..shown).unwrap_or_default();
    let own = given.iter().find(|row| row.account == account);
    let area = |area: u8| {
        let values: Vec<u8> = counted.iter().filter_map(|row| row.answers.value(area)).collect();
        let numbers: Vec<f64> = values.iter().copied().map(f64::from).collect();
        DistributionOfArea {
            area,
            counts: [1, 2, 3, 4, 5].map(|level| values.iter().filter(|value| **value == level).count()),
            own: own.and_then(|row| row.answers.value(area)),
            reference: version.file.consensus(area).map(|consensus| consensus.value).unwrap_or_default(),
            contested: version.file.contested(area),
            spread: sd(&numbers).unwrap_or_default(),
        }
    };
    DistributionOf {
        gold_interview_id: row.gold,
        title: version.file.title.clone(),
        held_back: row.held_back,
        people: (shown > 0).then_some(shown),
        areas: if shown > 0 { AREAS.map(area).collect() } else { Vec::new() },
    }
}

pub fn together(tx: &mut Tx, actor: &Actor, id: ExerciseId) -> Result<Together> {
    let distribution = distribution(tx, actor, id)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let progress = find(tx, team, id)?;
    let rubric = rubric(tx, &progress)?;
    let sees = sees_first(tx, (team, account), &progress)?;
    Ok(Together { progress_stage: progress.stage(), name: progress.exercise.name.clone(), distribution, rubric, sees })
}

/// What the exercise is scored by.
fn rubric(tx: &mut Tx, progress: &Progress) -> Result<Arc<RubricVersion>> {
    let first = progress.interviews.first().ok_or(Error::NotFound)?.version;
    let version = version(tx, first)?;
    rubrics::version(tx, version.rubric)
}

/// The areas in which the team was furthest apart, and what was said of them. Empty for who may not know yet.
pub fn discussion(tx: &mut Tx, actor: &Actor, id: ExerciseId) -> Result<DiscussionView> {
    let distribution = distribution(tx, actor, id)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let progress = find(tx, team, id)?;
    let sees = progress.is_over(false) && sees_first(tx, (team, account), &progress)?;
    let row = &progress.exercise;
    let changed_by = match row.notes_changed_by.filter(|_| sees) {
        Some(account) => exercises::name_of(tx, account)?,
        None => None,
    };
    Ok(DiscussionView {
        widest: if sees { widest(&distribution) } else { Vec::new() },
        notes: if sees { row.notes.clone() } else { String::new() },
        version: row.notes_version,
        changed_by,
        closed_at: row.discussed_at,
    })
}

/// Whether the reader may know everything that was scored first.
fn sees_first(tx: &mut Tx, (team, account): (TeamId, AccountId), progress: &Progress) -> Result<bool> {
    let sight = Sight::of(tx, team, account)?;
    Ok(progress.part(false).all(|row| sight.sees(row.gold)))
}

/// How many areas a discussion is about.
const TALKED_ABOUT: usize = 2;

/// By their spread within an interview, averaged over what was scored first: the widest first.
fn widest(distribution: &Distribution) -> Vec<WideArea> {
    let first: Vec<&DistributionOf> = distribution.interviews.iter().filter(|of| !of.held_back && of.people.is_some()).collect();
    let of = |area: u8| {
        let spreads: Vec<f64> = first.iter().flat_map(|of| &of.areas).filter(|of| of.area == area).map(|of| of.spread).collect();
        mean(&spreads).map(|spread| WideArea { area, spread })
    };
    let mut areas: Vec<WideArea> = AREAS.filter_map(of).collect();
    areas.sort_by(|a, b| b.spread.total_cmp(&a.spread).then(a.area.cmp(&b.area)));
    areas.truncate(TALKED_ABOUT);
    areas
}

/// Keeps what was said, if the notes are still at `version`.
pub fn write_notes(tx: &mut Tx, actor: &Actor, id: ExerciseId, version: i32, notes: &str) -> Result<DiscussionView> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let row = exercises::lock(tx, team, id)?.ok_or(Error::NotFound)?;
    let progress = find(tx, team, id)?;
    check_leads(tx, (team, account), &progress)?;
    if row.notes_version != version {
        let current = discussion(tx, actor, id)?;
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    exercises::write_notes(tx, team, id, notes, actor.account_or_none())?;
    discussion(tx, actor, id)
}

/// Ends the discussion; what was held back is given now.
pub fn close_discussion(tx: &mut Tx, actor: &Actor, id: ExerciseId) -> Result<DiscussionView> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let row = exercises::lock(tx, team, id)?.ok_or(Error::NotFound)?;
    let progress = find(tx, team, id)?;
    if row.discussed_at.is_some() {
        return Err(Error::conflict("closed", "This discussion was closed before."));
    }
    check_leads(tx, (team, account), &progress)?;
    if progress.part(true).next().is_some() && progress.is_late(true) {
        let detail = "The deadline for what is held back has passed. Move it first, then close the discussion.";
        return Err(Error::conflict("second-deadline-passed", detail));
    }
    exercises::close_discussion(tx, team, id, actor.account_or_none())?;
    discussion(tx, actor, id)
}

/// Who writes its notes or ends it has scored what it is about.
fn check_leads(tx: &mut Tx, reader: (TeamId, AccountId), progress: &Progress) -> Result<()> {
    if progress.stage() == Stage::Scoring {
        let detail = "The team still scores. The discussion begins when everybody is in, or at the deadline.";
        return Err(Error::conflict("still-scoring", detail));
    }
    if !sees_first(tx, reader, progress)? {
        let detail = "Score the interviews of this exercise first, on your own. Then lead the discussion.";
        return Err(Error::conflict("score-first", detail));
    }
    Ok(())
}

/// A draft in which the anchors of this exercise's rubric can be changed: the team's own rubric, its copy of the built-in
/// one, or a new copy.
pub fn rubric_draft(tx: &mut Tx, actor: &Actor, id: ExerciseId) -> Result<TeamRubricView> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let progress = find(tx, actor.team_id()?, id)?;
    let rubric = rubric(tx, &progress)?;
    if rubric.team.is_some() {
        return rubrics::show_rubric(tx, actor, rubric.rubric);
    }
    match rubrics::copy_of(tx, actor, rubric.rubric)? {
        Some(copy) => rubrics::show_rubric(tx, actor, copy),
        None => {
            let name: String = format!("{}, ours", rubric.name).chars().take(80).collect();
            rubrics::create(tx, actor, &NewRubric { name, slug: None, copy_of: Some(rubric.id) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_than_three_are_never_shown_and_while_others_score_it_grows_by_three() {
        let growing: Vec<usize> = (0..=8).map(|submitted| shown(submitted, false)).collect();
        assert_eq!(growing, [0, 0, 0, 3, 3, 3, 6, 6, 6]);
        let over: Vec<usize> = (0..=5).map(|submitted| shown(submitted, true)).collect();
        assert_eq!(over, [0, 0, 0, 3, 4, 5]);
    }
}

//! Scoring a gold interview: begun, saved, submitted; and what one learns then.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::super::measures;
use super::super::model::{
    AGAIN_AFTER, Answers, By, ExerciseId, Feedback, GoldId, GoldOfList, GoldScoreId, GoldScoreOfList, GoldScoreView, GoldVersion, GoldView,
    OwnState, Step,
};
use super::super::store::scores::{self, ScoreRow};
use super::{Sight, newest, progress, store, version};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, AccountId, Act, Actor, TeamId};
use crate::web::api::List;
use crate::web::paging::Slice;

/// A place in the list of what one has scored.
pub type ScorePlace = (DateTime<Utc>, GoldScoreId);

/// The published gold interviews, with where the reader stands with each. What is held back from them is not there.
pub fn gold_interviews(tx: &mut Tx, actor: &Actor) -> Result<List<GoldOfList>> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let sight = Sight::of(tx, team, account)?;
    let (own, made) = (scores::own(tx, team, account)?, scores::made(tx, team, account)?);
    let now = tx.now;
    let versions = newest(tx, team)?;
    let shown = versions.iter().filter(|version| !sight.hidden.contains(&version.gold));
    let items = shown.map(|version| GoldOfList {
        id: version.gold,
        version_id: version.id,
        number: version.number,
        title: version.file.title.clone(),
        summary: version.file.summary.clone(),
        level: version.file.level,
        minutes: version.file.minutes,
        built_in: version.team.is_none(),
        own: own_state((version.gold, sight.waits_in.get(&version.gold)), &own, &made, now),
    });
    Ok(List { items: items.collect(), next_cursor: None })
}

fn own_state((gold, waits_in): (GoldId, Option<&ExerciseId>), own: &[ScoreRow], made: &[GoldId], now: DateTime<Utc>) -> OwnState {
    let of_it = || own.iter().filter(|row| row.gold == gold);
    if let Some(begun) = of_it().find(|row| row.submitted_at.is_none()) {
        return OwnState::Begun { score_id: begun.id };
    }
    if made.contains(&gold) {
        return OwnState::Maker;
    }
    match of_it().filter_map(|row| Some((row.submitted_at?, row.id))).max() {
        Some((submitted_at, score_id)) if submitted_at + AGAIN_AFTER > now => {
            OwnState::Scored { score_id, again_from: submitted_at + AGAIN_AFTER }
        }
        _ => waits_in.map_or(OwnState::Open, |exercise| OwnState::InExercise { exercise_id: *exercise }),
    }
}

/// Begins to score one alone; what was begun goes on.
pub fn begin_alone(tx: &mut Tx, actor: &Actor, gold: GoldId) -> Result<GoldScoreView> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    scores::hold_member(tx, team, account)?;
    let sight = Sight::of(tx, team, account)?;
    let version = newest(tx, team)?.into_iter().find(|version| version.gold == gold && !sight.hidden.contains(&gold));
    let version = version.ok_or(Error::NotFound)?;
    let (own, made) = (scores::own(tx, team, account)?, scores::made(tx, team, account)?);
    let id = match own_state((gold, sight.waits_in.get(&gold)), &own, &made, tx.now) {
        OwnState::Begun { score_id } => score_id,
        OwnState::Maker => return Err(had_a_hand()),
        OwnState::Scored { again_from, .. } => return Err(too_early(again_from)),
        OwnState::InExercise { .. } => {
            let detail = "It waits for you in an exercise. Score it there, so that it counts.";
            return Err(Error::conflict("scored-in-an-exercise", detail));
        }
        OwnState::Open => scores::insert(tx, team, account, &version, None)?,
    };
    score(tx, actor, id)
}

/// Begins the next interview of an exercise, in one's own order; what was begun goes on.
pub fn begin_next(tx: &mut Tx, actor: &Actor, id: ExerciseId) -> Result<GoldScoreView> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    scores::hold_member(tx, team, account)?;
    let row = store::exercises::find(tx, team, id)?.ok_or(Error::NotFound)?;
    let progress = progress(tx, team, vec![row])?.pop().ok_or(Error::NotFound)?;
    let held_back = progress.exercise.discussed_at.is_some();
    let steps = progress.steps(account, held_back);
    let next = steps.into_iter().find(|(_, step)| matches!(step, Step::Next | Step::Begun { .. }));
    let score_id = match next {
        Some((_, Step::Begun { score_id })) => score_id,
        Some((interview, _)) => {
            let version = version(tx, interview.version)?;
            begin(tx, (team, account), &version, id)?
        }
        None => return Err(Error::conflict("nothing-waits", "Nothing of this exercise waits for you.")),
    };
    score(tx, actor, score_id)
}

/// What was begun alone goes on as the exercise's.
fn begin(tx: &mut Tx, (team, account): (TeamId, AccountId), version: &GoldVersion, exercise: ExerciseId) -> Result<GoldScoreId> {
    let own = scores::own(tx, team, account)?;
    match own.iter().find(|row| row.gold == version.gold && row.submitted_at.is_none()) {
        Some(row) => {
            scores::adopt(tx, team, row.id, version, exercise)?;
            Ok(row.id)
        }
        None => scores::insert(tx, team, account, version, Some(exercise)),
    }
}

/// One's own, as it is now: a draft with nothing of the reference, or what is in with all of it.
pub fn score(tx: &mut Tx, actor: &Actor, id: GoldScoreId) -> Result<GoldScoreView> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let row = scores::find(tx, team, account, id)?.ok_or(Error::NotFound)?;
    let version = version(tx, row.gold_version)?;
    let feedback = feedback(tx, (team, account), &row, &version)?;
    let late = late(tx, (team, account), &row)?;
    let interview = GoldView::of(&version, super::audio::audio_of(tx, team, row.gold)?);
    Ok(view(row, interview, feedback, late))
}

/// The exercise that these come too late for.
fn late(tx: &mut Tx, (team, account): (TeamId, AccountId), row: &ScoreRow) -> Result<Option<ExerciseId>> {
    if row.exercise.is_some() && row.submitted_at.is_some() {
        return Ok(None);
    }
    let until = row.submitted_at.unwrap_or(tx.now);
    let passed = store::exercises::passed(tx, (team, account), row.gold, (row.started_at, until))?;
    Ok(passed.into_iter().find(|id| row.exercise.is_none_or(|own| own == *id)))
}

/// Of what is in; and not while the same interview waits to be scored again.
fn feedback(tx: &mut Tx, (team, account): (TeamId, AccountId), row: &ScoreRow, version: &GoldVersion) -> Result<Option<Feedback>> {
    let sees = row.submitted_at.is_some() && Sight::of(tx, team, account)?.sees(row.gold);
    Ok(sees.then(|| measures::feedback(&version.file, &row.answers)))
}

fn view(row: ScoreRow, gold_interview: GoldView, feedback: Option<Feedback>, late_for: Option<ExerciseId>) -> GoldScoreView {
    GoldScoreView {
        id: row.id,
        exercise_id: row.exercise,
        late_for,
        gold_interview,
        missing: if row.submitted_at.is_none() { row.answers.missing(By::Member) } else { Default::default() },
        areas: row.answers.all().to_vec(),
        version: row.version,
        started_at: row.started_at,
        submitted_at: row.submitted_at,
        feedback,
    }
}

/// One page of what one has begun and given, the newest first.
pub fn own_scores(tx: &mut Tx, actor: &Actor, slice: &Slice<ScorePlace>) -> Result<List<GoldScoreOfList>> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let rows = scores::own(tx, actor.team_id()?, actor.account()?)?;
    let ids: Vec<_> = rows.iter().map(|row| row.gold_version).collect();
    let titles: HashMap<_, _> = super::load(tx, &ids)?.into_iter().map(|version| (version.id, version.file.title.clone())).collect();
    let place = |row: &GoldScoreOfList| (row.started_at, row.id);
    let items = rows.into_iter().map(|row| GoldScoreOfList {
        id: row.id,
        exercise_id: row.exercise,
        gold_interview_id: row.gold,
        title: titles.get(&row.gold_version).cloned().unwrap_or_default(),
        started_at: row.started_at,
        submitted_at: row.submitted_at,
    });
    let after = |row: &GoldScoreOfList| slice.after.is_none_or(|after| place(row) < after);
    slice.list(items.filter(after).take(slice.rows() as usize).collect(), place)
}

/// Replaces the draft, if it is still at `version`.
pub fn save_score(tx: &mut Tx, actor: &Actor, id: GoldScoreId, version: i32, answers: &Answers) -> Result<GoldScoreView> {
    let row = draft(tx, actor, id, version)?;
    scores::save(tx, actor.team_id()?, row.id, answers)?;
    score(tx, actor, id)
}

/// Locks what is there, for ever. What comes after the deadline counts for oneself alone.
pub fn submit_score(tx: &mut Tx, actor: &Actor, id: GoldScoreId) -> Result<GoldScoreView> {
    let (team, row) = locked(tx, actor, id)?;
    row.answers.missing(By::Member).check()?;
    let exercise = match row.exercise {
        Some(exercise) => in_time(tx, team, exercise, row.gold)?,
        None => None,
    };
    scores::submit(tx, team, id, exercise)?;
    score(tx, actor, id)
}

/// The same of a form, which brings the last words with it.
pub fn save_and_submit(tx: &mut Tx, actor: &Actor, id: GoldScoreId, version: i32, answers: &Answers) -> Result<GoldScoreView> {
    let row = draft(tx, actor, id, version)?;
    scores::save(tx, actor.team_id()?, row.id, answers)?;
    submit_score(tx, actor, id)
}

fn in_time(tx: &mut Tx, team: TeamId, exercise: ExerciseId, gold: GoldId) -> Result<Option<ExerciseId>> {
    let Some(row) = store::exercises::find(tx, team, exercise)? else { return Ok(None) };
    let progress = progress(tx, team, vec![row])?.pop().ok_or(Error::NotFound)?;
    let held_back = progress.interviews.iter().any(|row| row.gold == gold && row.held_back);
    Ok(Some(exercise).filter(|_| !progress.is_late(held_back)))
}

fn draft(tx: &mut Tx, actor: &Actor, id: GoldScoreId, version: i32) -> Result<ScoreRow> {
    let (_, row) = locked(tx, actor, id)?;
    if row.version != version {
        let current = score(tx, actor, id)?;
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    Ok(row)
}

fn locked(tx: &mut Tx, actor: &Actor, id: GoldScoreId) -> Result<(TeamId, ScoreRow)> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let (team, account) = (actor.team_id()?, actor.account()?);
    let row = scores::lock(tx, team, account, id)?.ok_or(Error::NotFound)?;
    match row.submitted_at {
        Some(_) => Err(Error::conflict("submitted", "Your scores are in. Nothing of them changes any more.")),
        None => Ok((team, row)),
    }
}

fn had_a_hand() -> Error {
    Error::conflict("had-a-hand", "You had a hand in this gold interview, so you know too much to score it.")
}

fn too_early(again_from: DateTime<Utc>) -> Error {
    let day = again_from.format("%-d %B %Y");
    Error::conflict("scored-lately", format!("You have scored it not long ago. From {day} on you can score it again."))
}

/// Everything the page of a score is made from.
pub struct ScoreDesk {
    pub view: GoldScoreView,
    pub rubric: Arc<crate::rubrics::RubricVersion>,
    /// The exercise it belongs to, by name.
    pub exercise: Option<(ExerciseId, String)>,
    /// The one it comes too late for.
    pub late: Option<(ExerciseId, String)>,
}

pub fn score_desk(tx: &mut Tx, actor: &Actor, id: GoldScoreId) -> Result<ScoreDesk> {
    let view = score(tx, actor, id)?;
    let team = actor.team_id()?;
    let mut named = |id: Option<ExerciseId>| match id {
        Some(id) => Ok(store::exercises::find(tx, team, id)?.map(|row| (row.id, row.name))),
        None => Ok::<_, Error>(None),
    };
    let (exercise, late) = (named(view.exercise_id)?, named(view.late_for)?);
    Ok(ScoreDesk { rubric: crate::rubrics::version(tx, view.gold_interview.rubric_version_id)?, exercise, late, view })
}

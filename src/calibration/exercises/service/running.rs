//! Exercises: made by a lead, found by everybody who may take part.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::model::{
    AGAIN_AFTER, ExerciseId, ExerciseInterview, ExerciseView, GoldId, GoldVersion, GoldVersionId, NewExercise, Plan, Stage, Step,
    WaitingExercise,
};
use super::super::progress::Progress;
use super::super::store::exercises::{self, InterviewRow};
use super::super::store::scores;
use super::{Sight, leads_exercises, load, newest, progress};
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{self, AccountId, Act, Actor, Role, TeamId};
use crate::teams::{self, MemberView};
use crate::web::api::List;
use crate::web::paging::Slice;

/// An exercise beyond this is a slip of the pen.
const LONGEST: TimeDelta = TimeDelta::days(366);

/// A place in the list of exercises.
pub type ExercisePlace = (DateTime<Utc>, ExerciseId);

/// One page of the team's exercises, the latest deadline first.
pub fn list(tx: &mut Tx, actor: &Actor, slice: &Slice<ExercisePlace>) -> Result<List<ExerciseView>> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let team = actor.team_id()?;
    let rows = exercises::list(tx, team, slice.after.as_ref(), slice.rows())?;
    let progress = progress(tx, team, rows)?;
    let views = views(tx, actor, progress)?;
    slice.list(views, |view| (view.deadline, view.id))
}

pub fn show(tx: &mut Tx, actor: &Actor, id: ExerciseId) -> Result<ExerciseView> {
    policy::allow(&actor.standing(), Act::DoExercises)?;
    let found = find(tx, actor.team_id()?, id)?;
    views(tx, actor, vec![found])?.pop().ok_or(Error::NotFound)
}

pub(super) fn find(tx: &mut Tx, team: TeamId, id: ExerciseId) -> Result<Progress> {
    let row = exercises::find(tx, team, id)?.ok_or(Error::NotFound)?;
    progress(tx, team, vec![row])?.pop().ok_or(Error::NotFound)
}

fn views(tx: &mut Tx, actor: &Actor, progress: Vec<Progress>) -> Result<Vec<ExerciseView>> {
    let account = actor.account()?;
    let ids: Vec<GoldVersionId> = progress.iter().flat_map(|progress| &progress.interviews).map(|row| row.version).collect();
    let versions = versions_of(tx, ids)?;
    Ok(progress.iter().map(|progress| view(progress, account, leads_exercises(actor), &versions)).collect())
}

fn versions_of(tx: &mut Tx, ids: impl IntoIterator<Item = GoldVersionId>) -> Result<HashMap<GoldVersionId, Arc<GoldVersion>>> {
    let ids: BTreeSet<GoldVersionId> = ids.into_iter().collect();
    Ok(load(tx, &ids.into_iter().collect::<Vec<_>>())?.into_iter().map(|version| (version.id, version)).collect())
}

fn view(progress: &Progress, account: AccountId, leads: bool, versions: &HashMap<GoldVersionId, Arc<GoldVersion>>) -> ExerciseView {
    let stage = progress.stage();
    let second = progress.exercise.discussed_at.is_some();
    let tally = progress.tally(second && progress.part(true).next().is_some());
    let interview = |(row, own): (InterviewRow, Step)| {
        let file = &versions.get(&row.version)?.file;
        Some(ExerciseInterview {
            gold_interview_id: row.gold,
            gold_version_id: row.version,
            title: file.title.clone(),
            level: file.level,
            minutes: file.minutes,
            held_back: row.held_back,
            own,
        })
    };
    let parts = if second { vec![false, true] } else { vec![false] };
    let interviews = parts.into_iter().flat_map(|held_back| progress.steps(account, held_back));
    ExerciseView {
        id: progress.exercise.id,
        name: progress.exercise.name.clone(),
        deadline: progress.exercise.deadline,
        second_deadline: progress.exercise.second_deadline,
        version: progress.exercise.version,
        stage,
        asked: progress.asks(account),
        interviews: interviews.filter_map(interview).collect(),
        people: progress.members.len(),
        people_done: tally.done,
        people_spared: tally.spared,
        people_missed: tally.missed,
        held_back: progress.part(true).count(),
        account_ids: leads.then(|| progress.members.clone()),
        discussed_at: progress.exercise.discussed_at,
    }
}

/// What waits for this person, the first deadline first: the next gold interview to score.
pub fn waiting(tx: &mut Tx, actor: &Actor) -> Result<Vec<WaitingExercise>> {
    if !policy::may(&actor.standing(), Act::DoExercises) {
        return Ok(Vec::new());
    }
    let (team, account) = (actor.team_id()?, actor.account()?);
    let rows = exercises::open_for(tx, team, account)?;
    let open = progress(tx, team, rows)?;
    let next: Vec<(&Progress, InterviewRow, usize)> = open.iter().filter_map(|progress| next_of(progress, account)).collect();
    let versions = versions_of(tx, next.iter().map(|(_, row, _)| row.version))?;
    let item = |(progress, row, left): (&Progress, InterviewRow, usize)| {
        let second = progress.stage() == Stage::SecondScoring;
        let file = &versions.get(&row.version)?.file;
        let waiting = WaitingExercise {
            exercise_id: progress.exercise.id,
            name: progress.exercise.name.clone(),
            deadline: progress.exercise.second_deadline.filter(|_| second).unwrap_or(progress.exercise.deadline),
            title: file.title.clone(),
            minutes: file.minutes,
            left,
        };
        Some((waiting, row.gold))
    };
    let mut waiting: Vec<(WaitingExercise, GoldId)> = next.into_iter().filter_map(item).collect();
    waiting.sort_by_key(|(exercise, _)| (exercise.deadline, exercise.exercise_id));
    // What waits in two exercises is scored in the one that ends first, and once.
    let mut told = HashSet::new();
    waiting.retain(|(_, gold)| told.insert(*gold));
    Ok(waiting.into_iter().map(|(exercise, _)| exercise).collect())
}

/// What somebody scores next in an exercise, and how many interviews of it are left.
fn next_of(progress: &Progress, account: AccountId) -> Option<(&Progress, InterviewRow, usize)> {
    let second = match progress.stage() {
        Stage::Scoring => false,
        Stage::SecondScoring => true,
        Stage::Discussion | Stage::Done => return None,
    };
    let steps = progress.steps(account, second);
    let left = steps.iter().filter(|(_, step)| step.waits()).count();
    let (row, _) = steps.into_iter().find(|(_, step)| matches!(step, Step::Next | Step::Begun { .. }))?;
    Some((progress, row, left))
}

/// Everything that an exercise may be made of.
pub struct ExerciseChoices {
    pub interviews: Vec<Arc<GoldVersion>>,
    pub members: Vec<MemberView>,
    /// How many of the members can score each interview now.
    pub able: HashMap<GoldId, usize>,
}

/// What is offered for a new exercise. A lead to whom an interview is still hidden is not told of it.
pub fn exercise_choices(tx: &mut Tx, actor: &Actor) -> Result<ExerciseChoices> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let team = actor.team_id()?;
    let sight = Sight::of(tx, team, actor.account()?)?;
    let interviews: Vec<Arc<GoldVersion>> = newest(tx, team)?.into_iter().filter(|version| !sight.hidden.contains(&version.gold)).collect();
    let members = askable(tx, actor)?;
    let accounts: Vec<AccountId> = members.iter().map(|member| member.account_id).collect();
    let golds: Vec<GoldId> = interviews.iter().map(|version| version.gold).collect();
    Ok(ExerciseChoices { able: able(tx, team, &accounts, &golds)?, interviews, members })
}

/// How many of these people can score each of these interviews: not who had a hand in it, or gave it not long ago.
fn able(tx: &mut Tx, team: TeamId, accounts: &[AccountId], golds: &[GoldId]) -> Result<HashMap<GoldId, usize>> {
    let makers: HashSet<(AccountId, GoldId)> = scores::makers(tx, team, golds)?.into_iter().collect();
    let since = tx.now - AGAIN_AFTER;
    let given = scores::given(tx, team, accounts, golds)?;
    let lately = given.iter().filter(|given| given.submitted_at.is_some_and(|at| at > since));
    let given: HashSet<(AccountId, GoldId)> = lately.map(|given| (given.account, given.gold)).collect();
    let can = |account: AccountId, gold: GoldId| !makers.contains(&(account, gold)) && !given.contains(&(account, gold));
    Ok(golds.iter().map(|gold| (*gold, accounts.iter().filter(|account| can(**account, *gold)).count())).collect())
}

/// The members who may take part, by name.
pub fn askable(tx: &mut Tx, actor: &Actor) -> Result<Vec<MemberView>> {
    let mut all = Vec::new();
    let mut slice = Slice::first();
    loop {
        let page = teams::members(tx, actor, &slice)?;
        let last = page.items.last().map(|member| (member.name.clone(), member.account_id));
        all.extend(page.items.into_iter().filter(|member| member.role != Role::Candidate));
        match (page.next_cursor, last) {
            (Some(_), Some(last)) => slice.after = Some(last),
            _ => return Ok(all),
        }
    }
}

/// Makes an exercise, with the newest version of each interview pinned.
pub fn create_exercise(tx: &mut Tx, actor: &Actor, new: &NewExercise) -> Result<ExerciseView> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let team = actor.team_id()?;
    let mut errors = FieldErrors::default();
    check_plan(tx, actor, &new.plan, &mut errors)?;
    let offered = newest(tx, team)?;
    let accounts: Vec<AccountId> = new.plan.accounts.iter().copied().collect();
    let able = able(tx, team, &accounts, &[new.first.as_slice(), &new.held_back].concat())?;
    let mut versions = Vec::new();
    for (field, golds, held_back) in [("gold_interview_ids", &new.first, false), ("held_back_ids", &new.held_back, true)] {
        for gold in golds {
            match offered.iter().find(|version| version.gold == *gold) {
                Some(version) if able.get(gold) == Some(&0) => errors.add(
                    field,
                    format!(
                        "Nobody who is asked can score “{}” now: each had a hand in it, or scored it in the last 90 days. Leave it out or ask others.",
                        version.file.title
                    ),
                ),
                Some(version) => versions.push((GoldVersion::clone(version), held_back)),
                None => errors.add(field, "Choose from the gold interviews that are published."),
            }
        }
    }
    errors.check()?;
    let id = exercises::insert(tx, team, new, &versions, actor.account_or_none())?;
    show(tx, actor, id)
}

/// Another name, another deadline, others who are asked. Who has begun stays.
pub fn change_exercise(tx: &mut Tx, actor: &Actor, id: ExerciseId, version: i32, plan: &Plan) -> Result<ExerciseView> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    let team = actor.team_id()?;
    let row = exercises::lock(tx, team, id)?.ok_or(Error::NotFound)?;
    if row.version != version {
        let current = show(tx, actor, id)?;
        return Err(Error::Stale { current: serde_json::to_value(current)? });
    }
    let mut errors = FieldErrors::default();
    let progress = find(tx, team, id)?;
    let asked: BTreeSet<AccountId> = progress.members.iter().copied().collect();
    let added: BTreeSet<AccountId> = plan.accounts.difference(&asked).copied().collect();
    check_plan(tx, actor, &Plan { accounts: added.clone(), ..plan.clone() }, &mut errors)?;
    errors.check()?;
    let begun = |account: &AccountId| progress.given.iter().any(|given| given.account == *account && given.exercise == Some(id));
    let spared: Vec<AccountId> = asked.difference(&plan.accounts).filter(|account| !begun(account)).copied().collect();
    exercises::update(tx, team, id, plan)?;
    exercises::ask(tx, team, id, &added)?;
    exercises::spare(tx, team, id, &spared)?;
    show(tx, actor, id)
}

/// Whether what is held back may be given at all.
pub fn holds_back(tx: &mut Tx, actor: &Actor, id: ExerciseId) -> Result<bool> {
    policy::allow(&actor.standing(), Act::LeadExercises)?;
    Ok(find(tx, actor.team_id()?, id)?.part(true).next().is_some())
}

fn check_plan(tx: &mut Tx, actor: &Actor, plan: &Plan, errors: &mut FieldErrors) -> Result<()> {
    if plan.deadline <= tx.now {
        errors.add("deadline", "Choose a time to come.");
    }
    for (field, deadline) in [("deadline", Some(plan.deadline)), ("second_deadline", plan.second_deadline)] {
        if deadline.is_some_and(|deadline| deadline > tx.now + LONGEST) {
            errors.add(field, "Choose a time within a year.");
        }
    }
    let members = askable(tx, actor)?;
    if plan.accounts.iter().any(|account| !members.iter().any(|member| member.account_id == *account)) {
        errors.add("account_ids", "Choose from the members on offer.");
    }
    Ok(())
}

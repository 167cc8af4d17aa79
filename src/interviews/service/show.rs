//! Reading one interview, and the first steps of every change to it.

use std::collections::HashMap;

use serde_json::json;

use super::super::model::{
    Brief, CandidateOfPlan, Change, ChangeView, Found, InterviewView, InvitationView, PlanView, QuestionOfPlan, Stage, VersionName,
    warnings,
};
use super::super::{read, store};
use super::{state, swap};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, AccountId, Act, Actor, InterviewId, Mode, Seat, TeamId};
use crate::question_sets::{self, Question};
use crate::rubrics;

/// The interview as far as this reader may see it: the candidate an invitation, everybody else a plan.
pub fn show(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<InterviewView> {
    let found = read::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::SeeInterview)?;
    let seats = store::seats(tx, actor.team_id()?, id)?;
    if found.standing.seat == Some(Seat::Candidate) {
        return Ok(InterviewView::Invitation(InvitationView::of(&found.brief, &actor.team()?.name, &seats)));
    }
    let Found { brief, standing } = found;
    let team = actor.team_id()?;
    let set = question_sets::version(tx, brief.question_set_version_id)?;
    let rubric = rubrics::version(tx, brief.rubric_version_id)?;
    let planned = store::questions(tx, team, id)?;
    let asked: Vec<(_, &Question)> =
        planned.iter().filter_map(|planned| set.question(planned.question_id).map(|question| (planned, question))).collect();
    let warned: Vec<&Question> = asked.iter().filter(|(planned, _)| !planned.added_in_room).map(|(_, question)| *question).collect();
    let questions = asked.iter().map(|(planned, question)| QuestionOfPlan {
        question_id: question.id,
        position: planned.position,
        added_in_room: planned.added_in_room,
        title: question.title.clone(),
        kind: question.kind,
        areas: question.areas.clone(),
        minutes: question.minutes,
    });
    let offers = state::offers(&brief, &standing, tx.now);
    Ok(InterviewView::Plan(Box::new(PlanView {
        id,
        stage: brief.stage(),
        version: brief.version,
        mode: brief.mode,
        level: brief.level,
        question_set_version: VersionName { id: set.id, name: set.name.clone(), number: set.number },
        rubric_version: VersionName { id: rubric.id, name: rubric.name.clone(), number: rubric.number },
        starts_at: brief.starts_at,
        ends_at: brief.planned_end(),
        time_zone: brief.time_zone,
        minutes: brief.minutes,
        extra_minutes: brief.extra_minutes,
        questions: offers.read_kit.then(|| questions.collect()),
        warnings: if policy::may(&standing, Act::ChangePlan) {
            warnings(&warned, &rubric, brief.minutes, brief.starts_at, brief.time_zone)
        } else {
            Vec::new()
        },
        changes: changes(tx, team, &brief)?,
        other_half: if brief.mode == Mode::Mock { swap::other_half(tx, actor, id)? } else { None },
        your_seat: standing.seat,
        scheduled_at: brief.facts.scheduled_at,
        cancelled_at: brief.facts.cancelled_at,
        no_show_at: brief.facts.no_show_at,
        started_at: brief.facts.started_at,
        ended_at: brief.facts.ended_at,
        candidate: CandidateOfPlan {
            id: brief.candidate_id,
            name: brief.candidate_name,
            email: brief.candidate_email.filter(|_| actor.leads()),
        },
        offers,
        place: brief.place,
        instructions: brief.instructions,
        swap_roles: brief.swap_roles,
        seats,
    })))
}

/// What happened to the plan. Of whom it tells is named as they are called now.
fn changes(tx: &mut Tx, team: TeamId, brief: &Brief) -> Result<Vec<ChangeView>> {
    let mut changes = store::changes(tx, team, brief.id)?;
    let account = |change: &ChangeView| change.detail["account_id"].as_str().and_then(|id| id.parse::<AccountId>().ok());
    let ids: Vec<_> = changes.iter().filter_map(account).collect();
    let names = if ids.is_empty() { HashMap::new() } else { store::names(tx, &ids)? };
    for change in &mut changes {
        change.about = match account(change) {
            Some(id) => names.get(&id).cloned(),
            None => (change.detail["who"] == "candidate").then(|| brief.candidate_name.clone()),
        };
    }
    Ok(changes)
}

/// A draft, for who may go on with it.
pub fn show_draft(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<InterviewView> {
    let found = read::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::ChangePlan)?;
    if found.brief.stage() != Stage::Draft {
        return Err(planned());
    }
    show(tx, actor, id)
}

/// The plan, for a page that asks for a change of it; refused where the change would be.
pub fn show_for(tx: &mut Tx, actor: &Actor, id: InterviewId, change: Change) -> Result<Box<PlanView>> {
    let found = read::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::ChangePlan)?;
    state::fits(&found.brief, change, tx.now)?;
    match show(tx, actor, id)? {
        InterviewView::Plan(plan) => Ok(plan),
        // Who leads a team and is the candidate here leaves the plan to others.
        InterviewView::Invitation(_) => Err(Error::NotFound),
    }
}

/// What is planned is rescheduled, cancelled and seated anew, each with its own act.
pub fn planned() -> Error {
    Error::conflict("planned", "This interview is planned already. Reschedule it, or change its panel.")
}

/// Locks an interview for a change of its plan: visible, allowed, and at the version the change is based on.
pub fn for_change(tx: &mut Tx, actor: &Actor, id: InterviewId, version: Option<i32>) -> Result<Brief> {
    let found = read::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::ChangePlan)?;
    read::lock(tx, actor, id)?;
    // Read again: what was true before the lock may be over.
    let brief = read::find(tx, actor, id)?.brief;
    if version.is_some_and(|version| version != brief.version) {
        return Err(Error::Stale { current: json!({"version": brief.version}) });
    }
    Ok(brief)
}

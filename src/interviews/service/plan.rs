//! Planning an interview, and working on a draft of a plan.

use serde_json::json;

use super::super::model::{ChangeKind, InterviewView, NewInterview, Stage};
use super::super::store::{self, NewChange};
use super::check::{self, Whom};
use super::letters::{self, News};
use super::{remind, show, swap};
use crate::candidates;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, CandidateId, InterviewId, TeamId};
use crate::question_sets::{self, QuestionId, QuestionSetVersionId};
use crate::rubrics::Level;

/// Plans an interview, or keeps a draft of one. A new candidate's record is made with it or not at all.
pub fn plan(tx: &mut Tx, actor: &Actor, new: NewInterview) -> Result<InterviewView> {
    policy::allow(&actor.standing(), Act::PlanInterviews)?;
    let id = put(tx, actor, new)?;
    told(tx, actor, id)
}

/// Checks a plan and writes it down; nobody is told yet.
pub fn put(tx: &mut Tx, actor: &Actor, new: NewInterview) -> Result<InterviewId> {
    let (team, author) = (actor.team_id()?, actor.account()?);
    let (plan, whom) = check::check(tx, actor, &new)?;
    let candidate = record(tx, actor, whom)?;
    let id = tx.new_id();
    store::insert(tx, team, id, candidate, &plan, author)?;
    let kind = if plan.draft { ChangeKind::Drafted } else { ChangeKind::Planned };
    store::note(tx, team, id, author, &NewChange { kind, reason: String::new(), detail: json!({}) })?;
    Ok(id)
}

/// Writes a draft anew; without `draft` it is planned with that. What is planned is rescheduled, cancelled
/// and seated anew, each with its own act.
pub fn edit(tx: &mut Tx, actor: &Actor, id: InterviewId, version: i32, new: NewInterview) -> Result<InterviewView> {
    let (team, author) = (actor.team_id()?, actor.account()?);
    let brief = show::for_change(tx, actor, id, Some(version))?;
    if brief.stage() != Stage::Draft {
        return Err(show::planned());
    }
    let (plan, whom) = check::check(tx, actor, &new)?;
    let candidate = record(tx, actor, whom)?;
    store::update_draft(tx, team, id, candidate, &plan)?;
    let kind = if plan.draft { ChangeKind::Edited } else { ChangeKind::Planned };
    store::note(tx, team, id, author, &NewChange { kind, reason: String::new(), detail: json!({}) })?;
    told(tx, actor, id)
}

/// What was written down is told, and the second half planned with it where one is wanted.
fn told(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<InterviewView> {
    let team = actor.team_id()?;
    announce(tx, team, id)?;
    let brief = store::brief(tx, team, id)?.ok_or(Error::NotFound)?;
    if brief.swap_roles && brief.stage() != Stage::Draft {
        swap::swap(tx, actor, id)?;
    }
    show::show(tx, actor, id)
}

/// Tells panel and candidate of what is planned; a draft is nobody's news.
pub fn announce(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<()> {
    let brief = store::brief(tx, team, id)?.ok_or(Error::NotFound)?;
    if brief.stage() == Stage::Draft {
        return Ok(());
    }
    letters::tell(tx, team, &brief, &News::Planned)?;
    remind::enqueue(tx, team, &brief)
}

/// Questions for this level and time, in order, over all five areas.
pub fn suggest(tx: &mut Tx, actor: &Actor, set: QuestionSetVersionId, level: Level, minutes: i32) -> Result<Vec<QuestionId>> {
    policy::allow(&actor.standing(), Act::PlanInterviews)?;
    let set = question_sets::version(tx, set)?;
    Ok(question_sets::suggest(&set, level, check::suggestable(minutes)))
}

fn record(tx: &mut Tx, actor: &Actor, whom: Whom) -> Result<CandidateId> {
    match whom {
        Whom::Record(id, _) => Ok(id),
        Whom::New(person) => Ok(candidates::create(tx, actor, person)?.id),
    }
}

//! What a plan can be made from.

use std::sync::Arc;

use super::super::read;
use super::super::store::{self, Member};
use super::check;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, Act, Actor, CandidateId, InterviewId};
use crate::question_sets::{self, QuestionSetVersion};
use crate::rubrics::{self, RubricVersion};

/// Most candidates a list offers to choose from; others are planned for from their own page.
const OFFERED: i64 = 300;

/// Everything the planner offers.
pub struct Choices {
    pub candidates: Vec<(CandidateId, String, Option<String>)>,
    pub sets: Vec<Arc<QuestionSetVersion>>,
    pub rubrics: Vec<Arc<RubricVersion>>,
    pub members: Vec<Member>,
}

impl Choices {
    /// The newest version of the rubric that a set was written for, where the team has it.
    pub fn rubric_for(&self, set: &QuestionSetVersion) -> Option<&Arc<RubricVersion>> {
        self.rubrics.iter().find(|rubric| Some(&rubric.slug) == set.rubric.as_ref())
    }
}

/// The newest candidates and `candidate`, the published versions, the members.
pub fn choices(tx: &mut Tx, actor: &Actor, candidate: Option<CandidateId>) -> Result<Choices> {
    policy::allow(&actor.standing(), Act::PlanInterviews)?;
    let team = actor.team_id()?;
    Ok(Choices {
        candidates: store::candidates(tx, team, candidate, OFFERED)?,
        sets: question_sets::published(tx, actor)?,
        rubrics: rubrics::published(tx, actor)?,
        members: store::members(tx, team, None)?,
    })
}

/// Who of the team could be given a seat in this interview.
pub fn seatable(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Vec<Member>> {
    let found = read::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::ChangePlan)?;
    let team = actor.team_id()?;
    let seated: Vec<_> = store::seats(tx, team, id)?.iter().map(|seat| seat.account_id).collect();
    let may_sit = |member: &Member| {
        let is_candidate = found.brief.candidate_account == Some(member.account_id);
        !seated.contains(&member.account_id) && !is_candidate && check::role_sits(member.role, found.brief.mode)
    };
    Ok(store::members(tx, team, None)?.into_iter().filter(may_sit).collect())
}

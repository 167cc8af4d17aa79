//! What a plan can be made from.

use std::sync::Arc;

use super::super::store::{self, Member};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, Act, Actor, CandidateId};
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

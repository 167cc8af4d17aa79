//! A plan as it comes in, from a page or a program.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::policy::{AccountId, CandidateId, Mode, Seat};
use crate::question_sets::{QuestionId, QuestionSetVersionId};
use crate::rubrics::{Level, RubricVersionId};

/// `POST …/interviews`, and what the planner's form is read into.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInterview {
    /// A candidate of the team. Either this or `candidate`.
    #[serde(default)]
    pub candidate_id: Option<CandidateId>,
    /// Somebody new: the record is made with the interview.
    #[serde(default)]
    pub candidate: Option<NewPerson>,
    /// The team's, if not said.
    #[serde(default)]
    pub mode: Option<Mode>,
    pub level: Level,
    pub question_set_version_id: QuestionSetVersionId,
    pub rubric_version_id: RubricVersionId,
    /// In the order they are asked. Suggested for the level and the minutes, if not said.
    #[serde(default)]
    pub question_ids: Option<Vec<QuestionId>>,
    /// The panel. Exactly one is `lead_interviewer`.
    #[serde(default)]
    pub seats: Vec<NewSeat>,
    /// RFC 3339; or without an offset, and then meant in `time_zone`.
    pub starts_at: String,
    /// As in `Europe/Berlin`.
    pub time_zone: String,
    /// 5 to 480.
    pub minutes: i32,
    /// The candidate's extra time, 0 to 240.
    #[serde(default)]
    pub extra_minutes: i32,
    /// A room or a meeting link.
    #[serde(default)]
    pub place: String,
    /// What the panel should know; the candidate does not see it.
    #[serde(default)]
    pub instructions: String,
    /// Two people practise on each other: a second half follows, in which the candidate leads and who leads is the
    /// candidate. For mock interviews of somebody with an account.
    #[serde(default)]
    pub swap_roles: bool,
    /// Keep it without telling anybody. A draft may lack questions and a panel.
    #[serde(default)]
    pub draft: bool,
}

/// A candidate who has no record yet.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    pub name: String,
    #[serde(default)]
    pub email: Option<String>,
}

/// A seat of the panel.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSeat {
    pub account_id: AccountId,
    pub seat: Seat,
    /// Numbers of the areas this seat looks after. Those that nobody was given are shared out.
    #[serde(default)]
    pub areas: Vec<i16>,
}

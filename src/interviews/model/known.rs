//! Questions that a candidate may know, and what could be asked instead.

use serde::Serialize;
use utoipa::ToSchema;

use crate::question_sets::{OpenSet, QuestionId, QuestionSetVersionId};
use crate::rubrics::Level;

/// The plan that is thought of. Without a version, everything that the candidate may know is meant.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    pub question_set_version_id: Option<QuestionSetVersionId>,
    pub level: Option<Level>,
    /// None means all of the version that fit the level.
    pub question_ids: Option<Vec<QuestionId>>,
}

/// What a candidate may know of a plan's questions.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct KnownQuestions {
    /// Who has no account in the team cannot have practised here.
    pub has_account: bool,
    /// The set came with Fivefold: everybody with an account on this server can read it.
    pub reads_set: bool,
    pub items: Vec<KnownQuestion>,
}

/// A question that was open for practice, itself or one in the same words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KnownQuestion {
    pub question_set_version_id: QuestionSetVersionId,
    pub question_id: QuestionId,
    pub title: String,
    pub open: OpenSet,
    /// Of the same area, level and kind, and not open for practice; none where there is none, or no plan.
    pub instead: Option<Instead>,
}

/// What could be asked instead.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Instead {
    pub question_set_version_id: QuestionSetVersionId,
    /// As in `Our backend, version 2`.
    pub question_set: String,
    pub question_id: QuestionId,
    pub title: String,
    pub minutes: u16,
    /// In the version of the plan, so that the two can change places.
    pub same_set: bool,
}

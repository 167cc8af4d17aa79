//! Panels that would bring together who never met the same candidate.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::policy::{AccountId, CandidateId, Mode};

/// The plan that is thought of.
#[derive(Debug, Clone, Default)]
pub struct PanelWish {
    /// Who is in the panel so far.
    pub panel: Vec<AccountId>,
    /// The team's own without it.
    pub mode: Option<Mode>,
    /// Whoever is interviewed sits in no panel.
    pub candidate_id: Option<CandidateId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonOfPanel {
    pub account_id: AccountId,
    pub name: String,
}

/// Who of the interviewers should sit with the same candidates, by who sat with whom so far and is planned to. Nothing
/// of any score is in it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PanelSuggestion {
    /// Interviews from here on are looked at.
    pub since: DateTime<Utc>,
    /// So many candidates two should share in that time. 1 while somebody never met: without any they cannot be
    /// compared at all; then 5 in twelve weeks.
    pub wanted: u32,
    /// Pairs who share fewer, those who share fewest first.
    pub short: Vec<PairOfPanel>,
    /// Panels that mend it, each for one interview: the shortest list found, with the fewest seats. Where everybody has
    /// met, only the next one.
    pub plan: Vec<Vec<PersonOfPanel>>,
    /// Of the panel that is thought of: the pairs it brings together that share too few.
    pub brings: Vec<PairOfPanel>,
    /// Whom to add to it, who brings most first.
    pub add: Vec<PanelAddition>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PairOfPanel {
    pub people: [PersonOfPanel; 2],
    /// Candidates that both interviewed, or are planned to.
    pub shared: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PanelAddition {
    pub person: PersonOfPanel,
    /// With whom of the panel they share too few.
    pub with: Vec<PersonOfPanel>,
}

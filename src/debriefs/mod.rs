//! Debriefs: the talk after the scorecards, and the decision it ends in.
//!
//! Always true: a debrief opens in the transaction of the last counted card (shadows do not count), or
//! earlier by a lead with a reason; who owes a card stays blind either way (R2). The rule's number, its
//! band and the outcome it proposes stand there before the talk (R6), by the components it opened with; scores given after it are a second
//! field beside the first (R7). A decision needs a reason, and another one where it departs from the
//! rule; earlier decisions stay readable. Leads and owners decide, in mode mock the lead interviewer too.

pub mod api;
mod combination;
mod components;
mod model;
pub mod pages;
mod service;
mod store;
mod strip;
mod table;

pub use api::Opened;
pub use combination::{Combination, Variance, half_width};
pub use components::{RefreshComponents, TeamVariance, keep_variance};
pub use model::{
    AreaView, ClaimOfDebrief, ClaimVerdict, DebriefView, DecisionView, EarlyOpening, LaterScore, NewDecision, Proposal, ScoreView,
    WarningSignView,
};
pub use service::{decide, open_early, open_if_complete, show, submit, undecided};

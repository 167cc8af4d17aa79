//! From scorecards to what is said of them: which cards, which numbers, behind which gate. Pure, and public for the bench.

mod agreement;
mod cautions;
mod consistency;
mod facets;
mod overlap;
mod own;
mod pairs;
mod scores;
mod severity;
mod style;
mod talk;
mod unnamed;

use std::collections::HashMap;

use chrono::{DateTime, Utc};

pub use consistency::variance;
pub use own::own;
pub use scores::{Scores, used_versions};
pub use severity::{NO_ACTION, is_clear};

use super::model::TeamCalibration;
use crate::policy::AccountId;

/// The four blocks for a lead; `shares` are who lets leads see their name.
pub fn team(scores: &Scores, reader: AccountId, shares: &HashMap<AccountId, DateTime<Utc>>) -> TeamCalibration {
    let model = consistency::Model::of(scores);
    let (adjusted, adjusted_kept_back) = severity::adjusted(scores, model.as_ref().ok(), reader, shares);
    TeamCalibration {
        basis: scores.basis(),
        agreement: agreement::agreement(scores),
        consistency: consistency::consistency(scores, &model),
        severity: severity::strip(scores, model.as_ref().ok(), reader, shares),
        talk_about: talk::talk_about(scores, None),
        adjusted,
        adjusted_kept_back,
        overlap: overlap::overlap(scores),
        pairs: pairs::pairs(scores, reader),
        many_facets: facets::facets(scores, reader, shares),
    }
}

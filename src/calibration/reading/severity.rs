//! Block three: who differs from colleagues on the same candidates, without names.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use super::super::model::{AdjustedScore, Look, OwnSeverity, SeverityDot, SeverityStrip};
use super::super::statistics::agreement::groups::groups;
use super::super::statistics::gates::{self, Tier};
use super::super::statistics::scope::Scope;
use super::super::statistics::variance::two_way::effects::Effects;
use super::super::statistics::variance::two_way::fair::{fair_score, units_of};
use super::super::statistics::variance::two_way::severity::{Severity, severity};
use super::consistency::Model;
use super::scores::Scores;
use crate::policy::AccountId;

/// A quarter point either way needs no action.
pub const NO_ACTION: f64 = 0.25;

/// One rater's severity with how far it may be shown.
struct Found {
    tier: Tier,
    severity: Severity,
}

fn find(scores: &Scores, model: &Model, effects: &Effects, rater: AccountId) -> Option<Found> {
    let id = scores.ratings.rater(&rater.to_string())?;
    let severity = severity(&model.team, effects, model.team.place(id)?)?;
    let tier = gates::severity(severity.shared, in_largest_group(scores, id), severity.colleagues, Some(severity.se));
    Some(Found { tier, severity })
}

fn in_largest_group(scores: &Scores, rater: u32) -> bool {
    let groups = groups(&scores.ratings, &Scope::Mean);
    let largest = groups.iter().map(Vec::len).max().unwrap_or(0);
    groups.iter().any(|group| group.len() == largest && group.contains(&rater))
}

fn outside(severity: &Severity) -> bool {
    severity.value.abs() > NO_ACTION && (severity.low > 0.0 || severity.high < 0.0)
}

pub fn strip(scores: &Scores, model: Option<&Model>, reader: AccountId, shares: &HashMap<AccountId, DateTime<Utc>>) -> SeverityStrip {
    let raters = scores.raters();
    let known = model.map(|model| (model, model.effects()));
    let mut dots: Vec<([u8; 32], SeverityDot)> = raters
        .iter()
        .filter_map(|rater| {
            let (model, effects) = known.as_ref()?;
            let Found { tier, severity } = find(scores, model, effects, *rater)?;
            let own = *rater == reader;
            (tier > Tier::Hidden).then(|| {
                let dot = SeverityDot {
                    value: severity.value,
                    low: severity.low,
                    high: severity.high,
                    tier,
                    outside: tier == Tier::Reportable && outside(&severity),
                    own,
                    name: (own || shares.contains_key(rater)).then(|| scores.name(*rater)),
                    shared_candidates: severity.shared,
                };
                (place(*rater, scores.look), dot)
            })
        })
        .collect();
    dots.sort_by_key(|(place, _)| *place);
    let dots: Vec<SeverityDot> = dots.into_iter().map(|(_, dot)| dot).collect();
    SeverityStrip { shown: dots.len(), outside: dots.iter().filter(|dot| dot.outside).count(), hidden: raters.len() - dots.len(), dots }
}

/// Says nothing of the rater, and another look puts them in another order: a dot cannot be followed through pages.
fn place(rater: AccountId, look: Look) -> [u8; 32] {
    let level = look.level.map_or("", |level| level.as_str());
    let version = look.rubric_version_id.map(|id| id.to_string()).unwrap_or_default();
    Sha256::digest(format!("{} {level} {version} {rater}", look.period.as_str())).into()
}

pub fn own(scores: &Scores, model: Option<&Model>, rater: AccountId) -> OwnSeverity {
    let none = OwnSeverity { tier: Tier::Hidden, value: None, low: None, high: None, shared_candidates: 0, colleagues: 0 };
    let Some(Found { tier, severity }) = model.and_then(|model| find(scores, model, &model.effects(), rater)) else { return none };
    let shown = |number| (tier > Tier::Hidden).then_some(number);
    OwnSeverity {
        tier,
        value: shown(severity.value),
        low: shown(severity.low),
        high: shown(severity.high),
        shared_candidates: severity.shared,
        colleagues: severity.colleagues,
    }
}

/// Each interview's mean beside what an average panel would have given, the newest first.
pub fn adjusted(scores: &Scores, model: Option<&Model>) -> Vec<AdjustedScore> {
    let Some(model) = model else { return Vec::new() };
    let (effects, shrinkage) = (model.effects(), model.shrinkage());
    let connected = model.team.is_connected();
    let mut found: Vec<AdjustedScore> = scores
        .interviews()
        .filter_map(|cards| {
            let first = cards.first()?;
            let subject = scores.ratings.subject(&first.interview.to_string())?;
            let fair = fair_score(&effects, &units_of(&model.team, subject))?;
            let tier = gates::adjusted_score(connected, shrinkage, fair.raters);
            (tier == Tier::Reportable).then(|| AdjustedScore {
                interview_id: first.interview,
                candidate: first.candidate.clone(),
                starts_at: first.starts_at,
                raw: fair.raw,
                adjusted: fair.value,
                low: fair.low,
                high: fair.high,
                panel: fair.panel,
                cards: fair.raters,
                tier,
            })
        })
        .collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.starts_at), one.interview_id));
    found
}

//! Block three: who differs from colleagues on the same candidates, without names.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::super::model::{AdjustedScore, OwnAreaSeverity, OwnSeverity, RoughCount, SeverityDot, SeverityStrip};
use super::super::statistics::agreement::groups::groups;
use super::super::statistics::gates::{self, Tier};
use super::super::statistics::scope::Scope;
use super::super::statistics::variance::two_way::effects::Effects;
use super::super::statistics::variance::two_way::fair::{fair_score, units_of};
use super::super::statistics::variance::two_way::severity::{Severity, severity};
use super::consistency::Model;
use super::scores::{AREAS, Scores};
use super::unnamed::{equally_wide, is_open, keep_back_the_last, order};
use crate::policy::AccountId;
use crate::scorecards::BlindCard;

/// A quarter point either way needs no action.
pub const NO_ACTION: f64 = 0.25;

/// Where the classes of shared candidates begin; the first three are where the gate opens.
const CLASSES: [usize; 3] = [5, 10, 20];

/// One rater's severity with how far it may be shown.
struct Found {
    tier: Tier,
    severity: Severity,
}

fn find(scores: &Scores, scope: &Scope, model: &Model, effects: &Effects, rater: AccountId) -> Option<Found> {
    let id = scores.ratings.rater(&rater.to_string())?;
    let severity = severity(&model.team, effects, model.team.place(id)?)?;
    let tier = gates::severity(severity.shared, in_largest_group(scores, scope, id), severity.colleagues, Some(severity.se));
    Some(Found { tier, severity })
}

fn in_largest_group(scores: &Scores, scope: &Scope, rater: u32) -> bool {
    let groups = groups(&scores.ratings, scope);
    let largest = groups.iter().map(Vec::len).max().unwrap_or(0);
    groups.iter().any(|group| group.len() == largest && group.contains(&rater))
}

/// Clear of the band, and of zero: a sign is not told where there may be none.
pub fn is_clear(dot: &SeverityDot) -> bool {
    dot.value.abs() > NO_ACTION && (dot.low > 0.0 || dot.high < 0.0)
}

pub fn strip(scores: &Scores, model: Option<&Model>, reader: AccountId, shares: &HashMap<AccountId, DateTime<Utc>>) -> SeverityStrip {
    let raters = scores.raters();
    let known = model.map(|model| (model, model.effects()));
    let dot = |rater: &AccountId| {
        let (model, effects) = known.as_ref()?;
        let Found { tier, severity } = find(scores, &Scope::Mean, model, effects, *rater)?;
        let own = *rater == reader;
        let named = own || shares.contains_key(rater);
        (tier > Tier::Hidden).then(|| SeverityDot {
            value: severity.value,
            low: severity.low,
            high: severity.high,
            tier,
            outside: false,
            own,
            name: named.then(|| scores.name(*rater)),
            shared_candidates: if named { RoughCount::exact(severity.shared) } else { RoughCount::class(severity.shared, &CLASSES) },
        })
    };
    let mut dots: Vec<SeverityDot> = raters.iter().filter_map(dot).collect();
    let hidden = raters.len() - dots.len();
    let kept_back = keep_back_the_last(&mut dots, |dot| dot.name.is_some());
    let class = |dot: &SeverityDot| dot.name.is_none().then_some(dot.shared_candidates);
    equally_wide(&mut dots, class, |dot| (dot.value, &mut dot.low, &mut dot.high));
    for dot in &mut dots {
        dot.outside = dot.tier == Tier::Reportable && is_clear(dot);
    }
    dots.sort_by_cached_key(|dot| order("severity", &[dot.value, dot.low, dot.high]));
    SeverityStrip { shown: dots.len(), outside: dots.iter().filter(|dot| dot.outside).count(), hidden, kept_back, dots }
}

pub fn own(scores: &Scores, model: Option<&Model>, rater: AccountId) -> OwnSeverity {
    of_scope(scores, &Scope::Mean, model, rater)
}

/// The same in each area by itself: shrunk, each with its own gate.
pub fn own_areas(scores: &Scores, rater: AccountId) -> Vec<OwnAreaSeverity> {
    let of = |(area, id): (&crate::rubrics::Area, &str)| {
        let scope = Scope::Area(id.to_owned());
        let severity = of_scope(scores, &scope, Model::over(scores, &scope).ok().as_ref(), rater);
        OwnAreaSeverity { area: area.number, name: area.name.clone(), short_name: area.short_name.clone(), severity }
    };
    scores.areas.iter().zip(AREAS).map(of).collect()
}

fn of_scope(scores: &Scores, scope: &Scope, model: Option<&Model>, rater: AccountId) -> OwnSeverity {
    let none = OwnSeverity { tier: Tier::Hidden, value: None, low: None, high: None, shared_candidates: 0, colleagues: 0 };
    let found = model.and_then(|model| find(scores, scope, model, &model.effects(), rater));
    let Some(Found { tier, severity }) = found else { return none };
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

/// Each interview's mean beside what an average panel would have given, the newest first; and how many are kept back,
/// because they would tell the severity of who does not share it.
pub fn adjusted(
    scores: &Scores,
    model: Option<&Model>,
    reader: AccountId,
    shares: &HashMap<AccountId, DateTime<Utc>>,
) -> (Vec<AdjustedScore>, usize) {
    let Some(model) = model else { return (Vec::new(), 0) };
    let (effects, shrinkage) = (model.effects(), model.shrinkage());
    let connected = model.team.is_connected();
    let of = |cards: &[BlindCard]| {
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
    };
    let (open, closed): (Vec<&[BlindCard]>, Vec<&[BlindCard]>) = scores.interviews().partition(|cards| is_open(cards, reader, shares));
    let mut found: Vec<AdjustedScore> = open.into_iter().filter_map(of).collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.starts_at), one.interview_id));
    (found, closed.into_iter().filter_map(of).count())
}

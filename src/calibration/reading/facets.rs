//! The many-facet Rasch model of the scores, with signs as everywhere on these pages: positive is more lenient.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::super::model::{FacetMeasure, FacetOfArea, FacetOfCandidate, FacetOfRater, ManyFacets, OwnFacet, RoughCount};
use super::super::statistics::gates::{self, Tier};
use super::super::statistics::mfrm::{Element, Measure, Mfrm, mfrm};
use super::super::statistics::quantile::normal;
use super::super::statistics::reason::Reason;
use super::super::statistics::request::Facet;
use super::super::statistics::scope::Scope;
use super::scores::{AREAS, Scores};
use super::unnamed::{equally_wide, is_open, keep_back_the_last, order};
use crate::policy::AccountId;
use crate::scorecards::BlindCard;

/// Where the classes of scores begin: where the gate opens.
const CLASSES: [usize; 2] = [30, 50];

/// The model, if the gate lets anything of it be shown.
struct Found {
    tier: Tier,
    reason: Option<Reason>,
    fewest: usize,
    model: Option<Mfrm>,
}

fn find(scores: &Scores) -> Found {
    let given = |rater: &AccountId| {
        let areas = scores.cards.iter().filter(|card| card.rater == *rater).flat_map(|card| card.areas);
        areas.flatten().count()
    };
    let fewest = scores.raters().iter().map(given).min().unwrap_or(0);
    // What the gate would hide anyway is not computed.
    if gates::many_facet(fewest, true, true) == Tier::Hidden {
        return Found { tier: Tier::Hidden, reason: None, fewest, model: None };
    }
    let model = mfrm(&scores.ratings, &Scope::Areas);
    let reason = model.as_ref().err().copied();
    let tier = gates::many_facet(fewest, reason != Some(Reason::Disconnected), reason.is_none());
    Found { tier, reason, fewest, model: model.ok().filter(|_| tier > Tier::Hidden) }
}

pub fn facets(scores: &Scores, reader: AccountId, shares: &HashMap<AccountId, DateTime<Utc>>) -> ManyFacets {
    let Found { tier, reason, fewest, model } = find(scores);
    let Some(model) = model else {
        return ManyFacets {
            tier,
            reason,
            fewest,
            scores: None,
            raters: Vec::new(),
            unmeasured: 0,
            areas: Vec::new(),
            candidates: Vec::new(),
            candidates_kept_back: 0,
        };
    };
    let reader_id = reader.to_string();
    let sharing: Vec<String> = shares.keys().map(AccountId::to_string).collect();
    let rater = |rater: &Element| {
        let own = rater.id == reader_id;
        Some((own || sharing.contains(&rater.id), of_rater(&lenient(rater.measure.as_ref()?)?, own)?))
    };
    let mut measured: Vec<(bool, FacetOfRater)> = model.raters.iter().filter_map(rater).collect();
    let unmeasured = model.raters.len() - measured.len();
    // The strip names who shares, and the two scales have nearly one order: whoever it leaves out must not be found here.
    keep_back_the_last(&mut measured, |(known, _)| *known);
    let mut raters: Vec<FacetOfRater> = measured.into_iter().map(|(_, rater)| rater).collect();
    equally_wide(&mut raters, |rater| (!rater.own).then_some(rater.scores), |rater| (rater.value, &mut rater.low, &mut rater.high));
    raters.sort_by_cached_key(|rater| order("facets", &[rater.value, rater.low, rater.high, rater.infit, rater.outfit]));
    let (candidates, candidates_kept_back) = candidates(scores, &model, reader, shares);
    let area = |(area, id): (&crate::rubrics::Area, &str)| {
        let measure = lenient(&model.measure(Facet::Area, id).ok()?)?;
        Some(FacetOfArea { area: area.number, name: area.name.clone(), short_name: area.short_name.clone(), measure })
    };
    ManyFacets {
        tier,
        reason,
        fewest,
        scores: Some(model.n),
        unmeasured,
        raters,
        areas: scores.areas.iter().zip(AREAS).filter_map(area).collect(),
        candidates,
        candidates_kept_back,
    }
}

pub fn own(scores: &Scores, rater: AccountId) -> OwnFacet {
    let Found { tier, reason, fewest, model } = find(scores);
    let measure = model.as_ref().map(|model| model.measure(Facet::Rater, &rater.to_string()));
    let reason = reason.or(measure.and_then(Result::err));
    OwnFacet { tier, reason, fewest, measure: measure.and_then(Result::ok).and_then(|measure| lenient(&measure)) }
}

/// The model's sign is that of severity and difficulty.
fn lenient(measure: &Measure) -> Option<FacetMeasure> {
    let width = normal(0.975)? * measure.se;
    let chance = chance(measure.n)?;
    let value = 0.0 - measure.value;
    Some(FacetMeasure {
        value,
        low: value - width,
        high: value + width,
        infit: measure.infit,
        outfit: measure.outfit,
        chance_low: (1.0 - chance).max(0.0),
        chance_high: 1.0 + chance,
        scores: measure.n,
    })
}

/// As the lead reads it of somebody: of another than the reader nothing that goes with the number of their scores.
fn of_rater(measure: &FacetMeasure, own: bool) -> Option<FacetOfRater> {
    let scores = if own { RoughCount::exact(measure.scores) } else { RoughCount::class(measure.scores, &CLASSES) };
    let chance = chance(scores.at_least)?;
    Some(FacetOfRater {
        value: measure.value,
        low: measure.low,
        high: measure.high,
        infit: measure.infit,
        outfit: measure.outfit,
        chance_low: (1.0 - chance).max(0.0),
        chance_high: 1.0 + chance,
        scores,
        own,
    })
}

/// A mean square of n squares has a variance of about 2 / n (a chi square over its degrees of freedom).
fn chance(scores: usize) -> Option<f64> {
    Some(normal(0.975)? * (2.0 / scores.max(1) as f64).sqrt())
}

/// Of panels of which everybody's severity may be known to the reader; and how many others there are, since a fair
/// average beside the recorded one is the panel's severity.
fn candidates(
    scores: &Scores,
    model: &Mfrm,
    reader: AccountId,
    shares: &HashMap<AccountId, DateTime<Utc>>,
) -> (Vec<FacetOfCandidate>, usize) {
    let of = |cards: &[BlindCard]| {
        let first = cards.first()?;
        let measure = model.measure(Facet::Subject, &first.interview.to_string()).ok()?;
        let width = normal(0.975)? * measure.se;
        Some(FacetOfCandidate {
            interview_id: first.interview,
            candidate: first.candidate.clone(),
            starts_at: first.starts_at,
            average: measure.observed_avg,
            fair: measure.fair_average?,
            low: model.fair_average(measure.value - width)?,
            high: model.fair_average(measure.value + width)?,
        })
    };
    let (open, closed): (Vec<&[BlindCard]>, Vec<&[BlindCard]>) = scores.interviews().partition(|cards| is_open(cards, reader, shares));
    let mut found: Vec<FacetOfCandidate> = open.into_iter().filter_map(of).collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.starts_at), one.interview_id));
    (found, closed.into_iter().filter_map(of).count())
}

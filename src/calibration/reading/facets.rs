//! The many-facet Rasch model of the scores, with signs as everywhere on these pages: positive is more lenient.

use super::super::model::{FacetMeasure, FacetOfArea, FacetOfCandidate, FacetOfRater, ManyFacets, OwnFacet};
use super::super::statistics::gates::{self, Tier};
use super::super::statistics::mfrm::{Measure, Mfrm, mfrm};
use super::super::statistics::quantile::normal;
use super::super::statistics::reason::Reason;
use super::super::statistics::request::Facet;
use super::super::statistics::scope::Scope;
use super::scores::{AREAS, Scores};
use crate::policy::AccountId;
use crate::scorecards::BlindCard;

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

pub fn facets(scores: &Scores, reader: AccountId) -> ManyFacets {
    let Found { tier, reason, fewest, model } = find(scores);
    let Some(model) = model else {
        let (raters, areas, candidates) = (Vec::new(), Vec::new(), Vec::new());
        return ManyFacets { tier, reason, fewest, scores: None, raters, unmeasured: 0, areas, candidates };
    };
    let mut people: Vec<(AccountId, FacetMeasure)> =
        model.raters.iter().filter_map(|rater| Some((rater.id.parse().ok()?, lenient(rater.measure.as_ref()?)?))).collect();
    people.sort_by_key(|(person, _)| scores.place("facets", *person));
    let area = |(area, id): (&crate::rubrics::Area, &str)| {
        let measure = lenient(&model.measure(Facet::Area, id).ok()?)?;
        Some(FacetOfArea { area: area.number, name: area.name.clone(), short_name: area.short_name.clone(), measure })
    };
    ManyFacets {
        tier,
        reason,
        fewest,
        scores: Some(model.n),
        unmeasured: model.raters.len() - people.len(),
        raters: people.into_iter().map(|(person, measure)| FacetOfRater { measure, own: person == reader }).collect(),
        areas: scores.areas.iter().zip(AREAS).filter_map(area).collect(),
        candidates: candidates(scores, &model),
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
    // A mean square of n squares has a variance of about 2 / n (a chi square over its degrees of freedom).
    let chance = normal(0.975)? * (2.0 / measure.n as f64).sqrt();
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

fn candidates(scores: &Scores, model: &Mfrm) -> Vec<FacetOfCandidate> {
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
    let mut found: Vec<FacetOfCandidate> = scores.interviews().filter_map(of).collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.starts_at), one.interview_id));
    found
}

//! Pairs of interviewers, by places that name nobody.

use super::super::model::{Estimate, PairAgreement, PairOfPlaces};
use super::super::statistics::agreement::pair_table::{RaterPair, rater_pairs};
use super::super::statistics::bands::{Judged, band};
use super::super::statistics::gates::Tier;
use super::super::statistics::scope::Scope;
use super::scores::Scores;
use super::unnamed::order;
use crate::policy::AccountId;

pub fn pairs(scores: &Scores, reader: AccountId) -> PairAgreement {
    let found = rater_pairs(&scores.ratings, &Scope::Areas);
    let shown: Vec<&RaterPair> = found.iter().filter(|pair| pair.tier > Tier::Hidden).collect();
    // Only who has a pair with a number has a place.
    let mut people: Vec<AccountId> = shown.iter().flat_map(|pair| pair.raters).filter_map(|id| id.parse().ok()).collect();
    people.sort();
    people.dedup();
    people.sort_by_cached_key(|person| {
        let mut kappas: Vec<f64> = shown.iter().filter(|pair| of(pair, *person)).filter_map(|pair| pair.kappa).collect();
        kappas.sort_by(f64::total_cmp);
        order("pairs", &kappas)
    });
    let place = |id: &str| people.iter().position(|person| Some(*person) == id.parse().ok());
    let mut pairs: Vec<PairOfPlaces> = shown
        .iter()
        .filter_map(|pair| {
            let [one, other] = pair.raters.map(place);
            let (one, other) = (one?, other?);
            Some(PairOfPlaces { places: [one.min(other), one.max(other)], kappa: estimate(pair) })
        })
        .collect();
    pairs.sort_by_key(|pair| pair.places);
    let too_few = found.len() - shown.len();
    PairAgreement { people: people.len(), own: people.iter().position(|person| *person == reader), pairs, too_few }
}

fn of(pair: &RaterPair, person: AccountId) -> bool {
    pair.raters.iter().any(|id| id.parse().ok() == Some(person))
}

fn estimate(pair: &RaterPair) -> Estimate {
    let low = pair.interval.map(|interval| interval.low);
    Estimate {
        value: pair.kappa,
        low,
        high: pair.interval.map(|interval| interval.high),
        tier: pair.tier,
        word: band(Judged::Kappa, low, pair.tier),
        reason: pair.reason,
    }
}

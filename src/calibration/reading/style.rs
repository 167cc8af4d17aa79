//! How one uses the scale, with intervals.

use super::super::model::{OwnStyle, StyleFigure};
use super::super::statistics::gates::{self, Tier};
use super::super::statistics::scope::Scope;
use super::super::statistics::style::{Style, rater_style};
use super::super::statistics::style_intervals::{Limits, limits};
use super::scores::Scores;
use crate::policy::AccountId;

pub fn style(scores: &Scores, rater: AccountId) -> OwnStyle {
    let id = rater.to_string();
    let found = rater_style(&scores.ratings, &Scope::Areas, &id).ok();
    let candidates = found.as_ref().map_or(0, |style| style.subjects);
    let tier = gates::style(candidates);
    let found = found.filter(|_| tier > Tier::Hidden);
    let (own_scores, colleagues_scores) = if found.is_some() { histograms(scores, rater) } else { Default::default() };
    let limits = found.as_ref().map(|_| limits(&scores.ratings, &Scope::Areas, &id)).unwrap_or_default();
    let shared = shared(scores, rater);
    // No number about a person without its interval.
    let figure = |value: fn(&Style) -> Option<f64>, limits: Option<Limits>, candidates: usize| {
        let (value, Limits { low, high }) = found.as_ref().and_then(value).zip(limits)?;
        Some(StyleFigure { value, low, high, candidates })
    };
    OwnStyle {
        tier,
        candidates,
        own_scores,
        colleagues_scores,
        spread_ratio: figure(|style| style.spread_ratio, limits.spread_ratio, shared),
        middle_excess: figure(|style| style.mid_share_excess, limits.mid_share_excess, shared),
        areas_together: figure(|style| style.halo_r_within, limits.halo_r_within, candidates),
        areas_together_of_colleagues: figure(|style| style.halo_r_others, limits.halo_r_others, shared),
    }
}

/// Interviews in which a colleague scored an area that this rater scored.
fn shared(scores: &Scores, rater: AccountId) -> usize {
    let is_shared = |cards: &&[crate::scorecards::BlindCard]| {
        let Some(mine) = cards.iter().find(|card| card.rater == rater) else { return false };
        cards.iter().any(|card| card.rater != rater && card.areas.iter().zip(mine.areas).any(|(one, mine)| one.is_some() && mine.is_some()))
    };
    scores.interviews().filter(is_shared).count()
}

/// How often 1 to 5 was given by this rater, and by colleagues for the same candidates and areas.
fn histograms(scores: &Scores, rater: AccountId) -> (Vec<u64>, Vec<u64>) {
    let (mut own, mut others) = (vec![0; 5], vec![0; 5]);
    for cards in scores.interviews() {
        let Some(mine) = cards.iter().find(|card| card.rater == rater) else { continue };
        for card in cards {
            let counts = if card.rater == rater { &mut own } else { &mut others };
            for (value, mine) in card.areas.iter().zip(mine.areas) {
                if let (Some(value), Some(_)) = (value, mine)
                    && let Some(count) = counts.get_mut(usize::from(value - 1))
                {
                    *count += 1;
                }
            }
        }
    }
    (own, others)
}

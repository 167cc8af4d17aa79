//! What one person is told of themselves.

use super::super::model::{OwnCalibration, OwnDrift, OwnStyle};
use super::super::statistics;
use super::super::statistics::gates::{self, Tier};
use super::super::statistics::scope::Scope;
use super::super::statistics::style::rater_style;
use super::consistency::Model;
use super::scores::Scores;
use super::{facets, severity, talk};
use crate::policy::AccountId;

/// Whether it is shared is the service's to say.
pub fn own(scores: &Scores, rater: AccountId) -> OwnCalibration {
    let model = Model::of(scores);
    OwnCalibration {
        basis: scores.basis(),
        own_cards: scores.cards.iter().filter(|card| card.rater == rater).count(),
        severity: severity::own(scores, model.as_ref().ok(), rater),
        areas: severity::own_areas(scores, rater),
        many_facets: facets::own(scores, rater),
        shared_since: None,
        style: style(scores, rater),
        drift: drift(scores, rater),
        talk_about: talk::talk_about(scores, Some(rater)),
    }
}

fn style(scores: &Scores, rater: AccountId) -> OwnStyle {
    let found = rater_style(&scores.ratings, &Scope::Areas, &rater.to_string()).ok();
    let candidates = found.as_ref().map_or(0, |style| style.subjects);
    let tier = gates::style(candidates);
    let found = found.filter(|_| tier > Tier::Hidden);
    let (own_scores, colleagues_scores) = if found.is_some() { histograms(scores, rater) } else { Default::default() };
    OwnStyle {
        tier,
        candidates,
        own_scores,
        colleagues_scores,
        spread_ratio: found.as_ref().and_then(|style| style.spread_ratio),
        middle_excess: found.as_ref().and_then(|style| style.mid_share_excess),
        areas_together: found.as_ref().and_then(|style| style.halo_r_within),
        areas_together_of_colleagues: found.as_ref().and_then(|style| style.halo_r_others),
    }
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

/// The differences since the level moved, less the baseline's, say by how much.
fn drift(scores: &Scores, rater: AccountId) -> OwnDrift {
    let order: Vec<String> = scores.interviews().filter_map(|cards| Some(cards.first()?.interview.to_string())).collect();
    let Ok(found) = statistics::drift::drift(&scores.ratings, &order, &rater.to_string()) else {
        return OwnDrift { tier: Tier::Hidden, scorecards: 0, moved_since: None, by: None };
    };
    let moved = found.moved.as_ref().filter(|moved| moved.still);
    let since =
        moved.and_then(|moved| scores.cards.iter().find(|card| card.interview.to_string() == moved.since)).map(|card| card.starts_at);
    let by = moved.zip(found.chart.as_ref()).and_then(|(moved, chart)| {
        let after: Vec<f64> =
            found.scorecards.iter().skip_while(|card| card.session != moved.since).map(|card| card.difference - chart.level).collect();
        statistics::moments::mean(&after)
    });
    OwnDrift { tier: found.tier, scorecards: found.scorecards.len(), moved_since: since, by }
}

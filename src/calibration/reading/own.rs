//! What one person is told of themselves.

use super::super::model::{OwnCalibration, OwnDrift};
use super::super::statistics;
use super::super::statistics::gates::Tier;
use super::consistency::Model;
use super::scores::Scores;
use super::{facets, severity, style, talk};
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
        style: style::style(scores, rater),
        drift: drift(scores, rater),
        talk_about: talk::talk_about(scores, Some(rater)),
    }
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

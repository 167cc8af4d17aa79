//! The rule before the talk (R6): how cards combine into one number, its band, and the outcome it proposes.
//!
//! ```text
//! area mean   m_a = mean of the scored values of area a over the counted cards
//! combination x   = Σ w_a m_a / Σ w_a          over the areas that have a score
//! band        x ± 1.96 · √Δ(n),  Δ(n) = (σ²r + σ²e) / n,  n = counted cards
//! ```
//! Weights are the rubric's, renormalised over the scored areas. Fewer than four scored areas give no
//! number. The variance components are the team's own once they are reportable, until then the built-in ones,
//! which are said to be assumed.

use serde::Serialize;
use utoipa::ToSchema;

/// How much the mean of a card varies for reasons that are not the candidate, in squared points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Variance {
    /// σ²r, between interviewers.
    pub interviewer: f64,
    /// σ²e, what is left.
    pub rest: f64,
}

impl Variance {
    /// What is assumed while a team's own cannot be reported.
    pub const BUILT_IN: Variance = Variance { interviewer: 0.10, rest: 0.45 };
}

/// The two-sided 95 % quantile of the normal distribution.
const Z: f64 = 1.96;
/// With fewer scored areas than this there is no number.
pub const AREAS_NEEDED: usize = 4;

/// One area: its weight, and the scored values of the counted cards; "not asked" and "not enough
/// evidence" are no values and are not here (R3).
#[derive(Debug, Clone, PartialEq)]
pub struct AreaScores {
    pub area: u8,
    pub weight: f64,
    pub values: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Combination {
    /// Null when fewer than four areas have a score.
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub scored_areas: usize,
    pub counted_cards: usize,
    /// The place of the outcome among the rubric's, from the lowest; null without a value.
    pub step: Option<usize>,
    /// The band crosses a cut: the number alone does not settle it.
    pub near_a_cut: bool,
}

/// Combines by the rule. `cuts` rise; reaching a cut is passing it.
pub fn combine(areas: &[AreaScores], counted_cards: usize, cuts: &[f64], variance: Variance) -> Combination {
    let scored: Vec<(f64, f64)> = areas.iter().filter_map(|area| Some((area.weight, mean(&area.values)?))).collect();
    let none = Combination { value: None, low: None, high: None, scored_areas: scored.len(), counted_cards, step: None, near_a_cut: false };
    let weight: f64 = scored.iter().map(|(weight, _)| weight).sum();
    if scored.len() < AREAS_NEEDED || counted_cards == 0 || weight <= 0.0 {
        return none;
    }
    let value = scored.iter().map(|(weight, mean)| weight * mean).sum::<f64>() / weight;
    let half = half_width(counted_cards, variance);
    let (low, high) = ((value - half).max(1.0), (value + half).min(5.0));
    // A mean of equal numbers may miss a cut by a rounding error.
    let reached = |x: f64, cut: f64| x >= cut - 1e-9;
    Combination {
        value: Some(value),
        low: Some(low),
        high: Some(high),
        step: Some(cuts.iter().filter(|cut| reached(value, **cut)).count()),
        near_a_cut: cuts.iter().any(|cut| !reached(low, *cut) && reached(high, *cut)),
        ..none
    }
}

/// How far the mean of `cards` cards may lie from what all interviewers together would give: ±1.96·√Δ(n).
/// For one area alone it is at least that.
pub fn half_width(cards: usize, variance: Variance) -> f64 {
    Z * ((variance.interviewer + variance.rest) / cards as f64).sqrt()
}

fn mean(values: &[u8]) -> Option<f64> {
    let sum: f64 = values.iter().map(|value| f64::from(*value)).sum();
    (!values.is_empty()).then(|| sum / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By the built-in components.
    fn combine(areas: &[AreaScores], counted_cards: usize, cuts: &[f64]) -> Combination {
        super::combine(areas, counted_cards, cuts, Variance::BUILT_IN)
    }

    fn areas(values: [&[u8]; 5]) -> Vec<AreaScores> {
        values.iter().zip(1..).map(|(values, area)| AreaScores { area, weight: 1.0, values: values.to_vec() }).collect()
    }

    #[test]
    fn by_hand() {
        let combined = combine(&areas([&[3, 4, 3], &[4, 4, 4], &[5, 4, 4], &[4, 4, 5], &[4, 2, 3]]), 3, &[2.3, 2.9]);
        // Means 10/3, 4, 13/3, 13/3, 3; their mean is 19/5.
        assert!((combined.value.unwrap() - 3.8).abs() < 1e-12);
        // 1.96 · √(.55 / 3) = 0.83922…
        assert!((combined.high.unwrap() - 4.639_221).abs() < 1e-6, "{combined:?}");
        assert_eq!((combined.step, combined.near_a_cut), (Some(2), false));
    }

    #[test]
    fn the_band_is_as_wide_as_interviewers_differ() {
        let own = Variance { interviewer: 0.02, rest: 0.10 };
        let combined = super::combine(&areas([&[3], &[3], &[3], &[3], &[3]]), 3, &[2.3], own);
        // 1.96 · √(.12 / 3) = 0.392
        assert!((combined.high.unwrap() - 3.392).abs() < 1e-12 && !combined.near_a_cut, "{combined:?}");
        assert!(super::combine(&areas([&[3], &[3], &[3], &[3], &[3]]), 3, &[2.3], Variance::BUILT_IN).near_a_cut);
    }

    #[test]
    fn an_area_nobody_scored_leaves_its_weight_to_the_others_and_two_such_leave_no_number() {
        let four = combine(&areas([&[3], &[3], &[3], &[5], &[]]), 1, &[]);
        assert_eq!((four.value, four.scored_areas), (Some(3.5), 4));
        let three = combine(&areas([&[3], &[3], &[3], &[], &[]]), 1, &[1.0]);
        assert_eq!((three.value, three.step, three.scored_areas), (None, None, 3));
    }

    #[test]
    fn weights_count_and_a_reached_cut_is_passed() {
        let mut weighted = areas([&[5], &[1], &[1], &[1], &[1]]);
        weighted[0].weight = 4.0;
        let combined = combine(&weighted, 1, &[2.0, 3.0, 4.0]);
        assert_eq!((combined.value, combined.step, combined.near_a_cut), (Some(3.0), Some(2), true));
    }

    fn any_areas() -> impl Strategy<Value = Vec<AreaScores>> {
        prop::collection::vec((0.5..3.0, prop::collection::vec(1..=5u8, 0..6)), 5)
            .prop_map(|areas| areas.into_iter().zip(1..).map(|((weight, values), area)| AreaScores { area, weight, values }).collect())
    }

    proptest! {
        #[test]
        fn the_value_is_on_the_scale_and_in_its_band(areas in any_areas(), n in 1..9usize) {
            let combined = combine(&areas, n, &[2.3, 2.9]);
            if let (Some(low), Some(value), Some(high)) = (combined.low, combined.value, combined.high) {
                prop_assert!(1.0 <= low && low <= value + 1e-12 && value <= high + 1e-12 && high <= 5.0);
            } else {
                prop_assert!(combined.scored_areas < AREAS_NEEDED);
            }
        }

        #[test]
        fn the_order_of_areas_and_cards_changes_nothing(areas in any_areas(), n in 1..9usize) {
            let mut turned = areas.clone();
            turned.reverse();
            turned.iter_mut().for_each(|area| area.values.reverse());
            let (one, other) = (combine(&areas, n, &[3.0]), combine(&turned, n, &[3.0]));
            prop_assert!(one.value.zip(other.value).is_none_or(|(one, other)| (one - other).abs() < 1e-12));
            prop_assert_eq!(one.scored_areas, other.scored_areas);
        }

        #[test]
        fn a_higher_score_never_lowers_the_value(areas in any_areas(), area in 0..5usize) {
            let mut raised = areas.clone();
            raised[area].values.iter_mut().for_each(|value| *value = (*value + 1).min(5));
            let (before, after) = (combine(&areas, 2, &[]).value, combine(&raised, 2, &[]).value);
            prop_assert!(before.zip(after).is_none_or(|(before, after)| after >= before - 1e-12));
        }

        #[test]
        fn more_cards_never_widen_the_band(areas in any_areas(), n in 1..8usize) {
            let width = |n| { let c = combine(&areas, n, &[]); c.high.zip(c.low).map(|(high, low)| high - low) };
            prop_assert!(width(n).zip(width(n + 1)).is_none_or(|(few, many)| many <= few + 1e-12));
        }
    }
}

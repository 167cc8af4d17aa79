//! Made-up ratings with a known truth, for demonstrations and for tests of the statistics.
//!
//! score = candidate + rater + area + candidate × area + rater × candidate + residual, in whole hundredths of a
//! point, rounded and kept within 1 to 5. Whole numbers from a fixed seed: the same everywhere. An effect depends
//! on its own places alone, so one more candidate leaves the others' scores as they are.

use super::ratings::{Ratings, Row, Scale};
use super::reason::Refusal;
use crate::platform::splitmix::{keyed, normal};

/// What to make. Standard deviations are in hundredths of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    pub seed: u64,
    pub candidates: usize,
    pub raters: usize,
    pub areas: usize,
    /// Raters per candidate; all where it is not below their number.
    pub panel: usize,
    pub sd: Spread,
    /// How far the severe rater lies below, and the lenient one above.
    pub severity: i64,
    /// Residual standard deviation in the weak area.
    pub weak_residual: i64,
    /// Of the distance to the middle of the scale the middling rater shows this many hundredths.
    pub middling: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    pub candidate: i64,
    pub rater: i64,
    pub area: i64,
    pub candidate_area: i64,
    pub rater_candidate: i64,
    pub residual: i64,
}

impl Recipe {
    /// A team whose peculiar raters are plain to see.
    pub fn team(seed: u64, candidates: usize, raters: usize, panel: usize) -> Self {
        let sd = Spread { candidate: 70, rater: 8, area: 15, candidate_area: 30, rater_candidate: 15, residual: 40 };
        Recipe { seed, candidates, raters, areas: 5, panel, sd, severity: 75, weak_residual: 120, middling: 25 }
    }
}

/// One score by places, counted from 0; the score is 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    pub candidate: usize,
    pub rater: usize,
    pub area: usize,
    pub score: u8,
}

/// What was put in, in hundredths of a point. Peculiar raters are three different ones; with fewer raters the
/// lenient one goes first, then the severe one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    pub candidates: Vec<i64>,
    /// Positive = lenient.
    pub raters: Vec<i64>,
    pub areas: Vec<i64>,
    pub middling: Option<usize>,
    pub severe: Option<usize>,
    pub lenient: Option<usize>,
    pub weak_area: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    pub scores: Vec<Made>,
    pub truth: Truth,
}

/// What a draw is for; part of its key.
#[derive(Clone, Copy)]
enum Effect {
    Candidate,
    Rater,
    Area,
    CandidateArea,
    RaterCandidate,
    Residual,
    Order,
    Seat,
    Weak,
}

/// Middle of the scale, in hundredths.
const MIDDLE: i64 = 300;

pub fn generate(recipe: &Recipe) -> Generated {
    let draw = |effect: Effect, places: [usize; 3], sd: i64| normal(key(recipe.seed, effect, places), sd);
    let list = |effect: Effect, count: usize, sd: i64| (0..count).map(|at| draw(effect, [at, 0, 0], sd)).collect::<Vec<i64>>();
    let mut order: Vec<usize> = (0..recipe.raters).collect();
    order.sort_by_key(|rater| key(recipe.seed, Effect::Order, [*rater, 0, 0]));
    let mut truth = Truth {
        candidates: list(Effect::Candidate, recipe.candidates, recipe.sd.candidate),
        raters: list(Effect::Rater, recipe.raters, recipe.sd.rater),
        areas: list(Effect::Area, recipe.areas, recipe.sd.area),
        middling: order.first().copied(),
        severe: order.get(1).copied(),
        lenient: order.get(2).copied(),
        weak_area: (0..recipe.areas).min_by_key(|area| key(recipe.seed, Effect::Weak, [*area, 0, 0])),
    };
    for (rater, effect) in [(truth.severe, -recipe.severity), (truth.lenient, recipe.severity)] {
        if let Some(place) = rater.and_then(|rater| truth.raters.get_mut(rater)) {
            *place = effect;
        }
    }
    let mut scores = Vec::new();
    for (candidate, panel) in panels(recipe).into_iter().enumerate() {
        for rater in panel {
            for area in 0..recipe.areas {
                let residual = if truth.weak_area == Some(area) { recipe.weak_residual } else { recipe.sd.residual };
                let of = |list: &[i64], place: usize| list.get(place).copied().unwrap_or(0);
                let mut seen = of(&truth.candidates, candidate)
                    + of(&truth.raters, rater)
                    + of(&truth.areas, area)
                    + draw(Effect::CandidateArea, [candidate, area, 0], recipe.sd.candidate_area)
                    + draw(Effect::RaterCandidate, [rater, candidate, 0], recipe.sd.rater_candidate)
                    + draw(Effect::Residual, [candidate, rater, area], residual);
                if truth.middling == Some(rater) {
                    seen = seen * recipe.middling / 100;
                }
                let score = (MIDDLE + seen + 50).div_euclid(100).clamp(1, 5) as u8;
                scores.push(Made { candidate, rater, area, score });
            }
        }
    }
    Generated { scores, truth }
}

/// Who sits with each candidate: those with the fewest seats so far, ties by draw; in the order of places.
fn panels(recipe: &Recipe) -> Vec<Vec<usize>> {
    let mut seats = vec![0usize; recipe.raters];
    let mut found = Vec::with_capacity(recipe.candidates);
    for candidate in 0..recipe.candidates {
        let mut order: Vec<usize> = (0..recipe.raters).collect();
        order.sort_by_key(|rater| (seats.get(*rater).copied(), key(recipe.seed, Effect::Seat, [candidate, *rater, 0])));
        order.truncate(recipe.panel.min(recipe.raters));
        order.sort_unstable();
        for rater in &order {
            if let Some(seats) = seats.get_mut(*rater) {
                *seats += 1;
            }
        }
        found.push(order);
    }
    found
}

fn key(seed: u64, effect: Effect, places: [usize; 3]) -> u64 {
    keyed(seed, &[effect as u64, places[0] as u64, places[1] as u64, places[2] as u64])
}

impl Generated {
    pub fn candidate_id(place: usize) -> String {
        format!("s{:03}", place + 1)
    }

    pub fn rater_id(place: usize) -> String {
        format!("r{:02}", place + 1)
    }

    pub fn area_id(place: usize) -> String {
        format!("A{}", place + 1)
    }

    /// Under the ids above, on the levels 1 to 5.
    pub fn ratings(&self) -> Result<Ratings, Refusal> {
        let rows: Vec<_> = self
            .scores
            .iter()
            .map(|made| (Self::candidate_id(made.candidate), Self::rater_id(made.rater), Self::area_id(made.area), f64::from(made.score)))
            .collect();
        let scale = Scale::new(vec![1.0, 2.0, 3.0, 4.0, 5.0])?;
        Ratings::new(scale, rows.iter().map(|(subject, rater, area, score)| Row { subject, rater, area, score: Some(*score) }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::mfrm::mfrm;
    use super::super::request::Facet;
    use super::super::scope::Scope;
    use super::super::style::rater_style;
    use super::*;
    use std::cmp::Ordering;

    fn teams() -> impl Iterator<Item = Generated> {
        (0..12).map(|seed| generate(&Recipe::team(seed, 40, 6, if seed % 2 == 0 { 6 } else { 3 })))
    }

    fn largest(values: impl IntoIterator<Item = f64>) -> Option<usize> {
        values.into_iter().enumerate().max_by(|a, b| a.1.partial_cmp(&b.1).unwrap_or(Ordering::Equal)).map(|(at, _)| at)
    }

    #[test]
    fn style_finds_the_rater_who_stays_in_the_middle() {
        for made in teams() {
            let ratings = made.ratings().unwrap();
            let styles: Vec<_> = ratings.raters().iter().map(|rater| rater_style(&ratings, &Scope::Areas, rater).unwrap()).collect();
            assert_eq!(largest(styles.iter().map(|style| style.mid_share_excess.unwrap())), made.truth.middling);
            assert_eq!(largest(styles.iter().map(|style| -style.spread_ratio.unwrap())), made.truth.middling);
        }
    }

    #[test]
    fn the_model_finds_severe_lenient_and_the_weak_area() {
        for made in teams() {
            let model = mfrm(&made.ratings().unwrap(), &Scope::Areas).unwrap();
            let values = |facet| model.elements(facet).iter().map(|element| element.measure.unwrap()).collect::<Vec<_>>();
            assert_eq!(largest(values(Facet::Rater).iter().map(|rater| rater.value)), made.truth.severe);
            assert_eq!(largest(values(Facet::Rater).iter().map(|rater| -rater.value)), made.truth.lenient);
            assert_eq!(largest(values(Facet::Area).iter().map(|area| area.outfit)), made.truth.weak_area);
        }
    }

    #[test]
    fn the_mean_difference_to_co_raters_finds_severe_and_lenient() {
        for made in teams() {
            let mut sums = [(0.0, 0.0); 6];
            for one in &made.scores {
                let others: Vec<f64> = made
                    .scores
                    .iter()
                    .filter(|other| (other.candidate, other.area) == (one.candidate, one.area) && other.rater != one.rater)
                    .map(|other| f64::from(other.score))
                    .collect();
                sums[one.rater].0 += f64::from(one.score) - others.iter().sum::<f64>() / others.len() as f64;
                sums[one.rater].1 += 1.0;
            }
            let means: Vec<f64> = sums.iter().map(|(sum, n)| sum / n).collect();
            assert_eq!(largest(means.iter().copied()), made.truth.lenient);
            assert_eq!(largest(means.iter().map(|mean| -mean)), made.truth.severe);
        }
    }

    #[test]
    fn one_more_candidate_changes_no_score_of_the_others() {
        let (few, more) = (generate(&Recipe::team(3, 10, 5, 5)), generate(&Recipe::team(3, 11, 5, 5)));
        assert_eq!(few.scores, more.scores[..few.scores.len()]);
        assert_eq!(generate(&Recipe::team(3, 10, 5, 5)), few);
        assert_ne!(generate(&Recipe::team(4, 10, 5, 5)).scores, few.scores);
    }

    #[test]
    fn seats_are_shared_out_evenly() {
        let made = generate(&Recipe::team(9, 30, 7, 3));
        let seats: Vec<usize> = (0..7).map(|rater| made.scores.iter().filter(|one| one.rater == rater && one.area == 0).count()).collect();
        assert!(seats.iter().all(|seats| (12..=13).contains(seats)), "{seats:?}");
    }

    #[test]
    fn small_and_empty_recipes_are_answered() {
        for raters in 0..4 {
            for candidates in 0..3 {
                let made = generate(&Recipe::team(1, candidates, raters, 3));
                assert_eq!(made.scores.len(), candidates * raters * 5);
                assert!(made.ratings().is_ok());
            }
        }
    }
}

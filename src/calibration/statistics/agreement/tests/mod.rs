//! Known values, degenerate input, and laws that hold for all ratings.

mod known;
mod laws;
mod running;

use super::super::answer::{Answer, Value};
use super::super::answers::answer;
use super::super::ratings::{Ratings, Row, Scale};
use super::super::request::{Average, Kind, Metric, Statistic, Weights};
use super::super::scope::Scope;
use proptest::prelude::*;

/// Subject, rater, area, score.
pub type Given = (String, String, String, f64);

pub const METRICS: [Metric; 4] = [Metric::Nominal, Metric::Ordinal, Metric::Interval, Metric::Ratio];
pub const WEIGHTS: [Weights; 4] = [Weights::Identity, Weights::Linear, Weights::Quadratic, Weights::Ordinal];

pub fn five() -> Vec<f64> {
    vec![1.0, 2.0, 3.0, 4.0, 5.0]
}

pub fn scopes() -> [Scope; 4] {
    [Scope::Areas, Scope::Mean, Scope::Area("a0".into()), Scope::Area("never".into())]
}

pub fn ratings_on(levels: Vec<f64>, given: &[Given]) -> Ratings {
    let rows = given.iter().map(|(subject, rater, area, score)| Row { subject, rater, area, score: Some(*score) });
    Ratings::new(Scale::new(levels).unwrap(), rows).unwrap()
}

pub fn ratings(given: &[Given]) -> Ratings {
    ratings_on(five(), given)
}

/// One area; each row is a subject, each column a rater, 0 is not rated.
pub fn table(rows: &[&[u8]]) -> Ratings {
    let cells =
        rows.iter().enumerate().flat_map(|(subject, row)| row.iter().enumerate().map(move |(rater, score)| (subject, rater, *score)));
    let given: Vec<Given> = cells
        .filter(|(_, _, score)| *score > 0)
        .map(|(subject, rater, score)| (format!("s{subject:03}"), format!("r{rater}"), "a0".into(), f64::from(score)))
        .collect();
    ratings(&given)
}

/// Up to 9 subjects, 4 raters and 2 areas, with gaps, by places of levels below `levels`.
pub fn places(levels: u8) -> impl Strategy<Value = Vec<(u8, u8, u8, u8)>> {
    (1..10u8, 1..5u8, 1..3u8).prop_flat_map(move |(subjects, raters, areas)| {
        let cells = usize::from(subjects) * usize::from(raters) * usize::from(areas);
        proptest::collection::vec(proptest::option::weighted(0.7, 0..levels), cells).prop_map(move |cells| {
            let place = |at: usize| {
                let (subject, rest) = (at as u8 / (raters * areas), at as u8 % (raters * areas));
                (subject, rest / areas, rest % areas)
            };
            let rated = cells.iter().enumerate().filter_map(|(at, level)| level.map(|level| (place(at), level)));
            rated.map(|((subject, rater, area), level)| (subject, rater, area, level)).collect()
        })
    })
}

pub fn named(places: &[(u8, u8, u8, u8)], levels: &[f64]) -> Vec<Given> {
    let name = |(s, r, a, level): &(u8, u8, u8, u8)| (format!("s{s}"), format!("r{r}"), format!("a{a}"), levels[usize::from(*level)]);
    places.iter().map(name).collect()
}

pub fn given() -> impl Strategy<Value = Vec<Given>> {
    places(5).prop_map(|places| named(&places, &five()))
}

/// Every statistic of the family; pairs are of these raters.
pub fn statistics(raters: [&str; 2]) -> Vec<Statistic> {
    let raters = || raters.map(str::to_owned);
    let mut all = vec![
        Statistic::MeanAbsDiff {},
        Statistic::Histogram {},
        Statistic::CoincidenceMatrix {},
        Statistic::Pearson { raters: raters() },
        Statistic::EvidenceTier {},
    ];
    for kind in [Kind::Exact, Kind::Adjacent] {
        all.extend([Average::Unit, Average::Pair].map(|average| Statistic::Agreement { kind, average }));
    }
    for metric in METRICS {
        all.push(Statistic::KrippendorffAlpha { metric });
        all.push(Statistic::KrippendorffAlphaBootstrap { metric, level: 0.95 });
    }
    for weights in WEIGHTS.into_iter().chain([Weights::Custom]) {
        all.push(Statistic::FleissKappa { weights });
        all.push(Statistic::GwetAc { weights });
        all.push(Statistic::BrennanPrediger { weights });
        all.push(Statistic::CohenKappa { raters: raters(), weights, disagreement: None });
        all.push(Statistic::GoldWeightedKappa { rater: raters()[0].clone(), weights });
    }
    all
}

pub fn all_answers(ratings: &Ratings, raters: [&str; 2]) -> Vec<(String, Answer)> {
    let all = statistics(raters);
    let asked = scopes().into_iter().flat_map(|scope| all.iter().map(move |statistic| (statistic, scope.clone())));
    asked.map(|(statistic, scope)| (format!("{statistic:?} {scope:?}"), answer(ratings, statistic, &scope))).collect()
}

pub fn close(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => (one - other).abs() <= 1e-9,
        (Value::List(one), Value::List(other)) => one.len() == other.len() && one.iter().zip(other).all(|(one, other)| close(one, other)),
        _ => one == other,
    }
}

/// The same up to rounding.
pub fn same(one: &Answer, other: &Answer) -> bool {
    let fields = one.fields.len() == other.fields.len()
        && one.fields.iter().zip(&other.fields).all(|(one, other)| one.0 == other.0 && close(&one.1, &other.1));
    fields && one.reason == other.reason && one.flags == other.flags
}

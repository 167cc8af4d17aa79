use proptest::prelude::*;

use super::super::samples::{Given, any_rows, ratings};
use super::*;

/// `table[session]` = own less gold in five areas; gold runs through 2, 3, 4.
fn exercise(table: &[[i8; 5]]) -> Vec<Given> {
    let mut rows = Vec::new();
    for (session, distances) in table.iter().enumerate() {
        for (area, distance) in distances.iter().enumerate() {
            let gold = 2 + ((session + area) % 3) as i8;
            for (rater, score) in [("GOLD", gold), ("r", gold + distance)] {
                rows.push((format!("g{session}"), rater.to_owned(), format!("A{area}"), score as u8));
            }
        }
    }
    rows
}

fn table_of(table: &[[i8; 5]]) -> Readiness {
    readiness(&ratings(&exercise(table)), "r").unwrap()
}

fn verdict(found: &Readiness, criterion: Criterion) -> Verdict {
    found.line(criterion).unwrap().verdict
}

#[test]
fn a_rater_like_the_experts_is_ready() {
    let found = table_of(&[[0, 0, 0, 0, 1], [0, 0, -1, 0, 0], [0, 0, 0, 0, 0], [0, 1, 0, 0, -1]]);
    assert_eq!((found.sessions, found.cells, found.outcome), (4, 20, Outcome::Is(Verdict::Ready)));
    assert_eq!(found.lines.len(), 5);
    assert_eq!(found.areas.len(), 5);
    assert_eq!((found.areas[4].n, found.areas[4].bias, found.areas[4].mae), (4, 0.0, 0.5));
}

#[test]
fn limits_belong_to_the_better_side() {
    // 19 of 20 within one (95 %), 12 exact (60 %), sizes 2 + 7 = 9 of 20.
    let found = table_of(&[[0, 0, 0, 1, -1], [0, 0, 0, 1, -1], [0, 0, 0, 1, -1], [0, 0, 0, 2, -1]]);
    assert_eq!(verdict(&found, Criterion::WithinOne), Verdict::Ready);
    assert_eq!(verdict(&found, Criterion::Exact), Verdict::Ready);
    // One more beyond one point is 90 %, one less exact 55 %; sizes 11 of 20.
    let found = table_of(&[[0, 0, 0, 1, -1], [0, 0, 0, 1, -1], [0, 0, 1, 1, -1], [0, 0, 0, 2, -2]]);
    assert_eq!(verdict(&found, Criterion::WithinOne), Verdict::Talk);
    assert_eq!(verdict(&found, Criterion::Exact), Verdict::Talk);
    assert_eq!(verdict(&found, Criterion::Mae), Verdict::Talk);
    assert_eq!(found.outcome, Outcome::Is(Verdict::Talk));
    // MAE of exactly .50 is ready: ten ones of twenty.
    let found = table_of(&[[0, 1, 0, 1, 0], [-1, 0, -1, 0, 1], [0, 1, 0, -1, 0], [1, 0, -1, 0, 1]]);
    assert_eq!(found.line(Criterion::Mae).unwrap().value, Some(0.5));
    assert_eq!(verdict(&found, Criterion::Mae), Verdict::Ready);
}

#[test]
fn bias_is_judged_with_its_interval() {
    // Session means .6, .6, .6, .6: no doubt.
    let same = table_of(&[[1, 1, 1, 0, 0]; 4]);
    let line = same.line(Criterion::Bias).unwrap();
    assert_eq!((line.verdict, line.interval), (Verdict::Repeat, Some((0.6, 0.6))));
    let doubtful = table_of(&[[1, 1, 1, 1, 1], [1, 1, 1, 1, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]);
    let line = doubtful.line(Criterion::Bias).unwrap();
    let (low, high) = line.interval.unwrap();
    // Session means 1, .8, 0, 0: mean .45, sum of squares .83, se sqrt(.83 / 3 / 4).
    let half = 3.182446305284263 * (0.83f64 / 12.0).sqrt();
    assert!((low - (0.45 - half)).abs() < 1e-9 && (high - (0.45 + half)).abs() < 1e-9);
    assert_eq!((line.value, line.verdict), (Some(0.45), Verdict::Ready));
    // .4 in every session: excludes 0 but is not above .50.
    assert_eq!(verdict(&table_of(&[[1, 1, 0, 0, 0]; 4]), Criterion::Bias), Verdict::Talk);
}

#[test]
fn three_sessions_tell_bias_distance_and_areas_only() {
    let found = table_of(&[[1, 1, 1, 1, 1]; 3]);
    let kinds: Vec<Criterion> = found.lines.iter().map(|line| line.criterion).collect();
    assert_eq!(kinds, [Criterion::Mae, Criterion::Bias]);
    assert!(found.lines.iter().all(|line| line.interval.is_none()));
    assert_eq!((found.outcome, found.areas.len()), (Outcome::NotEnough, 5));
    // A large bias without an interval is never to repeat.
    assert_eq!(verdict(&found, Criterion::Bias), Verdict::Talk);
}

#[test]
fn ready_needs_twenty_cells_but_repeat_does_not() {
    let mut rows = exercise(&[[0; 5]; 4]);
    rows.retain(|(s, _, a, _)| !(s == "g0" && a == "A0"));
    let found = readiness(&ratings(&rows), "r").unwrap();
    assert_eq!((found.cells, found.outcome), (19, Outcome::NotEnough));
    let mut rows = exercise(&[[1; 5]; 4]);
    rows.retain(|(s, _, a, _)| !(s == "g0" && a == "A0"));
    assert_eq!(readiness(&ratings(&rows), "r").unwrap().outcome, Outcome::Is(Verdict::Repeat));
}

#[test]
fn a_contested_area_is_not_compared() {
    let mut rows = exercise(&[[0, 0, 0, 0, 1]; 5]);
    rows.retain(|(_, r, a, _)| !(r == "GOLD" && a == "A4"));
    let found = readiness(&ratings(&rows), "r").unwrap();
    assert_eq!((found.cells, found.areas.len(), found.outcome), (20, 4, Outcome::Is(Verdict::Ready)));
}

#[test]
fn differential_accuracy_of_those_who_do_not_vary() {
    let always_three: Vec<Given> =
        exercise(&[[0; 5]; 4]).into_iter().map(|(s, r, a, x)| if r == "r" { (s, r, a, 3) } else { (s, r, a, x) }).collect();
    let line = *readiness(&ratings(&always_three), "r").unwrap().line(Criterion::DifferentialAccuracy).unwrap();
    assert_eq!((line.value, line.verdict), (None, Verdict::Talk));
    let flat_gold: Vec<Given> = exercise(&[[0; 5]; 4]).into_iter().map(|(s, r, a, _)| (s, r, a, 3)).collect();
    let found = readiness(&ratings(&flat_gold), "r").unwrap();
    assert_eq!((found.line(Criterion::DifferentialAccuracy), found.outcome), (None, Outcome::Is(Verdict::Ready)));
}

#[test]
fn change_between_two_sets() {
    let data = ratings(&exercise(&[
        [1, 1, 1, 1, 1],
        [1, 1, 1, 1, 0],
        [1, 1, 1, 0, 0],
        [1, 1, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [1, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [1, 0, 0, 0, 0],
    ]));
    let (before, after) = (["g0", "g1", "g2", "g3"], ["g4", "g5", "g6", "g7"]);
    let found = change(&data, "r", &before, &after).unwrap();
    let mae = found.iter().find(|change| change.criterion == Criterion::Mae).unwrap();
    assert!((mae.before - 0.7).abs() < 1e-12 && (mae.after - 0.1).abs() < 1e-12 && (mae.change + 0.6).abs() < 1e-12);
    // Session means 1, .8, .6, .4 (variance .2 / 3) and 0, .2, 0, .2 (.04 / 3).
    let (x, y) = (0.2f64 / 12.0, 0.04f64 / 12.0);
    let freedom = (x + y).powi(2) / ((x * x + y * y) / 3.0);
    let half = super::super::quantile::student(0.975, freedom).unwrap() * (x + y).sqrt();
    let (low, high) = mae.interval.unwrap();
    assert!((low - (-0.6 - half)).abs() < 1e-9 && (high - (-0.6 + half)).abs() < 1e-9);
    assert_eq!(change(&data, "r", &["g0"], &["g0", "g1"]), Err(Reason::NotEstimable));
    assert_eq!(change(&data, "r", &["g0"], &["g9"]), Err(Reason::NoOverlap));
    assert!(change(&data, "r", &before[..3], &after).unwrap().iter().all(|change| change.interval.is_none()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_is_nan(rows in any_rows()) {
        let data = ratings(&rows);
        for rater in data.raters() {
            if let Ok(found) = readiness(&data, rater) {
                for line in &found.lines {
                    prop_assert!(line.value.is_none_or(f64::is_finite));
                    prop_assert!(line.interval.is_none_or(|(low, high)| low.is_finite() && low <= high && high.is_finite()));
                }
                prop_assert!(found.outcome != Outcome::Is(Verdict::Ready) || found.cells >= CELLS);
                prop_assert!(found.sessions >= SESSIONS || found.outcome == Outcome::NotEnough);
            }
            let (before, after) = data.subjects().split_at(data.subjects().len() / 2);
            for change in change(&data, rater, before, after).unwrap_or_default() {
                prop_assert!(change.change.is_finite() && change.interval.is_none_or(|(low, high)| low <= high && (high - low).is_finite()));
            }
        }
    }

    /// Scoring further from the experts in one more cell makes no line but the bias better.
    #[test]
    fn one_more_miss_never_helps(table in prop::collection::vec([-1..=1i8, -1..=1, -1..=1, -1..=1, -1..=1], 4..8), at in 0..4usize, area in 0..5usize) {
        let mut worse = table.clone();
        worse[at][area] = if table[at][area] < 0 { -1 } else { 1 };
        let (a, b) = (table_of(&table), table_of(&worse));
        for criterion in [Criterion::WithinOne, Criterion::Exact, Criterion::Mae] {
            prop_assert!(verdict(&a, criterion) <= verdict(&b, criterion));
        }
    }
}

use super::super::samples::{Given, any_rows, ratings};
use super::*;
use crate::platform::splitmix::{keyed, normal};
use proptest::prelude::*;

/// `n` scorecards of "r" with two colleagues; from `from` on "r" scores higher by `shift`.
fn team(n: usize, from: usize, shift: i64) -> (Vec<Given>, Vec<String>) {
    let mut rows = Vec::new();
    let order: Vec<String> = (0..n).map(|at| format!("s{at:03}")).collect();
    for (at, session) in order.iter().enumerate() {
        for (nth, rater) in ["r", "p", "q"].into_iter().enumerate() {
            for area in 0..5 {
                let move_by = if rater == "r" && at >= from { shift } else { 0 };
                let noise = normal(keyed(11, &[at as u64, nth as u64, area]), 60);
                let score = (300 + move_by + noise + 50).div_euclid(100).clamp(1, 5);
                rows.push((session.clone(), rater.to_owned(), format!("A{area}"), score as u8));
            }
        }
    }
    (rows, order)
}

#[test]
fn a_hand_computed_difference() {
    let rows = super::super::samples::given(&[
        ("s1", "r", "A", 5),
        ("s1", "p", "A", 2),
        ("s1", "q", "A", 3),
        ("s1", "r", "B", 3),
        ("s1", "p", "B", 2),
        ("s1", "r", "C", 1),
    ]);
    let found = drift(&ratings(&rows), &["s1", "s1", "s9"], "r").unwrap();
    // 5 - 2.5 and 3 - 2; C has no co-rater.
    assert_eq!(found.scorecards, [Scorecard { session: "s1".into(), difference: 1.75 }]);
    assert_eq!((found.tier, found.moved), (Tier::Hidden, None));
    assert_eq!(drift(&ratings(&rows), &["s1"], "nobody"), Err(Reason::NoRatings));
    assert_eq!(drift(&ratings(&rows), &["s9"], "r"), Err(Reason::NoOverlap));
}

#[test]
fn a_shift_is_found_where_it_began() {
    for (n, from, tier) in [(20, 14, Tier::Indicative), (40, 28, Tier::Reportable)] {
        for shift in [120, -120] {
            let (rows, order) = team(n, from, shift);
            let found = drift(&ratings(&rows), &order, "r").unwrap();
            let moved = found.moved.unwrap();
            assert_eq!((found.tier, moved.up, moved.still), (tier, shift > 0, true));
            let since = order.iter().position(|session| *session == moved.since).unwrap();
            assert!(since.abs_diff(from) <= 2, "{since}");
            assert!(moved.look_at.contains(&order[from]) && moved.look_at.last() == Some(&moved.signal));
            // The colleagues are seen to move the other way by half, or not at all; nobody who stays is accused alone.
            assert!(drift(&ratings(&rows), &order, "p").unwrap().moved.is_none_or(|other| other.up != moved.up));
        }
    }
}

#[test]
fn nothing_is_said_of_a_steady_rater_or_of_few_scorecards() {
    let (rows, order) = team(40, 99, 0);
    let found = drift(&ratings(&rows), &order, "r").unwrap();
    assert_eq!((found.tier, found.moved, found.chart.unwrap().baseline), (Tier::Reportable, None, 20));
    let (rows, order) = team(10, 5, 200);
    let found = drift(&ratings(&rows), &order, "r").unwrap();
    assert_eq!((found.tier, found.chart, found.moved), (Tier::Hidden, None, None));
}

#[test]
fn a_signal_stays_when_later_scorecards_come_in() {
    let (rows, order) = team(60, 13, 120);
    let early: Vec<Moved> = [20, 21, 35, 60].iter().map(|n| drift(&ratings(&rows), &order[..*n], "r").unwrap().moved.unwrap()).collect();
    assert!(early.iter().all(|moved| moved.since == early[0].since && moved.signal == early[0].signal));
}

#[test]
fn always_the_same_difference_has_no_variance() {
    let rows: Vec<Given> = (0..12).flat_map(|s| [("r", 4), ("p", 3)].map(|(r, x)| (format!("s{s:02}"), r.into(), "A".into(), x))).collect();
    let order: Vec<String> = (0..12).map(|s| format!("s{s:02}")).collect();
    assert_eq!(drift(&ratings(&rows), &order, "r"), Err(Reason::ZeroVariance));
}

/// Signals among `runs` series of 70 with a shift (in hundredths of sigma) after the 20th, and their median delay.
fn runs(shift: i64) -> (usize, usize) {
    let mut delays: Vec<usize> = (0..400u64)
        .filter_map(|run| {
            let series: Vec<f64> =
                (0..70).map(|at| (normal(keyed(run, &[at]), 10_000) + if at >= 20 { 100 * shift } else { 0 }) as f64 / 10_000.0).collect();
            let chart = watch(&series, 1.0).unwrap();
            chart.signal.map(|signal| (signal + chart.baseline).saturating_sub(20))
        })
        .collect();
    delays.sort_unstable();
    (delays.len(), delays.get(delays.len() / 2).copied().unwrap_or(0))
}

#[test]
fn false_alarms_are_rare_and_a_shift_is_found_in_time() {
    let (alarms, _) = runs(0);
    assert!(alarms < 400 * 12 / 100, "{alarms}");
    let (found, delay) = runs(100);
    assert!(found > 400 * 80 / 100 && delay <= 12, "{found} {delay}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_is_nan(rows in any_rows(), series in prop::collection::vec(any::<f64>(), 0..40), sigma in any::<f64>()) {
        let data = ratings(&rows);
        for rater in data.raters() {
            if let Ok(found) = drift(&data, data.subjects(), rater) {
                prop_assert!(found.scorecards.iter().all(|card| card.difference.is_finite()));
            }
        }
        if let Ok(chart) = watch(&series, sigma) {
            prop_assert!(chart.level.is_finite() && chart.z.iter().chain(&chart.limits).all(|x| x.is_finite()));
        }
    }

    /// Another unit, and adding a constant, change no signal.
    #[test]
    fn level_and_unit_do_not_matter(series in prop::collection::vec(-3.0..3.0f64, 11..50), shift in -5.0..5.0f64, unit in 0.5..4.0f64) {
        let moved: Vec<f64> = series.iter().map(|x| shift + unit * x).collect();
        let (a, b) = (watch(&series, 1.0).unwrap(), watch(&moved, unit).unwrap());
        for (x, y) in a.z.iter().zip(&b.z) {
            prop_assert!((x * unit - y).abs() < 1e-9);
        }
    }
}

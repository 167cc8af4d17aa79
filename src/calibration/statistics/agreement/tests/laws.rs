//! What no ratings may break.

use super::super::super::reason::Reason;
use super::super::alpha::{alpha_value, krippendorff_alpha};
use super::super::bootstrap::{DRAWS, alpha_bootstrap};
use super::super::tally::Tally;
use super::*;

/// Alpha from its definition: pairs of ratings one by one.
fn alpha_by_pairs(ratings: &Ratings, scope: &Scope, metric: Metric, without: Option<u32>) -> Option<f64> {
    let seen = super::super::super::scope::observations(ratings, scope);
    let mut units: Vec<Vec<f64>> = seen
        .chunk_by(|a, b| a.unit == b.unit)
        .filter(|unit| Some(unit[0].subject) != without)
        .map(|unit| unit.iter().map(|one| one.value).collect())
        .collect();
    units.retain(|unit| unit.len() > 1);
    let all: Vec<f64> = units.concat();
    let apart = |a: f64, b: f64| match metric {
        Metric::Nominal => f64::from(u8::from(a != b)),
        Metric::Interval => (a - b).powi(2),
        Metric::Ratio => ((a - b) / (a + b)).powi(2),
        Metric::Ordinal => {
            let (low, high) = (a.min(b), a.max(b));
            let ends = all.iter().filter(|x| **x == low || **x == high).count();
            (all.iter().filter(|x| (low..=high).contains(*x)).count() as f64 - ends as f64 / 2.0).powi(2)
        }
    };
    let sum = |values: &[f64]| {
        let pairs = values
            .iter()
            .enumerate()
            .flat_map(|(i, a)| values.iter().enumerate().filter(move |(j, _)| i != *j).map(move |(_, b)| (*a, *b)));
        pairs.filter(|(a, b)| a != b).map(|(a, b)| apart(a, b)).sum::<f64>()
    };
    let observed: f64 = units.iter().map(|unit| sum(unit) / (unit.len() - 1) as f64).sum();
    let expected = sum(&all);
    (expected > 0.0).then(|| 1.0 - (all.len() - 1) as f64 * observed / expected)
}

fn near(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-9,
        _ => one == other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn alpha_and_its_jackknife_are_those_of_the_definition(given in given()) {
        let ratings = ratings(&given);
        for (scope, metric) in scopes().iter().flat_map(|scope| METRICS.map(|metric| (scope, metric))) {
            let tally = Tally::of(&ratings, scope).unwrap();
            let alpha = krippendorff_alpha(&tally, metric).ok();
            prop_assert!(near(alpha.map(|alpha| alpha.value), alpha_by_pairs(&ratings, scope, metric, None)), "{metric:?} {scope:?}");
            let seen = super::super::super::scope::observations(&ratings, scope);
            let mut clusters: Vec<u32> = seen.chunk_by(|a, b| a.unit == b.unit).filter(|unit| unit.len() > 1).map(|unit| unit[0].subject).collect();
            clusters.dedup();
            let Some(alpha) = alpha else { continue };
            prop_assert_eq!(alpha.clusters, clusters.len());
            let left_out: Option<Vec<f64>> = clusters.iter().map(|subject| alpha_by_pairs(&ratings, scope, metric, Some(*subject))).collect();
            let k = clusters.len() as f64;
            let se = left_out.filter(|all| all.len() > 2).map(|all| {
                let mean = all.iter().sum::<f64>() / k;
                ((k - 1.0) / k * all.iter().map(|one| (one - mean).powi(2)).sum::<f64>()).sqrt()
            });
            prop_assert!(near(alpha.jackknife.map(|interval| interval.se), se), "{metric:?} {scope:?} {:?} {se:?}", alpha.jackknife);
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(given in given().prop_shuffle(), other in Just(()).prop_perturb(|(), mut rng| rng.random::<u64>())) {
        let mut moved = given.clone();
        moved.sort_by_key(|row| super::super::random::mix(other ^ row.0.len() as u64 ^ (row.3 as u64) << 8 ^ u64::from(row.1.as_bytes()[1]) << 16));
        prop_assert_eq!(all_answers(&ratings(&given), ["r0", "r1"]), all_answers(&ratings(&moved), ["r0", "r1"]));
    }

    #[test]
    fn other_names_change_nothing(given in given(), turn in 1..9u8) {
        let other = |name: &str, by: u8| format!("{}{}", (b'a' + (name.as_bytes()[1] - b'0' + by) % 9) as char, name);
        let renamed: Vec<Given> = given.iter().map(|(s, r, a, x)| (other(s, turn), other(r, turn), a.clone(), *x)).collect();
        let raters = ["r0", "r1"].map(|rater| other(rater, turn));
        let (one, two) = (all_answers(&ratings(&given), ["r0", "r1"]), all_answers(&ratings(&renamed), [&raters[0], &raters[1]]));
        for ((what, one), (_, two)) in one.iter().zip(&two) {
            prop_assert!(same(one, two), "{what}: {one:?} {two:?}");
        }
    }

    #[test]
    fn a_shifted_or_a_turned_scale_has_the_same_alpha(places in places(5)) {
        let alphas = |levels: Vec<f64>, turned: bool| {
            let places: Vec<_> = places.iter().map(|(s, r, a, level)| (*s, *r, *a, if turned { 4 - level } else { *level })).collect();
            let ratings = ratings_on(levels.clone(), &named(&places, &levels));
            let metrics = [Metric::Nominal, Metric::Ordinal, Metric::Interval];
            scopes().map(|scope| metrics.map(|metric| Tally::of(&ratings, &scope).and_then(|tally| krippendorff_alpha(&tally, metric)))).concat()
        };
        let plain = alphas(five(), false);
        for other in [alphas(five(), true), alphas(five().iter().map(|level| level - 40.0).collect(), false)] {
            for (one, other) in plain.iter().zip(&other) {
                prop_assert!(near(one.as_ref().ok().map(|alpha| alpha.value), other.as_ref().ok().map(|alpha| alpha.value)), "{one:?} {other:?}");
                let se = |alpha: &Result<super::super::alpha::Alpha, Reason>| alpha.as_ref().ok()?.jackknife.map(|interval| interval.se);
                prop_assert!(near(se(one), se(other)), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_candidate_with_one_rating_leaves_alpha_as_it_is(given in given(), score in 1..6u8) {
        prop_assume!(given.iter().any(|row| row.1 == "r0"));
        let mut more = given.clone();
        more.extend([("new".into(), "r0".into(), "a0".into(), f64::from(score)), ("s00".into(), "r0".into(), "a1".into(), f64::from(score))]);
        for metric in METRICS {
            let of = |given: &[Given]| {
                let tally = Tally::of(&ratings(given), &Scope::Areas).unwrap();
                (krippendorff_alpha(&tally, metric), alpha_bootstrap(&tally, metric, 0.95, DRAWS))
            };
            prop_assert_eq!(of(&given), of(&more));
        }
    }

    #[test]
    fn what_has_no_value_has_a_reason(places in places(3), scale in 0..6usize) {
        let scales = [
            vec![0.0, 1.0, 2.0],
            vec![-f64::MAX, 0.0, f64::MAX],
            vec![0.0, f64::MIN_POSITIVE, 1.0],
            vec![0.0, 5e-324, 1e-323],
            vec![-1.0, 0.0, 1.0],
            vec![1e300, 1.5e300, f64::MAX],
        ];
        let levels = &scales[scale];
        let mut given = named(&places, levels);
        given.extend(given.clone().into_iter().filter(|row| row.1 == "r0").map(|row| (row.0, "GOLD".into(), row.2, levels[1])));
        let ratings = ratings_on(levels.clone(), &given);
        for (what, answer) in all_answers(&ratings, ["r0", "r1"]) {
            for (field, value) in &answer.fields {
                let optional = ["se", "ci_low", "ci_high", "jack_se", "jack_ci_low", "jack_ci_high", "ci_width"].contains(field);
                prop_assert!(*value != Value::Null || optional || answer.reason.is_some(), "{what}: {field}");
            }
        }
    }
}

#[test]
fn many_levels_are_drawn_as_few_are() {
    // The same ratings on two levels far apart: the wide scale takes the long way round.
    let pair = |s: usize, levels: [f64; 2]| {
        let of = |rater: &str, level: usize| (format!("s{s:02}"), rater.to_owned(), "a0".to_owned(), levels[level]);
        [of("r0", s % 2), of("r1", (s / 3) % 2)]
    };
    let drawn = |scale: Vec<f64>, levels: [f64; 2]| {
        let given: Vec<Given> = (0..12).flat_map(|s| pair(s, levels)).collect();
        let tally = Tally::of(&ratings_on(scale, &given), &Scope::Areas).unwrap();
        METRICS.map(|metric| (alpha_value(&tally, metric).unwrap(), alpha_bootstrap(&tally, metric, 0.95, DRAWS).unwrap()))
    };
    let few = drawn(vec![1.0, 2.0], [1.0, 2.0]);
    let many = drawn((0..200).map(f64::from).collect(), [100.0, 150.0]);
    for ((one, drawn), (other, drawn_too)) in few.iter().zip(&many) {
        assert!((one - other).abs() < 1e-12);
        // Another seed, the same distribution.
        assert!((drawn.low - drawn_too.low).abs() < 0.1 && (drawn.high - drawn_too.high).abs() < 0.1, "{drawn:?} {drawn_too:?}");
    }
}

use proptest::prelude::*;

use super::super::samples::{any_rows, given, other_name, ratings, renamed};
use super::*;

#[test]
fn a_hand_computed_table() {
    // d: s1 (1, 0), s2 (1, 2). Mean 1; rows .5 and 1.5; columns 1 and 1; rest ±.5.
    let rows = given(&[
        ("s1", "r", "A", 4),
        ("s1", "GOLD", "A", 3),
        ("s1", "r", "B", 2),
        ("s1", "GOLD", "B", 2),
        ("s2", "r", "A", 2),
        ("s2", "GOLD", "A", 1),
        ("s2", "r", "B", 5),
        ("s2", "GOLD", "B", 3),
    ]);
    let found = gold_distance(&ratings(&rows), &Scope::Areas, "r").unwrap();
    assert_eq!((found.n, found.bias, found.mae, found.exact, found.adjacent), (4, 1.0, 1.0, 0.25, 0.75));
    assert_eq!(found.rmse, 1.5f64.sqrt());
    let parts = found.parts.unwrap();
    let want = Cronbach { elevation: 1.0, differential_elevation: 0.25, stereotype_accuracy: 0.0, differential_accuracy: 0.25 };
    assert_eq!(parts, want);
    // Both areas go up with gold: r = 1 twice, cut at .999999.
    assert!((found.borman_da.unwrap() - 0.999999).abs() < 1e-9);
    let area = gold_distance(&ratings(&rows), &Scope::Area("B".into()), "r").unwrap();
    assert_eq!((area.n, area.bias, area.mae), (2, 1.0, 1.0));
}

#[test]
fn without_something_to_compare_there_is_a_reason() {
    let rows = given(&[("s1", "r", "A", 4), ("s2", "GOLD", "A", 3), ("s2", "q", "A", 3)]);
    let data = ratings(&rows);
    assert_eq!(gold_distance(&data, &Scope::Areas, "r"), Err(Reason::NoOverlap));
    assert_eq!(gold_distance(&data, &Scope::Areas, "nobody"), Err(Reason::NoRatings));
    assert_eq!(gold_distance(&data, &Scope::Areas, "GOLD"), Err(Reason::NoRatings));
    assert_eq!(gold_distance(&data, &Scope::Area("B".into()), "q"), Err(Reason::NoRatings));
    assert_eq!(gold_distance(&ratings(&rows[..1]), &Scope::Areas, "r"), Err(Reason::NoRatings));
}

#[test]
fn a_table_with_a_hole_has_no_parts() {
    let rows = given(&[
        ("s1", "r", "A", 4),
        ("s1", "GOLD", "A", 3),
        ("s1", "r", "B", 2),
        ("s1", "GOLD", "B", 2),
        ("s2", "r", "A", 2),
        ("s2", "GOLD", "A", 1),
    ]);
    let found = gold_distance(&ratings(&rows), &Scope::Areas, "r").unwrap();
    assert_eq!((found.n, found.parts), (3, None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Cronbach's parts sum to the mean squared distance, and nothing is NaN.
    #[test]
    fn parts_sum_to_the_whole(rows in any_rows()) {
        let data = ratings(&rows);
        for rater in data.raters() {
            let Ok(found) = gold_distance(&data, &Scope::Areas, rater) else { continue };
            let numbers = [found.bias, found.mae, found.rmse, found.exact, found.adjacent, found.borman_da.unwrap_or(0.0)];
            prop_assert!(numbers.iter().all(|number| number.is_finite()));
            prop_assert!(found.bias.abs() <= found.mae + 1e-12 && found.mae <= found.rmse + 1e-12 && found.exact <= found.adjacent);
            if let Some(parts) = found.parts {
                let sum = parts.elevation + parts.differential_elevation + parts.stereotype_accuracy + parts.differential_accuracy;
                prop_assert!((sum - found.rmse * found.rmse).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn names_and_the_order_of_rows_do_not_matter(rows in any_rows()) {
        let (data, other) = (ratings(&rows), ratings(&renamed(&rows)));
        for rater in data.raters() {
            match (gold_distance(&data, &Scope::Areas, rater), gold_distance(&other, &Scope::Areas, &other_name(rater))) {
                (Ok(a), Ok(b)) => {
                    prop_assert!((a.bias - b.bias).abs() < 1e-9 && (a.rmse - b.rmse).abs() < 1e-9);
                    prop_assert_eq!(a.borman_da.is_some(), b.borman_da.is_some());
                    prop_assert!((a.borman_da.unwrap_or(0.0) - b.borman_da.unwrap_or(0.0)).abs() < 1e-9);
                    prop_assert_eq!(a.parts.is_some(), b.parts.is_some());
                }
                (a, b) => prop_assert_eq!(a.err(), b.err()),
            }
        }
    }
}

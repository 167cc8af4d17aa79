//! What changes nothing: order, names, a constant, a reversed scale.

use proptest::prelude::*;

use super::super::super::request::{RemlForm, Statistic};
use super::super::super::scope::Scope;
use super::super::super::{answer::Answer, answer::Value, answers};
use super::super::two_way::fit::fit;
use super::super::two_way::icc::icc;
use super::super::two_way::mean_squares::mean_squares;
use super::*;

/// Sparse teams of some size: 6 to 12 subjects, 3 to 5 raters, scores 0 to 10.
fn teams() -> impl Strategy<Value = Vec<Cell>> {
    (6_usize..12, 3_usize..6, any::<u64>(), 2_usize..4).prop_map(|(subjects, raters, seed, panel)| {
        made(subjects, raters, 2, seed, move |s, r, _| (r + raters - s % raters) % raters < panel)
    })
}

fn all(ratings: &Ratings, rater: &str, subject: &str) -> Vec<Answer> {
    let ask = |text: String| -> Statistic { serde_json::from_str(&text).expect("a request") };
    let mut asked = Vec::new();
    for component in ["mu", "subject", "rater", "resid"] {
        asked.push(ask(format!(r#"{{"stat":"variance2_reml","params":{{"component":"{component}"}}}}"#)));
    }
    for form in ["A,1", "C,1", "A,khat", "G(q,k)"] {
        asked.push(ask(format!(r#"{{"stat":"icc_reml","params":{{"form":"{form}"}}}}"#)));
    }
    asked.push(ask(r#"{"stat":"icc_reml_ci","params":{"form":"A,1"}}"#.into()));
    for stat in ["severity_raw", "severity_ls", "severity_eb"] {
        asked.push(ask(format!(r#"{{"stat":"{stat}","params":{{"rater":"{rater}"}}}}"#)));
    }
    for stat in ["fair_score_ls", "fair_score_eb"] {
        asked.push(ask(format!(r#"{{"stat":"{stat}","params":{{"subject":"{subject}"}}}}"#)));
    }
    asked.iter().flat_map(|stat| [Scope::Mean, Scope::Areas].map(|scope| answers::answer(ratings, stat, &scope))).collect()
}

fn close(a: &Answer, b: &Answer) -> bool {
    a.reason == b.reason
        && a.flags == b.flags
        && a.fields.len() == b.fields.len()
        && a.fields.iter().zip(&b.fields).all(|(a, b)| match (&a.1, &b.1) {
            (Value::Number(x), Value::Number(y)) => (x - y).abs() <= 1e-8 * (1.0 + x.abs()),
            (x, y) => x == y,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_and_order_change_nothing(cells in teams(), turn in 1_usize..100) {
        let plain = ratings(&cells);
        let mut moved = cells.clone();
        let middle = turn % moved.len();
        moved.rotate_left(middle);
        moved.reverse();
        // Names that sort the other way round.
        let renamed = ratings_named(&moved, |s| format!("x{:03}", 999 - s), |r| format!("y{:02}", 99 - r));
        let (before, after) = (all(&plain, "r01", "s002"), all(&renamed, "y98", "x997"));
        for (a, b) in before.iter().zip(&after) {
            prop_assert!(close(a, b), "{a:?} is not {b:?}");
        }
    }

    #[test]
    fn a_constant_and_a_reversed_scale_change_no_correlation(cells in teams()) {
        let full: Vec<Cell> = cells.iter().filter(|cell| cell.2 == 0).copied().collect();
        let by = 20.0 - full.iter().map(|cell| cell.3).fold(0.0, f64::max);
        let shifted: Vec<Cell> = full.iter().map(|(s, r, a, x)| (*s, *r, *a, x + by)).collect();
        let turned: Vec<Cell> = full.iter().map(|(s, r, a, x)| (*s, *r, *a, 20.0 - x)).collect();
        let value = |cells: &[Cell]| {
            let team = team(cells);
            fit(&team).ok().map(|fit| (fit.components.subject, fit.components.rater, fit.components.residual))
        };
        let plain = value(&full);
        for other in [value(&shifted), value(&turned)] {
            match (plain, other) {
                (Some(a), Some(b)) => {
                    let size = 1.0 + a.0 + a.1 + a.2;
                    prop_assert!((a.0 - b.0).abs() + (a.1 - b.1).abs() + (a.2 - b.2).abs() < 1e-8 * size, "{a:?} {b:?}");
                }
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }

    #[test]
    fn the_six_forms_do_not_see_a_constant_or_a_turn(seed in any::<u64>(), subjects in 2_usize..8, raters in 2_usize..5) {
        use super::super::super::request::IccForm::*;
        let full = made(subjects, raters, 1, seed, |_, _, _| true);
        let by = 20.0 - full.iter().map(|cell| cell.3).fold(0.0, f64::max);
        let shifted: Vec<Cell> = full.iter().map(|(s, r, a, x)| (*s, *r, *a, x + by)).collect();
        let turned: Vec<Cell> = full.iter().map(|(s, r, a, x)| (*s, *r, *a, 20.0 - x)).collect();
        for form in [OneSingle, TwoSingle, ThreeSingle, OneMean, TwoMean, ThreeMean] {
            let value = |cells: &[Cell]| mean_squares(&team(cells)).and_then(|squares| icc(&squares, form));
            let plain = value(&full);
            for other in [value(&shifted), value(&turned)] {
                match (plain, other) {
                    (Ok(a), Ok(b)) => {
                        prop_assert!((a.value - b.value).abs() < 1e-9 * (1.0 + a.value.abs()));
                        prop_assert_eq!(a.low.is_some(), b.low.is_some());
                        if let (Some(a), Some(b)) = (a.low, b.low) {
                            prop_assert!((a - b).abs() < 1e-7 * (1.0 + a.abs()));
                        }
                    }
                    (a, b) => prop_assert_eq!(a.err(), b.err()),
                }
            }
        }
    }
}

#[test]
fn the_panel_form_is_the_single_form_stepped_up_when_all_rate_all() {
    use super::super::two_way::coefficients::{coefficient, spread};
    let team = team(&made(10, 4, 1, 21, |_, _, _| true));
    let fit = fit(&team).expect("fits");
    let of = |form| coefficient(&fit.components, spread(&team), form).expect("defined");
    let one = of(RemlForm::AgreementOne);
    assert!((of(RemlForm::AgreementPanel) - 4.0 * one / (1.0 + 3.0 * one)).abs() < 1e-12);
    let same = of(RemlForm::ConsistencyOne);
    assert!((of(RemlForm::Panels) - 4.0 * same / (1.0 + 3.0 * same)).abs() < 1e-9);
}

//! Three-way studies: recovered effects, REML beside mean squares, decisions.

use super::super::super::reason::Reason;
use super::super::super::request::{AreasAre, Coefficient, From};
use super::super::three_way::components::Components;
use super::super::three_way::curve::{Ask, Enough, curve};
use super::super::three_way::decision::{decision, raters_needed};
use super::super::three_way::estimate::{Source, estimate, estimate_from};
use super::super::three_way::mean_squares::mean_squares;
use super::super::three_way::reml::reml;
use super::super::three_way::study::Study;
use super::*;

fn study(cells: &[Cell]) -> Study {
    Study::read(&ratings(cells), &Scope::Areas).expect("a study")
}

#[test]
fn reml_of_a_complete_study_with_positive_components_is_the_anova() {
    let mut met = 0;
    for seed in 0..12 {
        let study = study(&made(12, 4, 3, seed, |_, _, _| true));
        let anova = mean_squares(&study).expect("complete").components();
        if anova.list().iter().any(|part| *part <= 0.0) {
            continue;
        }
        met += 1;
        for (got, want) in reml(&study).expect("fits").components.list().into_iter().zip(anova.list()) {
            assert!((got - want).abs() < 1e-7 * (1.0 + want), "{got} is not {want}");
        }
    }
    assert!(met >= 3);
}

#[test]
fn shares_of_any_study_sum_to_one() {
    for keep in [8, 5] {
        let study = study(&made(10, 4, 3, 2, |s, r, a| (s + 3 * r + 2 * a) % 8 < keep));
        let estimate = estimate(&study).expect("defined");
        assert_eq!(matches!(estimate.source, Source::Squares(_)), keep == 8);
        let shares = estimate.components.shares().expect("some variance");
        assert!((shares.iter().map(|share| share.1).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(shares.iter().all(|share| (0.0..=1.0).contains(&share.1)));
    }
}

#[test]
fn a_decision_by_hand() {
    let parts = Components { p: 4.0, r: 1.0, a: 0.5, pr: 2.0, pa: 1.0, ra: 0.4, pra: 2.0 };
    // Two raters, two areas. Fixed: tau 4.5, rel 1 + .5, abs + .5 + .1. Random: tau 4, rel 1 + .5 + .5, abs + .5 + .25 + .1.
    let fixed = decision(&parts, 2.0, 2, AreasAre::Fixed).expect("defined");
    assert!((fixed.g - 4.5 / 6.0).abs() < 1e-12 && (fixed.phi - 4.5 / 6.6).abs() < 1e-12);
    assert!((fixed.sem_abs - 2.1_f64.sqrt()).abs() < 1e-12);
    let random = decision(&parts, 2.0, 2, AreasAre::Random).expect("defined");
    assert!((random.g - 4.0 / 6.0).abs() < 1e-12 && (random.phi - 4.0 / 6.85).abs() < 1e-12);
    assert_eq!(decision(&parts, 2.0, 0, AreasAre::Fixed), Err(Reason::NotEstimable));
    assert_eq!(decision(&Components::default(), 2.0, 1, AreasAre::Fixed), Err(Reason::ZeroVariance));
}

#[test]
fn the_smallest_number_that_is_enough() {
    let parts = Components { p: 1.0, pr: 1.0, ..Components::default() };
    // phi(n) = n / (n + 1).
    let needed = |target, cap| raters_needed(&parts, 5.0, AreasAre::Fixed, Coefficient::Phi, target, cap);
    assert_eq!(needed(0.5, 50), Ok(1));
    assert_eq!(needed(0.79, 50), Ok(4));
    assert_eq!(needed(0.81, 5), Ok(5));
    assert_eq!(needed(0.81, 4), Err(Reason::TargetNotReachable));
    assert_eq!(needed(0.99, 0), Err(Reason::TargetNotReachable));
}

#[test]
fn the_curve_rises_inside_its_range_from_either_source() {
    let complete = study(&made(15, 4, 4, 6, |_, _, _| true));
    let sparse = study(&made(25, 5, 4, 6, |s, r, _| (s + r) % 5 < 3));
    for study in [complete, sparse] {
        let curve = curve(&estimate(&study).expect("defined"), &Ask::default()).expect("defined");
        assert_eq!(curve.points.len(), 10);
        assert!(curve.points.windows(2).all(|pair| pair[0].phi <= pair[1].phi));
        for point in &curve.points {
            let (low, high) = (point.low.expect("drawn"), point.high.expect("drawn"));
            assert!(0.0 <= low && low <= point.phi && point.phi <= high && high <= 1.0, "{point:?}");
        }
        let needed = curve.needed;
        assert!(needed.low.is_some_and(|low| low <= needed.value) && needed.high.is_some_and(|high| high >= needed.value));
        assert!(matches!(needed.value, Enough::With(1..=50)));
    }
}

#[test]
fn the_two_ways_of_drawing_agree_where_there_is_much_to_go_by() {
    let study = study(&made(120, 12, 4, 9, |_, _, _| true));
    let by = |from| curve(&estimate_from(&study, from).expect("defined"), &Ask::default()).expect("defined");
    for (squares, reml) in by(From::Anova).points.iter().zip(by(From::Reml).points) {
        let gap = |a: Option<f64>, b: Option<f64>| (a.expect("drawn") - b.expect("drawn")).abs();
        assert!((squares.phi - reml.phi).abs() < 1e-6);
        // Twelve raters still make the pivotal range lean to the left of the normal one.
        assert!(gap(squares.low, reml.low) < 0.08 && gap(squares.high, reml.high) < 0.08, "{squares:?} {reml:?}");
    }
}

#[test]
fn perfect_agreement_needs_one_rater() {
    let cells: Vec<Cell> =
        made(8, 3, 3, 4, |_, r, _| r == 0).into_iter().flat_map(|(s, _, a, x)| (0..3).map(move |r| (s, r, a, x))).collect();
    let study = study(&cells);
    for from in [From::Anova, From::Reml] {
        let estimate = estimate_from(&study, from).expect("defined");
        assert_eq!((estimate.components.pra, estimate.components.r), (0.0, 0.0));
        let curve = curve(&estimate, &Ask::default()).expect("defined");
        assert_eq!(curve.needed.value, Enough::With(1));
        assert!((curve.points[0].phi - 1.0).abs() < 1e-12);
    }
}

#[test]
fn what_cannot_be_told_apart_is_not_estimated() {
    let one_area = study(&made(6, 3, 1, 1, |_, _, _| true));
    assert_eq!(mean_squares(&one_area).err(), Some(Reason::IncompleteDesign));
    assert_eq!(reml(&one_area).err(), Some(Reason::NotConverged));
    let hole = study(&made(6, 3, 2, 1, |s, r, a| (s, r, a) != (2, 1, 1)));
    assert_eq!(mean_squares(&hole).err(), Some(Reason::IncompleteDesign));
    assert!(reml(&hole).is_ok());
}

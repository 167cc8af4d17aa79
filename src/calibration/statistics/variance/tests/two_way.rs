//! Two-way statistics: hand-computed values and laws.

use super::super::super::reason::Reason;
use super::super::super::request::{IccForm, RemlForm};
use super::super::two_way::coefficients::{coefficient, spread};
use super::super::two_way::effects::Effects;
use super::super::two_way::fair::{fair_score, units_of};
use super::super::two_way::fit::fit;
use super::super::two_way::icc::icc;
use super::super::two_way::interval::interval;
use super::super::two_way::least_squares::least_squares;
use super::super::two_way::mean_squares::mean_squares;
use super::super::two_way::severity::severity;
use super::*;

const FORMS: [IccForm; 6] =
    [IccForm::OneSingle, IccForm::TwoSingle, IccForm::ThreeSingle, IccForm::OneMean, IccForm::TwoMean, IccForm::ThreeMean];

/// Six targets by four judges: Shrout & Fleiss (1979), table 2.
fn shrout_fleiss() -> Vec<Cell> {
    table(&[
        &[9.0, 2.0, 5.0, 8.0],
        &[6.0, 1.0, 3.0, 2.0],
        &[8.0, 4.0, 6.0, 8.0],
        &[7.0, 1.0, 2.0, 6.0],
        &[10.0, 5.0, 6.0, 9.0],
        &[6.0, 2.0, 4.0, 7.0],
    ])
}

#[test]
fn the_published_six_forms() {
    let squares = mean_squares(&team(&shrout_fleiss())).expect("complete");
    for (form, want) in FORMS.into_iter().zip([0.17, 0.29, 0.71, 0.44, 0.62, 0.91]) {
        let icc = icc(&squares, form).expect("defined");
        assert!((icc.value - want).abs() < 0.005, "{form:?} {}", icc.value);
        assert!(icc.low.is_some_and(|low| low < icc.value) && icc.high.is_some_and(|high| high > icc.value));
    }
}

#[test]
fn perfect_agreement_has_limits_of_one() {
    let squares = mean_squares(&team(&table(&[&[1.0, 1.0, 1.0], &[4.0, 4.0, 4.0], &[2.0, 2.0, 2.0]]))).expect("complete");
    for form in FORMS {
        let icc = icc(&squares, form).expect("defined");
        let one = |limit: Option<f64>| limit.is_some_and(|limit| (limit - 1.0).abs() < 1e-12);
        assert!(one(Some(icc.value)) && one(icc.low) && one(icc.high), "{form:?} {icc:?}");
    }
}

#[test]
fn reml_of_a_complete_design_with_positive_components_is_the_anova() {
    for seed in 0..20 {
        let team = team(&made(12, 4, 1, seed, |_, _, _| true));
        let anova = mean_squares(&team).expect("complete").components();
        if anova.subject <= 0.0 || anova.rater <= 0.0 {
            continue;
        }
        let reml = fit(&team).expect("fits").components;
        for (got, want) in [(reml.subject, anova.subject), (reml.rater, anova.rater), (reml.residual, anova.residual)] {
            assert!((got - want).abs() < 1e-9 * (1.0 + want), "{got} is not {want}");
        }
    }
}

#[test]
fn a_negative_component_becomes_zero_and_the_rest_is_that_of_the_smaller_model() {
    // Raters differ less than chance would have it. Without raters the model is one-way: pooled within, and between.
    let cells = table(&[&[3.0, 5.0], &[6.0, 4.0], &[7.0, 9.0], &[2.0, 0.0]]);
    let squares = mean_squares(&team(&cells)).expect("complete");
    assert!(squares.components().rater < 0.0);
    let reml = fit(&team(&cells)).expect("fits").components;
    assert_eq!(reml.rater, 0.0);
    assert!((reml.residual - squares.within).abs() < 1e-9);
    assert!((reml.subject - (squares.units - squares.within) / 2.0).abs() < 1e-9);
}

#[test]
fn additive_scores_leave_no_residual_and_known_effects() {
    // score = unit + rater exactly, with one cell missing.
    let cells: Vec<Cell> =
        [(0, 0, 2.0), (0, 1, 3.0), (1, 0, 5.0), (1, 2, 8.0), (2, 0, 1.0), (2, 1, 2.0), (2, 2, 4.0)].map(|(s, r, x)| (s, r, 1, x)).to_vec();
    let team = team(&cells);
    let fit = fit(&team).expect("fits");
    assert_eq!(fit.components.residual, 0.0);
    // Rater effects 0, 1, 3; unit effects 2, 5, 1: their variances.
    assert!((fit.components.rater - 7.0 / 3.0).abs() < 1e-9);
    assert!((fit.components.subject - 13.0 / 3.0).abs() < 1e-9);
    let effects = Effects::of(&fit);
    assert!((effects.rater(2).expect("there").value - 5.0 / 3.0).abs() < 1e-9);
    assert!(effects.contrast(2).expect("there").se < 1e-9);
    let ls = least_squares(&team).expect("connected");
    assert!((ls.rater(2).expect("there").value - 5.0 / 3.0).abs() < 1e-9);
}

#[test]
fn least_squares_severities_sum_to_zero_and_match_a_complete_table() {
    let cells = shrout_fleiss();
    let team = team(&cells);
    let ls = least_squares(&team).expect("connected");
    assert!(ls.raters.sum().abs() < 1e-12);
    let squares = mean_squares(&team).expect("complete");
    // Complete: column mean less grand mean, with variance MSE (k - 1) / (n k).
    let mean = 46.0 / 6.0 - team.mean();
    let first = ls.rater(0).expect("there");
    assert!((first.value - mean).abs() < 1e-12);
    assert!((first.se.expect("df") - (squares.residual * 3.0 / 24.0).sqrt()).abs() < 1e-12);
}

#[test]
fn shrinkage_of_a_complete_table_is_the_textbook_factor() {
    let team = team(&shrout_fleiss());
    let fit = fit(&team).expect("fits");
    let effects = Effects::of(&fit);
    let c = fit.components;
    // Contrasts of raters over n units: factor n σr² / (n σr² + σe²).
    let factor = 6.0 * c.rater / (6.0 * c.rater + c.residual);
    let ls = least_squares(&team).expect("connected");
    for place in 0..4 {
        let shown = severity(&team, &effects, place).expect("there");
        assert!((shown.value - factor * ls.raters[place]).abs() < 1e-9);
        let variance = c.rater * (1.0 - factor) * 0.75;
        assert!((shown.se - variance.sqrt()).abs() < 1e-9);
        assert!(shown.se < effects.rater(place).expect("there").se);
        assert_eq!((shown.shared, shown.colleagues), (6, 3));
    }
}

#[test]
fn a_fair_score_explains_its_adjustment() {
    // Rater 2 is strict. Unit 7 saw only raters 1 and 2, unit 6 only 0 and 1.
    let mut cells = made(6, 3, 1, 11, |_, _, _| true);
    for cell in cells.iter_mut().filter(|cell| cell.1 == 2) {
        cell.3 = (cell.3 - 4.0).max(0.0);
    }
    cells.extend([(6, 0, 1, 9.0), (6, 1, 1, 9.0), (7, 1, 1, 9.0), (7, 2, 1, 9.0)]);
    let ratings = ratings(&cells);
    let team = Team::read(&ratings, &Scope::Mean).expect("a team");
    let fit = fit(&team).expect("fits");
    let effects = Effects::of(&fit);
    let of = |subject| fair_score(&effects, &units_of(&team, subject)).expect("there");
    let (lenient, strict) = (of(6), of(7));
    assert_eq!((lenient.raw, strict.raw), (9.0, 9.0));
    assert!(strict.value > lenient.value && strict.panel > 0.0 && strict.panel > lenient.panel);
    for score in [lenient, strict] {
        assert!((score.adjustment - score.panel - score.shrinkage).abs() < 1e-12);
        assert!(score.low < score.value && score.value < score.high && score.raters == 2);
    }
}

#[test]
fn panels_that_share_everybody_or_nobody() {
    let crossed = spread(&team(&shrout_fleiss()));
    assert!((crossed.khat - 4.0).abs() < 1e-12 && crossed.q.abs() < 1e-12);
    let nested = spread(&team(&[(0, 0, 1, 1.0), (0, 1, 1, 2.0), (1, 2, 1, 3.0), (1, 3, 1, 5.0)]));
    assert!((nested.khat - 2.0).abs() < 1e-12 && (nested.q - 0.5).abs() < 1e-12);
}

#[test]
fn the_interval_is_the_same_for_the_same_data_and_holds_the_value() {
    let cells = made(20, 4, 1, 8, |s, r, _| (s + r) % 4 != 0);
    let (team, fit) = (team(&cells), fit(&team(&cells)).expect("fits"));
    let spread = spread(&team);
    for form in [RemlForm::AgreementOne, RemlForm::ConsistencyOne, RemlForm::AgreementPanel, RemlForm::Panels] {
        let value = coefficient(&fit.components, spread, form).expect("defined");
        let (low, high) = interval(&team, &fit, spread, form, 0.95).expect("defined");
        assert!(0.0 <= low && low < value && value < high && high <= 1.0);
        assert_eq!(interval(&team, &fit, spread, form, 0.95), Ok((low, high)));
        let narrow = interval(&team, &fit, spread, form, 0.5).expect("defined");
        assert!(low < narrow.0 && narrow.1 < high);
        assert_eq!(interval(&team, &fit, spread, form, 1.0), Err(Reason::NotEstimable));
    }
}

#[test]
fn groups_that_share_nobody_are_not_compared() {
    let cells = [(0, 0, 1, 1.0), (0, 1, 1, 2.0), (1, 2, 1, 3.0), (1, 3, 1, 5.0), (2, 0, 1, 3.0), (2, 1, 1, 3.0)];
    let team = team(&cells);
    assert!(!team.is_connected());
    assert_eq!(least_squares(&team).err(), Some(Reason::Disconnected));
}

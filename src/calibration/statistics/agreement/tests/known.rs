//! Values worked out by hand, and what has none.

use super::super::super::gates::Tier;
use super::super::super::quantile::student;
use super::super::super::reason::{Flag, Reason};
use super::super::alpha::{alpha_value, coincidence_matrix, krippendorff_alpha};
use super::super::bootstrap::{DRAWS, alpha_bootstrap};
use super::super::chance::{Chance, brennan_prediger, by_candidates, fleiss_kappa, gwet_ac};
use super::super::disagreements::disagreements;
use super::super::groups::connected_components;
use super::super::pair::{cohen_kappa, gold_weighted_kappa, pearson};
use super::super::pair_table::rater_pairs;
use super::super::raw::{histogram, mean_abs_diff, raw_agreement};
use super::super::tally::Tally;
use super::*;

fn area() -> Scope {
    Scope::Area("a0".into())
}

fn near(value: f64, wanted: f64) {
    assert!((value - wanted).abs() < 1e-12, "{value} is not {wanted}");
}

/// Two raters, four candidates, levels 1 and 2 of a scale of two.
fn four() -> Ratings {
    let scores = [(1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (2.0, 2.0)];
    let given = scores.iter().enumerate().flat_map(|(s, (one, other))| {
        [("r0", *one), ("r1", *other)].map(|(rater, score)| (format!("s{s}"), rater.to_owned(), "a0".to_owned(), score))
    });
    ratings_on(vec![1.0, 2.0], &given.collect::<Vec<_>>())
}

#[test]
fn two_raters_by_hand() {
    let ratings = four();
    let tally = Tally::of(&ratings, &area()).unwrap();
    let agreement = raw_agreement(&tally, Kind::Exact, Average::Unit).unwrap();
    near(agreement.value, 0.75);
    assert_eq!(agreement.pairs, 4);
    near(mean_abs_diff(&tally).unwrap(), 0.25);
    assert_eq!(histogram(&tally).unwrap(), [3, 5]);
    assert_eq!(coincidence_matrix(&tally).unwrap(), [[2.0, 1.0], [1.0, 4.0]]);
    near(alpha_value(&tally, Metric::Nominal).unwrap(), 1.0 - 7.0 / 15.0);
    near(cohen_kappa(&ratings, &area(), ["r0", "r1"], Weights::Identity, None).unwrap().value, 0.5);
    near(fleiss_kappa(&tally, Weights::Identity).unwrap().value, 1.0 - 0.25 / (30.0 / 64.0));
    near(gwet_ac(&tally, Weights::Identity).unwrap().value, (0.75 - 30.0 / 64.0) / (34.0 / 64.0));
    near(brennan_prediger(&tally, Weights::Identity).unwrap().value, 0.5);
    near(pearson(&ratings, &area(), ["r0", "r1"]).unwrap().value, 1.0 / 3.0f64.sqrt());
}

#[test]
fn a_table_of_disagreements_is_what_kappa_weighs_by() {
    let ratings = four();
    let kappa = |table: &[Vec<f64>]| cohen_kappa(&ratings, &area(), ["r0", "r1"], Weights::Custom, Some(table)).map(|kappa| kappa.value);
    near(kappa(&[vec![0.0, 3.0], vec![3.0, 0.0]]).unwrap(), 0.5);
    // Only "the first says 1, the second 2" counts: 1/4 seen, 1/2 · 3/4 expected.
    near(kappa(&[vec![0.0, 1.0], vec![0.0, 0.0]]).unwrap(), 1.0 / 3.0);
    assert_eq!(kappa(&[vec![0.0, 0.0], vec![0.0, 0.0]]), Err(Reason::ConstantRatings));
    for wrong in [vec![vec![0.0, 1.0]], vec![vec![0.0], vec![1.0]], vec![vec![0.0, f64::NAN], vec![1.0, 0.0]], vec![vec![0.0, -1.0]; 2]] {
        assert_eq!(kappa(&wrong), Err(Reason::NotEstimable));
    }
}

#[test]
fn reasons_come_in_their_order() {
    let alpha = |ratings: &Ratings| Tally::of(ratings, &area()).and_then(|tally| alpha_value(&tally, Metric::Ordinal));
    let all = [
        (table(&[]), Reason::NoRatings),
        (table(&[&[1], &[5]]), Reason::SingleRater),
        (table(&[&[1, 0], &[0, 5]]), Reason::NoOverlap),
        (table(&[&[3, 3], &[3, 3], &[5, 0]]), Reason::ConstantRatings),
    ];
    for (ratings, reason) in &all {
        assert_eq!(alpha(ratings), Err(*reason));
    }
    let kappa = |rows: &[&[u8]]| cohen_kappa(&table(rows), &area(), ["r0", "r1"], Weights::Quadratic, None).map(|kappa| kappa.value);
    assert_eq!(kappa(&[&[0, 0, 4]]), Err(Reason::NoRatings));
    assert_eq!(kappa(&[&[2, 0, 4]]), Err(Reason::SingleRater));
    assert_eq!(kappa(&[&[2, 0, 4], &[0, 3, 4]]), Err(Reason::NoOverlap));
    assert_eq!(kappa(&[&[3, 3, 4], &[3, 3, 4]]), Err(Reason::ConstantRatings));
    assert_eq!(kappa(&[&[3, 3, 4], &[3, 4, 4]]), Ok(0.0));
    let r = |rows: &[&[u8]]| pearson(&table(rows), &area(), ["r0", "r1"]).map(|r| r.value);
    assert_eq!(r(&[&[2, 3]]), Err(Reason::TooFewUnits));
    assert_eq!(r(&[&[2, 3], &[4, 3]]), Err(Reason::ConstantRatings));
    assert_eq!(cohen_kappa(&table(&[&[2, 3]]), &area(), ["r0", "r0"], Weights::Linear, None), Err(Reason::SingleRater));
}

#[test]
fn constant_ratings_agree_without_saying_anything() {
    let tally = Tally::of(&table(&[&[3, 3], &[3, 3]]), &area()).unwrap();
    assert_eq!(fleiss_kappa(&tally, Weights::Linear), Err(Reason::ConstantRatings));
    for coefficient in [gwet_ac, brennan_prediger] {
        let one = coefficient(&tally, Weights::Linear).unwrap();
        assert!(one.value == 1.0 && one.constant);
    }
    let ratings = table(&[&[3, 3], &[3, 3]]);
    let ac = answer(&ratings, &Statistic::GwetAc { weights: Weights::Linear }, &area());
    assert_eq!(ac.flags, [Flag::ConstantRatings]);
}

#[test]
fn intervals_need_subjects_and_one_area() {
    let ratings = table(&[&[1, 2], &[4, 4], &[2, 2]]);
    let (one, all) = (Tally::of(&ratings, &area()).unwrap(), Tally::of(&ratings, &Scope::Areas).unwrap());
    assert!(fleiss_kappa(&one, Weights::Linear).unwrap().interval.is_some());
    assert!(fleiss_kappa(&all, Weights::Linear).unwrap().interval.is_none());
    assert!(krippendorff_alpha(&one, Metric::Interval).unwrap().jackknife.is_some());
    assert_eq!(alpha_bootstrap(&one, Metric::Interval, 0.95, DRAWS), Err(Reason::TooFewUnits));
    let two = Tally::of(&table(&[&[1, 2], &[4, 4], &[2, 0]]), &area()).unwrap();
    let alpha = krippendorff_alpha(&two, Metric::Interval).unwrap();
    assert_eq!((alpha.jackknife, alpha.clusters), (None, 2));
    // Without the first candidate nothing varies: no jackknife, but a value.
    let frail = Tally::of(&table(&[&[1, 4], &[4, 4], &[4, 4]]), &area()).unwrap();
    assert_eq!(krippendorff_alpha(&frail, Metric::Interval).unwrap().jackknife, None);
}

#[test]
fn a_ratio_begins_at_zero() {
    let on = |levels: Vec<f64>| {
        let pair =
            |s: &str, one: f64, other: f64| [("r0", one), ("r1", other)].map(|(r, x)| (s.to_owned(), r.to_owned(), "a0".to_owned(), x));
        let given = [pair("s0", levels[0], levels[0]), pair("s1", levels[0], levels[1]), pair("s2", levels[2], levels[2])].concat();
        Tally::of(&ratings_on(levels, &given), &area()).and_then(|tally| alpha_value(&tally, Metric::Ratio))
    };
    // Of 6: three 0, one 1, two 2. d² is 1 from zero to all else, 1/9 between 1 and 2.
    near(on(vec![0.0, 1.0, 2.0]).unwrap(), 1.0 - 5.0 / (3.0 + 6.0 + 2.0 / 9.0));
    assert_eq!(on(vec![-1.0, 0.0, 1.0]), Err(Reason::NotEstimable));
}

#[test]
fn the_consensus_and_the_candidate_are_no_raters() {
    let mut given: Vec<Given> = Vec::new();
    for (s, scores) in [[1.0, 1.0, 5.0, 2.0], [4.0, 4.0, 1.0, 4.0], [2.0, 3.0, 5.0, 2.0]].iter().enumerate() {
        for (rater, score) in ["r0", "r1", "SELF", "GOLD"].iter().zip(scores) {
            given.push((format!("s{s}"), (*rater).into(), "a0".into(), *score));
        }
    }
    let raters_only: Vec<Given> = given.iter().filter(|row| row.1.starts_with('r')).cloned().collect();
    assert_eq!(Tally::of(&ratings(&given), &area()), Tally::of(&ratings(&raters_only), &area()));
    assert_eq!(connected_components(&ratings(&given), &Scope::Areas), [["r0", "r1"]]);
    // Off by one on one of three: d² is 1 in sum, and 23 in sum over all nine pairs of (1, 4, 2) and (2, 4, 2).
    near(gold_weighted_kappa(&ratings(&given), &Scope::Areas, "r0", Weights::Quadratic).unwrap().value, 1.0 - 3.0 / 23.0);
    assert_eq!(gold_weighted_kappa(&ratings(&raters_only), &Scope::Areas, "r0", Weights::Quadratic), Err(Reason::SingleRater));
    assert_eq!(cohen_kappa(&ratings(&given), &area(), ["r0", "GOLD"], Weights::Linear, None), Err(Reason::SingleRater));
}

#[test]
fn groups_are_those_who_share_candidates() {
    let ratings = table(&[&[1, 2, 0, 0, 0], &[0, 0, 3, 3, 0], &[0, 3, 0, 0, 0], &[0, 0, 0, 0, 4]]);
    assert_eq!(connected_components(&ratings, &Scope::Areas), [vec!["r0", "r1"], vec!["r2", "r3"], vec!["r4"]]);
    assert!(connected_components(&ratings, &Scope::Area("never".into())).is_empty());
    let alpha = answer(&ratings, &Statistic::KrippendorffAlpha { metric: Metric::Nominal }, &area());
    assert_eq!(alpha.flags, [Flag::Disconnected]);
}

#[test]
fn pairs_open_at_ten_and_twenty_candidates() {
    let rows: Vec<[u8; 4]> =
        (0..20u8).map(|s| [s % 5 + 1, (s + s % 2) % 5 + 1, if s < 19 { 3 } else { 0 }, if s < 9 { 4 } else { 0 }]).collect();
    let rows: Vec<&[u8]> = rows.iter().map(|row| row.as_slice()).collect();
    let ratings = table(&rows);
    let pairs = rater_pairs(&ratings, &area());
    let found: Vec<_> = pairs.iter().map(|pair| (pair.raters, pair.candidates, pair.tier)).collect();
    let wanted = [
        (["r0", "r1"], 20, Tier::Reportable),
        (["r0", "r2"], 19, Tier::Indicative),
        (["r0", "r3"], 9, Tier::Hidden),
        (["r1", "r2"], 19, Tier::Indicative),
        (["r1", "r3"], 9, Tier::Hidden),
        (["r2", "r3"], 9, Tier::Hidden),
    ];
    assert_eq!(found, wanted);
    for pair in &pairs {
        let kappa = cohen_kappa(&ratings, &area(), pair.raters, Weights::Quadratic, None).unwrap();
        assert_eq!(pair.units as usize, kappa.units);
        match pair.kappa {
            Some(value) => near(value, kappa.value),
            None => assert_eq!((pair.tier, pair.interval), (Tier::Hidden, None)),
        }
    }
}

/// Ratings of three raters in two areas, some missing.
fn two_areas(without: Option<usize>) -> Ratings {
    let mut given = Vec::new();
    for subject in (0..14usize).filter(|subject| Some(*subject) != without) {
        for (area, rater) in (0..2usize).flat_map(|area| (0..3usize).map(move |rater| (area, rater))) {
            let score = (1 + (subject * 3 + rater * (subject % 4) + area * 2) % 5) as f64;
            if (subject + rater + 3 * area) % 7 != 0 {
                given.push((format!("s{subject:02}"), format!("r{rater}"), format!("a{area}"), score));
            }
        }
    }
    ratings(&given)
}

/// Tukey's interval, from what is found without each subject.
fn left_out(value: f64, found: impl Fn(&Ratings) -> f64) -> [f64; 2] {
    let without: Vec<f64> = (0..14).map(|subject| found(&two_areas(Some(subject)))).collect();
    let mean = without.iter().sum::<f64>() / 14.0;
    let se = (13.0 / 14.0 * without.iter().map(|one| (one - mean).powi(2)).sum::<f64>()).sqrt();
    let margin = student(0.975, 13.0).unwrap() * se;
    [value - margin, value + margin].map(|limit| limit.clamp(-1.0, 1.0))
}

#[test]
fn the_interval_of_a_pair_and_of_a_chance_corrected_coefficient_leaves_out_one_candidate_at_a_time() {
    let all = two_areas(None);
    for pair in rater_pairs(&all, &Scope::Areas) {
        let kappa = |ratings: &Ratings| cohen_kappa(ratings, &Scope::Areas, pair.raters, Weights::Quadratic, None).unwrap().value;
        let interval = pair.interval.unwrap();
        let [low, high] = left_out(kappa(&all), kappa);
        near(interval.low, low);
        near(interval.high, high);
    }
    for chance in [Chance::Fleiss, Chance::Gwet, Chance::BrennanPrediger] {
        let value = |ratings: &Ratings| by_candidates(&Tally::of(ratings, &Scope::Areas).unwrap(), Weights::Linear, chance).unwrap().0;
        let (found, interval) = by_candidates(&Tally::of(&all, &Scope::Areas).unwrap(), Weights::Linear, chance).unwrap();
        let [low, high] = left_out(found, value);
        near(interval.unwrap().low, low);
        near(interval.unwrap().high, high);
    }
}

#[test]
fn a_pair_whose_levels_are_all_the_same_without_one_candidate_has_no_interval() {
    let rows: Vec<[u8; 2]> = (0..12).map(|subject| if subject == 3 { [2, 3] } else { [2, 2] }).collect();
    let rows: Vec<&[u8]> = rows.iter().map(|row| row.as_slice()).collect();
    let ratings = table(&rows);
    let pairs = rater_pairs(&ratings, &area());
    assert!(pairs[0].kappa.is_some() && pairs[0].interval.is_none(), "{pairs:?}");
    let same: Vec<&[u8]> = (0..12).map(|_| [2u8, 2].as_slice()).collect();
    let ratings = table(&same);
    let pairs = rater_pairs(&ratings, &area());
    assert_eq!((pairs[0].kappa, pairs[0].reason), (None, Some(Reason::ConstantRatings)));
}

#[test]
fn the_widest_disagreements_come_first() {
    let mut given = Vec::new();
    for (subject, area, scores) in [("s2", "a0", [1.0, 3.0]), ("s1", "a1", [2.0, 5.0]), ("s1", "a0", [2.0, 4.0]), ("s3", "a0", [4.0, 5.0])]
    {
        given.extend(["r0", "r1"].iter().zip(scores).map(|(rater, score)| (subject.into(), (*rater).into(), area.into(), score)));
    }
    let ratings = ratings(&given);
    let found: Vec<_> =
        disagreements(&ratings, &Scope::Areas).iter().map(|one| (one.subject, one.area, one.low, one.high, one.range)).collect();
    assert_eq!(found, [("s1", "a1", 2.0, 5.0, 3), ("s1", "a0", 2.0, 4.0, 2), ("s2", "a0", 1.0, 3.0, 2)]);
    assert_eq!(disagreements(&ratings, &Scope::Area("a1".into())).len(), 1);
}

#[test]
fn means_over_areas_are_values_of_their_own() {
    let mut given = Vec::new();
    for (subject, scores) in [("s0", [[1.0, 2.0], [1.0, 1.0]]), ("s1", [[4.0, 4.0], [5.0, 3.0]])] {
        for (rater, scores) in ["r0", "r1"].iter().zip(scores) {
            given.extend(["a0", "a1"].iter().zip(scores).map(|(area, score)| (subject.into(), (*rater).into(), (*area).into(), score)));
        }
    }
    let tally = Tally::of(&ratings(&given), &Scope::Mean).unwrap();
    // 1.5 and 1; 4 and 4.
    near(mean_abs_diff(&tally).unwrap(), 0.25);
    near(raw_agreement(&tally, Kind::Exact, Average::Unit).unwrap().value, 0.5);
    let expected = 2.0 * 2.5 * 2.5 + 2.0 * 3.0 * 3.0 + 0.25;
    near(alpha_value(&tally, Metric::Interval).unwrap(), 1.0 - 3.0 * 0.25 / expected);
    assert_eq!(gwet_ac(&tally, Weights::Linear), Err(Reason::NotEstimable));
}

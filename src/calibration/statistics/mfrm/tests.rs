use proptest::prelude::*;

use super::super::generate::{Recipe, generate};
use super::super::ratings::{Ratings, Row, Scale};
use super::super::reason::Reason;
use super::super::request::Facet;
use super::super::samples::{Given, any_rows, five, other_name, ratings, renamed};
use super::super::scope::{Scope, cells};
use super::*;

/// `table[subject][rater]` in one area.
fn one_area(table: &[&[u8]]) -> Vec<Given> {
    let mut rows = Vec::new();
    for (s, scores) in table.iter().enumerate() {
        for (r, score) in scores.iter().enumerate().filter(|(_, score)| **score > 0) {
            rows.push((format!("s{s}"), format!("r{r}"), "A".into(), *score));
        }
    }
    rows
}

fn fit(rows: &[Given]) -> Result<Mfrm, Reason> {
    mfrm(&ratings(rows), &Scope::Areas)
}

fn value(model: &Mfrm, facet: Facet, id: &str) -> f64 {
    model.measure(facet, id).unwrap().value
}

/// Observed less expected sums of every element and level, from the published measures alone.
fn open_sums(data: &Ratings, model: &Mfrm) -> Vec<f64> {
    let levels = data.scale().levels();
    let lowest = levels.iter().position(|level| *level == model.lowest).unwrap();
    let mut sums = std::collections::BTreeMap::<String, f64>::new();
    for cell in cells(data, &Scope::Areas) {
        let ids = [&data.subjects()[cell.subject as usize], &data.raters()[cell.rater as usize], &data.areas()[cell.area as usize]];
        let facets = [Facet::Subject, Facet::Rater, Facet::Area];
        let measures: Vec<f64> = facets.iter().zip(ids).filter_map(|(facet, id)| model.measure(*facet, id).ok()).map(|m| m.value).collect();
        let [b, c, d] = measures[..] else { continue };
        let mut terms = vec![1.0];
        for threshold in &model.thresholds {
            terms.push(terms[terms.len() - 1] * (b - c - d - threshold).exp());
        }
        let total: f64 = terms.iter().sum();
        let taken = usize::from(cell.level) - lowest;
        for (k, term) in terms.iter().enumerate() {
            let open = f64::from(u8::from(k == taken)) - term / total;
            *sums.entry(format!("level {k}")).or_default() += open;
            for (facet, id) in facets.iter().zip(ids) {
                *sums.entry(format!("{facet:?} {id}")).or_default() += open * k as f64;
            }
        }
    }
    sums.into_values().collect()
}

#[test]
fn two_raters_and_two_levels_have_a_closed_form() {
    // Three candidates passed by the first rater alone, one by the second alone; two on whom they agree are
    // extreme. Each candidate lies midway, so the odds 3 : 1 are half the difference of the raters.
    let rows = one_area(&[&[2, 1], &[2, 1], &[2, 1], &[1, 2], &[2, 2], &[1, 1]]);
    let model = fit(&rows).unwrap();
    assert!((value(&model, Facet::Rater, "r0") + 3f64.ln()).abs() < 1e-9);
    assert!((value(&model, Facet::Rater, "r1") - 3f64.ln()).abs() < 1e-9);
    assert!(value(&model, Facet::Subject, "s0").abs() < 1e-9);
    assert_eq!(model.thresholds, [0.0]);
    assert_eq!(model.measure(Facet::Subject, "s4"), Err(Reason::ExtremeScore));
    assert_eq!(model.measure(Facet::Subject, "s5"), Err(Reason::ExtremeScore));
    assert_eq!(model.measure(Facet::Subject, "nobody"), Err(Reason::NoRatings));
    assert_eq!(model.n, 8);
    // Eight ratings with p = 3/4 or 1/4: information of a rater is 4 × 3/16.
    assert!((model.measure(Facet::Rater, "r0").unwrap().se - (4.0f64 * 3.0 / 16.0).sqrt().recip()).abs() < 1e-9);
    assert!((model.loglik - (6.0 * 0.75f64.ln() + 2.0 * 0.25f64.ln())).abs() < 1e-9);
}

#[test]
fn refusals_in_their_order() {
    assert_eq!(fit(&[]), Err(Reason::NoRatings));
    assert_eq!(fit(&one_area(&[&[1], &[2]])), Err(Reason::SingleRater));
    assert_eq!(fit(&one_area(&[&[1, 0], &[0, 2]])), Err(Reason::NoOverlap));
    assert_eq!(fit(&one_area(&[&[1, 2, 0, 0], &[0, 0, 2, 1]])), Err(Reason::Disconnected));
    assert_eq!(fit(&one_area(&[&[3, 3], &[3, 3]])), Err(Reason::NotEstimable));
    assert_eq!(fit(&one_area(&[&[1, 2], &[2, 4], &[4, 1], &[4, 2], &[1, 4]])), Err(Reason::UnobservedCategory));
    // The second rater is always one level above: the difference is without bound.
    assert_eq!(fit(&one_area(&[&[1, 2], &[2, 3], &[1, 2], &[2, 3]])), Err(Reason::NotConverged));
}

#[test]
fn what_cannot_be_told_apart_is_refused() {
    // Each rater scores an area of its own, except for a candidate that makes one unit shared but is extreme.
    let mut rows = Vec::new();
    for (s, score) in [3u8, 4, 2, 3, 4].into_iter().enumerate() {
        rows.push((format!("s{s}"), "r1".to_owned(), "A".to_owned(), score));
        rows.push((format!("s{s}"), "r2".to_owned(), "B".to_owned(), 6 - score));
    }
    rows.push(("x".into(), "r1".into(), "A".into(), 4));
    rows.push(("x".into(), "r2".into(), "A".into(), 4));
    assert_eq!(fit(&rows), Err(Reason::NotEstimable));
}

#[test]
fn a_candidate_that_alone_connects_is_missed_when_dropped() {
    let rows = one_area(&[&[1, 2, 0, 0], &[2, 1, 0, 0], &[2, 3, 0, 0], &[0, 0, 1, 2], &[0, 0, 3, 1], &[3, 3, 3, 3]]);
    assert_eq!(fit(&rows), Err(Reason::Disconnected));
}

#[test]
fn extremes_are_dropped_until_none_is_left() {
    // s3 has only fives; without it level 5 is unused, and s2 with its fours is at the top as well.
    let rows = one_area(&[&[1, 2], &[2, 3], &[4, 4], &[5, 5], &[3, 1], &[2, 2], &[3, 2]]);
    let model = fit(&rows).unwrap();
    let extreme: Vec<&str> = model.subjects.iter().filter(|s| s.measure.is_none()).map(|s| s.id.as_str()).collect();
    assert_eq!(extreme, ["s2", "s3"]);
    assert_eq!((model.lowest, model.thresholds.len()), (1.0, 2));
    assert!(open_sums(&ratings(&rows), &model).iter().all(|open| open.abs() < 1e-6));
}

#[test]
fn unused_end_levels_are_trimmed() {
    let rows = one_area(&[&[2, 3], &[3, 4], &[4, 2], &[3, 3], &[2, 4], &[4, 3]]);
    let model = fit(&rows).unwrap();
    assert_eq!((model.lowest, model.thresholds.len()), (2.0, 2));
    // Moved down by one level nothing changes but the averages.
    let moved: Vec<Given> = rows.iter().map(|(s, r, a, x)| (s.clone(), r.clone(), a.clone(), x - 1)).collect();
    let low = fit(&moved).unwrap();
    assert_eq!(low.thresholds, model.thresholds);
    let (a, b) = (model.measure(Facet::Subject, "s0").unwrap(), low.measure(Facet::Subject, "s0").unwrap());
    assert!((a.fair_average.unwrap() - b.fair_average.unwrap() - 1.0).abs() < 1e-12);
    assert!((model.fair_average(a.value).unwrap() - a.fair_average.unwrap()).abs() < 1e-12, "the same from the measure alone");
    assert_eq!((a.value, a.observed_avg), (b.value, b.observed_avg + 1.0));
}

#[test]
fn averages_are_on_the_declared_scale() {
    let scale = Scale::new(vec![0.0, 10.0, 20.0]).unwrap();
    let table = [("s1", "r1", 0.0), ("s1", "r2", 10.0), ("s2", "r1", 10.0), ("s2", "r2", 20.0), ("s3", "r1", 20.0), ("s3", "r2", 0.0)];
    let data = Ratings::new(scale, table.map(|(subject, rater, score)| Row { subject, rater, area: "A", score: Some(score) })).unwrap();
    let model = mfrm(&data, &Scope::Areas).unwrap();
    assert_eq!(model.measure(Facet::Subject, "s2").unwrap().observed_avg, 15.0);
    // The raters differ little, so the fair average is near the observed one.
    assert!((model.measure(Facet::Subject, "s2").unwrap().fair_average.unwrap() - 15.0).abs() < 0.1);
}

#[test]
fn a_whole_team_converges_in_few_steps_with_closed_sums() {
    for (seed, panel) in [(1, 10), (2, 3), (3, 2)] {
        let data = generate(&Recipe::team(seed, 50, 10, panel)).ratings().unwrap();
        let model = mfrm(&data, &Scope::Areas).unwrap();
        assert!(model.residual < 1e-9 && model.iterations <= 15, "{} {}", model.residual, model.iterations);
        assert!(open_sums(&data, &model).iter().all(|open| open.abs() < 1e-6));
        for centred in [&model.raters, &model.areas] {
            assert!(centred.iter().map(|element| element.measure.unwrap().value).sum::<f64>().abs() < 1e-9);
        }
        assert!(model.thresholds.iter().sum::<f64>().abs() < 1e-9);
    }
}

/// `cargo test --release -- --ignored speed`
#[test]
#[ignore = "a figure of speed, for a release build"]
fn speed_of_ten_raters_fifty_candidates_five_areas() {
    let data = generate(&Recipe::team(1, 50, 10, 10)).ratings().unwrap();
    let start = std::time::Instant::now();
    let model = mfrm(&data, &Scope::Areas).unwrap();
    let took = start.elapsed();
    println!("{} ratings, {} iterations, {took:?}", model.n, model.iterations);
    assert!(took.as_millis() < 50);
}

fn numbers(model: &Mfrm) -> Vec<f64> {
    let measures = model.subjects.iter().chain(&model.raters).chain(&model.areas).filter_map(|element| element.measure);
    let mut found: Vec<f64> =
        measures.flat_map(|m| [m.value, m.se, m.infit, m.outfit, m.observed_avg, m.fair_average.unwrap_or(0.0)]).collect();
    found.extend(&model.thresholds);
    found.extend([model.loglik, model.residual]);
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever comes: a model with finite numbers and closed sums, or a reason.
    #[test]
    fn nothing_is_nan(rows in any_rows()) {
        let data = ratings(&rows);
        if let Ok(model) = mfrm(&data, &Scope::Areas) {
            prop_assert!(numbers(&model).iter().all(|number| number.is_finite()));
            prop_assert!(open_sums(&data, &model).iter().all(|open| open.abs() < 1e-6));
        }
    }

    #[test]
    fn names_and_the_order_of_rows_do_not_matter(rows in any_rows()) {
        let (a, b) = (fit(&rows), fit(&renamed(&rows)));
        match (a, b) {
            (Ok(a), Ok(b)) => {
                prop_assert!((a.loglik - b.loglik).abs() < 1e-9);
                for facet in [Facet::Subject, Facet::Rater] {
                    for element in a.elements(facet) {
                        let other = b.measure(facet, &other_name(&element.id)).ok();
                        prop_assert_eq!(element.measure.is_some(), other.is_some());
                        if let (Some(x), Some(y)) = (element.measure, other) {
                            prop_assert!((x.value - y.value).abs() < 1e-6 && (x.outfit - y.outfit).abs() < 1e-6);
                        }
                    }
                }
            }
            (a, b) => prop_assert_eq!(a.err(), b.err()),
        }
    }

    /// Counting levels from the top turns every measure round.
    #[test]
    fn a_reversed_scale_negates(rows in any_rows()) {
        let reversed: Vec<Given> = rows.iter().map(|(s, r, a, x)| (s.clone(), r.clone(), a.clone(), 6 - x)).collect();
        match (fit(&rows), fit(&reversed)) {
            (Ok(a), Ok(b)) => {
                for facet in [Facet::Subject, Facet::Rater, Facet::Area] {
                    for (x, y) in a.elements(facet).iter().zip(b.elements(facet)) {
                        prop_assert_eq!(x.measure.is_some(), y.measure.is_some());
                        if let (Some(x), Some(y)) = (x.measure, y.measure) {
                            prop_assert!((x.value + y.value).abs() < 1e-6);
                        }
                    }
                }
                for (x, y) in a.thresholds.iter().zip(b.thresholds.iter().rev()) {
                    prop_assert!((x + y).abs() < 1e-6);
                }
            }
            (a, b) => prop_assert_eq!(a.err(), b.err()),
        }
    }

    /// The experts' and the candidate's own scores are no rater's.
    #[test]
    fn gold_and_self_do_not_enter(rows in any_rows()) {
        let without: Vec<Given> = rows.iter().filter(|(_, r, ..)| r != "GOLD" && r != "SELF").cloned().collect();
        prop_assert_eq!(fit(&rows).map(|model| numbers(&model)), fit(&without).map(|model| numbers(&model)));
    }
}

#[test]
fn an_unknown_area_has_no_ratings() {
    let data = Ratings::new(five(), []).unwrap();
    assert_eq!(mfrm(&data, &Scope::Area("A9".into())), Err(Reason::NoRatings));
}

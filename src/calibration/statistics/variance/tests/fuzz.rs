//! No design and no scores give a number that is not finite.

use proptest::prelude::*;

use super::super::super::answers;
use super::super::super::reason::Reason;
use super::super::super::request::Statistic;
use super::super::three_way::curve::{Ask, curve};
use super::super::three_way::estimate::estimate;
use super::super::three_way::study::Study;
use super::super::two_way::effects::Effects;
use super::super::two_way::fair::{fair_score, units_of};
use super::super::two_way::fit::fit;
use super::super::two_way::severity::severity;
use super::*;

/// 1 to 4 subjects and raters, 1 to 3 areas, any cells missing; scores random, constant, additive, or by unit alone.
fn designs() -> impl Strategy<Value = Vec<Cell>> {
    (1_usize..5, 1_usize..5, 1_usize..4, prop::collection::vec((any::<bool>(), 0_u8..5), 48), 0_u8..6, any::<bool>()).prop_map(
        |(subjects, raters, areas, draws, shape, full)| {
            let mut cells = Vec::new();
            for s in 0..subjects {
                for a in 0..areas {
                    for r in 0..raters {
                        let (kept, level) = draws[(s * areas + a) * raters + r];
                        if kept || full {
                            let score = match shape {
                                0 => 3.0,
                                1 => (s * 2 + r + a) as f64,
                                2 => (s + a) as f64,
                                3 => (2 * r) as f64,
                                _ => f64::from(level),
                            };
                            cells.push((s, r, a, score));
                        }
                    }
                }
            }
            cells
        },
    )
}

fn requests() -> Vec<Statistic> {
    let mut texts = Vec::new();
    for form in ["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"] {
        texts.push(format!(r#"{{"stat":"icc","params":{{"form":"{form}"}}}}"#));
    }
    for component in ["mu", "subject", "rater", "resid"] {
        for stat in ["variance2_anova", "variance2_reml"] {
            texts.push(format!(r#"{{"stat":"{stat}","params":{{"component":"{component}"}}}}"#));
        }
    }
    for form in ["A,1", "C,1", "A,khat", "G(q,k)"] {
        texts.push(format!(r#"{{"stat":"icc_reml","params":{{"form":"{form}"}}}}"#));
    }
    texts.push(r#"{"stat":"icc_reml_ci","params":{"form":"A,1"}}"#.into());
    for rater in ["r00", "r02", "nobody", "*"] {
        for stat in ["severity_raw", "severity_ls", "severity_eb"] {
            texts.push(format!(r#"{{"stat":"{stat}","params":{{"rater":"{rater}"}}}}"#));
        }
    }
    for subject in ["s000", "s003", "nobody"] {
        for stat in ["fair_score_ls", "fair_score_eb"] {
            texts.push(format!(r#"{{"stat":"{stat}","params":{{"subject":"{subject}"}}}}"#));
        }
    }
    for component in ["p", "pra"] {
        for stat in ["gstudy_anova", "gstudy_reml"] {
            texts.push(format!(r#"{{"stat":"{stat}","params":{{"component":"{component}"}}}}"#));
        }
    }
    for from in ["anova", "reml"] {
        for areas in ["fixed", "random"] {
            let tail = format!(r#""coef":"phi","areas":"{areas}","from":"{from}"}}}}"#);
            texts.push(format!(r#"{{"stat":"dstudy","params":{{"n_raters":2,{tail}"#));
            texts.push(format!(r#"{{"stat":"raters_needed","params":{{"target":0.8,"cap":50,{tail}"#));
        }
    }
    texts.iter().map(|text| serde_json::from_str(text).expect("a request")).collect()
}

fn in_order(reason: Reason) -> bool {
    !matches!(reason, Reason::ConstantRatings | Reason::UnobservedCategory | Reason::ExtremeScore)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_answer_is_a_finite_number_or_a_reason(cells in designs()) {
        let ratings = ratings(&cells);
        for request in requests() {
            for scope in [Scope::Mean, Scope::Areas, Scope::Area("A1".into()), Scope::Area("A9".into())] {
                let answer = answers::answer(&ratings, &request, &scope);
                let json = serde_json::to_value(&answer).expect("an answer");
                let value = &json["value"];
                prop_assert!(value.is_number() == answer.reason.is_none(), "{request:?} {scope:?} {json}");
                prop_assert!(answer.reason.is_none_or(in_order), "{request:?} {json}");
                prop_assert!(answer.reason != Some(Reason::NotConverged) || format!("{request:?}").contains("Reml")
                    || format!("{request:?}").contains("reml"), "{request:?} {scope:?} {json}");
            }
        }
    }

    #[test]
    fn components_are_never_negative_and_what_is_shown_is_finite(cells in designs()) {
        let ratings = ratings(&cells);
        for scope in [Scope::Mean, Scope::Areas] {
            let Ok(team) = Team::of_subjects(&ratings, &scope) else { continue };
            let fit = match fit(&team) {
                Ok(fit) => fit,
                Err(reason) => {
                    prop_assert_eq!(reason, Reason::ZeroVariance, "two-way REML always ends");
                    continue;
                }
            };
            let parts = fit.components;
            for part in [parts.subject, parts.rater, parts.residual] {
                prop_assert!(part >= 0.0 && part.is_finite(), "{parts:?}");
            }
            prop_assert!(parts.subject + parts.rater + parts.residual > 0.0);
            let effects = Effects::of(&fit);
            for place in 0..team.raters().len() {
                let shown = severity(&team, &effects, place).expect("there");
                prop_assert!([shown.value, shown.se, shown.low, shown.high].iter().all(|x| x.is_finite()), "{shown:?}");
            }
            for unit in team.units() {
                let score = fair_score(&effects, &units_of(&team, unit.subject)).expect("there");
                let numbers = [score.value, score.se, score.low, score.high, score.adjustment, score.panel, score.shrinkage];
                prop_assert!(numbers.iter().all(|x| x.is_finite()), "{score:?}");
            }
        }
        if let Ok(study) = Study::read(&ratings, &Scope::Areas)
            && let Ok(estimate) = estimate(&study)
        {
            prop_assert!(estimate.components.list().iter().all(|part| *part >= 0.0 && part.is_finite()));
            if let Ok(curve) = curve(&estimate, &Ask::default()) {
                for point in curve.points {
                    let range = [Some(point.phi), point.low, point.high];
                    prop_assert!(range.into_iter().flatten().all(|x| (0.0..=1.0).contains(&x)), "{point:?}");
                }
            }
        }
    }
}

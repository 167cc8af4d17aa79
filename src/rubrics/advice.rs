//! What is worth another look in a rubric before it is published. None of it stops anybody; the built-in rubrics
//! leave nothing.

use super::file::RubricFile;
use super::model::{Area, Level};
use crate::platform::error::FieldErrors;
use crate::platform::parse;

/// From this share of words in common on, two neighbouring levels read alike.
const ALIKE: f64 = 0.6;

impl RubricFile {
    /// Levels that read alike, expectations that tell no seniorities apart, cuts that a mean can fall on.
    pub fn advice(&self) -> FieldErrors {
        let mut advice = FieldErrors::default();
        for (i, area) in self.areas.iter().enumerate() {
            advise_anchors(i, area, &mut advice);
            if area.expected.entry == area.expected.senior && area.expected.entry > 0 {
                let text = "Every seniority is asked for the same here: does this area tell them apart?";
                advice.add(format!("areas[{i}].expected"), text);
            }
        }
        if weighable(&self.areas) {
            let means = means(&self.areas);
            Level::ALL.iter().for_each(|level| self.advise_cuts(*level, &means, &mut advice));
        }
        if self.warning_signs.is_empty() {
            advice.add("warning_signs", "Without a warning sign an interviewer has nothing to tick.");
        }
        advice
    }

    fn advise_cuts(&self, level: Level, means: &[f64], advice: &mut FieldErrors) {
        let cuts = self.cuts.at(level);
        let modes = [("mock", cuts.mock.as_slice(), cuts.mock[1], "ready now"), ("hiring", &cuts.hiring, cuts.hiring[1], "a yes")];
        let expected = expected_mean(&self.areas, level);
        for (mode, cuts, passing, outcome) in modes {
            let field = format!("cuts.{level}.{mode}");
            for cut in cuts.iter().filter(|cut| means.iter().any(|mean| (mean - **cut).abs() < 1e-9)) {
                advice.add(&field, format!("Five scores can have a mean of exactly {cut}; a cut between two means leaves no doubt."));
            }
            if expected + 1e-9 < passing {
                let text = format!("Whoever is at the expected level in every area has {expected:.2}, which is not yet {outcome}.");
                advice.add(&field, text);
            }
        }
    }
}

fn advise_anchors(i: usize, area: &Area, advice: &mut FieldErrors) {
    for (k, pair) in area.anchors.windows(2).enumerate() {
        let (lower, upper) = (&pair[0], &pair[1]);
        // The very same words are an error already.
        if !parse::alike(&lower.text, &upper.text) && parse::shared_words(&lower.text, &upper.text) >= ALIKE {
            let text =
                format!("Levels {} and {} read alike: two interviewers could choose differently for one answer.", lower.level, upper.level);
            advice.add(format!("areas[{i}].anchors[{}].text", k + 1), text);
        }
    }
}

/// Whether a mean can be told at all.
fn weighable(areas: &[Area]) -> bool {
    areas.len() == 5 && areas.iter().all(|area| area.weight > 0.0 && area.weight.is_finite())
}

fn total(areas: &[Area]) -> f64 {
    areas.iter().map(|area| area.weight).sum()
}

fn expected_mean(areas: &[Area], level: Level) -> f64 {
    areas.iter().map(|area| area.weight * f64::from(*area.expected.at(level))).sum::<f64>() / total(areas)
}

/// Every weighted mean that one card with all areas scored can have.
fn means(areas: &[Area]) -> Vec<f64> {
    let sums = areas.iter().fold(vec![0.0], |sums, area| {
        let with = |sum: &f64| (1..=5).map(move |score| sum + area.weight * f64::from(score)).collect::<Vec<_>>();
        sums.iter().flat_map(with).collect()
    });
    let mut means: Vec<f64> = sums.iter().map(|sum| sum / total(areas)).collect();
    means.sort_by(f64::total_cmp);
    means.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    means
}

#[cfg(test)]
mod tests {
    use super::super::service::built_in;

    fn advice(change: impl Fn(&mut super::RubricFile)) -> Vec<(String, String)> {
        let mut file = built_in().unwrap().into_iter().next().unwrap();
        change(&mut file);
        file.advice().iter().map(|hint| (hint.field.clone(), hint.message.clone())).collect()
    }

    #[test]
    fn the_built_in_rubrics_leave_nothing() {
        for file in built_in().unwrap() {
            assert!(file.advice().is_empty(), "{}: {}", file.slug, file.advice());
        }
    }

    #[test]
    fn neighbouring_levels_that_share_six_words_of_ten_are_named_and_distant_ones_are_not() {
        let texts = ["finds the fault with help", "finds the fault with little help", "explains why it failed"];
        let said = advice(|file| {
            for (anchor, text) in file.areas[1].anchors.iter_mut().zip(texts) {
                anchor.text = text.into();
            }
        });
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!(said[0].0, "areas[1].anchors[1].text");
        let said = advice(|file| file.areas[1].anchors[4].text = file.areas[1].anchors[0].text.clone() + " again");
        assert!(said.is_empty(), "levels 1 and 5 are no neighbours: {said:?}");
    }

    #[test]
    fn a_cut_on_a_mean_that_scores_can_have_is_named_whatever_the_weights() {
        let said = advice(|file| file.cuts.mid.hiring[1] = 2.8);
        assert_eq!((said.len(), said[0].0.as_str()), (1, "cuts.mid.hiring"), "{said:?}");
        // With one double weight means are sixths: 1.5 is one of them, which equal weights never give.
        let said = advice(|file| file.areas[0].weight = 2.0);
        assert!(said.iter().any(|(field, _)| field == "cuts.entry.hiring"), "{said:?}");
    }

    #[test]
    fn a_cut_that_the_expected_levels_do_not_reach_and_an_area_that_tells_nobody_apart_are_named() {
        let said = advice(|file| file.cuts.mid.mock[1] = 3.1);
        assert!(said[0].1.contains("3.00, which is not yet ready now"), "{said:?}");
        let said = advice(|file| file.areas[3].expected.senior = 3);
        assert!(said.iter().any(|(field, _)| field == "areas[3].expected"), "{said:?}");
    }
}

//! What to know before any number is believed.

use super::super::model::RubricChoice;
use super::super::statistics::agreement::tally::Tally;
use super::super::statistics::scope::Scope;
use super::super::statistics::shape::dominant;
use super::scores::{AREAS, Scores};

/// `shown` is the one of `rubrics` that the numbers are of.
pub fn cautions(scores: &Scores, rubrics: &[RubricChoice], shown: Option<&RubricChoice>) -> Vec<String> {
    other_rubrics(rubrics, shown).into_iter().chain(little_variation(scores)).collect()
}

fn other_rubrics(rubrics: &[RubricChoice], shown: Option<&RubricChoice>) -> Option<String> {
    let others: Vec<&RubricChoice> = rubrics.iter().filter(|rubric| Some(rubric.id) != shown.map(|shown| shown.id)).collect();
    let (most, more) = (rubrics.first()?, others.iter().map(|rubric| rubric.cards).sum::<usize>());
    (!others.is_empty()).then(|| {
        format!(
            "{} used in this period too: {more} {} on {}. Scores of two rubrics are never mixed; choose one at a time. \
             The most used is “{}”, version {}.",
            if others.len() == 1 { "Another rubric was" } else { "Other rubrics were" },
            if more == 1 { "scorecard is" } else { "scorecards are" },
            if others.len() == 1 { "it" } else { "them" },
            most.name,
            most.number
        )
    })
}

/// Of fewer shared candidates, the level that most gave is single scorecards.
const FEWEST: usize = 5;

/// Whether or not an interval can be computed: where nearly all scores are the same, none can.
fn little_variation(scores: &Scores) -> Vec<String> {
    let of = |(area, id): (&crate::rubrics::Area, &str)| {
        let scope = Scope::Area(id.to_owned());
        let shared = Tally::of(&scores.ratings, &scope).map_or(0, |tally| tally.clusters().count());
        let most = dominant(&scores.ratings, &scope).filter(|_| shared >= FEWEST)?;
        let percent = (most.share * 100.0).floor();
        Some(format!(
            "{}: {percent} % of the scores are a {}. There is little variation to agree about, so its alpha says little.",
            area.short_name, most.level
        ))
    };
    scores.areas.iter().zip(AREAS).filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::rubrics::RubricVersionId;

    #[test]
    fn what_is_counted_is_on_the_rubrics_that_are_not_shown() {
        let rubric = |place: u128, cards| RubricChoice {
            id: RubricVersionId(Uuid::from_u128(place)),
            name: format!("Rubric {place}"),
            number: 2,
            cards,
        };
        let all = [rubric(1, 30), rubric(2, 4), rubric(3, 1)];
        let said = |rubrics: &[RubricChoice], shown: &RubricChoice| other_rubrics(rubrics, Some(shown)).unwrap_or_default();
        assert!(said(&all, &all[0]).starts_with("Other rubrics were used in this period too: 5 scorecards are on them."));
        assert!(said(&all[..2], &all[1]).starts_with("Another rubric was used in this period too: 30 scorecards are on it."));
        assert!(said(&all, &all[1]).contains("The most used is “Rubric 1”, version 2."));
        assert_eq!(said(&all[..1], &all[0]), "");
    }
}

//! What to know before any number is believed.

use super::super::model::RubricChoice;
use super::super::statistics::agreement::evidence::evidence;
use super::super::statistics::gates::Tier;
use super::super::statistics::scope::Scope;
use super::super::statistics::shape::dominant;
use super::scores::{AREAS, Scores};

pub fn cautions(scores: &Scores, rubrics: &[RubricChoice]) -> Vec<String> {
    let mut said = Vec::new();
    if let [first, others @ ..] = rubrics
        && !others.is_empty()
    {
        let more: usize = others.iter().map(|rubric| rubric.cards).sum();
        said.push(format!(
            "Another rubric was used in this period too: {more} more {} on it. Scores of two rubrics are never mixed; choose one at a time. \
             The most used is “{}”, version {}.",
            if more == 1 { "scorecard is" } else { "scorecards are" },
            first.name,
            first.number
        ));
    }
    // Of a few scorecards the level that most gave is those scorecards themselves.
    let told = evidence(&scores.ratings).tier > Tier::Hidden;
    for (area, id) in scores.areas.iter().zip(AREAS).filter(|_| told) {
        let Some(most) = dominant(&scores.ratings, &Scope::Area(id.to_owned())) else { continue };
        let percent = (most.share * 100.0).round();
        said.push(format!(
            "{}: {percent} % of the scores are a {}. There is little variation to agree about, so its alpha says little.",
            area.short_name, most.level
        ));
    }
    said
}

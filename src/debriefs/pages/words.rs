//! The sentences of the debrief: findings, computed.

use crate::debriefs::model::{AreaView, LaterScore, Proposal};
use crate::scorecards::{Recommendation, Value};

/// What the table says at a glance: whether there is something to talk about, and where.
pub fn headline(areas: &[AreaView]) -> (String, String, Option<u8>) {
    let apart: Vec<&AreaView> = areas.iter().filter(|area| area.spread.is_some_and(|spread| spread >= 2)).collect();
    let compared = areas.iter().filter(|area| area.spread.is_some()).count();
    let Some(widest) = apart.first() else {
        return match compared {
            0 => ("One view so far.".into(), "There is nothing to compare: fewer than two counted cards score the same area.".into(), None),
            _ => ("You agree within one point everywhere.".into(), "Talk about the evidence rather than the numbers.".into(), None),
        };
    };
    let title = match apart.len() {
        1 => "One area needs a conversation.".to_owned(),
        count => format!("{} areas need a conversation.", count_word(count)),
    };
    let close = compared - apart.len();
    let agreed = match close {
        0 => String::new(),
        1 => "You agree within one point on one area. ".to_owned(),
        count => {
            format!("You agree within one point on {} areas of {}. ", count_word(count).to_lowercase(), count_word(compared).to_lowercase())
        }
    };
    let points = widest.spread.map_or(2, usize::from);
    (title, format!("{agreed}On {} you are {} points apart.", widest.name, count_word(points).to_lowercase()), Some(widest.area))
}

/// The rule's number with its band, in one sentence.
pub fn rule(proposal: &Proposal) -> String {
    let combination = &proposal.combination;
    match (combination.value, combination.low, combination.high, proposal.outcome) {
        (Some(value), Some(low), Some(high), Some(outcome)) => {
            let near = if combination.near_a_cut {
                " This is near a cut: the band crosses it, and the number alone does not settle it."
            } else {
                ""
            };
            format!("The rule gives {value:.1}, with a band from {low:.1} to {high:.1}, and proposes “{}”.{near}", self::outcome(outcome))
        }
        _ => format!(
            "Not enough coverage: {} of five areas have a score, four are needed. The rule gives no number.",
            combination.scored_areas
        ),
    }
}

/// What the band rests on.
pub fn basis(proposal: &Proposal) -> String {
    let band = match proposal.measured_over {
        Some(interviews) => {
            format!("how much this team’s interviewers have differed, over {interviews} interviews with two scorecards or more")
        }
        None => "how much interviewers usually differ. That is assumed: this team has not scored enough interviews together to measure it"
            .to_owned(),
    };
    format!("Mean of the counted cards, area by area, by the rubric’s weights. The band rests on {band}.")
}

pub fn outcome(outcome: Recommendation) -> &'static str {
    match outcome {
        Recommendation::ReadyNow => "Ready now",
        Recommendation::NearlyReady => "Nearly ready",
        Recommendation::NotYet => "Not yet",
        Recommendation::StrongNo => "Strong no",
        Recommendation::No => "No",
        Recommendation::Yes => "Yes",
        Recommendation::StrongYes => "Strong yes",
        Recommendation::CannotSay => "Cannot say",
    }
}

/// When a second score was given, by what its author knew.
pub fn later(later: &LaterScore) -> &'static str {
    match later {
        LaterScore { after_debrief: true, .. } => "After the debrief opened",
        LaterScore { others_visible: true, .. } => "Amended with others’ cards in view",
        _ => "Amended before others’ cards were in view",
    }
}

/// What the component `score` takes.
pub fn value(value: Option<Value>) -> serde_json::Value {
    value.map_or(serde_json::Value::Null, |value| serde_json::to_value(value).unwrap_or_default())
}

/// How far apart, for the chip.
pub fn spread(spread: Option<u8>) -> (&'static str, String) {
    match spread {
        None => ("line", "One score".into()),
        Some(0) => ("good", "Agree".into()),
        Some(1) => ("", "1 apart".into()),
        Some(apart) => ("warn", format!("{apart} apart")),
    }
}

/// Minutes and seconds of the interview's clock.
pub fn clock(seconds: i32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn count_word(count: usize) -> String {
    ["No", "One", "Two", "Three", "Four", "Five"].get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(area: u8, spread: Option<u8>) -> AreaView {
        let name = format!("Area {area}");
        AreaView {
            area,
            short_name: name.clone(),
            name,
            expected: 3,
            scores: Vec::new(),
            median: None,
            mean: None,
            spread,
            self_score: None,
        }
    }

    #[test]
    fn the_headline_names_the_widest_gap_and_counts_the_rest() {
        let areas = [area(5, Some(2)), area(1, Some(1)), area(2, Some(0)), area(3, Some(1)), area(4, Some(1))];
        let (title, text, link) = headline(&areas);
        assert_eq!(title, "One area needs a conversation.");
        assert_eq!(text, "You agree within one point on four areas of five. On Area 5 you are two points apart.");
        assert_eq!(link, Some(5));
        assert_eq!(headline(&[area(1, Some(1)), area(2, Some(0))]).2, None);
        assert_eq!(headline(&[area(1, None)]).0, "One view so far.");
    }
}

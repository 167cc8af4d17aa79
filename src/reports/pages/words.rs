//! Words of the report, computed.

use crate::reports::model::{AreaReport, Outcome};
use crate::rubrics::Level;

pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::ReadyNow => "Ready now",
        Outcome::NearlyReady => "Nearly ready",
        Outcome::NotYet => "Not yet",
        Outcome::Yes => "Yes",
        Outcome::No => "Not this time",
        Outcome::CannotSay => "We could not say",
    }
}

pub fn level(level: Level) -> &'static str {
    match level {
        Level::Entry => "entry level",
        Level::Mid => "mid level",
        Level::Senior => "senior level",
    }
}

/// One decimal, halves up.
pub fn decimal(number: f64) -> String {
    format!("{:.1}", (number * 10.0).round() / 10.0)
}

/// Whose average the bars are, and how sure it is.
pub fn caption(areas: &[AreaReport], asked: Level) -> String {
    let cards = || areas.iter().filter_map(|area| area.numbers).map(|numbers| numbers.cards);
    let whose = match (cards().min(), cards().max()) {
        (Some(1), Some(1)) => "One interviewer’s scores".to_owned(),
        (Some(least), Some(most)) if least < most => format!("Averages of {} to {} interviewers", count(least), count(most)),
        (_, most) => format!("Average of {} interviewers", count(most.unwrap_or_default())),
    };
    format!(
        "{whose}. The upright mark is what {} asks. The thin line is where the average of other interviewers could well have been; \
         it is assumed, not measured.",
        level(asked)
    )
}

fn count(number: u32) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six"];
    words.get(number as usize).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::model::AreaNumbers;

    fn area(cards: u32) -> AreaReport {
        let numbers = (cards > 0).then_some(AreaNumbers { mean: 3.0, low: 2.0, high: 4.0, cards, expected: 3 });
        AreaReport { area: 1, name: String::new(), short_name: String::new(), anchor: None, next_anchor: None, numbers }
    }

    #[test]
    fn the_caption_says_of_how_many_the_average_is() {
        let begins = |areas: &[AreaReport]| caption(areas, Level::Mid).split('.').next().unwrap_or_default().to_owned();
        assert_eq!(begins(&[area(3), area(3), area(0)]), "Average of three interviewers");
        assert_eq!(begins(&[area(2), area(3)]), "Averages of two to three interviewers");
        assert_eq!(begins(&[area(1)]), "One interviewer’s scores");
    }

    #[test]
    fn halves_go_up() {
        assert_eq!([3.25, 10.0 / 3.0, 4.0].map(decimal), ["3.3", "3.3", "4.0"]);
    }
}

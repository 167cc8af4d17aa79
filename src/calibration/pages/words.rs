//! Numbers and findings in words.

use super::super::model::{AreaAgreement, Consistency, Estimate, RoughCount, TeamCalibration};
use super::super::statistics::gates::Tier;

/// Two decimals with a true minus.
pub fn number(value: f64) -> String {
    format!("{value:.2}").replace('-', "−")
}

/// With its sign; what rounds to zero has none.
pub fn signed(value: f64) -> String {
    match number(value).as_str() {
        "0.00" | "−0.00" => "0".to_owned(),
        text if value > 0.0 => format!("+{text}"),
        text => text.to_owned(),
    }
}

pub fn percent(share: f64) -> String {
    let percent = format!("{:.0} %", share * 100.0);
    // What rounds to zero has no sign.
    if percent == "-0 %" { "0 %".to_owned() } else { percent.replace('-', "−") }
}

pub fn interval(low: f64, high: f64) -> String {
    format!("{} to {}", number(low), number(high))
}

pub fn count(number: usize, one: &str, many: &str) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let said = words.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned());
    format!("{said} {}", if number == 1 { one } else { many })
}

pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// One of a tier's names, for a chip; none where nothing needs to be said.
pub fn early(tier: Tier) -> Option<&'static str> {
    (tier == Tier::Indicative).then_some("early signal")
}

/// An estimate as `0.71 (0.64 to 0.77)`.
pub fn estimate(found: &Estimate) -> String {
    match (found.value, found.low, found.high) {
        (Some(value), Some(low), Some(high)) => format!("{} ({})", number(value), interval(low, high)),
        (Some(value), ..) => number(value),
        _ => "–".to_owned(),
    }
}

/// What is said of a difference between people: a number with its sign only where zero lies outside its interval.
pub fn difference(value: f64, low: f64, high: f64) -> String {
    if low > 0.0 || high < 0.0 { signed(value) } else { NO_DIFFERENCE.to_owned() }
}

pub const NO_DIFFERENCE: &str = "no evidence of a difference";

pub fn rough(count: RoughCount) -> String {
    match count.at_most {
        Some(most) if most == count.at_least => most.to_string(),
        Some(most) => format!("{} to {most}", count.at_least),
        None => format!("{} or more", count.at_least),
    }
}

/// As in `one of five`, with a capital.
pub fn of(some: usize, all: usize) -> String {
    let number = |number| count(number, "", "").trim_end().to_owned();
    capital(&format!("{} of {}", if some == 0 { "none".to_owned() } else { number(some) }, number(all)))
}

/// Below the limit with its whole interval: what the chart marks and the finding names.
pub fn is_low(area: &AreaAgreement) -> bool {
    area.alpha.tier == Tier::Reportable && area.alpha.high.is_some_and(|high| high < GOOD_ENOUGH)
}

/// Where conclusions begin to be possible (Krippendorff).
pub const GOOD_ENOUGH: f64 = 0.667;

/// Where agreement is too low, by what the chart marks.
pub fn agreement(team: &TeamCalibration) -> String {
    let areas = &team.agreement.areas;
    let low: Vec<&str> = areas.iter().filter(|area| is_low(area)).map(|area| area.short_name.as_str()).collect();
    let known = areas.iter().filter(|area| area.alpha.tier == Tier::Reportable).count();
    match low.as_slice() {
        [] if known == 0 => "Too early to compare the areas".to_owned(),
        [] if known < areas.len() => "No area is clearly too low so far".to_owned(),
        [] => "In no area is agreement clearly too low".to_owned(),
        [one] => format!("{one} is where we agree too little"),
        [one, other] => format!("{one} and {other} are where we agree too little"),
        all if all.len() == areas.len() => "We agree too little in every area".to_owned(),
        all => format!("We agree too little in {} areas", count(all.len(), "", "").trim_end()),
    }
}

/// What interviewers alone bring into a single score: their level, with this candidate, and in this area.
pub fn shares(found: &Consistency) -> String {
    let of = |wanted: &[&str]| found.shares.iter().filter(|share| wanted.contains(&share.name)).map(|share| share.share).sum::<f64>();
    if found.shares.is_empty() {
        return "Too early to say where differences come from".to_owned();
    }
    let candidate = of(&["Candidate", "Candidate in this area"]);
    let interviewer = of(&["Interviewer", "Interviewer with this candidate", "Interviewer in this area"]);
    format!("Of a single score {} is the candidate and {} the interviewer", percent(candidate), percent(interviewer))
}

pub fn needed(found: &Consistency) -> String {
    match found.needed {
        None => "Too early to say how many interviewers are needed".to_owned(),
        Some(needed) => match (needed.low, needed.high) {
            (Some(low), Some(high)) if low == high => format!("{} reach 0.8", capital(&count(low as usize, "interviewer", "interviewers"))),
            (Some(low), Some(high)) => format!("Between {low} and {high} interviewers reach 0.8"),
            (Some(low), None) => format!("{} interviewers reach 0.8, or many more", capital(count(low as usize, "", "").trim_end())),
            (None, _) => "No panel of a usual size reaches 0.8".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_true_minus_and_zero_has_no_sign() {
        assert_eq!([signed(-0.526), signed(0.44), signed(-0.001), signed(0.0)], ["−0.53", "+0.44", "0", "0"]);
        assert_eq!(interval(-0.1, 0.25), "−0.10 to 0.25");
    }

    #[test]
    fn a_difference_has_a_sign_only_where_zero_lies_outside_its_interval() {
        assert_eq!(difference(0.05, -0.05, 0.16), NO_DIFFERENCE);
        assert_eq!(difference(0.0, 0.0, 0.0), NO_DIFFERENCE);
        assert_eq!([difference(0.3, 0.1, 0.5), difference(-0.3, -0.5, -0.1)], ["+0.30", "−0.30"]);
    }

    #[test]
    fn counts_are_exact_or_a_class() {
        let class = |count| rough(RoughCount::class(count, &[5, 10, 20]));
        assert_eq!([rough(RoughCount::exact(12)), class(12), class(31)], ["12", "10 to 19", "20 or more"]);
        assert_eq!([of(1, 5), of(0, 3), of(2, 12)], ["One of five", "None of three", "Two of 12"]);
    }
}

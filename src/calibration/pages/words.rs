//! Numbers and findings in words.

use super::super::model::{Consistency, Estimate, SeverityStrip, TeamCalibration};
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
    format!("{:.0} %", share * 100.0)
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

/// Where agreement is least, if the areas can be compared at all.
pub fn agreement(team: &TeamCalibration) -> String {
    let known: Vec<_> = team.agreement.areas.iter().filter(|area| area.alpha.tier == Tier::Reportable).collect();
    let value = |area: &&&super::super::model::AreaAgreement| area.alpha.value.unwrap_or(1.0);
    let least = known.iter().min_by(|one, other| value(one).total_cmp(&value(other)));
    let most = known.iter().max_by(|one, other| value(one).total_cmp(&value(other)));
    match (least, most) {
        (Some(least), Some(most)) if known.len() > 1 && least.alpha.high < most.alpha.low => {
            format!("{} is where we agree least", least.short_name)
        }
        (Some(_), Some(_)) if known.len() > 1 => "No area stands out: their intervals overlap".to_owned(),
        _ => "Too early to compare the areas".to_owned(),
    }
}

pub fn severity(strip: &SeverityStrip) -> String {
    match (strip.shown, strip.outside) {
        (0, _) => "Too few shared candidates to compare interviewers".to_owned(),
        (shown, 0) => format!("Nobody of {} lies outside the band", count(shown, "one", "").trim_end()),
        (shown, outside) => {
            let verb = if outside == 1 { "lies" } else { "lie" };
            format!("{} of {} {verb} outside the band", capital(count(outside, "", "").trim_end()), count(shown, "", "").trim_end())
        }
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
    fn the_finding_counts_people_and_names_nobody() {
        let strip = |shown, outside| SeverityStrip { shown, outside, hidden: 0, dots: Vec::new() };
        assert_eq!(severity(&strip(8, 2)), "Two of eight lie outside the band");
        assert_eq!(severity(&strip(8, 1)), "One of eight lies outside the band");
        assert_eq!(severity(&strip(5, 0)), "Nobody of five lies outside the band");
        assert_eq!(severity(&strip(0, 0)), "Too few shared candidates to compare interviewers");
    }
}

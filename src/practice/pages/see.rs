//! How one sees oneself: percentages against what came out, own scores against interviewers'.

use serde::Serialize;

use super::super::model::{BrierVerdict, Estimate, Honesty, HonestyFound, HonestyVerdict, LEAST, LEAST_SAID, SelfGap};

/// How honest the percentages are, in words.
#[derive(Debug, Serialize)]
pub struct HonestyPart {
    answers: i64,
    least: i64,
    finding: String,
    numbers: Option<NumbersPart>,
}

#[derive(Debug, Serialize)]
struct NumbersPart {
    said: String,
    brier: String,
    baseline: String,
    /// What the two say beside each other.
    compared: String,
    bands: Vec<BandPart>,
}

#[derive(Debug, Serialize)]
struct BandPart {
    said: String,
    passed: String,
}

/// Own scores beside those of interviewers.
#[derive(Debug, Serialize)]
pub struct GapPart {
    interviews: usize,
    finding: String,
    areas: Vec<AreaGapPart>,
}

#[derive(Debug, Serialize)]
struct AreaGapPart {
    name: String,
    interviews: usize,
    /// With their intervals, from three interviews on.
    own: Option<String>,
    given: Option<String>,
    gap: Option<String>,
}

impl HonestyPart {
    pub fn of(view: &Honesty) -> Self {
        let finding = match &view.found {
            None => format!("{} of {LEAST_SAID} answers so far", view.answers),
            Some(found) => match found.verdict {
                HonestyVerdict::TooSure => "You are surer than your answers are good".to_owned(),
                HonestyVerdict::TooCautious => "Your answers are better than you think".to_owned(),
                HonestyVerdict::NoDifference => "No clear difference so far between what you said and what came out".to_owned(),
            },
        };
        HonestyPart { answers: view.answers, least: LEAST_SAID, finding, numbers: view.found.as_ref().map(|found| numbers(view, found)) }
    }
}

fn numbers(view: &Honesty, found: &HonestyFound) -> NumbersPart {
    let Estimate { value, low, high } = found.gap;
    let band = |band: &super::super::model::HonestyBand| BandPart {
        said: format!("{} to {}%", band.from, band.to),
        passed: format!("{} of {} passed", band.passed, band.answers),
    };
    NumbersPart {
        said: format!(
            "You said {:.0}% on average; {} of {} answers passed, which is {:.0}%. The difference is {} points, with a 95% interval from {} to {}.",
            found.said,
            view.passed,
            view.answers,
            found.passed,
            signed(value, 0),
            signed(low, 0),
            signed(high, 0),
        ),
        brier: format!("{:.2}", found.brier),
        baseline: format!("{:.2}", found.baseline),
        compared: compared(found),
        bands: found.bands.iter().map(band).collect(),
    }
}

/// What the two say beside each other, by the interval of their difference.
fn compared(found: &HonestyFound) -> String {
    let Estimate { value, low, high } = found.brier_difference;
    let numbers = format!("the difference is {} ({} to {})", signed(value, 2), signed(low, 2), signed(high, 2));
    match found.brier_verdict {
        BrierVerdict::SaysMore => format!("Yours is lower: your percentages say more than that share alone; {numbers}."),
        BrierVerdict::SaysLess => format!("Yours is higher: your percentages say less than that share alone; {numbers}."),
        BrierVerdict::NoDifference => {
            format!("No clear difference: so far your percentages say neither more nor less than that share alone; {numbers}.")
        }
    }
}

impl GapPart {
    pub fn of(view: &SelfGap) -> Self {
        let finding = match view.all {
            None => format!("{} of {LEAST} interviews so far", view.interviews),
            Some(gap) => {
                let numbers = format!("on average {} from {} interviews", difference(gap), view.interviews);
                match (gap.low > 0.0, gap.high < 0.0) {
                    (true, _) => format!("You see yourself higher than interviewers do: {numbers}"),
                    (_, true) => format!("You see yourself lower than interviewers do: {numbers}"),
                    _ => format!("No clear difference from interviewers: {numbers}"),
                }
            }
        };
        let area = |area: &super::super::model::AreaGap| AreaGapPart {
            name: area.name.clone(),
            interviews: area.interviews,
            own: area.own.map(mean),
            given: area.given.map(mean),
            gap: area.gap.map(difference),
        };
        GapPart { interviews: view.interviews, finding, areas: view.areas.iter().map(area).collect() }
    }
}

/// A mean of scores, as in `3.4 (2.9 to 3.9)`.
pub fn mean(mean: Estimate) -> String {
    format!("{:.1} ({:.1} to {:.1})", mean.value, mean.low, mean.high)
}

/// As in `+0.7 (−0.1 to +1.2)`.
pub fn difference(gap: Estimate) -> String {
    format!("{} ({} to {})", signed(gap.value, 1), signed(gap.low, 1), signed(gap.high, 1))
}

/// With its sign and a true minus; what rounds to zero has none.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    match text.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
        true => text,
        false if value < 0.0 => format!("−{text}"),
        false => format!("+{text}"),
    }
}

/// Before and after there is enough.
pub fn samples(enough: bool) -> (HonestyPart, GapPart) {
    use super::super::model::{AreaGap, HonestyBand};
    let estimate = |value: f64| Estimate { value, low: value - 0.5, high: value + 0.5 };
    let found = HonestyFound {
        said: 72.0,
        passed: 50.0,
        gap: Estimate { value: 22.0, low: 4.0, high: 40.0 },
        brier: 0.31,
        baseline: 0.25,
        brier_difference: Estimate { value: 0.06, low: -0.02, high: 0.14 },
        brier_verdict: BrierVerdict::NoDifference,
        verdict: HonestyVerdict::TooSure,
        bands: vec![HonestyBand { from: 60, to: 79, answers: 12, passed: 6 }],
    };
    let honesty = Honesty { answers: if enough { 12 } else { 4 }, passed: 6, found: enough.then_some(found) };
    let area = |enough: bool| AreaGap {
        area: 1,
        name: "Fundamentals & \"basics\"".into(),
        interviews: if enough { 3 } else { 1 },
        own: enough.then(|| estimate(4.0)),
        given: enough.then(|| estimate(3.3)),
        gap: enough.then(|| estimate(0.7)),
        reason: super::super::honesty::too_few(if enough { 3 } else { 1 }, "interviews"),
    };
    let gap = SelfGap {
        interviews: if enough { 3 } else { 0 },
        all: enough.then(|| estimate(0.7)),
        areas: if enough { vec![area(true), area(false)] } else { Vec::new() },
    };
    (HonestyPart::of(&honesty), GapPart::of(&gap))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_stands_where_there_is_something_to_sign() {
        assert_eq!(difference(Estimate { value: 0.7, low: -1.2, high: 2.6 }), "+0.7 (−1.2 to +2.6)");
        assert_eq!([signed(0.04, 1), signed(-0.04, 1), signed(0.7, 1), signed(-12.6, 0)], ["0.0", "0.0", "+0.7", "−13"]);
    }
}

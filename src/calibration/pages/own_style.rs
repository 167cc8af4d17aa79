//! How one uses the scale, beside colleagues on the same candidates.

use serde::Serialize;

use super::super::model::{OwnStyle, StyleFigure};
use super::super::statistics::gates::Tier;
use super::charts::{self, Stacks};
use super::words;

#[derive(Debug, Serialize)]
pub struct StylePart {
    pub finding: String,
    pub early: bool,
    pub chart: Option<Stacks>,
    pub rows: Vec<ScaleRow>,
    pub lines: Vec<String>,
}

/// How often each level was given, in percent.
#[derive(Debug, Serialize)]
pub struct ScaleRow {
    pub name: &'static str,
    pub shares: Vec<String>,
}

pub fn style(own: &OwnStyle) -> StylePart {
    let shares = |counts: &[u64]| {
        let all = counts.iter().sum::<u64>() as f64;
        let share = |place: usize| counts.get(place).map_or(0.0, |count| *count as f64 / all);
        (all > 0.0).then(|| [share(0), share(1), share(2), share(3), share(4)])
    };
    let rows: Vec<(String, bool, [f64; 5])> = [("You", true, &own.own_scores), ("Colleagues", false, &own.colleagues_scores)]
        .into_iter()
        .filter_map(|(name, you, counts)| Some((name.to_owned(), you, shares(counts)?)))
        .collect();
    let said = rows.iter().map(|(name, _, shares)| format!("{name} {}", shares.map(words::percent).join(", "))).collect::<Vec<_>>();
    let table = rows
        .iter()
        .map(|(_, you, shares)| ScaleRow { name: if *you { "You" } else { "Colleagues" }, shares: shares.map(words::percent).into() });
    StylePart {
        finding: finding(own),
        early: own.tier == Tier::Indicative,
        rows: table.collect(),
        chart: (!rows.is_empty()).then(|| Stacks {
            title: "How you and colleagues used the scale for the same candidates".into(),
            description: format!("Shares of the scores 1 to 5. {}.", said.join("; ")),
            ..charts::lined_up("scale-chart", rows)
        }),
        lines: lines(own),
    }
}

/// More than a tenth of all scores beyond the colleagues' share is worth a look, if it is more than chance.
const MUCH: f64 = 0.10;

fn finding(own: &OwnStyle) -> String {
    match own.middle_excess {
        _ if own.tier == Tier::Hidden => "Too early to say how you use the scale",
        Some(middle) if middle.value > MUCH && middle.low > 0.0 => "You stay in the middle more than your colleagues",
        Some(middle) if middle.value < -MUCH && middle.high < 0.0 => "You leave the middle more than your colleagues",
        Some(middle) if holds(&middle, 0.0) => "No evidence that you use the middle differently",
        Some(_) => "You use the scale much as your colleagues do",
        None => "Too early to say how you use the scale",
    }
    .to_owned()
}

fn holds(figure: &StyleFigure, value: f64) -> bool {
    figure.low <= value && value <= figure.high
}

fn lines(own: &OwnStyle) -> Vec<String> {
    let mut lines = Vec::new();
    if own.tier == Tier::Hidden {
        lines.push(format!("So far {}; it takes ten.", words::count(own.candidates, "candidate", "candidates")));
    }
    if let Some(middle) = own.middle_excess {
        let rests = rests_on(&format!("{} to {}", in_hundred(middle.low), in_hundred(middle.high)), &middle);
        lines.push(match in_hundred(middle.value.abs()) {
            _ if holds(&middle, 0.0) => {
                format!("How many of 100 scores are a 3, beside your colleagues’: {} ({rests}).", words::NO_DIFFERENCE)
            }
            more if middle.value > 0.0 => format!("Of 100 scores, {more} more of yours are a 3 than of your colleagues’ ({rests})."),
            fewer => format!("Of 100 scores, {fewer} fewer of yours are a 3 than of your colleagues’ ({rests})."),
        });
    }
    if let Some(ratio) = own.spread_ratio {
        let rests = rests_on(&words::interval(ratio.low, ratio.high), &ratio);
        lines.push(if holds(&ratio, 1.0) {
            format!("Spread of your scores beside your colleagues’: {} ({rests}; 1 is the same).", words::NO_DIFFERENCE)
        } else {
            format!("Your scores spread {} times as wide as your colleagues’ ({rests}).", words::number(ratio.value))
        });
    }
    if let (Some(own), Some(others)) = (own.areas_together, own.areas_together_of_colleagues) {
        let said = |figure: &StyleFigure| {
            format!("{} ({})", words::number(figure.value), rests_on(&words::interval(figure.low, figure.high), figure))
        };
        lines.push(format!(
            "Your five areas go together at {}, your colleagues’ at {}. Areas do belong together to a degree; much closer than colleagues \
             may mean that one impression colours all five.",
            said(&own),
            said(&others)
        ));
    }
    lines
}

/// A share as so many of a hundred.
fn in_hundred(share: f64) -> String {
    words::percent(share).trim_end_matches(" %").to_owned()
}

fn rests_on(range: &str, figure: &StyleFigure) -> String {
    format!("{range}, {}", words::count(figure.candidates, "candidate", "candidates"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(middle: (f64, f64, f64), ratio: (f64, f64, f64)) -> OwnStyle {
        let figure = |(value, low, high)| Some(StyleFigure { value, low, high, candidates: 22 });
        OwnStyle {
            tier: Tier::Reportable,
            candidates: 22,
            own_scores: Vec::new(),
            colleagues_scores: Vec::new(),
            spread_ratio: figure(ratio),
            middle_excess: figure(middle),
            areas_together: None,
            areas_together_of_colleagues: None,
        }
    }

    #[test]
    fn a_difference_of_style_is_said_only_beyond_chance_and_with_what_it_rests_on() {
        let chance = own((0.2, -0.1, 0.5), (0.8, 0.6, 1.1));
        assert_eq!(finding(&chance), "No evidence that you use the middle differently");
        assert_eq!(
            lines(&chance),
            [
                "How many of 100 scores are a 3, beside your colleagues’: no evidence of a difference (−10 to 50, 22 candidates).",
                "Spread of your scores beside your colleagues’: no evidence of a difference (0.60 to 1.10, 22 candidates; 1 is the same).",
            ]
        );
        let sure = own((0.2, 0.1, 0.3), (0.7, 0.6, 0.8));
        assert_eq!(finding(&sure), "You stay in the middle more than your colleagues");
        assert_eq!(lines(&sure)[0], "Of 100 scores, 20 more of yours are a 3 than of your colleagues’ (10 to 30, 22 candidates).");
        assert_eq!(lines(&sure)[1], "Your scores spread 0.70 times as wide as your colleagues’ (0.60 to 0.80, 22 candidates).");
        assert_eq!(finding(&own((0.05, 0.01, 0.09), (1.0, 0.9, 1.1))), "You use the scale much as your colleagues do");
    }
}

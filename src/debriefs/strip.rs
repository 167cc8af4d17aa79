//! The strip of one area: where each person's dot lies on the line from 1 to 5. Only geometry; the
//! template draws it with presentation attributes.

use serde::Serialize;

use super::model::{AreaView, ScoreView};
use crate::accounts::initials;
use crate::scorecards::Value;

/// Width and height of the drawing.
pub const WIDTH: f64 = 280.0;
const FIRST: f64 = 28.0;
const STEP: f64 = 56.0;
/// Dots on one number stand this far apart.
const BESIDE: f64 = 20.0;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Strip {
    /// Where the band of what the level asks begins, and how wide it is.
    pub band_x: f64,
    pub band_width: f64,
    pub grid: Vec<f64>,
    /// The stretch from the lowest to the highest counted score; none when all agree or one scored.
    pub range: Option<(f64, f64)>,
    /// Two or more apart.
    pub hot: bool,
    pub dots: Vec<Dot>,
    pub self_x: Option<f64>,
    /// The same in words.
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dot {
    pub x: f64,
    pub initials: String,
    pub own: bool,
}

pub fn strip(area: &AreaView) -> Strip {
    let mut dots = Vec::new();
    for value in 1..=5u8 {
        let here: Vec<&ScoreView> = area.scores.iter().filter(|score| scored(score) == Some(value)).collect();
        let first = x(f64::from(value)) - BESIDE * (here.len().saturating_sub(1) as f64) / 2.0;
        dots.extend(here.iter().enumerate().map(|(place, score)| Dot {
            x: first + BESIDE * place as f64,
            initials: initials(&score.name),
            own: score.own,
        }));
    }
    let counted: Vec<u8> = area.scores.iter().filter(|score| score.counted).filter_map(scored).collect();
    let range = counted.iter().min().zip(counted.iter().max()).filter(|(low, high)| low < high);
    // The band begins half a step before the expected score, within the drawing.
    let band_x = (x(f64::from(area.expected)) - STEP / 2.0).max(0.0);
    Strip {
        band_x,
        band_width: WIDTH - band_x,
        grid: (1..=5u8).map(|value| x(f64::from(value))).collect(),
        range: range.map(|(low, high)| (x(f64::from(*low)), x(f64::from(*high)))),
        hot: area.spread.is_some_and(|spread| spread >= 2),
        dots,
        self_x: area.self_score.map(|value| x(f64::from(value))),
        label: label(area),
    }
}

fn label(area: &AreaView) -> String {
    let scores: Vec<String> = area.scores.iter().map(|score| format!("{} {}", score.name, words(score.value))).collect();
    let own = area.self_score.map(|value| format!("; the candidate's own score {value}")).unwrap_or_default();
    format!("{}: {}{own}; expected {} or more", area.name, scores.join(", "), area.expected)
}

fn words(value: Option<Value>) -> String {
    match value {
        Some(Value::Scored(score)) => score.to_string(),
        Some(Value::NotEnoughEvidence) => "not enough evidence".into(),
        Some(Value::NotAsked) => "not asked".into(),
        None => "no score".into(),
    }
}

fn scored(score: &ScoreView) -> Option<u8> {
    score.value.and_then(Value::score)
}

fn x(value: f64) -> f64 {
    FIRST + (value - 1.0) * STEP
}

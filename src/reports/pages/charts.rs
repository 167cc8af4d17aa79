//! Geometry of the report's drawings; the template draws them with presentation attributes.

use std::f64::consts::TAU;

use serde::Serialize;

use super::words;
use crate::reports::model::{AreaNumbers, AreaReport};
use crate::rubrics::Level;

const FIRST: f64 = 132.0;
const STEP: f64 = 155.0;
const TOP: f64 = 36.0;
const ROW: f64 = 40.0;

/// Bars on the line from 1 to 5, the highest first.
#[derive(Debug, Serialize)]
pub struct Bars {
    height: f64,
    grid: Vec<Tick>,
    rows: Vec<Bar>,
    /// The same in words.
    description: String,
}

#[derive(Debug, Serialize)]
struct Tick {
    x: f64,
    label: u8,
}

#[derive(Debug, Serialize)]
struct Bar {
    name: String,
    y: f64,
    width: f64,
    low_x: f64,
    high_x: f64,
    need_x: f64,
    mean: String,
    range: String,
    cards: u32,
    expected: u8,
}

/// Five corners, the rubric's first area at the top and on clockwise; a decoration beside the bars.
#[derive(Debug, Serialize)]
pub struct Radar {
    rings: Vec<String>,
    shape: String,
    labels: Vec<Label>,
}

#[derive(Debug, Serialize)]
struct Label {
    x: f64,
    y: f64,
    anchor: &'static str,
    text: String,
}

/// None where no area has a number.
pub fn bars(areas: &[AreaReport], asked: Level) -> Option<Bars> {
    let mut scored: Vec<(&AreaReport, AreaNumbers)> = areas.iter().filter_map(|area| Some((area, area.numbers?))).collect();
    scored.sort_by(|(_, one), (_, other)| other.mean.total_cmp(&one.mean));
    let rows: Vec<Bar> = scored.iter().enumerate().map(|(place, (area, numbers))| bar(place, area, numbers)).collect();
    let said: Vec<String> = rows.iter().map(|row| format!("{} {}, from {}", row.name, row.mean, row.range)).collect();
    let description = format!("{}. What {} asks: {}.", said.join("; "), words::level(asked), expectations(&rows));
    (!rows.is_empty()).then(|| Bars {
        height: TOP + ROW * rows.len() as f64 - 12.0,
        grid: (1..=5).map(|label| Tick { x: x(f64::from(label)), label }).collect(),
        rows,
        description,
    })
}

/// None unless every area has a number: a hole would look like a zero.
pub fn radar(areas: &[AreaReport]) -> Option<Radar> {
    let means: Vec<f64> = areas.iter().filter_map(|area| Some(area.numbers?.mean)).collect();
    let label = |(corner, area): (usize, &AreaReport)| {
        let (x, y) = at(corner, 5.85);
        let anchor = match x - CENTRE {
            side if side > 10.0 => "start",
            side if side < -10.0 => "end",
            _ => "middle",
        };
        Label { x, y, anchor, text: area.short_name.clone() }
    };
    (means.len() == 5 && areas.len() == 5).then(|| Radar {
        rings: (1..=5).map(|level| polygon(&[f64::from(level); 5])).collect(),
        shape: polygon(&means),
        labels: areas.iter().enumerate().map(label).collect(),
    })
}

fn bar(place: usize, area: &AreaReport, numbers: &AreaNumbers) -> Bar {
    Bar {
        name: area.short_name.clone(),
        y: TOP + ROW * place as f64,
        width: tenth(x(numbers.mean) - FIRST),
        low_x: x(numbers.low),
        high_x: x(numbers.high),
        need_x: x(f64::from(numbers.expected)),
        mean: words::decimal(numbers.mean),
        range: format!("{} to {}", words::decimal(numbers.low), words::decimal(numbers.high)),
        cards: numbers.cards,
        expected: numbers.expected,
    }
}

fn expectations(rows: &[Bar]) -> String {
    rows.iter().map(|row| format!("{} {}", row.name, row.expected)).collect::<Vec<_>>().join(", ")
}

const CENTRE: f64 = 110.0;
const UNIT: f64 = 15.6;

fn polygon(values: &[f64]) -> String {
    let corner = |(corner, value): (usize, &f64)| {
        let (x, y) = at(corner, *value);
        format!("{x},{y}")
    };
    values.iter().enumerate().map(corner).collect::<Vec<_>>().join(" ")
}

fn at(corner: usize, value: f64) -> (f64, f64) {
    let angle = TAU * corner as f64 / 5.0 - TAU / 4.0;
    (tenth(CENTRE + UNIT * value * angle.cos()), tenth(CENTRE + UNIT * value * angle.sin()))
}

fn x(value: f64) -> f64 {
    tenth(FIRST + STEP * (value - 1.0))
}

fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(area: u8, mean: Option<f64>) -> AreaReport {
        let numbers = mean.map(|mean| AreaNumbers { mean, low: mean - 0.5, high: mean + 0.5, cards: 3, expected: 3 });
        AreaReport { area, name: String::new(), short_name: format!("A{area}"), anchor: None, next_anchor: None, numbers }
    }

    #[test]
    fn bars_stand_on_the_scale_highest_first_and_an_unscored_area_has_none() {
        let bars = bars(&[area(1, Some(3.0)), area(2, None), area(3, Some(4.3))], Level::Mid).unwrap();
        let drawn: Vec<_> = bars.rows.iter().map(|row| (row.name.as_str(), row.width, row.need_x)).collect();
        assert_eq!(drawn, [("A3", 511.5, 442.0), ("A1", 310.0, 442.0)]);
        assert_eq!(bars.grid.iter().map(|tick| tick.x).collect::<Vec<_>>(), [132.0, 287.0, 442.0, 597.0, 752.0]);
        assert!(super::bars(&[area(1, None)], Level::Mid).is_none());
    }

    #[test]
    fn the_radar_needs_all_five() {
        let five: Vec<_> = (1..=5).map(|number| area(number, Some(5.0))).collect();
        let drawn = radar(&five).unwrap();
        assert_eq!(drawn.shape, "110,32 184.2,85.9 155.8,173.1 64.2,173.1 35.8,85.9");
        assert_eq!(drawn.labels.iter().map(|label| label.anchor).collect::<Vec<_>>(), ["middle", "start", "start", "end", "end"]);
        assert!(radar(&[&five[..4], &[area(5, None)]].concat()).is_none());
    }
}

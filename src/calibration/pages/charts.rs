//! Geometry of the drawings; the template draws them with presentation attributes. From left to right lengths are
//! percent, so that a drawing fits a phone and its text stays as large as the page's; downwards they are pixels.

use serde::Serialize;

/// A line of numbers from left to right.
#[derive(Debug, Clone, Copy)]
pub struct Axis {
    pub from: f64,
    pub to: f64,
    /// Where these lie in the drawing.
    pub left: f64,
    pub right: f64,
}

/// Where names end, and where the words at the right end of a row begin.
pub const LEFT: f64 = 30.0;
pub const RIGHT: f64 = 80.0;

impl Axis {
    pub const fn of(from: f64, to: f64) -> Self {
        Axis { from, to, left: LEFT, right: RIGHT }
    }

    /// What lies beyond an end is drawn at it.
    pub fn x(&self, value: f64) -> f64 {
        let part = (value.clamp(self.from, self.to) - self.from) / (self.to - self.from);
        hundredth(self.left + part * (self.right - self.left))
    }
}

/// Points with their intervals, one a row.
#[derive(Debug, Clone, Serialize)]
pub struct Dots {
    pub id: &'static str,
    pub title: String,
    /// The same in words.
    pub description: String,
    pub height: f64,
    pub top: f64,
    pub foot: f64,
    pub band: Option<Band>,
    pub ticks: Vec<Tick>,
    pub heads: Vec<Head>,
    pub rows: Vec<Dot>,
}

/// A part of the line that is good, or needs nothing.
#[derive(Debug, Clone, Serialize)]
pub struct Band {
    pub x: f64,
    pub width: f64,
    pub good: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    pub x: f64,
    pub label: String,
    pub zero: bool,
}

/// Words over the drawing.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    pub x: f64,
    pub anchor: &'static str,
    pub text: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub struct Dot {
    pub y: f64,
    pub name: String,
    pub x: f64,
    pub low_x: f64,
    pub high_x: f64,
    pub flagged: bool,
    pub you: bool,
    /// An early signal: hollow and grey.
    pub early: bool,
    /// At the right end of the row.
    pub right: String,
}

/// One row as it is asked for.
pub struct Point {
    pub name: String,
    pub value: f64,
    pub low: f64,
    pub high: f64,
    pub flagged: bool,
    pub you: bool,
    pub early: bool,
    pub right: String,
}

const TOP: f64 = 28.0;
const ROW: f64 = 30.0;

/// What all drawings of points have in common.
pub fn dots(id: &'static str, axis: Axis, points: Vec<Point>) -> Dots {
    let foot = TOP + ROW * points.len() as f64 + 8.0;
    let rows = points.into_iter().enumerate().map(|(place, point)| Dot {
        y: TOP + ROW * place as f64 + 19.0,
        name: point.name,
        x: axis.x(point.value),
        low_x: axis.x(point.low),
        high_x: axis.x(point.high),
        flagged: point.flagged,
        you: point.you,
        early: point.early,
        right: point.right,
    });
    Dots {
        id,
        title: String::new(),
        description: String::new(),
        height: foot + 28.0,
        top: TOP,
        foot,
        band: None,
        ticks: Vec::new(),
        heads: Vec::new(),
        rows: rows.collect(),
    }
}

/// Over a drawing of severity; the last stands over what a row rests on.
pub fn severity_heads(rests_on: &'static str) -> Vec<Head> {
    vec![
        Head { x: LEFT, anchor: "start", text: "← stricter" },
        Head { x: RIGHT, anchor: "end", text: "more lenient →" },
        Head { x: WHOLE, anchor: "end", text: rests_on },
    ]
}

/// Bars of parts that touch.
#[derive(Debug, Clone, Serialize)]
pub struct Stacks {
    pub id: &'static str,
    pub title: String,
    pub description: String,
    pub height: f64,
    pub rows: Vec<Stack>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Stack {
    pub y: f64,
    pub name: String,
    pub you: bool,
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Part {
    pub x: f64,
    pub width: f64,
    pub middle: f64,
    /// The classes of a level's colour, and of text on it.
    pub fill: &'static str,
    pub ink: &'static str,
    /// In percent, where there is room for it.
    pub text: Option<String>,
}

const BAR: f64 = 28.0;
const WHOLE: f64 = 100.0;
/// Narrower than this a part has no room for its percent on a phone.
const ROOM: f64 = 6.0;
const GAP: f64 = 0.2;

/// Shares of each level, lined up on the middle of level 3.
pub fn lined_up(id: &'static str, rows: Vec<(String, bool, [f64; 5])>) -> Stacks {
    let before = |shares: &[f64; 5]| shares[0] + shares[1] + shares[2] / 2.0;
    let after = |shares: &[f64; 5]| shares[3] + shares[4] + shares[2] / 2.0;
    let widest = |side: &dyn Fn(&[f64; 5]) -> f64| rows.iter().map(|(.., shares)| side(shares)).fold(0.0, f64::max);
    let (most_before, most_after) = (widest(&before), widest(&after));
    let unit = (WHOLE - LEFT) / (most_before + most_after).max(f64::MIN_POSITIVE);
    let stacks: Vec<Stack> = rows
        .iter()
        .enumerate()
        .map(|(place, (name, you, shares))| {
            let start = LEFT + (most_before - before(shares)) * unit;
            Stack {
                y: BAR * place as f64 + 8.0,
                name: name.clone(),
                you: *you,
                parts: parts(start, unit, &shares.iter().copied().zip(1..).collect::<Vec<_>>()),
            }
        })
        .collect();
    Stacks { id, title: String::new(), description: String::new(), height: BAR * rows.len() as f64 + 8.0, rows: stacks }
}

/// One bar of shares that sum to 1.
pub fn one_bar(id: &'static str, shares: &[(f64, u8)]) -> Stacks {
    let row = Stack { y: 4.0, name: String::new(), you: false, parts: parts(0.0, WHOLE, shares) };
    Stacks { id, title: String::new(), description: String::new(), height: 30.0, rows: vec![row] }
}

fn parts(start: f64, unit: f64, shares: &[(f64, u8)]) -> Vec<Part> {
    let mut x = start;
    let mut parts = Vec::new();
    for (share, shade) in shares.iter().filter(|(share, _)| *share > 0.0) {
        let width = share * unit;
        let text = (width >= ROOM).then(|| format!("{:.0}", share * 100.0));
        let (fill, ink) = colour(*shade);
        parts.push(Part { x: hundredth(x), width: hundredth((width - GAP).max(GAP)), middle: hundredth(x + width / 2.0), fill, ink, text });
        x += width;
    }
    parts
}

/// Of a level from 1 to 5.
fn colour(level: u8) -> (&'static str, &'static str) {
    match level {
        1 => ("f1", "on1"),
        2 => ("f2", "on2"),
        3 => ("f3", "on3"),
        4 => ("f4", "on4"),
        _ => ("f5", "on5"),
    }
}

fn hundredth(length: f64) -> f64 {
    (length * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beyond_an_end_is_drawn_at_it() {
        let axis = Axis { from: -1.0, to: 1.0, left: 100.0, right: 300.0 };
        assert_eq!([-3.0, -1.0, 0.0, 0.5, 9.0].map(|value| axis.x(value)), [100.0, 100.0, 200.0, 250.0, 300.0]);
    }

    #[test]
    fn bars_meet_in_the_middle_of_level_three_and_fit() {
        let rows = vec![("A".into(), true, [0.2, 0.2, 0.2, 0.2, 0.2]), ("B".into(), false, [0.0, 0.0, 1.0, 0.0, 0.0])];
        let drawn = lined_up("x", rows);
        let middle = |row: usize| drawn.rows[row].parts.iter().find(|part| part.fill == "f3").unwrap().middle;
        assert_eq!(middle(0), middle(1));
        assert!(drawn.rows.iter().flat_map(|row| &row.parts).all(|part| part.x >= LEFT && part.x + part.width <= WHOLE));
    }

    #[test]
    fn an_empty_share_is_not_drawn() {
        assert_eq!(one_bar("x", &[(0.5, 5), (0.0, 1), (0.5, 3)]).rows[0].parts.len(), 2);
    }
}

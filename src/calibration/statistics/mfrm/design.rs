//! What of the ratings the model can use: connected, without extreme elements, on the levels in use.

use super::super::ratings::{Cell, Ratings};
use super::super::reason::Reason;
use super::super::scope::{self, Scope};
use super::super::unions::Unions;

/// One rating: places among the kept elements, and the steps taken above the lowest kept level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub subject: usize,
    pub rater: usize,
    pub area: usize,
    pub steps: usize,
}

/// Elements of one facet that have ratings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Elements {
    /// Places in the list of [`Ratings`].
    pub kept: Vec<usize>,
    pub extreme: Vec<usize>,
}

/// The data of the model. Points are in the order of subjects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Design {
    pub points: Vec<Point>,
    pub subjects: Elements,
    pub raters: Elements,
    pub areas: Elements,
    /// Place of the lowest kept level in the scale.
    pub lowest: usize,
    /// Thresholds: kept levels less one; at least 1.
    pub thresholds: usize,
}

impl Design {
    pub fn new(ratings: &Ratings, scope: &Scope) -> Result<Self, Reason> {
        let mut cells = scope::cells(ratings, scope);
        let counts = (ratings.subjects().len(), ratings.raters().len(), ratings.areas().len());
        check(&cells, counts)?;
        let mut extreme = (vec![false; counts.0], vec![false; counts.1], vec![false; counts.2]);
        let met = (present(&cells, counts.0, subject_of), present(&cells, counts.1, rater_of), present(&cells, counts.2, area_of));
        // Leaving out one element can make another extreme, or leave an end level without a score.
        let (lowest, highest) = loop {
            let low = cells.iter().map(|cell| cell.level).min().ok_or(Reason::NotEstimable)?;
            let high = cells.iter().map(|cell| cell.level).max().ok_or(Reason::NotEstimable)?;
            let before = cells.len();
            let gone = (
                only_ends(&cells, counts.0, subject_of, low, high),
                only_ends(&cells, counts.1, rater_of, low, high),
                only_ends(&cells, counts.2, area_of, low, high),
            );
            cells.retain(|cell| !(at(&gone.0, subject_of(cell)) || at(&gone.1, rater_of(cell)) || at(&gone.2, area_of(cell))));
            merge(&mut extreme.0, &gone.0);
            merge(&mut extreme.1, &gone.1);
            merge(&mut extreme.2, &gone.2);
            if cells.len() == before {
                break (usize::from(low), usize::from(high));
            }
        };
        let (subjects, raters, areas) = (
            elements(&met.0, &extreme.0, &cells, subject_of),
            elements(&met.1, &extreme.1, &cells, rater_of),
            elements(&met.2, &extreme.2, &cells, area_of),
        );
        if raters.kept.len() < 2 {
            return Err(Reason::NotEstimable);
        }
        connected(&cells, counts)?;
        let used = |level: usize| cells.iter().any(|cell| usize::from(cell.level) == level);
        if !(lowest..=highest).all(used) {
            return Err(Reason::UnobservedCategory);
        }
        let place = |elements: &Elements, whole: usize| elements.kept.binary_search(&whole).map_err(|_| Reason::NotEstimable);
        let mut points = Vec::with_capacity(cells.len());
        for cell in &cells {
            points.push(Point {
                subject: place(&subjects, subject_of(cell))?,
                rater: place(&raters, rater_of(cell))?,
                area: place(&areas, area_of(cell))?,
                steps: usize::from(cell.level) - lowest,
            });
        }
        Ok(Design { points, subjects, raters, areas, lowest, thresholds: highest - lowest })
    }
}

fn subject_of(cell: &Cell) -> usize {
    cell.subject as usize
}

fn rater_of(cell: &Cell) -> usize {
    cell.rater as usize
}

fn area_of(cell: &Cell) -> usize {
    usize::from(cell.area)
}

fn at(marks: &[bool], place: usize) -> bool {
    marks.get(place).copied().unwrap_or(false)
}

fn merge(into: &mut [bool], from: &[bool]) {
    for (into, from) in into.iter_mut().zip(from) {
        *into |= from;
    }
}

/// No ratings, one rater, no unit with two ratings, or groups that share no candidate.
fn check(cells: &[Cell], counts: (usize, usize, usize)) -> Result<(), Reason> {
    let first = cells.first().ok_or(Reason::NoRatings)?;
    if cells.iter().all(|cell| cell.rater == first.rater) {
        return Err(Reason::SingleRater);
    }
    if !cells.windows(2).any(|pair| matches!(pair, [a, b] if a.subject == b.subject && a.area == b.area)) {
        return Err(Reason::NoOverlap);
    }
    connected(cells, counts)
}

/// Whether the graph of raters and subjects is one piece.
fn connected(cells: &[Cell], counts: (usize, usize, usize)) -> Result<(), Reason> {
    let mut unions = Unions::new(counts.0 + counts.1);
    for cell in cells {
        unions.join(subject_of(cell), counts.0 + rater_of(cell));
    }
    if unions.count(cells.iter().map(subject_of)) > 1 { Err(Reason::Disconnected) } else { Ok(()) }
}

fn present(cells: &[Cell], count: usize, place: fn(&Cell) -> usize) -> Vec<bool> {
    let mut found = vec![false; count];
    for cell in cells {
        if let Some(found) = found.get_mut(place(cell)) {
            *found = true;
        }
    }
    found
}

/// Elements whose scores are all the lowest level, or all the highest.
fn only_ends(cells: &[Cell], count: usize, place: fn(&Cell) -> usize, low: u8, high: u8) -> Vec<bool> {
    let mut ends = vec![None; count];
    for cell in cells {
        if let Some(ends) = ends.get_mut(place(cell)) {
            let (all_low, all_high) = ends.unwrap_or((true, true));
            *ends = Some((all_low && cell.level == low, all_high && cell.level == high));
        }
    }
    ends.into_iter().map(|ends| ends.is_some_and(|(all_low, all_high)| all_low || all_high)).collect()
}

/// An element that lost all its scores with others' extremes is kept in neither list's middle: it counts as
/// extreme, since nothing is left to measure it by.
fn elements(met: &[bool], extreme: &[bool], cells: &[Cell], place: fn(&Cell) -> usize) -> Elements {
    let left = present(cells, met.len(), place);
    let mut found = Elements::default();
    for (whole, (met, extreme)) in met.iter().zip(extreme).enumerate() {
        if *met && !*extreme && at(&left, whole) {
            found.kept.push(whole);
        } else if *met {
            found.extreme.push(whole);
        }
    }
    found
}

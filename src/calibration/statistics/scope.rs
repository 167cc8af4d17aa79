//! What the unit of a statistic is: a subject in one area, a subject and an area, or a subject's mean over areas.

use super::ratings::{Cell, Ratings};

/// Which cells, and what a unit is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One area; the unit is the subject.
    Area(String),
    /// All areas; the unit is the subject in an area.
    Areas,
    /// The unit is the subject, the value the mean of the areas that this rater scored for it.
    Mean,
}

impl Scope {
    pub fn named(area: &str) -> Self {
        match area {
            "*" => Scope::Areas,
            "mean" => Scope::Mean,
            _ => Scope::Area(area.to_owned()),
        }
    }
}

/// One rater's value of one unit. `subject` is the subject's place, the cluster that intervals resample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    pub unit: u32,
    pub subject: u32,
    pub rater: u32,
    pub value: f64,
}

/// The observations of a scope in the order unit, rater. Units count from 0 in the order subject, area.
pub fn observations(ratings: &Ratings, scope: &Scope) -> Vec<Observation> {
    let levels = ratings.scale().levels();
    let value = |level: u8| levels[usize::from(level)];
    match scope {
        Scope::Mean => means(ratings),
        Scope::Areas => {
            let mut unit = 0;
            let mut last = None;
            ratings
                .cells()
                .iter()
                .map(|cell| {
                    let key = (cell.subject, cell.area);
                    if last.is_some_and(|last| last != key) {
                        unit += 1;
                    }
                    last = Some(key);
                    Observation { unit, subject: cell.subject, rater: cell.rater, value: value(cell.level) }
                })
                .collect()
        }
        Scope::Area(id) => {
            let Some(area) = ratings.area(id) else { return Vec::new() };
            let mut unit = 0;
            let mut last = None;
            ratings
                .cells()
                .iter()
                .filter(|cell| cell.area == area)
                .map(|cell| {
                    if last.is_some_and(|last| last != cell.subject) {
                        unit += 1;
                    }
                    last = Some(cell.subject);
                    Observation { unit, subject: cell.subject, rater: cell.rater, value: value(cell.level) }
                })
                .collect()
        }
    }
}

/// The cells of a scope. A scope of means has no levels of its own: its cells are all cells.
pub fn cells(ratings: &Ratings, scope: &Scope) -> Vec<Cell> {
    match scope {
        Scope::Areas | Scope::Mean => ratings.cells().to_vec(),
        Scope::Area(id) => {
            let Some(area) = ratings.area(id) else { return Vec::new() };
            ratings.cells().iter().copied().filter(|cell| cell.area == area).collect()
        }
    }
}

fn means(ratings: &Ratings) -> Vec<Observation> {
    let levels = ratings.scale().levels();
    let mut found = Vec::new();
    for (unit, cells) in ratings.cells().chunk_by(|a, b| a.subject == b.subject).enumerate() {
        let unit = unit as u32;
        let mut by: Vec<(u32, f64, u32)> = Vec::new();
        for cell in cells {
            let value = levels[usize::from(cell.level)];
            match by.binary_search_by_key(&cell.rater, |entry| entry.0) {
                Ok(at) => {
                    by[at].1 += value;
                    by[at].2 += 1;
                }
                Err(at) => by.insert(at, (cell.rater, value, 1)),
            }
        }
        let subject = cells[0].subject;
        found.extend(by.into_iter().map(|(rater, sum, n)| Observation { unit, subject, rater, value: sum / f64::from(n) }));
    }
    found
}

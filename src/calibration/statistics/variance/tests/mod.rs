//! Laws of this family, and derivatives against dense or numerical ones.

mod fuzz;
mod laws;
mod surfaces;
mod three_way;
mod two_way;

use super::super::ratings::{Ratings, Row, Scale};
use super::super::scope::Scope;
use super::team::Team;

/// (subject, rater, area, score).
pub type Cell = (usize, usize, usize, f64);

pub fn ratings_named(cells: &[Cell], subject: impl Fn(usize) -> String, rater: impl Fn(usize) -> String) -> Ratings {
    let scale = Scale::new((0..=40).map(|level| f64::from(level) / 2.0).collect()).expect("rises");
    let names: Vec<_> = cells.iter().map(|(s, r, a, x)| (subject(*s), rater(*r), format!("A{a}"), *x)).collect();
    Ratings::new(scale, names.iter().map(|(s, r, a, x)| Row { subject: s, rater: r, area: a, score: Some(*x) })).expect("clean")
}

pub fn ratings(cells: &[Cell]) -> Ratings {
    ratings_named(cells, |s| format!("s{s:03}"), |r| format!("r{r:02}"))
}

/// One area.
pub fn table(rows: &[&[f64]]) -> Vec<Cell> {
    rows.iter().enumerate().flat_map(|(s, row)| row.iter().enumerate().map(move |(r, x)| (s, r, 1, *x))).collect()
}

pub fn team(cells: &[Cell]) -> Team {
    Team::read(&ratings(cells), &Scope::Mean).expect("a team")
}

/// Scores that look like a team's: a deterministic generator with effects of subject, rater, area and noise.
pub fn made(subjects: usize, raters: usize, areas: usize, seed: u64, keep: impl Fn(usize, usize, usize) -> bool) -> Vec<Cell> {
    let noise = |a: usize, b: usize, c: usize| {
        let mut draws = super::draws::Draws::new(seed ^ super::draws::mix((a * 1_000_003 + b * 1009 + c) as u64));
        draws.normal()
    };
    let mut cells = Vec::new();
    for s in 0..subjects {
        for a in 0..areas {
            for r in 0..raters {
                if keep(s, r, a) {
                    let value = 10.0
                        + 2.0 * noise(s, 900, 900)
                        + noise(901, r, 900)
                        + 0.7 * noise(902, 902, a)
                        + 0.8 * noise(s, r, 903)
                        + 0.9 * noise(s, 904, a)
                        + 0.5 * noise(905, r, a)
                        + noise(s, r, a);
                    cells.push((s, r, a, (value * 2.0).round().clamp(0.0, 40.0) / 2.0));
                }
            }
        }
    }
    cells
}

//! Which scorecards to talk about.

use super::super::ratings::Ratings;
use super::super::scope::Scope;

/// Levels this far apart are worth a talk.
pub const WORTH_A_TALK: u8 = 2;

/// A candidate's area on which raters are levels apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Disagreement<'a> {
    pub subject: &'a str,
    pub area: &'a str,
    /// The lowest and the highest score.
    pub low: f64,
    pub high: f64,
    /// How many levels of the scale these are apart.
    pub range: u8,
    pub raters: usize,
}

/// Units whose ratings are two levels or more apart: widest first, then by subject and area. In the scope of means the
/// units are those of all areas: there is nothing to talk about in a mean.
pub fn disagreements<'a>(ratings: &'a Ratings, scope: &Scope) -> Vec<Disagreement<'a>> {
    let inside = |id: &str| !matches!(scope, Scope::Area(area) if area != id);
    let levels = ratings.scale().levels();
    let units = ratings.cells().chunk_by(|a, b| (a.subject, a.area) == (b.subject, b.area));
    let mut found: Vec<Disagreement> = units
        .filter_map(|cells| {
            let given = || cells.iter().map(|cell| cell.level);
            let (low, high) = (given().min()?, given().max()?);
            let first = cells.first()?;
            let area = ratings.areas().get(usize::from(first.area)).filter(|area| high - low >= WORTH_A_TALK && inside(area))?;
            Some(Disagreement {
                subject: ratings.subjects().get(first.subject as usize)?,
                area,
                low: *levels.get(usize::from(low))?,
                high: *levels.get(usize::from(high))?,
                range: high - low,
                raters: cells.len(),
            })
        })
        .collect();
    // Stable: units come in the order subject, area.
    found.sort_by_key(|one| std::cmp::Reverse(one.range));
    found
}

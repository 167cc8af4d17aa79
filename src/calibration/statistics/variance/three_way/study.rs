//! The cells of a subject × rater × area study.

use std::collections::HashSet;

use super::super::super::ratings::Ratings;
use super::super::super::reason::{Flag, Reason};
use super::super::super::scope::Scope;
use super::super::super::unions::Unions;
use super::super::draws::{key, mix};

/// One value; the others are places among the subjects, raters and areas that have values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StudyCell {
    pub subject: usize,
    pub rater: usize,
    pub area: usize,
    pub value: f64,
}

/// In the order subject, area, rater. At least two subjects and two raters, and a unit that two raters rated.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    pub cells: Vec<StudyCell>,
    pub subjects: usize,
    pub raters: usize,
    pub areas: usize,
    pub mean: f64,
}

impl Study {
    /// The cells of all areas (or of the one area asked for), or `no_ratings`, `single_rater`, `no_overlap`,
    /// `too_few_units`, `zero_variance`.
    pub fn read(ratings: &Ratings, scope: &Scope) -> Result<Self, Reason> {
        let only = match scope {
            Scope::Area(id) => Some(ratings.area(id).ok_or(Reason::NoRatings)?),
            Scope::Areas | Scope::Mean => None,
        };
        let found: Vec<_> = ratings.cells().iter().filter(|cell| only.is_none_or(|area| cell.area == area)).collect();
        if found.is_empty() {
            return Err(Reason::NoRatings);
        }
        let subjects = places(found.iter().map(|cell| cell.subject));
        let raters = places(found.iter().map(|cell| cell.rater));
        let areas = places(found.iter().map(|cell| u32::from(cell.area)));
        if raters.len() < 2 {
            return Err(Reason::SingleRater);
        }
        if found.windows(2).all(|pair| matches!(pair, [a, b] if (a.subject, a.area) != (b.subject, b.area))) {
            return Err(Reason::NoOverlap);
        }
        if subjects.len() < 2 {
            return Err(Reason::TooFewUnits);
        }
        let place = |of: &[u32], what: u32| of.binary_search(&what).unwrap_or_default();
        let levels = ratings.scale().levels();
        let cells: Vec<StudyCell> = found
            .iter()
            .map(|cell| StudyCell {
                subject: place(&subjects, cell.subject),
                rater: place(&raters, cell.rater),
                area: place(&areas, u32::from(cell.area)),
                value: levels.get(usize::from(cell.level)).copied().unwrap_or_default(),
            })
            .collect();
        if cells.windows(2).all(|pair| matches!(pair, [a, b] if a.value == b.value)) {
            return Err(Reason::ZeroVariance);
        }
        let mean = cells.iter().map(|cell| cell.value).sum::<f64>() / cells.len() as f64;
        Ok(Study { subjects: subjects.len(), raters: raters.len(), areas: areas.len(), cells, mean })
    }

    /// Every rater rated every subject in every area, and there are at least two areas.
    pub fn is_complete(&self) -> bool {
        self.areas > 1 && self.cells.len() == self.subjects * self.raters * self.areas
    }

    pub fn flag(&self) -> Option<Flag> {
        let mut groups = Unions::new(self.raters);
        for pair in self.cells.windows(2) {
            if let [a, b] = pair
                && (a.subject, a.area) == (b.subject, b.area)
            {
                groups.join(a.rater, b.rater);
            }
        }
        (groups.count(0..self.raters) > 1).then_some(Flag::Disconnected)
    }

    /// Whether each two-way effect has a level with two values. Otherwise it cannot be told from the residual.
    pub fn is_separable(&self) -> bool {
        let count = |key: fn(&StudyCell) -> (usize, usize)| self.cells.iter().map(key).collect::<HashSet<_>>().len();
        let levels = [count(|c| (c.subject, c.rater)), count(|c| (c.subject, c.area)), count(|c| (c.rater, c.area))];
        self.areas > 1 && levels.iter().all(|levels| *levels < self.cells.len())
    }

    /// A seed from the values alone.
    pub fn seed(&self) -> u64 {
        self.cells.chunk_by(|a, b| a.subject == b.subject).fold(0, |whole: u64, cells| {
            let sum = cells.iter().fold(0, |sum: u64, cell| sum.wrapping_add(mix(key(cell.value))));
            whole.wrapping_add(mix(sum))
        })
    }
}

fn places(of: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut places: Vec<u32> = of.collect::<HashSet<_>>().into_iter().collect();
    places.sort_unstable();
    places
}

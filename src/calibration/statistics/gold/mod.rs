//! Distance of a rater to the experts' consensus: accuracy, not only agreement.

mod answers;
mod cronbach;
#[cfg(test)]
mod tests;

pub use answers::{answer, answer_area};
pub use cronbach::{Cronbach, cronbach};

use super::moments::{correlation, finite, fisher_mean, mean};
use super::ratings::Ratings;
use super::reason::Reason;
use super::scope::{self, Scope};

/// One score that both the rater and the experts gave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    pub subject: u32,
    pub area: u16,
    pub own: f64,
    pub gold: f64,
}

impl Compared {
    /// d = own - gold; positive = lenient.
    pub fn distance(&self) -> f64 {
        self.own - self.gold
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct GoldDistance {
    /// Scores that both gave.
    pub n: usize,
    /// Mean of d.
    pub bias: f64,
    /// Mean of |d|.
    pub mae: f64,
    /// Square root of the mean of d².
    pub rmse: f64,
    /// Share with d = 0.
    pub exact: f64,
    /// Share with |d| of at most 1.
    pub adjacent: f64,
    /// Parts of the mean of d²; none unless every subject was scored in every area.
    pub parts: Option<Cronbach>,
    /// Differential accuracy of Borman: Fisher-z mean over areas of r(own, gold) across subjects.
    pub borman_da: Option<f64>,
}

/// All scores that the rater and the experts both gave, in the order subject, area.
pub fn compared(ratings: &Ratings, scope: &Scope, rater: &str) -> Result<Vec<Compared>, Reason> {
    let rater = ratings.rater(rater).ok_or(Reason::NoRatings)?;
    let mut own = scope::cells(ratings, scope);
    own.retain(|cell| cell.rater == rater);
    if own.is_empty() || ratings.gold().is_empty() {
        return Err(Reason::NoRatings);
    }
    let levels = ratings.scale().levels();
    let value = |level: u8| levels.get(usize::from(level)).copied();
    let gold = |subject: u32, area: u16| {
        let marks = ratings.gold();
        let at = marks.binary_search_by_key(&(subject, area), |mark| (mark.subject, mark.area)).ok()?;
        value(marks.get(at)?.level)
    };
    let found: Vec<Compared> = own
        .iter()
        .filter_map(|cell| {
            Some(Compared { subject: cell.subject, area: cell.area, own: value(cell.level)?, gold: gold(cell.subject, cell.area)? })
        })
        .collect();
    if found.is_empty() { Err(Reason::NoOverlap) } else { Ok(found) }
}

pub fn gold_distance(ratings: &Ratings, scope: &Scope, rater: &str) -> Result<GoldDistance, Reason> {
    distance(&compared(ratings, scope, rater)?)
}

/// The distance over a list of compared scores.
pub fn distance(compared: &[Compared]) -> Result<GoldDistance, Reason> {
    let d: Vec<f64> = compared.iter().map(Compared::distance).collect();
    let share = |count: usize| count as f64 / d.len().max(1) as f64;
    let squares: Vec<f64> = d.iter().map(|d| d * d).collect();
    Ok(GoldDistance {
        n: d.len(),
        bias: mean(&d).ok_or(Reason::NoOverlap)?,
        mae: mean(&d.iter().map(|d| d.abs()).collect::<Vec<_>>()).ok_or(Reason::NoOverlap)?,
        rmse: mean(&squares).and_then(|mean| finite(mean.sqrt())).ok_or(Reason::NotEstimable)?,
        exact: share(d.iter().filter(|d| **d == 0.0).count()),
        adjacent: share(d.iter().filter(|d| d.abs() <= 1.0).count()),
        parts: cronbach(compared),
        borman_da: borman(compared),
    })
}

/// Fisher-z mean over areas of the correlation of own and gold; areas without variation are left out.
pub fn borman(compared: &[Compared]) -> Option<f64> {
    let found: Vec<f64> = by_area(compared)
        .iter()
        .filter_map(|(_, scores)| correlation(&scores.iter().map(|score| (score.own, score.gold)).collect::<Vec<_>>()))
        .collect();
    fisher_mean(&found)
}

/// Scores of each area, in the order of areas.
pub fn by_area(compared: &[Compared]) -> Vec<(u16, Vec<Compared>)> {
    let mut areas: std::collections::BTreeMap<u16, Vec<Compared>> = std::collections::BTreeMap::new();
    for score in compared {
        areas.entry(score.area).or_default().push(*score);
    }
    areas.into_iter().collect()
}

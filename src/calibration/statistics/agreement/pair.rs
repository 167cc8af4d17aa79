//! Two raters, by the units that both rated.

use super::super::moments::correlation;
use super::super::ratings::{Mark, Ratings};
use super::super::reason::Reason;
use super::super::request::Weights;
use super::super::scope::Scope;
use super::weights::{disagreement, share_apart};

/// A coefficient of two raters, and how many units both rated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OfPair {
    pub value: f64,
    pub units: usize,
}

/// Cohen's kappa (1960), weighted (1968): 1 - sum o v / sum e v with the disagreement v = 1 - w of level pairs, their
/// shares o, and the shares e = p_k. p_.l of two raters who know nothing of each other.
///
/// `table` is v for [`Weights::Custom`], rows for the first rater's level; it is scaled by its greatest entry.
pub fn cohen_kappa(
    ratings: &Ratings,
    scope: &Scope,
    raters: [&str; 2],
    weights: Weights,
    table: Option<&[Vec<f64>]>,
) -> Result<OfPair, Reason> {
    let both = common(levels(ratings, scope, raters[0]), levels(ratings, scope, raters[1]), raters[0] == raters[1])?;
    weighted_kappa(ratings, scope, &both, weights, table)
}

/// The rater's kappa with the experts' consensus.
pub fn gold_weighted_kappa(ratings: &Ratings, scope: &Scope, rater: &str, weights: Weights) -> Result<OfPair, Reason> {
    let both = common(levels(ratings, scope, rater), marks(ratings, scope, ratings.gold()), false)?;
    weighted_kappa(ratings, scope, &both, weights, None)
}

/// The correlation of two raters (Pearson). It does not see that one is more severe: not a measure of agreement.
pub fn pearson(ratings: &Ratings, scope: &Scope, raters: [&str; 2]) -> Result<OfPair, Reason> {
    let values = ratings.scale().levels();
    let of = |rater| {
        let levels = levels(ratings, scope, rater).into_iter().map(|(unit, level)| (unit, share_apart(values, 0, level.into())));
        if *scope == Scope::Mean { means(levels) } else { levels.collect() }
    };
    let both = common(of(raters[0]), of(raters[1]), raters[0] == raters[1])?;
    if both.len() < 2 {
        return Err(Reason::TooFewUnits);
    }
    let value = correlation(&both).ok_or(Reason::ConstantRatings)?;
    Ok(OfPair { value, units: both.len() })
}

/// A unit: subject, and area unless the unit is the subject itself.
type Unit = (u32, u16);

/// The levels that a rater gave, by unit.
fn levels(ratings: &Ratings, scope: &Scope, rater: &str) -> Vec<(Unit, u8)> {
    let (Some(rater), Some(inside)) = (ratings.rater(rater), area(ratings, scope)) else { return Vec::new() };
    let own = ratings.cells().iter().filter(|cell| cell.rater == rater && inside.is_none_or(|area| cell.area == area));
    own.map(|cell| ((cell.subject, cell.area), cell.level)).collect()
}

fn marks(ratings: &Ratings, scope: &Scope, marks: &[Mark]) -> Vec<(Unit, u8)> {
    let Some(inside) = area(ratings, scope) else { return Vec::new() };
    let marks = marks.iter().filter(|mark| inside.is_none_or(|area| mark.area == area));
    marks.map(|mark| ((mark.subject, mark.area), mark.level)).collect()
}

/// The one area of the scope, if it has one; None if nothing is in it.
fn area(ratings: &Ratings, scope: &Scope) -> Option<Option<u16>> {
    match scope {
        Scope::Area(id) => ratings.area(id).map(Some),
        Scope::Areas | Scope::Mean => Some(None),
    }
}

/// The mean over the areas of each subject.
fn means(levels: impl Iterator<Item = (Unit, f64)>) -> Vec<(Unit, f64)> {
    let levels: Vec<_> = levels.collect();
    let subjects = levels.chunk_by(|a, b| a.0.0 == b.0.0);
    subjects
        .filter_map(|areas| {
            let ((subject, _), _) = areas.first()?;
            Some(((*subject, 0), areas.iter().map(|(_, value)| value).sum::<f64>() / areas.len() as f64))
        })
        .collect()
}

/// What both gave, unit by unit.
fn common<T: Copy>(one: Vec<(Unit, T)>, other: Vec<(Unit, T)>, same: bool) -> Result<Vec<(T, T)>, Reason> {
    match (one.is_empty(), other.is_empty()) {
        (true, true) => return Err(Reason::NoRatings),
        (true, false) | (false, true) => return Err(Reason::SingleRater),
        _ if same => return Err(Reason::SingleRater),
        _ => {}
    }
    let of_other = |unit: &Unit| other.binary_search_by_key(unit, |(unit, _)| *unit).ok().and_then(|at| other.get(at));
    let both: Vec<(T, T)> = one.iter().filter_map(|(unit, value)| Some((*value, of_other(unit)?.1))).collect();
    if both.is_empty() { Err(Reason::NoOverlap) } else { Ok(both) }
}

fn weighted_kappa(
    ratings: &Ratings,
    scope: &Scope,
    both: &[(u8, u8)],
    weights: Weights,
    table: Option<&[Vec<f64>]>,
) -> Result<OfPair, Reason> {
    if *scope == Scope::Mean {
        return Err(Reason::NotEstimable);
    }
    let q = ratings.scale().count();
    let apart = match (weights, table) {
        (Weights::Custom, Some(table)) => custom(table, q)?,
        _ => disagreement(weights, ratings.scale().levels())?,
    };
    let v = |a: usize, b: usize| apart.get(a * q + b).copied().unwrap_or(0.0);
    let counts = |of: fn(&(u8, u8)) -> u8| {
        let mut counts = vec![0.0; q];
        for level in both.iter().map(of) {
            if let Some(count) = counts.get_mut(usize::from(level)) {
                *count += 1.0;
            }
        }
        counts
    };
    let (rows, columns) = (counts(|both| both.0), counts(|both| both.1));
    let observed: f64 = both.iter().map(|(a, b)| v(usize::from(*a), usize::from(*b))).sum();
    let expected: f64 = rows.iter().enumerate().map(|(a, n)| n * columns.iter().enumerate().map(|(b, m)| m * v(a, b)).sum::<f64>()).sum();
    if expected <= 0.0 {
        return Err(Reason::ConstantRatings);
    }
    let n = both.len() as f64;
    let value = 1.0 - n * observed / expected;
    if value.is_finite() { Ok(OfPair { value, units: both.len() }) } else { Err(Reason::NotEstimable) }
}

/// A table of disagreements as one list, its greatest entry 1. All zero stays all zero: nothing is expected then.
fn custom(table: &[Vec<f64>], q: usize) -> Result<Vec<f64>, Reason> {
    let square = table.len() == q && table.iter().all(|row| row.len() == q);
    if !square || table.iter().flatten().any(|v| !v.is_finite() || *v < 0.0) {
        return Err(Reason::NotEstimable);
    }
    let most = table.iter().flatten().copied().fold(0.0, f64::max);
    Ok(table.iter().flatten().map(|v| if most > 0.0 { v / most } else { 0.0 }).collect())
}

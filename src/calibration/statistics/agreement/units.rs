//! The units of a scope as counts of levels.

use super::super::ratings::Ratings;
use super::super::reason::Reason;
use super::super::scope::{Observation, Scope, observations};
use super::block::UnitCounts;

/// Levels below this are counted in a table.
const TABLE: usize = 16;

/// The units of a scope in the order subject, area: for each the levels given and how often.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Units {
    counts: Vec<(u16, u32)>,
    /// Where each unit's counts end.
    ends: Vec<u32>,
    /// Where each subject's units end.
    subjects: Vec<u32>,
}

impl Units {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &UnitCounts> {
        self.within(0, self.ends.len())
    }

    /// The units of each subject.
    pub fn by_subject(&self) -> impl Iterator<Item = impl Iterator<Item = &UnitCounts>> {
        let starts = std::iter::once(0).chain(self.subjects.iter().copied());
        starts.zip(&self.subjects).map(|(from, to)| self.within(from as usize, *to as usize))
    }

    fn within(&self, from: usize, to: usize) -> impl Iterator<Item = &UnitCounts> {
        let start = if from == 0 { 0 } else { self.ends.get(from - 1).copied().unwrap_or(0) };
        let ends = self.ends.get(from..to).unwrap_or(&[]);
        let starts = std::iter::once(start).chain(ends.iter().copied());
        starts.zip(ends).map(|(start, end)| self.counts.get(start as usize..*end as usize).unwrap_or(&[]))
    }

    /// Adds the next unit of the subject that is being written. Levels in any order.
    pub(super) fn push(&mut self, levels: impl IntoIterator<Item = u16>) {
        let start = self.counts.len();
        // Levels of a usual scale are counted in a table; those above it, one by one, keep to their order behind them.
        let mut table = [0; TABLE];
        for level in levels {
            if let Some(count) = table.get_mut(usize::from(level)) {
                *count += 1;
                continue;
            }
            let above = self.counts.get_mut(start..).unwrap_or_default();
            match above.binary_search_by_key(&level, |(known, _)| *known) {
                Ok(at) => above.iter_mut().skip(at).take(1).for_each(|(_, count)| *count += 1),
                Err(at) => self.counts.insert(start + at, (level, 1)),
            }
        }
        let low = table.iter().enumerate().filter(|(_, count)| **count > 0).map(|(level, count)| (level as u16, *count));
        if self.counts.len() == start {
            self.counts.extend(low);
        } else {
            self.counts.splice(start..start, low);
        }
        if self.counts.len() > start {
            self.ends.push(self.counts.len() as u32);
        }
    }

    /// Says that all units of the subject are written.
    pub(super) fn close_subject(&mut self) {
        let end = self.ends.len() as u32;
        if end > self.subjects.last().copied().unwrap_or(0) {
            self.subjects.push(end);
        }
    }
}

/// The units of a scope, and the values that their levels stand for.
pub fn units(ratings: &Ratings, scope: &Scope) -> Result<(Units, Vec<f64>), Reason> {
    let area = match scope {
        Scope::Mean => return composites(&observations(ratings, scope)),
        Scope::Areas => None,
        Scope::Area(id) => match ratings.area(id) {
            Some(area) => Some(area),
            None => return Ok((Units::default(), ratings.scale().levels().to_vec())),
        },
    };
    let mut units = Units::default();
    for subject in ratings.cells().chunk_by(|a, b| a.subject == b.subject) {
        for unit in subject.chunk_by(|a, b| a.area == b.area) {
            if unit.first().is_some_and(|cell| area.is_none_or(|area| cell.area == area)) {
                units.push(unit.iter().map(|cell| u16::from(cell.level)));
            }
        }
        units.close_subject();
    }
    Ok((units, ratings.scale().levels().to_vec()))
}

/// Means over areas fall between the levels of the scale: their levels are the values that occur.
fn composites(observed: &[Observation]) -> Result<(Units, Vec<f64>), Reason> {
    let mut values: Vec<f64> = observed.iter().map(|one| one.value + 0.0).collect();
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
    if values.len() > usize::from(u16::MAX) {
        return Err(Reason::NotEstimable);
    }
    let mut units = Units::default();
    for unit in observed.chunk_by(|a, b| a.unit == b.unit) {
        units.push(
            unit.iter().filter_map(|one| values.binary_search_by(|value| value.total_cmp(&(one.value + 0.0))).ok()).map(|at| at as u16),
        );
        units.close_subject();
    }
    Ok((units, values))
}

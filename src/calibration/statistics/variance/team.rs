//! Who rated what in a scope: the design under the two-way statistics.

use std::collections::HashSet;

use super::super::ratings::Ratings;
use super::super::reason::{Flag, Reason};
use super::super::scope::{Scope, observations};
use super::super::unions::Unions;

/// One value of a unit: the place of its rater among [`Team::raters`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seat {
    pub rater: usize,
    pub value: f64,
}

/// A unit and the values it got.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit<'a> {
    /// The place of its subject in the ratings.
    pub subject: u32,
    pub seats: &'a [Seat],
}

/// At least one unit with two raters.
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    raters: Vec<u32>,
    subjects: usize,
    units: Vec<(u32, usize)>,
    seats: Vec<Seat>,
    mean: f64,
}

impl Team {
    /// The team of a scope, or `no_ratings`, `single_rater`, `no_overlap`.
    pub fn read(ratings: &Ratings, scope: &Scope) -> Result<Self, Reason> {
        let found = observations(ratings, scope);
        if found.is_empty() {
            return Err(Reason::NoRatings);
        }
        let mut raters: Vec<u32> = found.iter().map(|o| o.rater).collect::<HashSet<_>>().into_iter().collect();
        raters.sort_unstable();
        if raters.len() < 2 {
            return Err(Reason::SingleRater);
        }
        let mut places = vec![0; raters.last().map_or(0, |last| *last as usize + 1)];
        for (place, rater) in raters.iter().enumerate() {
            if let Some(slot) = places.get_mut(*rater as usize) {
                *slot = place;
            }
        }
        let (mut units, mut seats) = (Vec::new(), Vec::with_capacity(found.len()));
        let mut overlap = false;
        for unit in found.chunk_by(|a, b| a.unit == b.unit) {
            overlap |= unit.len() > 1;
            seats.extend(unit.iter().map(|o| Seat { rater: places.get(o.rater as usize).copied().unwrap_or_default(), value: o.value }));
            units.push((unit.first().map_or(0, |o| o.subject), seats.len()));
        }
        if !overlap {
            return Err(Reason::NoOverlap);
        }
        let subjects = units.chunk_by(|a, b| a.0 == b.0).count();
        let mean = seats.iter().map(|seat| seat.value).sum::<f64>() / seats.len() as f64;
        Ok(Team { raters, subjects, units, seats, mean })
    }

    /// The same, with at least two subjects.
    pub fn of_subjects(ratings: &Ratings, scope: &Scope) -> Result<Self, Reason> {
        let team = Team::read(ratings, scope)?;
        if team.subjects < 2 { Err(Reason::TooFewUnits) } else { Ok(team) }
    }

    /// The places of the raters in the ratings, rising.
    pub fn raters(&self) -> &[u32] {
        &self.raters
    }

    /// The place of a rater in this team, by the place in the ratings.
    pub fn place(&self, rater: u32) -> Option<usize> {
        self.raters.binary_search(&rater).ok()
    }

    /// Distinct subjects.
    pub fn subjects(&self) -> usize {
        self.subjects
    }

    pub fn unit_count(&self) -> usize {
        self.units.len()
    }

    /// Values.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// The mean of all values.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    pub fn units(&self) -> impl Iterator<Item = Unit<'_>> {
        let mut start = 0;
        self.units.iter().map(move |(subject, end)| {
            let seats = self.seats.get(start..*end).unwrap_or_default();
            start = *end;
            Unit { subject: *subject, seats }
        })
    }

    /// Whether every value is the same, rounding apart.
    pub fn is_constant(&self) -> bool {
        self.seats.iter().all(|seat| (seat.value - self.mean).abs() <= 1e-12 * self.mean.abs().max(1.0))
    }

    /// Whether every rater rated every unit.
    pub fn is_complete(&self) -> bool {
        self.seats.len() == self.units.len() * self.raters.len()
    }

    /// Whether shared units link all raters. Raters who are not linked cannot be compared.
    pub fn is_connected(&self) -> bool {
        let mut groups = Unions::new(self.raters.len());
        for unit in self.units() {
            for pair in unit.seats.windows(2) {
                if let [a, b] = pair {
                    groups.join(a.rater, b.rater);
                }
            }
        }
        groups.count(0..self.raters.len()) == 1
    }

    pub fn flag(&self) -> Option<Flag> {
        (!self.is_connected()).then_some(Flag::Disconnected)
    }
}

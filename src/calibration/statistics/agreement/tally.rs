//! Everything that the statistics of agreement need to know about a scope.

use super::super::ratings::Ratings;
use super::super::reason::{Flag, Reason};
use super::super::scope::Scope;
use super::block::Block;
use super::groups::groups;
use super::units::{Units, units};

/// What the levels of a tally are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Levels of the scale, in one area: units are independent.
    OneArea,
    /// Levels of the scale, in several areas: units of one subject belong together.
    Areas,
    /// Means over areas, which are no levels of the scale.
    Composites,
}

impl From<&Scope> for Over {
    fn from(scope: &Scope) -> Self {
        match scope {
            Scope::Area(_) => Over::OneArea,
            Scope::Areas => Over::Areas,
            Scope::Mean => Over::Composites,
        }
    }
}

/// The exact counts of a scope. Every statistic of this family is a function of a tally, so that a page builds it
/// once. It comes from a batch ([`Tally::of`]) or from the running [`State`](super::state::State); both are equal.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    over: Over,
    values: Vec<f64>,
    raters: usize,
    groups: usize,
    units: Units,
    total: Block,
    candidates: Vec<Block>,
}

impl Tally {
    /// The only failure is a set of composites with too many different values ([`Reason::NotEstimable`]).
    pub fn of(ratings: &Ratings, scope: &Scope) -> Result<Self, Reason> {
        let (units, values) = units(ratings, scope)?;
        let groups: Vec<usize> = groups(ratings, scope).iter().map(Vec::len).collect();
        let candidates = candidates(&units);
        Ok(Tally {
            over: scope.into(),
            values,
            raters: groups.iter().sum(),
            groups: groups.len(),
            total: Block::sum(&candidates),
            units,
            candidates,
        })
    }

    /// From parts that were kept up to date elsewhere.
    pub(super) fn from_parts(scope: &Scope, values: Vec<f64>, groups: &[Vec<u32>], units: Units, total: Block) -> Self {
        let candidates = candidates(&units);
        Tally { over: scope.into(), values, raters: groups.iter().map(Vec::len).sum(), groups: groups.len(), units, total, candidates }
    }

    pub fn over(&self) -> Over {
        self.over
    }

    /// The value of each level, rising: of the declared scale, or the composites that occur.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Raters with a rating in the scope.
    pub fn raters(&self) -> usize {
        self.raters
    }

    pub fn units(&self) -> &Units {
        &self.units
    }

    pub fn total(&self) -> &Block {
        &self.total
    }

    /// One block for each subject with a rating, in the order of subjects.
    pub fn candidates(&self) -> &[Block] {
        &self.candidates
    }

    /// The subjects with a pair of ratings in a unit: the clusters that intervals resample.
    pub fn clusters(&self) -> impl Iterator<Item = &Block> {
        self.candidates.iter().filter(|block| block.has_pairs())
    }

    /// Whether there are pairs of ratings to speak about.
    pub fn paired(&self) -> Result<(), Reason> {
        match self.raters {
            0 => Err(Reason::NoRatings),
            1 => Err(Reason::SingleRater),
            _ if !self.total.has_pairs() => Err(Reason::NoOverlap),
            _ => Ok(()),
        }
    }

    pub fn flag(&self) -> Option<Flag> {
        (self.groups > 1).then_some(Flag::Disconnected)
    }
}

fn candidates(units: &Units) -> Vec<Block> {
    units.by_subject().map(Block::of_units).collect()
}

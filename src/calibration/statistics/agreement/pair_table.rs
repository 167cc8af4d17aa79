//! Every pair of raters who share candidates.

use std::collections::BTreeMap;

use super::super::gates::{Tier, pairwise_kappa};
use super::super::ratings::{Cell, Ratings};
use super::super::reason::Reason;
use super::super::scope::Scope;
use super::weights::share_apart;

/// Two raters' agreement where both rated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RaterPair<'a> {
    /// In order.
    pub raters: [&'a str; 2],
    /// Candidates with a unit that both rated: what the gate counts.
    pub candidates: u32,
    /// Units that both rated.
    pub units: u32,
    pub tier: Tier,
    /// Quadratic-weighted kappa. Behind the gate it is not given, so that no page shows it by mistake.
    pub kappa: Option<f64>,
    /// Why there is no kappa although the gate is open.
    pub reason: Option<Reason>,
}

/// All pairs with a unit that both rated, in the order of raters' ids. In the scope of means the units are those of all
/// areas.
pub fn rater_pairs<'a>(ratings: &'a Ratings, scope: &Scope) -> Vec<RaterPair<'a>> {
    let area = match scope {
        Scope::Area(id) => match ratings.area(id) {
            Some(area) => Some(area),
            None => return Vec::new(),
        },
        Scope::Areas | Scope::Mean => None,
    };
    let values = ratings.scale().levels();
    let at: Vec<f64> = (0..values.len()).map(|level| share_apart(values, 0, level)).collect();
    let position = |level: u8| at.get(usize::from(level)).copied().unwrap_or(0.0);
    let mut pairs: BTreeMap<(u32, u32), Sums> = BTreeMap::new();
    let mut cells: Vec<Cell> = Vec::new();
    for subject in ratings.cells().chunk_by(|a, b| a.subject == b.subject) {
        cells.clear();
        cells.extend(subject.iter().filter(|cell| area.is_none_or(|area| cell.area == area)));
        cells.sort_unstable_by_key(|cell| (cell.rater, cell.area));
        let own: Vec<&[Cell]> = cells.chunk_by(|a, b| a.rater == b.rater).collect();
        for (nth, one) in own.iter().enumerate() {
            for other in own.iter().skip(nth + 1) {
                let (Some(a), Some(b)) = (one.first(), other.first()) else { continue };
                let mut both = together(one, other).peekable();
                if both.peek().is_some() {
                    let sums = pairs.entry((a.rater, b.rater)).or_default();
                    sums.candidates += 1;
                    both.for_each(|(one, other)| sums.add(one, other, position));
                }
            }
        }
    }
    let id = |rater: u32| ratings.raters().get(rater as usize).map(String::as_str);
    let named = pairs.into_iter().filter_map(|((one, other), sums)| Some(sums.pair([id(one)?, id(other)?])));
    named.collect()
}

/// The levels in the areas that both rated; both lists rise by area.
fn together<'c>(one: &'c [Cell], other: &'c [Cell]) -> impl Iterator<Item = (u8, u8)> {
    let mut rest = other;
    one.iter().filter_map(move |cell| {
        while let [first, later @ ..] = rest
            && first.area < cell.area
        {
            rest = later;
        }
        rest.first().filter(|other| other.area == cell.area).map(|other| (cell.level, other.level))
    })
}

/// What kappa with quadratic weights needs of two raters. Positions of levels lie between 0 and 1.
#[derive(Default)]
struct Sums {
    candidates: u32,
    units: u32,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    apart: f64,
    /// The lowest and highest level of both.
    levels: Option<(u8, u8)>,
}

impl Sums {
    fn add(&mut self, one: u8, other: u8, position: impl Fn(u8) -> f64) {
        let (x, y) = (position(one), position(other));
        self.units += 1;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.yy += y * y;
        self.apart += (x - y) * (x - y);
        let (low, high) = self.levels.unwrap_or((one, one));
        self.levels = Some((low.min(one).min(other), high.max(one).max(other)));
    }

    /// 1 - mean (x-y)² / (mean x² + mean y² - 2 mean x mean y).
    fn kappa(&self) -> Result<f64, Reason> {
        if self.levels.is_none_or(|(low, high)| low == high) {
            return Err(Reason::ConstantRatings);
        }
        let n = f64::from(self.units);
        let expected = self.xx / n + self.yy / n - 2.0 * (self.x / n) * (self.y / n);
        Some(1.0 - self.apart / n / expected).filter(|kappa| kappa.is_finite()).ok_or(Reason::NotEstimable)
    }

    fn pair(self, raters: [&str; 2]) -> RaterPair<'_> {
        let tier = pairwise_kappa(self.candidates as usize);
        let kappa = if tier == Tier::Hidden { Ok(None) } else { self.kappa().map(Some) };
        let (kappa, reason) = match kappa {
            Ok(kappa) => (kappa, None),
            Err(reason) => (None, Some(reason)),
        };
        RaterPair { raters, candidates: self.candidates, units: self.units, tier, kappa, reason }
    }
}

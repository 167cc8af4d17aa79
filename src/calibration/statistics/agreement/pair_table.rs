//! Every pair of raters who share candidates.

use std::collections::BTreeMap;

use super::super::gates::{Tier, pairwise_kappa};
use super::super::ratings::{Cell, Ratings};
use super::super::reason::Reason;
use super::super::scope::Scope;
use super::interval::Interval;
use super::jackknife;
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
    /// By leaving out one candidate at a time. None where the others' levels are all the same.
    pub interval: Option<Interval>,
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
    let mut pairs: BTreeMap<(u32, u32), Vec<Sums>> = BTreeMap::new();
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
                    let mut sums = Sums::default();
                    both.for_each(|(one, other)| sums.add(position(one), position(other)));
                    pairs.entry((a.rater, b.rater)).or_default().push(sums);
                }
            }
        }
    }
    let id = |rater: u32| ratings.raters().get(rater as usize).map(String::as_str);
    let named = pairs.into_iter().filter_map(|((one, other), candidates)| Some(pair([id(one)?, id(other)?], &candidates)));
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

/// What kappa with quadratic weights needs of two raters' levels, of one candidate or of all. Positions of levels lie
/// between 0 and 1.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    units: u32,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    apart: f64,
}

impl Sums {
    fn add(&mut self, x: f64, y: f64) {
        self.units += 1;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.yy += y * y;
        self.apart += (x - y) * (x - y);
    }

    fn plus(self, other: &Sums) -> Sums {
        Sums {
            units: self.units + other.units,
            x: self.x + other.x,
            y: self.y + other.y,
            xx: self.xx + other.xx,
            yy: self.yy + other.yy,
            apart: self.apart + other.apart,
        }
    }

    fn minus(self, other: &Sums) -> Sums {
        Sums {
            units: self.units - other.units,
            x: self.x - other.x,
            y: self.y - other.y,
            xx: self.xx - other.xx,
            yy: self.yy - other.yy,
            apart: self.apart - other.apart,
        }
    }

    /// 1 - mean (x-y)² / (mean x² + mean y² - 2 mean x mean y).
    fn kappa(self) -> Result<f64, Reason> {
        let n = f64::from(self.units);
        let expected = self.xx / n + self.yy / n - 2.0 * (self.x / n) * (self.y / n);
        // Levels that are all the same leave nothing but rounding.
        if expected <= NOTHING {
            return Err(Reason::ConstantRatings);
        }
        Some(1.0 - self.apart / n / expected).filter(|kappa| kappa.is_finite()).ok_or(Reason::NotEstimable)
    }
}

/// Below it an expected disagreement is none: one pair of neighbouring levels among a million units expects more.
const NOTHING: f64 = 1e-12;

fn pair<'a>(raters: [&'a str; 2], candidates: &[Sums]) -> RaterPair<'a> {
    let all = candidates.iter().fold(Sums::default(), Sums::plus);
    let tier = pairwise_kappa(candidates.len());
    let kappa = if tier == Tier::Hidden { None } else { Some(all.kappa()) };
    let interval = kappa.and_then(Result::ok).and_then(|kappa| {
        let left_out: Option<Vec<f64>> = candidates.iter().map(|own| all.minus(own).kappa().ok()).collect();
        jackknife::around(kappa, &left_out?)
    });
    RaterPair {
        raters,
        candidates: candidates.len() as u32,
        units: all.units,
        tier,
        kappa: kappa.and_then(Result::ok),
        interval,
        reason: kappa.and_then(Result::err),
    }
}

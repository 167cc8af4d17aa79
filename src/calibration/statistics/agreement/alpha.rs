//! Krippendorff's alpha (Krippendorff 2011): 1 - observed / expected disagreement, from coincidences of levels.

use std::collections::BTreeMap;

use super::super::reason::Reason;
use super::super::request::Metric;
use super::block::Block;
use super::interval::Interval;
use super::jackknife::jackknife;
use super::tally::{Over, Tally};

/// A coefficient without unit, at most 1, with its delete-one-subject jackknife.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alpha {
    pub value: f64,
    /// None below three subjects with pairs, and where the ratings are constant without one of the subjects.
    pub jackknife: Option<Interval>,
    /// Subjects with a pair of ratings in a unit.
    pub clusters: usize,
}

pub fn krippendorff_alpha(tally: &Tally, metric: Metric) -> Result<Alpha, Reason> {
    let value = alpha_value(tally, metric)?;
    Ok(Alpha { value, jackknife: jackknife(tally, metric, value), clusters: tally.clusters().count() })
}

/// The value alone: what a running display asks for after each rating, without a look at single candidates.
pub fn alpha_value(tally: &Tally, metric: Metric) -> Result<f64, Reason> {
    tally.paired()?;
    let all = Coincidences::of(tally.total(), tally.values().len());
    if all.margins.iter().filter(|n| **n > 0).count() < 2 {
        return Err(Reason::ConstantRatings);
    }
    let distance = Distance::of(metric, tally.values(), &all.margins)?;
    alpha(&all.margins, all.disagreement(&distance), &distance).ok_or(Reason::NotEstimable)
}

/// o_ck, rows and columns in the order of levels; the sum of all is the number of paired ratings.
pub fn coincidence_matrix(tally: &Tally) -> Result<Vec<Vec<f64>>, Reason> {
    tally.paired()?;
    if tally.over() == Over::Composites {
        return Err(Reason::NotEstimable);
    }
    let q = tally.values().len();
    let all = Coincidences::of(tally.total(), q);
    let mut matrix = vec![vec![0.0; q]; q];
    for ((low, high), o) in &all.apart {
        for (row, column) in [(low, high), (high, low)] {
            if let Some(cell) = matrix.get_mut(usize::from(*row)).and_then(|row| row.get_mut(usize::from(*column))) {
                *cell = *o;
            }
        }
    }
    // A pair of the same level: n_k (m-1) pairs begin at the level's ratings, those to other levels taken away.
    let mut same = vec![BTreeMap::<u32, i64>::new(); q];
    let mut add = |level: u16, size: u32, pairs: i64| {
        if let Some(sums) = same.get_mut(usize::from(level)) {
            *sums.entry(size).or_default() += pairs;
        }
    };
    for (size, level, count) in tally.total().levels() {
        add(level, size, count * (i64::from(size) - 1));
    }
    for (size, low, high, count) in tally.total().crossings() {
        add(low, size, -count);
        add(high, size, -count);
    }
    for (at, (row, same)) in matrix.iter_mut().zip(same).enumerate() {
        if let Some(cell) = row.get_mut(at) {
            *cell = same.into_iter().filter(|(size, _)| *size >= 2).map(|(size, pairs)| pairs as f64 / (f64::from(size) - 1.0)).sum();
        }
    }
    Ok(matrix)
}

/// What alpha needs of the coincidence matrix.
pub(super) struct Coincidences {
    /// n_k: paired ratings of level k, exact.
    pub margins: Vec<i64>,
    /// o_ck for c < k, where it is not zero: pairs of the two levels, each weighted by 1 / (m - 1).
    pub apart: Vec<((u16, u16), f64)>,
}

impl Coincidences {
    pub(super) fn of(block: &Block, levels: usize) -> Self {
        let mut margins = vec![0; levels];
        add_margins(block, 1, &mut margins);
        let mut apart = BTreeMap::new();
        for (low, high, o) in crossings(block) {
            *apart.entry((low, high)).or_insert(0.0) += o;
        }
        Coincidences { margins, apart: apart.into_iter().collect() }
    }

    /// The sum of o_ck d²_ck over c < k.
    pub(super) fn disagreement(&self, distance: &Distance) -> f64 {
        self.apart.iter().map(|((low, high), o)| o * distance.squared((*low).into(), (*high).into())).sum()
    }
}

pub(super) fn add_margins(block: &Block, sign: i64, margins: &mut [i64]) {
    for (size, level, count) in block.levels() {
        if let (true, Some(sum)) = (size >= 2, margins.get_mut(usize::from(level))) {
            *sum += sign * count;
        }
    }
}

/// The coincidences of different levels, by panel size.
pub(super) fn crossings(block: &Block) -> impl Iterator<Item = (u16, u16, f64)> {
    block.crossings().map(|(size, low, high, count)| (low, high, count as f64 / (f64::from(size) - 1.0)))
}

/// d²_ck, up to a factor that alpha does not see.
pub(super) enum Distance {
    /// 1 unless equal.
    Nominal,
    /// The square of the difference of positions: level values (interval), or mean ranks among the paired ratings
    /// (ordinal: the sum of n_g from c to k less half of n_c and n_k is the difference of mean ranks).
    Positions(Vec<f64>),
    /// ((c - k) / (c + k))², for values from zero up.
    Ratio(Vec<f64>),
}

impl Distance {
    pub(super) fn of(metric: Metric, values: &[f64], margins: &[i64]) -> Result<Self, Reason> {
        Ok(match metric {
            Metric::Nominal => Distance::Nominal,
            Metric::Ordinal => Distance::Positions(mean_ranks(margins)),
            Metric::Interval => Distance::Positions((0..values.len()).map(|at| super::weights::share_apart(values, 0, at)).collect()),
            Metric::Ratio if values.iter().any(|value| *value < 0.0) => return Err(Reason::NotEstimable),
            Metric::Ratio => Distance::Ratio(values.iter().map(|value| value / 2.0).collect()),
        })
    }

    pub(super) fn squared(&self, low: usize, high: usize) -> f64 {
        match self {
            Distance::Nominal => 1.0,
            Distance::Positions(at) => match (at.get(low), at.get(high)) {
                (Some(low), Some(high)) => (high - low) * (high - low),
                _ => 0.0,
            },
            Distance::Ratio(values) => match (values.get(low), values.get(high)) {
                (Some(low), Some(high)) => ((high - low) / (high + low)).powi(2),
                _ => 0.0,
            },
        }
    }
}

fn mean_ranks(margins: &[i64]) -> Vec<f64> {
    let mut below = 0;
    let rank = |n: &i64| {
        below += n;
        below as f64 - *n as f64 / 2.0
    };
    margins.iter().map(rank).collect()
}

/// 1 - (n - 1) · observed / sum over c < k of n_c n_k d²_ck. None where nothing is expected.
pub(super) fn alpha(margins: &[i64], observed: f64, distance: &Distance) -> Option<f64> {
    let used = || margins.iter().enumerate().filter(|(_, n)| **n > 0);
    let expected: f64 = used()
        .map(|(low, n)| {
            let above: f64 = used().filter(|(high, _)| *high > low).map(|(high, k)| *k as f64 * distance.squared(low, high)).sum();
            *n as f64 * above
        })
        .sum();
    let n: i64 = margins.iter().sum();
    let alpha = 1.0 - (n - 1) as f64 * observed / expected;
    (expected > 0.0 && alpha.is_finite()).then_some(alpha)
}

//! Agreement as it is, not corrected for chance.

use super::super::reason::Reason;
use super::super::request::{Average, Kind};
use super::block::Block;
use super::tally::{Over, Tally};

/// A share of agreeing pairs, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RawAgreement {
    pub value: f64,
    /// All pairs of ratings in the same unit.
    pub pairs: u64,
}

/// How many units have two ratings or more, and how many pairs there are in them.
pub(super) fn sizes(total: &Block) -> (f64, f64) {
    let paired = total.levels().filter(|(size, _, _)| *size >= 2);
    // Ratings of units of size m, over all levels, are m times the number of those units.
    paired.fold((0.0, 0.0), |(units, pairs), (size, _, count)| {
        let (size, count) = (f64::from(size), count as f64);
        (units + count / size, pairs + count * (size - 1.0) / 2.0)
    })
}

/// 1 minus the mean over units with two ratings of the weight of disagreement of their pairs: Gwet's p_a (2014).
pub(super) fn unit_agreement(total: &Block, disagreement: impl Fn(usize, usize) -> f64) -> f64 {
    let (units, _) = sizes(total);
    let apart: f64 = total
        .crossings()
        .map(|(size, low, high, count)| {
            let pairs = f64::from(size) * (f64::from(size) - 1.0) / 2.0;
            count as f64 / pairs * disagreement(usize::from(low), usize::from(high))
        })
        .sum();
    1.0 - apart / units
}

/// The share of pairs of ratings that are the same (`Exact`) or at most one point of the scale apart (`Adjacent`).
pub fn raw_agreement(tally: &Tally, kind: Kind, average: Average) -> Result<RawAgreement, Reason> {
    tally.paired()?;
    let (_, pairs) = sizes(tally.total());
    let apart = |low: usize, high: usize| match kind {
        Kind::Exact => 1.0,
        Kind::Adjacent => f64::from(u8::from(difference(tally, low, high) > 1.0 + 1e-9)),
    };
    let value = match average {
        Average::Unit => unit_agreement(tally.total(), apart),
        Average::Pair => {
            let crossings = tally.total().crossings();
            1.0 - crossings.map(|(_, low, high, count)| count as f64 * apart(low.into(), high.into())).sum::<f64>() / pairs
        }
    };
    Ok(RawAgreement { value, pairs: pairs.round() as u64 })
}

/// The mean absolute difference in points of the scale, over all pairs of ratings in the same unit.
pub fn mean_abs_diff(tally: &Tally) -> Result<f64, Reason> {
    tally.paired()?;
    let (_, pairs) = sizes(tally.total());
    let apart = tally.total().crossings().map(|(_, low, high, count)| count as f64 / pairs * difference(tally, low.into(), high.into()));
    Some(apart.sum()).filter(|mean: &f64| mean.is_finite()).ok_or(Reason::NotEstimable)
}

/// How often each level of the scale was given, alone or together with others.
pub fn histogram(tally: &Tally) -> Result<Vec<u64>, Reason> {
    if tally.raters() == 0 {
        return Err(Reason::NoRatings);
    }
    if tally.over() == Over::Composites {
        return Err(Reason::NotEstimable);
    }
    let mut counts = vec![0; tally.values().len()];
    for (_, level, count) in tally.total().levels() {
        if let Some(sum) = counts.get_mut(usize::from(level)) {
            *sum += count as u64;
        }
    }
    Ok(counts)
}

fn difference(tally: &Tally, low: usize, high: usize) -> f64 {
    match (tally.values().get(low), tally.values().get(high)) {
        (Some(low), Some(high)) => (high - low).abs(),
        _ => 0.0,
    }
}

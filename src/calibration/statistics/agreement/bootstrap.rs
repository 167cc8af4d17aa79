//! The interval of alpha by drawing subjects again.

use super::super::reason::Reason;
use super::super::request::Metric;
use super::alpha::{Coincidences, Distance, add_margins, alpha, alpha_value, crossings};
use super::block::Block;
use super::random::Random;
use super::rows::{AT_ONCE, Rows, Times};
use super::tally::Tally;

/// The fewest draws of which percentiles are taken.
pub const DRAWS: usize = 2000;

/// The percentile interval of alpha over draws of subjects with replacement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BootstrapInterval {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// Draws in which alpha is defined.
    pub draws: usize,
}

/// More draws where they are cheap: the limits of a small team would otherwise move in the second decimal.
pub fn draws_for(clusters: usize) -> usize {
    (2_000_000 / clusters.max(1)).clamp(DRAWS, 10 * DRAWS)
}

/// Draws the subjects with pairs (Zapf et al. 2016 draw units) and takes the percentiles (1 ∓ level) / 2, by linear
/// interpolation. Draws without variation have no alpha and are left out; where these are most, there is no interval.
///
/// The generator is seeded from the counts, and subjects are put into the order of their counts: the same ratings
/// give the same interval everywhere, whatever names and order they come in.
pub fn alpha_bootstrap(tally: &Tally, metric: Metric, level: f64, draws: usize) -> Result<BootstrapInterval, Reason> {
    tally.paired()?;
    let mut clusters: Vec<&Block> = tally.clusters().collect();
    if clusters.len() < 5 {
        return Err(Reason::TooFewUnits);
    }
    let value = alpha_value(tally, metric)?;
    if !(level > 0.0 && level < 1.0) {
        return Err(Reason::NotEstimable);
    }
    clusters.sort_unstable();
    let lanes = Lanes::of(tally, metric, &clusters)?;
    let mut random = Random::seeded(clusters.iter().fold(0, |seed, block| block.mix_into(seed)));
    let mut times = vec![Times::default(); clusters.len()];
    let mut sums = vec![Times::default(); lanes.rows.width()];
    let mut one = vec![0.0; sums.len()];
    let mut margins = vec![0; tally.values().len()];
    let mut drawn = Vec::with_capacity(draws);
    for first in (0..draws).step_by(AT_ONCE) {
        let at_once = AT_ONCE.min(draws - first);
        times.fill(Times::default());
        for draw in 0..at_once {
            random.each_below(clusters.len(), |at| {
                if let Some(times) = times.get_mut(at).and_then(|times| times.get_mut(draw)) {
                    *times += 1.0;
                }
            });
        }
        lanes.rows.add_up(&times, &mut sums);
        for draw in 0..at_once {
            one.iter_mut().zip(&sums).for_each(|(one, sums)| *one = sums.get(draw).copied().unwrap_or(0.0));
            drawn.extend(lanes.alpha(&one, &mut margins));
        }
    }
    if drawn.is_empty() || drawn.len() * 2 < draws {
        return Err(Reason::ConstantRatings);
    }
    drawn.sort_unstable_by(f64::total_cmp);
    let at = |share| percentile(&drawn, share).ok_or(Reason::NotEstimable);
    Ok(BootstrapInterval { value, low: at((1.0 - level) / 2.0)?, high: at((1.0 + level) / 2.0)?, draws: drawn.len() })
}

/// What a draw adds up: the paired ratings of each level, then disagreements.
struct Lanes<'a> {
    rows: Rows,
    values: &'a [f64],
    /// None for the ordinal metric, whose distance changes with each draw: it has one lane of disagreement for each
    /// pair of levels, the others have one with their distance in it.
    distance: Option<Distance>,
    pairs: Vec<(u16, u16)>,
}

impl<'a> Lanes<'a> {
    fn of(tally: &'a Tally, metric: Metric, clusters: &[&Block]) -> Result<Self, Reason> {
        let values = tally.values();
        let all = Coincidences::of(tally.total(), values.len());
        let distance = match metric {
            Metric::Ordinal => None,
            _ => Some(Distance::of(metric, values, &all.margins)?),
        };
        let pairs: Vec<(u16, u16)> = all.apart.into_iter().map(|(pair, _)| pair).collect();
        let mut rows = Rows::new(values.len() + if distance.is_some() { 1 } else { pairs.len() });
        let mut margins = vec![0; values.len()];
        for block in clusters {
            add_margins(block, 1, &mut margins);
            let paired = margins.iter().enumerate().filter(|(_, n)| **n > 0).map(|(level, n)| (level, *n as f64));
            let apart = crossings(block).filter_map(|(low, high, o)| match &distance {
                Some(distance) => Some((values.len(), o * distance.squared(low.into(), high.into()))),
                None => pairs.binary_search(&(low, high)).ok().map(|at| (values.len() + at, o)),
            });
            rows.push(paired.chain(apart));
            add_margins(block, -1, &mut margins);
        }
        Ok(Lanes { rows, values, distance, pairs })
    }

    /// Alpha of the drawn sums; `margins` is room to work in.
    fn alpha(&self, sums: &[f64], margins: &mut [i64]) -> Option<f64> {
        let (paired, apart) = sums.split_at_checked(self.values.len())?;
        // Whole numbers far below 2^53: the sums are exact.
        margins.iter_mut().zip(paired).for_each(|(margin, sum)| *margin = *sum as i64);
        match &self.distance {
            Some(distance) => alpha(margins, *apart.first()?, distance),
            None => {
                let distance = Distance::of(Metric::Ordinal, self.values, margins).ok()?;
                let observed = self.pairs.iter().zip(apart).map(|((low, high), o)| o * distance.squared((*low).into(), (*high).into()));
                alpha(margins, observed.sum(), &distance)
            }
        }
    }
}

/// Of a rising list, with linear interpolation between neighbours.
fn percentile(rising: &[f64], share: f64) -> Option<f64> {
    let at = share * (rising.len().checked_sub(1)?) as f64;
    let (below, above) = (rising.get(at.floor() as usize)?, rising.get(at.ceil() as usize)?);
    Some(below + (above - below) * at.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_interpolate() {
        assert_eq!(percentile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
        assert_eq!(percentile(&[1.0], 0.975), Some(1.0));
        assert_eq!(percentile(&[], 0.5), None);
    }
}

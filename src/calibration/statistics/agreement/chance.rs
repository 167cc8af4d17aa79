//! Agreement corrected for chance, for any number of raters with gaps: Fleiss, Gwet, Brennan & Prediger.
//!
//! All three are (p_a - p_e) / (1 - p_e) in the generalised form of Gwet (Handbook of Inter-Rater Reliability, 2014):
//! p_a over the units with two ratings, and pi_k the mean over all rated units of the share of level k.

use super::super::reason::Reason;
use super::super::request::Weights;
use super::block::{Block, UnitCounts};
use super::interval::Interval;
use super::jackknife;
use super::raw::unit_agreement;
use super::tally::{Over, Tally};
use super::weights::disagreement;

/// A coefficient without unit, at most 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChanceCorrected {
    pub value: f64,
    pub pa: f64,
    pub pe: f64,
    /// Gwet's linearised variance, t(units - 1). Only in one area: the units of one candidate are not independent.
    pub interval: Option<Interval>,
    /// Only one level was ever given: the value says nothing about agreement beyond chance.
    pub constant: bool,
}

/// Fleiss (1971): p_e = sum w_kl pi_k pi_l. Not defined for constant ratings.
pub fn fleiss_kappa(tally: &Tally, weights: Weights) -> Result<ChanceCorrected, Reason> {
    corrected(tally, weights, Chance::Fleiss)
}

/// Gwet's AC1 (identity) and AC2 (2008, 2014): p_e = sum(w) / (q(q-1)) · sum pi_k (1 - pi_k).
pub fn gwet_ac(tally: &Tally, weights: Weights) -> Result<ChanceCorrected, Reason> {
    corrected(tally, weights, Chance::Gwet)
}

/// Brennan & Prediger (1981): p_e = sum(w) / q².
pub fn brennan_prediger(tally: &Tally, weights: Weights) -> Result<ChanceCorrected, Reason> {
    corrected(tally, weights, Chance::BrennanPrediger)
}

/// The value over all areas with an interval that leaves out one candidate at a time: the areas of one candidate are
/// not independent, so the linearised variance would be too small there.
pub fn by_candidates(tally: &Tally, weights: Weights, chance: Chance) -> Result<(f64, Option<Interval>), Reason> {
    let value = corrected(tally, weights, chance)?.value;
    let apart = disagreement(weights, tally.values())?;
    let without = |own: &Block| coefficient(&tally.total().minus(own), &apart, tally.values().len(), chance).map(|of| of.value);
    let left_out: Option<Vec<f64>> = tally.clusters().map(without).collect();
    Ok((value, left_out.and_then(|left_out| jackknife::around(value, &left_out))))
}

/// What is taken for chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chance {
    Fleiss,
    Gwet,
    BrennanPrediger,
}

fn corrected(tally: &Tally, weights: Weights, chance: Chance) -> Result<ChanceCorrected, Reason> {
    tally.paired()?;
    if tally.over() == Over::Composites {
        return Err(Reason::NotEstimable);
    }
    let q = tally.values().len();
    let apart = disagreement(weights, tally.values())?;
    let shares = shares(tally.total(), q);
    let constant = shares.iter().filter(|share| **share > 0.0).count() == 1;
    let Coefficient { value, pa, room, lost } = coefficient(tally.total(), &apart, q, chance).ok_or(Reason::ConstantRatings)?;
    let interval = (tally.over() == Over::OneArea).then(|| standard_error(tally, &apart, &lost, room, value)).flatten();
    Ok(ChanceCorrected { value, pa, pe: 1.0 - room, interval, constant })
}

struct Coefficient {
    value: f64,
    pa: f64,
    /// 1 - p_e.
    room: f64,
    /// What chance takes away from each rating of a level.
    lost: Vec<f64>,
}

/// None where chance leaves no room.
fn coefficient(total: &Block, apart: &[f64], q: usize, chance: Chance) -> Option<Coefficient> {
    let shares = shares(total, q);
    // The mean of what is lost over pi is 1 - p_e, a sum without cancellation.
    let rows = apart.chunks(q);
    let lost: Vec<f64> = match chance {
        Chance::Fleiss => rows.map(|row| row.iter().zip(&shares).map(|(apart, share)| apart * share).sum()).collect(),
        Chance::Gwet => {
            let scale = ((q * q) as f64 - apart.iter().sum::<f64>()) / (q * (q - 1)) as f64;
            shares.iter().map(|share| 1.0 - scale * (1.0 - share)).collect()
        }
        Chance::BrennanPrediger => vec![apart.iter().sum::<f64>() / (q * q) as f64; q],
    };
    let room: f64 = lost.iter().zip(&shares).map(|(lost, share)| lost * share).sum();
    if room <= 0.0 {
        return None;
    }
    let pa = unit_agreement(total, |a, b| apart.get(a * q + b).copied().unwrap_or(0.0));
    let value = 1.0 - (1.0 - pa) / room;
    Some(Coefficient { value, pa, room, lost }).filter(|_| value.is_finite())
}

/// pi_k: the mean over all rated units of the share of level k.
fn shares(total: &Block, q: usize) -> Vec<f64> {
    let (mut shares, mut units) = (vec![0.0; q], 0.0);
    for (size, level, count) in total.levels() {
        let part = count as f64 / f64::from(size);
        units += part;
        if let Some(share) = shares.get_mut(usize::from(level)) {
            *share += part;
        }
    }
    shares.iter_mut().for_each(|share| *share /= units);
    shares
}

/// The variance of the mean of the units' linear contributions
/// (n/n2) (p_a,i - p_e) / (1 - p_e) - 2 (1 - value) (p_e,i - p_e) / (1 - p_e),
/// the first part for units with two ratings alone (Gwet 2014).
fn standard_error(tally: &Tally, apart: &[f64], lost: &[f64], room: f64, value: f64) -> Option<Interval> {
    let units = tally.units().len();
    let paired = tally.units().iter().filter(|counts| size(counts) >= 2.0).count();
    let (n, q) = (units as f64, lost.len());
    let part = |counts: &UnitCounts| {
        let m = size(counts);
        let lost: f64 =
            counts.iter().map(|(level, count)| f64::from(*count) * lost.get(usize::from(*level)).unwrap_or(&0.0)).sum::<f64>() / m;
        let first = if m < 2.0 { 0.0 } else { n / paired as f64 * (room - apart_in(counts, apart, q) / (m * (m - 1.0) / 2.0)) / room };
        first - 2.0 * (1.0 - value) * (room - lost) / room
    };
    let squares: f64 = tally.units().iter().map(|counts| (part(counts) - value).powi(2)).sum();
    (units > 1).then(|| Interval::around(value, (squares / (n * (n - 1.0))).sqrt(), units - 1)).flatten()
}

fn size(counts: &UnitCounts) -> f64 {
    f64::from(counts.iter().map(|(_, count)| count).sum::<u32>())
}

/// The disagreement of all pairs of a unit.
fn apart_in(counts: &UnitCounts, apart: &[f64], q: usize) -> f64 {
    let pair = |a: &(u16, u32), b: &(u16, u32)| {
        f64::from(a.1) * f64::from(b.1) * apart.get(usize::from(a.0) * q + usize::from(b.0)).unwrap_or(&0.0)
    };
    counts.iter().enumerate().flat_map(|(at, a)| counts.iter().skip(at + 1).map(move |b| pair(a, b))).sum()
}

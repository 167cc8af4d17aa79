//! Whether one rater's level moved relative to colleagues on the same candidates.
//!
//! Residual of a scorecard = mean over areas of (own score - mean of the co-raters), less the rater's own baseline.
//! An EWMA chart (Roberts 1959) with lambda .2 and limits of 3 standard deviations. The baseline is itself a mean of
//! few scorecards, so its variance is part of the limits: var z_t = sigma² (lambda / (2 - lambda) (1 - (1 - lambda)^2t)
//! + (1 - (1 - lambda)^t)² / baseline scorecards).
//!
//! The first ten scorecards are the baseline of the next ten. If these show nothing, all twenty are the baseline of
//! what follows. So a signal stays when later scorecards come in (apart from sigma, which settles when everybody has
//! twenty).

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::gates::{self, Tier};
use super::moments::{finite, mean};
use super::ratings::Ratings;
use super::reason::Reason;

const LAMBDA: f64 = 0.2;
const WIDTH: f64 = 3.0;
/// Scorecards of the first baseline, and of the final one.
const FIRST: usize = 10;
const FULL: usize = 20;

/// One scorecard that shares an area with a co-rater's.
#[derive(Debug, Clone, PartialEq)]
pub struct Scorecard {
    pub session: String,
    /// Mean over areas of own less the co-raters' mean, in points.
    pub difference: f64,
}

/// What a chart says about one rater.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// By the scorecards in the baseline. Hidden: there is no chart, only the scorecards.
    pub tier: Tier,
    /// All scorecards with a co-rater, in the order of sessions.
    pub scorecards: Vec<Scorecard>,
    pub chart: Option<Chart>,
    pub moved: Option<Moved>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Scorecards in the baseline; the chart begins after them.
    pub baseline: usize,
    /// Mean difference of the baseline, in points.
    pub level: f64,
    /// Standard deviation of one scorecard, pooled within all raters.
    pub sigma: f64,
    /// EWMA of the residuals, and how far it may lie from 0; one for each scorecard after the baseline.
    pub z: Vec<f64>,
    pub limits: Vec<f64>,
    /// Place in `z` of the first point beyond its limit.
    pub signal: Option<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The session since which the level most likely is another: the start for which (sum of residuals up to the
    /// signal)² / their number is largest, the maximum of likelihood for a step away from the baseline.
    pub since: String,
    /// The session at which this became plain.
    pub signal: String,
    /// Whether scores went up (more lenient) or down.
    pub up: bool,
    /// Whether the last scorecard is still beyond the limit.
    pub still: bool,
    /// Sessions from `since` to `signal`: those to look at.
    pub look_at: Vec<String>,
}

/// `order` names sessions (subjects) from the earliest to the latest; sessions it does not name are left out, and of
/// one named twice the first place counts.
pub fn drift<S: AsRef<str>>(ratings: &Ratings, order: &[S], rater: &str) -> Result<Drift, Reason> {
    let rater = ratings.rater(rater).ok_or(Reason::NoRatings)?;
    if !ratings.cells().iter().any(|cell| cell.rater == rater) {
        return Err(Reason::NoRatings);
    }
    let mut all = differences(ratings, order);
    let sigma = pooled(&all);
    let own = all.remove(&rater).unwrap_or_default();
    if own.is_empty() {
        return Err(Reason::NoOverlap);
    }
    let values: Vec<f64> = own.iter().map(|(_, difference)| *difference).collect();
    let name = |session: u32| ratings.subjects().get(session as usize).cloned().unwrap_or_default();
    let scorecards: Vec<Scorecard> =
        own.iter().map(|(session, difference)| Scorecard { session: name(*session), difference: *difference }).collect();
    if values.len() <= FIRST {
        return Ok(Drift { tier: Tier::Hidden, scorecards, chart: None, moved: None });
    }
    let chart = watch(&values, sigma.ok_or(Reason::ZeroVariance)?)?;
    let moved = moved(&chart, &scorecards);
    Ok(Drift { tier: gates::drift(chart.baseline), scorecards, chart: Some(chart), moved })
}

/// The chart of a series of differences in time, which must be longer than the first baseline.
pub fn watch(differences: &[f64], sigma: f64) -> Result<Chart, Reason> {
    let early = differences.get(..differences.len().min(FULL)).unwrap_or(differences);
    let first = chart(early, FIRST, sigma)?;
    if first.signal.is_some() || differences.len() <= FULL {
        // A move within the first twenty spoils them as a baseline: the chart goes on from the first ten.
        return chart(differences, FIRST, sigma);
    }
    chart(differences, FULL, sigma)
}

fn chart(differences: &[f64], baseline: usize, sigma: f64) -> Result<Chart, Reason> {
    let (Some(before), Some(after)) = (differences.get(..baseline), differences.get(baseline..)) else {
        return Err(Reason::TooFewUnits);
    };
    if after.is_empty() {
        return Err(Reason::TooFewUnits);
    }
    if !sigma.is_finite() || sigma <= 0.0 {
        return Err(Reason::ZeroVariance);
    }
    let level = mean(before).ok_or(Reason::NotEstimable)?;
    let mut found = Chart { baseline, level, sigma, z: Vec::new(), limits: Vec::new(), signal: None };
    let (mut z, mut kept) = (0.0, 1.0);
    for (place, difference) in after.iter().enumerate() {
        z = finite(LAMBDA * (difference - level) + (1.0 - LAMBDA) * z).ok_or(Reason::NotEstimable)?;
        kept *= 1.0 - LAMBDA;
        let variance = LAMBDA / (2.0 - LAMBDA) * (1.0 - kept * kept) + (1.0 - kept) * (1.0 - kept) / baseline as f64;
        let limit = finite(WIDTH * sigma * variance.sqrt()).ok_or(Reason::NotEstimable)?;
        if found.signal.is_none() && z.abs() > limit {
            found.signal = Some(place);
        }
        found.z.push(z);
        found.limits.push(limit);
    }
    Ok(found)
}

fn moved(chart: &Chart, scorecards: &[Scorecard]) -> Option<Moved> {
    let signal = chart.signal?;
    let up = *chart.z.get(signal)? > 0.0;
    let watched = scorecards.get(chart.baseline..)?;
    let (mut sum, mut best, mut since) = (0.0, 0.0, signal);
    for (nth, card) in watched.get(..=signal)?.iter().rev().enumerate() {
        sum += card.difference - chart.level;
        let fit = sum * sum / (nth + 1) as f64;
        if (sum > 0.0) == up && fit > best {
            (best, since) = (fit, signal - nth);
        }
    }
    let look_at: Vec<String> = watched.get(since..=signal)?.iter().map(|card| card.session.clone()).collect();
    let still = chart.z.last()?.abs() > *chart.limits.last()? && (*chart.z.last()? > 0.0) == up;
    Some(Moved { since: watched.get(since)?.session.clone(), signal: watched.get(signal)?.session.clone(), up, still, look_at })
}

/// Session and difference of every rater's scorecards that share an area with a co-rater, in the order of sessions.
fn differences<S: AsRef<str>>(ratings: &Ratings, order: &[S]) -> BTreeMap<u32, Vec<(u32, f64)>> {
    let mut found: BTreeMap<u32, Vec<(u32, f64)>> = BTreeMap::new();
    let mut seen = vec![false; ratings.subjects().len()];
    let levels = ratings.scale().levels();
    for session in order.iter().filter_map(|session| ratings.subject(session.as_ref())) {
        if seen.get_mut(session as usize).is_none_or(|seen| std::mem::replace(seen, true)) {
            continue;
        }
        let cells = ratings.cells();
        let (from, to) = (cells.partition_point(|cell| cell.subject < session), cells.partition_point(|cell| cell.subject <= session));
        let mut sums: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        for unit in cells.get(from..to).unwrap_or_default().chunk_by(|a, b| a.area == b.area) {
            let scores: Vec<(u32, f64)> =
                unit.iter().filter_map(|cell| Some((cell.rater, *levels.get(usize::from(cell.level))?))).collect();
            let total: f64 = scores.iter().map(|(_, score)| score).sum();
            if scores.len() < 2 {
                continue;
            }
            for (rater, score) in &scores {
                let sum = sums.entry(*rater).or_default();
                sum.0 += score - (total - score) / (scores.len() - 1) as f64;
                sum.1 += 1.0;
            }
        }
        for (rater, (sum, areas)) in sums {
            found.entry(rater).or_default().extend(finite(sum / areas).map(|difference| (session, difference)));
        }
    }
    found
}

/// Standard deviation of a scorecard's difference around its rater's mean, over the first twenty scorecards of every
/// rater: later ones may have moved, and the limits of a signal should stay where they were.
fn pooled(all: &BTreeMap<u32, Vec<(u32, f64)>>) -> Option<f64> {
    let (mut squares, mut freedom) = (0.0, 0.0);
    for cards in all.values().filter(|cards| cards.len() > 1) {
        let values: Vec<f64> = cards.iter().take(FULL).map(|(_, difference)| *difference).collect();
        let middle = mean(&values)?;
        squares += values.iter().map(|value| (value - middle).powi(2)).sum::<f64>();
        freedom += (values.len() - 1) as f64;
    }
    // Below this the scores never differed in another way: rounding, not variation.
    (freedom > 0.0).then(|| finite((squares / freedom).sqrt())).flatten().filter(|sigma| *sigma > 1e-9)
}

//! The interval of a coefficient by leaving out one subject at a time.

use super::super::request::Metric;
use super::alpha::{Coincidences, Distance, add_margins, alpha, crossings};
use super::interval::Interval;
use super::tally::Tally;

/// se² = (k-1)/k · sum of (alpha without subject i - their mean)² over the k subjects with pairs (Tukey 1958);
/// limits value ± t(k-1) se, within [-1, 1].
///
/// Subjects, not units: the areas of one candidate are not independent. One step per subject: its block is taken
/// away from the whole.
pub(super) fn jackknife(tally: &Tally, metric: Metric, value: f64) -> Option<Interval> {
    let levels = tally.values().len();
    let all = Coincidences::of(tally.total(), levels);
    let fixed = match metric {
        Metric::Ordinal => None,
        _ => Some(Distance::of(metric, tally.values(), &all.margins).ok()?),
    };
    let whole = fixed.as_ref().map(|distance| all.disagreement(distance));
    let mut margins = all.margins.clone();
    let mut left_out = Vec::new();
    for block in tally.clusters() {
        add_margins(block, -1, &mut margins);
        let ranks;
        let (distance, whole) = match (&fixed, whole) {
            (Some(distance), Some(whole)) => (distance, whole),
            _ => {
                // The distance of ordinal levels depends on how often each was given.
                ranks = Distance::of(metric, tally.values(), &margins).ok()?;
                (&ranks, all.disagreement(&ranks))
            }
        };
        let own: f64 = crossings(block).map(|(low, high, o)| o * distance.squared(low.into(), high.into())).sum();
        left_out.push(alpha(&margins, (whole - own).max(0.0), distance)?);
        add_margins(block, 1, &mut margins);
    }
    around(value, &left_out)
}

/// The interval of a value from what it becomes without each of the subjects; none below three of them.
pub(super) fn around(value: f64, left_out: &[f64]) -> Option<Interval> {
    let k = left_out.len() as f64;
    if left_out.len() < 3 {
        return None;
    }
    let mean = left_out.iter().sum::<f64>() / k;
    let squares: f64 = left_out.iter().map(|one| (one - mean).powi(2)).sum();
    Interval::around(value, ((k - 1.0) / k * squares).sqrt(), left_out.len() - 1)
}

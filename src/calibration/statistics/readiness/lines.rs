//! The lines of the table and their limits.

use super::super::moments::mean;
use super::super::reason::Reason;
use super::{Clustered, Compared, Criterion, Line, Verdict, borman, by_area};

/// Rounding must not move a value over its limit.
const ROUNDING: f64 = 1e-9;

/// Ready from 95 % on, repeat below 85 %.
pub(super) fn within_one(scores: &[Compared]) -> Line {
    share(Criterion::WithinOne, scores, 1.0, 95, 85)
}

/// Ready from 60 % on, repeat below 45 %.
pub(super) fn exact(scores: &[Compared]) -> Line {
    share(Criterion::Exact, scores, 0.0, 60, 45)
}

/// Compared in whole numbers: 19 of 20 is 95 %.
fn share(criterion: Criterion, scores: &[Compared], within: f64, ready: usize, talk: usize) -> Line {
    let met = scores.iter().filter(|score| score.distance().abs() <= within).count();
    let verdict = match 100 * met {
        hundredfold if hundredfold >= ready * scores.len() => Verdict::Ready,
        hundredfold if hundredfold >= talk * scores.len() => Verdict::Talk,
        _ => Verdict::Repeat,
    };
    Line { criterion, value: Some(met as f64 / scores.len().max(1) as f64), interval: None, verdict }
}

/// Ready up to .50, repeat above .75.
pub(super) fn mae(scores: &[Compared]) -> Result<Line, Reason> {
    let sizes: Vec<f64> = scores.iter().map(|score| score.distance().abs()).collect();
    let value = mean(&sizes).ok_or(Reason::NotEstimable)?;
    let verdict = match value {
        value if value <= 0.50 + ROUNDING => Verdict::Ready,
        value if value <= 0.75 + ROUNDING => Verdict::Talk,
        _ => Verdict::Repeat,
    };
    Ok(Line { criterion: Criterion::Mae, value: Some(value), interval: None, verdict })
}

/// Ready up to .30 or where the interval includes 0; repeat above .50 where it excludes 0. Without an interval
/// neither can be said of a large bias: talk.
pub(super) fn bias(scores: &[Compared], with_interval: bool) -> Result<Line, Reason> {
    let clustered = Clustered::of(scores, Compared::distance).ok_or(Reason::NotEstimable)?;
    let interval = if with_interval { clustered.interval() } else { None };
    let excludes_zero = interval.map(|(low, high)| low > 0.0 || high < 0.0);
    let size = clustered.mean.abs();
    let verdict = match (size <= 0.30 + ROUNDING, excludes_zero) {
        (true, _) | (false, Some(false)) => Verdict::Ready,
        (false, Some(true)) if size > 0.50 + ROUNDING => Verdict::Repeat,
        (false, _) => Verdict::Talk,
    };
    Ok(Line { criterion: Criterion::Bias, value: Some(clustered.mean), interval, verdict })
}

/// Ready from .70 on, repeat below .5. No line where the consensus itself does not vary in any area. A rater whose
/// scores do not vary where it does has no correlation, and shows no difference between candidates: talk.
pub(super) fn differential_accuracy(scores: &[Compared]) -> Option<Line> {
    let varies = |scores: &[Compared]| scores.windows(2).any(|pair| matches!(pair, [a, b] if a.gold != b.gold));
    if !by_area(scores).iter().any(|(_, scores)| varies(scores)) {
        return None;
    }
    let value = borman(scores);
    let verdict = match value {
        Some(value) if value >= 0.70 - ROUNDING => Verdict::Ready,
        Some(value) if value < 0.5 - ROUNDING => Verdict::Repeat,
        _ => Verdict::Talk,
    };
    Some(Line { criterion: Criterion::DifferentialAccuracy, value, interval: None, verdict })
}

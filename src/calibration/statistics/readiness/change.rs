//! What changed between two sets of sessions, with the second held back until after the discussion.

use super::super::gold::{Compared, compared};
use super::super::moments::{finite, interval95};
use super::super::ratings::Ratings;
use super::super::reason::Reason;
use super::super::scope::Scope;
use super::{Clustered, Criterion};

/// After less before. Shares and means are over scores, intervals over sessions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    pub criterion: Criterion,
    pub before: f64,
    pub after: f64,
    pub change: f64,
    /// 95 % t interval with the degrees of freedom of Welch (1947). None with three sessions or fewer in a set.
    pub interval: Option<(f64, f64)>,
}

/// Changes of one rater in each criterion that is a mean over scores. Both sets of sessions are in the same ratings;
/// a session in both is refused as `not_estimable`: before and after on the same clips is not evidence.
pub fn change<S: AsRef<str>>(ratings: &Ratings, rater: &str, before: &[S], after: &[S]) -> Result<Vec<Change>, Reason> {
    let places = |sessions: &[S]| sessions.iter().filter_map(|session| ratings.subject(session.as_ref())).collect::<Vec<u32>>();
    let (before, after) = (places(before), places(after));
    if before.iter().any(|session| after.contains(session)) {
        return Err(Reason::NotEstimable);
    }
    let scores = compared(ratings, &Scope::Areas, rater)?;
    let of = |sessions: &[u32]| scores.iter().filter(|score| sessions.contains(&score.subject)).copied().collect::<Vec<Compared>>();
    let (before, after) = (of(&before), of(&after));
    if before.is_empty() || after.is_empty() {
        return Err(Reason::NoOverlap);
    }
    let share = |met: bool| f64::from(u8::from(met));
    let within_one = |score: &Compared| share(score.distance().abs() <= 1.0);
    let exact = |score: &Compared| share(score.distance() == 0.0);
    let size = |score: &Compared| score.distance().abs();
    [
        one(Criterion::WithinOne, &before, &after, within_one),
        one(Criterion::Exact, &before, &after, exact),
        one(Criterion::Mae, &before, &after, size),
        one(Criterion::Bias, &before, &after, Compared::distance),
    ]
    .into_iter()
    .map(|change| change.ok_or(Reason::NotEstimable))
    .collect()
}

fn one(criterion: Criterion, before: &[Compared], after: &[Compared], value: impl Fn(&Compared) -> f64) -> Option<Change> {
    let (a, b) = (Clustered::of(before, &value)?, Clustered::of(after, &value)?);
    let change = finite(b.mean - a.mean)?;
    Some(Change { criterion, before: a.mean, after: b.mean, change, interval: welch(&a, &b, change) })
}

fn welch(a: &Clustered, b: &Clustered, change: f64) -> Option<(f64, f64)> {
    if a.sessions.min(b.sessions) < super::SESSIONS {
        return None;
    }
    let (x, y) = (a.se?.powi(2), b.se?.powi(2));
    let both = x + y;
    if both <= 0.0 {
        return Some((change, change));
    }
    let freedom = both * both / (x * x / (a.sessions as f64 - 1.0) + y * y / (b.sessions as f64 - 1.0));
    interval95(change, both.sqrt(), freedom)
}

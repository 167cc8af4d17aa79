//! How much can be said about a team's reliability at all.

use super::super::gates::{self, Tier};
use super::super::ratings::Ratings;
use super::super::request::Metric;
use super::super::scope::Scope;
use super::alpha::krippendorff_alpha;
use super::tally::Tally;

/// What the gate of team reliability looks at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    pub tier: Tier,
    /// Subjects with two raters or more.
    pub shared_candidates: usize,
    /// Raters of those subjects.
    pub overlapping_raters: usize,
    /// The width of the jackknife interval of alpha (interval metric, all areas).
    pub width: Option<f64>,
}

/// Always over all areas.
pub fn evidence(ratings: &Ratings) -> Evidence {
    let (shared_candidates, overlapping_raters) = overlap(ratings);
    let alpha = Tally::of(ratings, &Scope::Areas).and_then(|tally| krippendorff_alpha(&tally, Metric::Interval));
    let width = alpha.ok().and_then(|alpha| alpha.jackknife).map(|interval| interval.width());
    let tier = gates::team_reliability(shared_candidates, overlapping_raters, width);
    Evidence { tier, shared_candidates, overlapping_raters, width }
}

/// Subjects with two raters or more, and how many raters these have.
fn overlap(ratings: &Ratings) -> (usize, usize) {
    let mut overlapping = vec![false; ratings.raters().len()];
    let mut shared = 0;
    for cells in ratings.cells().chunk_by(|a, b| a.subject == b.subject) {
        let Some(first) = cells.first() else { continue };
        if cells.iter().any(|cell| cell.rater != first.rater) {
            shared += 1;
            for cell in cells {
                if let Some(rater) = overlapping.get_mut(cell.rater as usize) {
                    *rater = true;
                }
            }
        }
    }
    (shared, overlapping.iter().filter(|rater| **rater).count())
}

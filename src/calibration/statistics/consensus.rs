//! How far experts agreed on one gold interview before they talked.
//!
//! An area is fit to be scored against only if the experts' blind scores lay close together. A contested one is for
//! discussion.

use super::answer::Value;
use super::moments::{finite, mean, sd};
use super::ratings::Ratings;
use super::reason::Reason;

/// Fewest experts whose scores make a consensus.
pub const EXPERTS: usize = 3;
/// Largest range of blind scores, in points, that is not contested.
pub const CLOSE: f64 = 1.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Consensus {
    /// In the order of ids; areas that no expert scored are not listed.
    pub areas: Vec<AreaConsensus>,
    /// Experts who scored an area.
    pub experts: usize,
    /// Share of pairs of experts with the same score, and with scores at most a point apart, over all areas.
    pub exact: Option<f64>,
    pub adjacent: Option<f64>,
    /// Mean difference within pairs, in points.
    pub mean_abs_diff: Option<f64>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct AreaConsensus {
    pub area: String,
    pub experts: usize,
    pub lowest: f64,
    pub highest: f64,
    /// Highest less lowest, in points.
    pub range: f64,
    /// Standard deviation with n-1; none for one expert.
    pub spread: Option<f64>,
    pub mean: f64,
    pub standing: Standing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Can be scored against.
    Clear,
    /// The experts were more than a point apart: talk about it, do not score it.
    Contested,
    /// Fewer than three experts scored it.
    TooFewExperts,
}

impl From<Standing> for Value {
    fn from(standing: Standing) -> Self {
        Value::from(match standing {
            Standing::Clear => "clear",
            Standing::Contested => "contested",
            Standing::TooFewExperts => "too_few_experts",
        })
    }
}

impl Consensus {
    /// Areas that can be scored against.
    pub fn clear(&self) -> impl Iterator<Item = &AreaConsensus> {
        self.areas.iter().filter(|area| area.standing == Standing::Clear)
    }

    pub fn contested(&self) -> impl Iterator<Item = &AreaConsensus> {
        self.areas.iter().filter(|area| area.standing == Standing::Contested)
    }
}

/// The blind scores of the experts (here the raters) on one session.
pub fn consensus(ratings: &Ratings, session: &str) -> Result<Consensus, Reason> {
    let session = ratings.subject(session).ok_or(Reason::NoRatings)?;
    let levels = ratings.scale().levels();
    let cells: Vec<_> = ratings.cells().iter().filter(|cell| cell.subject == session).collect();
    let (mut areas, mut apart) = (Vec::new(), Vec::new());
    for unit in cells.chunk_by(|a, b| a.area == b.area) {
        let scores: Vec<f64> = unit.iter().filter_map(|cell| levels.get(usize::from(cell.level)).copied()).collect();
        let name = unit.first().and_then(|cell| ratings.areas().get(usize::from(cell.area))).cloned().unwrap_or_default();
        areas.push(area(name, &scores)?);
        for (nth, a) in scores.iter().enumerate() {
            apart.extend(scores.iter().skip(nth + 1).map(|b| (a - b).abs()));
        }
    }
    if areas.is_empty() {
        return Err(Reason::NoRatings);
    }
    let mut experts: Vec<u32> = cells.iter().map(|cell| cell.rater).collect();
    experts.sort_unstable();
    experts.dedup();
    let share = |most: f64| (!apart.is_empty()).then(|| apart.iter().filter(|apart| **apart <= most).count() as f64 / apart.len() as f64);
    Ok(Consensus { areas, experts: experts.len(), exact: share(0.0), adjacent: share(CLOSE), mean_abs_diff: mean(&apart) })
}

fn area(area: String, scores: &[f64]) -> Result<AreaConsensus, Reason> {
    let lowest = scores.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = finite(highest - lowest).ok_or(Reason::NotEstimable)?;
    let standing = match scores.len() {
        0..EXPERTS => Standing::TooFewExperts,
        _ if range > CLOSE => Standing::Contested,
        _ => Standing::Clear,
    };
    let mean = mean(scores).ok_or(Reason::NotEstimable)?;
    Ok(AreaConsensus { area, experts: scores.len(), lowest, highest, range, spread: sd(scores), mean, standing })
}

#[cfg(test)]
mod tests {
    use super::super::samples::{any_rows, given, ratings};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_range_of_one_is_clear_and_of_two_contested() {
        let rows = given(&[
            ("g", "x", "A", 3),
            ("g", "y", "A", 4),
            ("g", "z", "A", 4),
            ("g", "x", "B", 2),
            ("g", "y", "B", 4),
            ("g", "z", "B", 3),
            ("g", "x", "C", 3),
            ("g", "y", "C", 3),
            ("g", "GOLD", "C", 5),
            ("h", "x", "A", 1),
        ]);
        let found = consensus(&ratings(&rows), "g").unwrap();
        let standing: Vec<Standing> = found.areas.iter().map(|area| area.standing).collect();
        assert_eq!(standing, [Standing::Clear, Standing::Contested, Standing::TooFewExperts]);
        assert_eq!(
            (found.areas[1].lowest, found.areas[1].highest, found.areas[1].range, found.areas[1].spread),
            (2.0, 4.0, 2.0, Some(1.0))
        );
        assert_eq!((found.experts, found.clear().count(), found.contested().count()), (3, 1, 1));
        // Seven pairs: 3-4, 3-4, 4-4; 2-4, 2-3, 4-3; 3-3.
        assert_eq!((found.exact, found.adjacent, found.mean_abs_diff), (Some(2.0 / 7.0), Some(6.0 / 7.0), Some(6.0 / 7.0)));
        assert_eq!(consensus(&ratings(&rows), "h").unwrap().exact, None);
        assert_eq!(consensus(&ratings(&rows), "i"), Err(Reason::NoRatings));
    }

    proptest! {
        #[test]
        fn finite_and_within_the_scores(rows in any_rows()) {
            let data = ratings(&rows);
            for session in data.subjects() {
                let Ok(found) = consensus(&data, session) else { continue };
                for area in &found.areas {
                    prop_assert!(area.lowest <= area.mean && area.mean <= area.highest);
                    prop_assert!(area.spread.is_none_or(|spread| (0.0..=area.range.max(1e-12)).contains(&spread)));
                    prop_assert_eq!(area.standing == Standing::TooFewExperts, area.experts < 3);
                }
                prop_assert!(found.exact.unwrap_or(0.0) <= found.adjacent.unwrap_or(1.0));
            }
        }
    }
}

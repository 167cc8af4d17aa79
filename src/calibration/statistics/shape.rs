//! What to know about an input before its statistics are read: scores that hardly vary, a rubric that changed.

use super::ratings::Ratings;
use super::scope::{self, Scope};

/// A level with a larger share of the scores leaves little variation to agree about.
pub const DOMINANT: f64 = 0.8;

/// Counts per level of the scale, in the order of levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram {
    pub area: String,
    pub counts: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dominant {
    pub level: f64,
    /// Of all scores; above [`DOMINANT`].
    pub share: f64,
    pub n: usize,
}

/// One rubric version in a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub version: String,
    pub scorecards: usize,
}

/// Scores of each area, areas in the order of ids. GOLD and SELF are not counted.
pub fn histograms(ratings: &Ratings) -> Vec<Histogram> {
    let none = vec![0; ratings.scale().count()];
    let mut found: Vec<Histogram> = ratings.areas().iter().map(|area| Histogram { area: area.clone(), counts: none.clone() }).collect();
    for cell in ratings.cells() {
        let count = found.get_mut(usize::from(cell.area)).and_then(|histogram| histogram.counts.get_mut(usize::from(cell.level)));
        if let Some(count) = count {
            *count += 1;
        }
    }
    found
}

/// The level that holds more than four fifths of the scores, if one does: agreement beyond chance is low then
/// without anyone rating worse.
pub fn dominant(ratings: &Ratings, scope: &Scope) -> Option<Dominant> {
    let cells = scope::cells(ratings, scope);
    let mut counts = vec![0usize; ratings.scale().count()];
    for cell in &cells {
        *counts.get_mut(usize::from(cell.level))? += 1;
    }
    let (place, most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    // In whole numbers, so that exactly four fifths are not more.
    (most * 5 > cells.len() * 4).then(|| {
        let level = ratings.scale().levels().get(place).copied()?;
        Some(Dominant { level, share: *most as f64 / cells.len() as f64, n: cells.len() })
    })?
}

/// The rubric versions of the scorecards of one window, the most frequent first (ties by name). More than one: the
/// scores were given by different anchors, and disagreement may be the rubric's.
pub fn versions<S: AsRef<str>>(of_scorecards: &[S]) -> Vec<Version> {
    let mut names: Vec<&str> = of_scorecards.iter().map(AsRef::as_ref).collect();
    names.sort_unstable();
    let mut found: Vec<Version> = names
        .chunk_by(|a, b| a == b)
        .filter_map(|same| Some(Version { version: (*same.first()?).to_owned(), scorecards: same.len() }))
        .collect();
    found.sort_by(|a, b| b.scorecards.cmp(&a.scorecards).then(a.version.cmp(&b.version)));
    found
}

/// Whether the rubric changed within the window.
pub fn rubric_changed<S: AsRef<str>>(of_scorecards: &[S]) -> bool {
    versions(of_scorecards).len() > 1
}

#[cfg(test)]
mod tests {
    use super::super::samples::{Given, any_rows, given, ratings};
    use super::*;
    use proptest::prelude::*;

    fn scores(levels: &[u8]) -> Vec<Given> {
        levels.iter().enumerate().map(|(at, level)| (format!("s{at}"), "r".into(), "A".into(), *level)).collect()
    }

    #[test]
    fn more_than_four_fifths_is_little_variation() {
        assert_eq!(dominant(&ratings(&scores(&[3, 3, 3, 3, 2])), &Scope::Areas), None);
        let found = dominant(&ratings(&scores(&[3, 3, 3, 3, 3, 2])), &Scope::Areas).unwrap();
        assert_eq!((found.level, found.share, found.n), (3.0, 5.0 / 6.0, 6));
        assert_eq!(dominant(&ratings(&[]), &Scope::Areas), None);
        assert_eq!(dominant(&ratings(&scores(&[3])), &Scope::Area("B".into())), None);
    }

    #[test]
    fn counts_by_area_without_gold() {
        let rows = given(&[("s", "r", "A", 1), ("s", "q", "A", 5), ("s", "GOLD", "A", 3), ("s", "SELF", "B", 3), ("t", "r", "A", 5)]);
        let found = histograms(&ratings(&rows));
        assert_eq!(found[0].counts, [1, 0, 0, 0, 2]);
        assert_eq!(found[1].counts, [0; 5]);
    }

    #[test]
    fn a_changed_rubric_shows() {
        assert!(!rubric_changed::<&str>(&[]) && !rubric_changed(&["2", "2"]));
        assert!(rubric_changed(&["2", "3"]));
        let found = versions(&["3", "2", "3", "10"]);
        assert_eq!(found.iter().map(|v| (v.version.as_str(), v.scorecards)).collect::<Vec<_>>(), [("3", 2), ("10", 1), ("2", 1)]);
    }

    proptest! {
        #[test]
        fn every_score_is_counted_once(rows in any_rows()) {
            let data = ratings(&rows);
            let counted: usize = histograms(&data).iter().flat_map(|histogram| &histogram.counts).sum();
            prop_assert_eq!(counted, data.cells().len());
            if let Some(found) = dominant(&data, &Scope::Areas) {
                prop_assert!(found.share > DOMINANT && found.share <= 1.0);
            }
        }
    }
}

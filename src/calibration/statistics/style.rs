//! How one rater uses the scale: level, spread, middle and ends, and how far areas go together (halo).
//!
//! Descriptions, not faults: true scores of areas are correlated, and candidates differ. Therefore each figure has
//! a twin of the colleagues on the same units.

use std::collections::BTreeMap;

use super::answer::Answer;
use super::moments::{correlation, fisher_mean, mean, sd};
use super::ratings::{Cell, Ratings};
use super::reason::Reason;
use super::scope::{self, Scope};

/// Fewest subjects for a correlation of two areas.
const HALO_SUBJECTS: usize = 5;

#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// Own ratings.
    pub n: usize,
    /// Candidates with an own rating: what the gate of the page counts.
    pub subjects: usize,
    pub mean: f64,
    /// With n-1.
    pub sd: Option<f64>,
    pub levels_used: usize,
    /// Share of the middle level; of the middle two where the scale has an even number.
    pub mid_share: f64,
    /// Share of the lowest and the highest level.
    pub extreme_share: f64,
    /// Own sd over the sd of all co-raters' scores, both on the units shared with a co-rater.
    pub spread_ratio: Option<f64>,
    /// Own share of the middle less the co-raters', on the shared units.
    pub mid_share_excess: Option<f64>,
    /// Fisher-z mean of the correlations between areas over the own candidates.
    pub halo_r_within: Option<f64>,
    /// Pairs of areas in it: those with at least five candidates, and variation in both.
    pub halo_pairs: usize,
    /// The same of the co-raters' means, over the own candidates and every area that a co-rater scored.
    pub halo_r_others: Option<f64>,
    /// Mean over candidates of the sd across areas.
    pub halo_profile_sd: Option<f64>,
}

/// Values of one candidate by area, in the order of areas.
type Profiles = BTreeMap<u32, Vec<(u16, f64)>>;

pub fn rater_style(ratings: &Ratings, scope: &Scope, rater: &str) -> Result<Style, Reason> {
    let rater = ratings.rater(rater).ok_or(Reason::NoRatings)?;
    of_cells(ratings.scale().levels(), &scope::cells(ratings, scope), rater)
}

/// The same of some of the cells, which are in the order of [`Ratings::cells`].
pub(super) fn of_cells(levels: &[f64], cells: &[Cell], rater: u32) -> Result<Style, Reason> {
    let value = |level: u8| levels.get(usize::from(level)).copied().unwrap_or(0.0);
    let (mut all, mut places, mut own_shared, mut others_shared) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut own_mid, mut others_mid) = (0usize, 0usize);
    let (mut own_profiles, mut others_profiles) = (Profiles::new(), Profiles::new());
    let top = levels.len().saturating_sub(1);
    let middle = |level: u8| usize::from(level) == top / 2 || usize::from(level) == top.div_ceil(2);
    for subject in cells.chunk_by(|a, b| a.subject == b.subject).filter(|cells| cells.iter().any(|cell| cell.rater == rater)) {
        for unit in subject.chunk_by(|a, b| a.area == b.area) {
            let own = unit.iter().find(|cell| cell.rater == rater);
            let others: Vec<u8> = unit.iter().filter(|cell| cell.rater != rater).map(|cell| cell.level).collect();
            let values: Vec<f64> = others.iter().copied().map(value).collect();
            let Some(first) = unit.first() else { continue };
            if let Some(middle_of_others) = mean(&values) {
                others_profiles.entry(first.subject).or_default().push((first.area, middle_of_others));
            }
            let Some(own) = own else { continue };
            all.push(value(own.level));
            places.push(own.level);
            own_profiles.entry(own.subject).or_default().push((own.area, value(own.level)));
            if !values.is_empty() {
                own_shared.push(value(own.level));
                own_mid += usize::from(middle(own.level));
                others_mid += others.iter().filter(|level| middle(**level)).count();
                others_shared.extend(values);
            }
        }
    }
    let n = all.len();
    let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
    let (halo_r_within, halo_pairs) = halo(&own_profiles);
    let profile_sds: Vec<f64> = own_profiles.values().filter_map(|profile| sd(&values_of(profile))).collect();
    let mut used = places.clone();
    used.sort_unstable();
    used.dedup();
    Ok(Style {
        n,
        subjects: own_profiles.len(),
        mean: mean(&all).ok_or(Reason::NoRatings)?,
        sd: sd(&all),
        levels_used: used.len(),
        mid_share: share(places.iter().filter(|level| middle(**level)).count(), n),
        extreme_share: share(places.iter().filter(|level| **level == 0 || usize::from(**level) == top).count(), n),
        spread_ratio: sd(&own_shared).zip(sd(&others_shared)).filter(|(_, others)| *others > 0.0).map(|(own, others)| own / others),
        mid_share_excess: (!own_shared.is_empty()).then(|| share(own_mid, own_shared.len()) - share(others_mid, others_shared.len())),
        halo_r_within,
        halo_pairs,
        halo_r_others: halo(&others_profiles).0,
        halo_profile_sd: mean(&profile_sds),
    })
}

fn values_of(profile: &[(u16, f64)]) -> Vec<f64> {
    profile.iter().map(|(_, value)| *value).collect()
}

/// The mean correlation between areas and the number of pairs in it.
fn halo(profiles: &Profiles) -> (Option<f64>, usize) {
    let mut pairs: BTreeMap<(u16, u16), Vec<(f64, f64)>> = BTreeMap::new();
    for profile in profiles.values() {
        for (nth, (a, x)) in profile.iter().enumerate() {
            for (b, y) in profile.iter().skip(nth + 1) {
                pairs.entry((*a, *b)).or_default().push((*x, *y));
            }
        }
    }
    let found: Vec<f64> = pairs.values().filter(|pairs| pairs.len() >= HALO_SUBJECTS).filter_map(|pairs| correlation(pairs)).collect();
    (fisher_mean(&found), found.len())
}

pub fn answer(ratings: &Ratings, scope: &Scope, rater: &str) -> Answer {
    match rater_style(ratings, scope, rater) {
        Err(reason) => Answer::none(reason),
        Ok(style) => Answer::default()
            .with("n", style.n)
            .with("subjects", style.subjects)
            .with("mean", style.mean)
            .with("sd", style.sd)
            .with("levels_used", style.levels_used)
            .with("mid_share", style.mid_share)
            .with("extreme_share", style.extreme_share)
            .with("spread_ratio", style.spread_ratio)
            .with("mid_share_excess", style.mid_share_excess)
            .with("halo_r_within", style.halo_r_within)
            .with("halo_pairs", style.halo_pairs)
            .with("halo_r_others", style.halo_r_others)
            .with("halo_profile_sd", style.halo_profile_sd),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{any_rows, given, other_name, ratings, renamed};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_hand_computed_style() {
        let rows = given(&[
            ("s1", "r", "A", 3),
            ("s1", "q", "A", 1),
            ("s1", "p", "A", 5),
            ("s2", "r", "A", 5),
            ("s2", "q", "A", 3),
            ("s3", "r", "A", 3),
            ("s3", "r", "B", 1),
        ]);
        let style = rater_style(&ratings(&rows), &Scope::Areas, "r").unwrap();
        assert_eq!((style.n, style.subjects, style.mean, style.levels_used), (4, 3, 3.0, 3));
        assert_eq!((style.mid_share, style.extreme_share), (0.5, 0.5));
        // Shared: own 3, 5 (sd √2); others 1, 5, 3 (sd 2).
        assert!((style.spread_ratio.unwrap() - 2f64.sqrt() / 2.0).abs() < 1e-12);
        assert!((style.mid_share_excess.unwrap() - (0.5 - 1.0 / 3.0)).abs() < 1e-12);
        assert_eq!((style.halo_r_within, style.halo_pairs, style.halo_r_others), (None, 0, None));
        // Only s3 has two areas: 3 and 1.
        assert!((style.halo_profile_sd.unwrap() - 2f64.sqrt()).abs() < 1e-12);
        assert_eq!(rater_style(&ratings(&rows), &Scope::Areas, "GOLD"), Err(Reason::NoRatings));
        assert_eq!(rater_style(&ratings(&rows), &Scope::Area("C".into()), "r"), Err(Reason::NoRatings));
    }

    #[test]
    fn halo_needs_five_candidates() {
        let table = |n: usize| -> Vec<_> {
            (0..n).flat_map(|s| ["A", "B"].map(|a| (format!("s{s}"), "r".to_owned(), a.to_owned(), 1 + (s % 5) as u8))).collect()
        };
        let four = rater_style(&ratings(&table(4)), &Scope::Areas, "r").unwrap();
        let five = rater_style(&ratings(&table(5)), &Scope::Areas, "r").unwrap();
        assert_eq!((four.halo_pairs, four.halo_r_within), (0, None));
        assert_eq!(five.halo_pairs, 1);
        assert!((five.halo_r_within.unwrap() - 0.999999).abs() < 1e-12);
        assert_eq!((five.spread_ratio, five.mid_share_excess), (None, None));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn finite_and_blind_to_names(rows in any_rows()) {
            let (data, other) = (ratings(&rows), ratings(&renamed(&rows)));
            for rater in data.raters() {
                let numbers = |style: Style| [
                    Some(style.mean), style.sd, Some(style.mid_share), Some(style.extreme_share), style.spread_ratio,
                    style.mid_share_excess, style.halo_r_within, style.halo_r_others, style.halo_profile_sd,
                ];
                match (rater_style(&data, &Scope::Areas, rater), rater_style(&other, &Scope::Areas, &other_name(rater))) {
                    (Ok(a), Ok(b)) => for (x, y) in numbers(a).into_iter().zip(numbers(b)) {
                        prop_assert_eq!(x.is_some(), y.is_some());
                        let (x, y) = (x.unwrap_or(0.0), y.unwrap_or(0.0));
                        prop_assert!(x.is_finite() && (x - y).abs() < 1e-9);
                    },
                    (a, b) => prop_assert_eq!(a.err(), b.err()),
                }
            }
        }
    }
}

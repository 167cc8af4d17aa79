//! How sure the figures of one rater's style are: 95 % intervals by leaving out one candidate at a time.

use super::moments::{interval95, mean};
use super::ratings::{Cell, Ratings};
use super::scope::{self, Scope};
use super::style::{Style, of_cells};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    pub low: f64,
    pub high: f64,
}

/// Those of [`Style`] that a page shows; none where a figure is not defined without each candidate.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct StyleLimits {
    pub spread_ratio: Option<Limits>,
    pub mid_share_excess: Option<Limits>,
    pub halo_r_within: Option<Limits>,
    pub halo_r_others: Option<Limits>,
}

/// The delete-one jackknife with Student's t, as for alpha: se² = (k-1)/k · sum of (figure without candidate i - their
/// mean)² over the k candidates of the rater. A ratio is looked at by its logarithm and a correlation by Fisher's z,
/// so that no limit lies where the figure cannot.
pub fn limits(ratings: &Ratings, scope: &Scope, rater: &str) -> StyleLimits {
    let Some(rater) = ratings.rater(rater) else { return StyleLimits::default() };
    let levels = ratings.scale().levels();
    let own: Vec<Vec<Cell>> = scope::cells(ratings, scope)
        .chunk_by(|a, b| a.subject == b.subject)
        .filter(|cells| cells.iter().any(|cell| cell.rater == rater))
        .map(<[Cell]>::to_vec)
        .collect();
    let without = |left_out: Option<usize>| {
        let kept = own.iter().enumerate().filter(|(place, _)| Some(*place) != left_out);
        let cells: Vec<Cell> = kept.flat_map(|(_, cells)| cells.iter().copied()).collect();
        of_cells(levels, &cells, rater).ok()
    };
    let Some(whole) = without(None) else { return StyleLimits::default() };
    let Some(left_out) = (0..own.len()).map(|place| without(Some(place))).collect::<Option<Vec<Style>>>() else {
        return StyleLimits::default();
    };
    let of = |figure: fn(&Style) -> Option<f64>, there: fn(f64) -> f64, back: fn(f64) -> f64| {
        let value = there(figure(&whole)?);
        let values = left_out.iter().map(|style| figure(style).map(there)).collect::<Option<Vec<f64>>>()?;
        let (low, high) = around(value, &values)?;
        Some(Limits { low: back(low), high: back(high) })
    };
    StyleLimits {
        spread_ratio: of(|style| style.spread_ratio.filter(|ratio| *ratio > 0.0), f64::ln, f64::exp),
        mid_share_excess: of(|style| style.mid_share_excess, |share| share, |share| share.clamp(-1.0, 1.0)),
        halo_r_within: of(|style| style.halo_r_within, fisher, f64::tanh),
        halo_r_others: of(|style| style.halo_r_others, fisher, f64::tanh),
    }
}

/// Finite for correlations of 1 too.
fn fisher(correlation: f64) -> f64 {
    correlation.clamp(-0.999_999, 0.999_999).atanh()
}

fn around(value: f64, left_out: &[f64]) -> Option<(f64, f64)> {
    if left_out.len() < 3 {
        return None;
    }
    let (k, middle) = (left_out.len() as f64, mean(left_out)?);
    let squares: f64 = left_out.iter().map(|one| (one - middle).powi(2)).sum();
    interval95(value, ((k - 1.0) / k * squares).sqrt(), k - 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{any_rows, given, ratings};
    use super::super::style::rater_style;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_interval_of_the_middle_is_that_of_a_mean() {
        // One area and one colleague who is never in the middle: the excess is the share of own 3s, 1 1 0 0, whose
        // jackknife is the usual standard error of a mean: sd / sqrt(4) = 0.288675, t(3) = 3.182446.
        let rows = given(&[
            ("s1", "r", "A", 3),
            ("s1", "q", "A", 1),
            ("s2", "r", "A", 3),
            ("s2", "q", "A", 5),
            ("s3", "r", "A", 1),
            ("s3", "q", "A", 2),
            ("s4", "r", "A", 5),
            ("s4", "q", "A", 4),
            // Of another's candidates nothing is left out.
            ("s5", "q", "A", 4),
        ]);
        let data = ratings(&rows);
        let found = limits(&data, &Scope::Areas, "r").mid_share_excess.unwrap();
        assert!((found.low - (0.5 - 0.918_692_5)).abs() < 1e-6 && (found.high - 1.0).abs() < 1e-12, "{found:?}");
        assert_eq!(limits(&data, &Scope::Areas, "nobody"), StyleLimits::default());
    }

    #[test]
    fn two_candidates_have_no_interval() {
        let rows = given(&[("s1", "r", "A", 3), ("s1", "q", "A", 1), ("s2", "r", "A", 4), ("s2", "q", "A", 5)]);
        assert_eq!(limits(&ratings(&rows), &Scope::Areas, "r"), StyleLimits::default());
    }

    proptest! {
        #[test]
        fn a_figure_lies_within_its_limits(rows in any_rows()) {
            let data = ratings(&rows);
            for rater in data.raters() {
                let Ok(style) = rater_style(&data, &Scope::Areas, rater) else { continue };
                let found = limits(&data, &Scope::Areas, rater);
                let pairs = [
                    (style.spread_ratio, found.spread_ratio),
                    (style.mid_share_excess, found.mid_share_excess),
                    (style.halo_r_within, found.halo_r_within),
                    (style.halo_r_others, found.halo_r_others),
                ];
                for (value, limits) in pairs {
                    let Some(limits) = limits else { continue };
                    let value = value.unwrap();
                    prop_assert!(limits.low.is_finite() && limits.high.is_finite());
                    prop_assert!(limits.low <= value + 1e-5 && value <= limits.high + 1e-5, "{value} in {limits:?}");
                }
            }
        }
    }
}

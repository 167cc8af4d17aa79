//! When a number may be shown: one gate for each block of a page.
//!
//! The limits come from simulations with small teams; below them estimates are mostly noise, and the wrong person is
//! blamed. Each function takes the numbers that its block depends on and nothing else.

use serde::Serialize;

/// How far a block may speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Too little data: no number at all.
    Hidden,
    /// An early signal: a number with its interval, in grey and without a word that judges it.
    Indicative,
    Reportable,
}

impl Tier {
    pub fn name(self) -> &'static str {
        match self {
            Tier::Hidden => "hidden",
            Tier::Indicative => "indicative",
            Tier::Reportable => "reportable",
        }
    }
}

/// Hidden below `indicative`, reportable from `reportable` on.
fn by_count(count: usize, indicative: usize, reportable: usize) -> Tier {
    match count {
        _ if count >= reportable => Tier::Reportable,
        _ if count >= indicative => Tier::Indicative,
        _ => Tier::Hidden,
    }
}

/// Candidates with two raters or more, the raters of those candidates, and the width of the interval of pooled alpha.
pub fn team_reliability(shared_candidates: usize, overlapping_raters: usize, width: Option<f64>) -> Tier {
    match width {
        Some(width) if overlapping_raters >= 2 && width.is_finite() => {
            let most = if width <= 0.5 { Tier::Reportable } else { Tier::Indicative };
            by_count(shared_candidates, 5, 20).min(most)
        }
        _ => Tier::Hidden,
    }
}

/// Variance shares and the curve of reliability by number of raters, of which a range is always shown.
pub fn variance_shares(shared_candidates: usize, raters: usize) -> Tier {
    if raters < 3 { Tier::Hidden } else { by_count(shared_candidates, 10, 20) }
}

/// One rater's severity: candidates shared with others, whether the rater is in the largest connected group, with how
/// many others candidates are shared, and the standard error in points of the scale.
pub fn severity(shared_candidates: usize, in_largest_group: bool, co_raters: usize, se: Option<f64>) -> Tier {
    if !in_largest_group || co_raters < 2 {
        return Tier::Hidden;
    }
    let precise = se.is_some_and(|se| se <= 0.25);
    by_count(shared_candidates, 5, 10).min(if precise { Tier::Reportable } else { Tier::Indicative })
}

/// Spread and halo of one rater.
pub fn style(candidates: usize) -> Tier {
    by_count(candidates, 10, 20)
}

/// Drift of one rater, by the scorecards before it that are the baseline.
pub fn drift(earlier_scorecards: usize) -> Tier {
    by_count(earlier_scorecards, 10, 20)
}

/// Kappa of two raters.
pub fn pairwise_kappa(shared_candidates: usize) -> Tier {
    by_count(shared_candidates, 10, 20)
}

/// A many-facet Rasch model, by the ratings of the rater who has fewest.
pub fn many_facet(ratings_per_rater: usize, connected: bool, converged: bool) -> Tier {
    if connected && converged { by_count(ratings_per_rater, 30, 50) } else { Tier::Hidden }
}

/// A candidate's score adjusted for its raters. `shrinkage` is the weight of what was observed, undefined where the
/// components are.
pub fn adjusted_score(connected: bool, shrinkage: Option<f64>, raters: usize) -> Tier {
    if connected && shrinkage.is_some_and(f64::is_finite) { by_count(raters, 1, 2) } else { Tier::Hidden }
}

#[cfg(test)]
mod tests {
    use super::Tier::{Hidden, Indicative, Reportable};
    use super::*;

    #[test]
    fn team_reliability_needs_candidates_raters_and_a_narrow_interval() {
        let cases = [
            (20, 2, Some(0.5), Reportable),
            (20, 2, Some(0.51), Indicative),
            (19, 2, Some(0.1), Indicative),
            (5, 2, Some(0.1), Indicative),
            (4, 2, Some(0.1), Hidden),
            (20, 1, Some(0.1), Hidden),
            (20, 2, None, Hidden),
            (20, 2, Some(f64::NAN), Hidden),
        ];
        for (candidates, raters, width, tier) in cases {
            assert_eq!(team_reliability(candidates, raters, width), tier, "{candidates} {raters} {width:?}");
        }
    }

    #[test]
    fn each_gate_opens_at_its_counts() {
        type Gate = (&'static str, fn(usize) -> Tier, usize, usize);
        let gates: [Gate; 7] = [
            ("shares", |n| variance_shares(n, 3), 10, 20),
            ("severity", |n| severity(n, true, 2, Some(0.25)), 5, 10),
            ("style", style, 10, 20),
            ("drift", drift, 10, 20),
            ("kappa", pairwise_kappa, 10, 20),
            ("many facets", |n| many_facet(n, true, true), 30, 50),
            ("adjusted", |n| adjusted_score(true, Some(0.5), n), 1, 2),
        ];
        for (name, gate, indicative, reportable) in gates {
            let tiers = [gate(indicative - 1), gate(indicative), gate(reportable - 1), gate(reportable)];
            assert_eq!(tiers, [Hidden, Indicative, Indicative, Reportable], "{name}");
        }
    }

    #[test]
    fn what_is_missing_closes_the_gate() {
        let closed = [
            variance_shares(50, 2),
            severity(50, false, 5, Some(0.1)),
            severity(50, true, 1, Some(0.1)),
            many_facet(90, false, true),
            many_facet(90, true, false),
            adjusted_score(false, Some(0.5), 3),
            adjusted_score(true, None, 3),
        ];
        assert_eq!(closed, [Hidden; 7]);
        assert_eq!(severity(50, true, 2, Some(0.26)), Indicative);
        assert_eq!(severity(50, true, 2, None), Indicative);
    }
}

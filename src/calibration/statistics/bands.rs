//! One neutral word for a coefficient, judged by the lower limit of its interval and never by the point.
//!
//! Benchmarks are conventions; a page says so beside the word, with the number and the interval.

use serde::Serialize;

use super::gates::Tier;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    NotEnoughEvidence,
    Low,
    Workable,
    High,
}

impl Band {
    pub fn words(self) -> &'static str {
        match self {
            Band::NotEnoughEvidence => "not enough evidence",
            Band::Low => "low",
            Band::Workable => "workable",
            Band::High => "high",
        }
    }
}

/// What is judged: each kind of coefficient has cut points of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// Krippendorff's alpha. Below .667 do not rely on it, from .667 tentative conclusions, from .800 rely
    /// (Krippendorff).
    Alpha,
    /// Intraclass correlations, G and Phi. Koo & Li (2016): below .50 poor, to .75 moderate, to .90 good, above
    /// excellent. Three words: poor is low, moderate is workable, good and excellent are high: the two differ in what
    /// may be decided about one person alone, and no page decides that.
    Reliability,
    /// Kappa, AC and their kin. Fleiss: below .40 poor, to .75 intermediate to good, above excellent.
    Kappa,
}

impl Judged {
    /// From which lower limit on a coefficient is workable, and from which high.
    pub fn cuts(self) -> (f64, f64) {
        match self {
            Judged::Alpha => (0.667, 0.800),
            Judged::Reliability => (0.50, 0.75),
            Judged::Kappa => (0.40, 0.75),
        }
    }
}

/// The word for a coefficient with this lower limit. Only what is reportable is judged.
pub fn band(judged: Judged, lower: Option<f64>, tier: Tier) -> Band {
    let (workable, high) = judged.cuts();
    match lower {
        Some(lower) if tier == Tier::Reportable && lower.is_finite() => match lower {
            _ if lower >= high => Band::High,
            _ if lower >= workable => Band::Workable,
            _ => Band::Low,
        },
        _ => Band::NotEnoughEvidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_change_at_the_cut_points() {
        let words = |judged, limits: [f64; 4]| limits.map(|limit| band(judged, Some(limit), Tier::Reportable));
        let all = [Band::Low, Band::Workable, Band::Workable, Band::High];
        assert_eq!(words(Judged::Alpha, [0.666, 0.667, 0.799, 0.8]), all);
        assert_eq!(words(Judged::Reliability, [0.499, 0.5, 0.749, 0.75]), all);
        assert_eq!(words(Judged::Kappa, [-0.2, 0.4, 0.749, 0.75]), all);
    }

    #[test]
    fn nothing_is_judged_that_is_not_reportable() {
        for tier in [Tier::Hidden, Tier::Indicative] {
            assert_eq!(band(Judged::Alpha, Some(0.99), tier), Band::NotEnoughEvidence);
        }
        for lower in [None, Some(f64::NAN)] {
            assert_eq!(band(Judged::Alpha, lower, Tier::Reportable), Band::NotEnoughEvidence);
        }
    }
}

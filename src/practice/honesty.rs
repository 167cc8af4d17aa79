//! How honest percentages are, and how far own scores lie from others'. Pure.

use super::model::{BrierVerdict, Estimate, Honesty, HonestyBand, HonestyFound, HonestyVerdict, LEAST, LEAST_SAID};
use super::statistics::ROUNDING;
use crate::calibration::statistics::moments::{interval95, mean, sd};

/// How wide a band of percentages is.
const BAND: i32 = 20;
/// The last band holds 100 too.
const LAST_BAND: i32 = 4;
/// Nobody says a percentage to the point: below a twentieth it is no spread.
const SPREAD: f64 = 0.05;

/// Answers of which the same was said, with the same outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Said {
    /// 0 to 100.
    pub percent: i32,
    pub answers: i64,
    pub passed: bool,
}

impl Said {
    /// What was said, 0 to 1.
    fn share(&self) -> f64 {
        f64::from(self.percent) / 100.0
    }

    fn outcome(&self) -> f64 {
        f64::from(u8::from(self.passed))
    }

    /// How far what was said lies from what came out.
    fn squared(&self) -> f64 {
        (self.share() - self.outcome()).powi(2)
    }

    fn band(&self) -> i32 {
        (self.percent / BAND).min(LAST_BAND)
    }
}

pub fn honesty(said: &[Said]) -> Honesty {
    let answers: i64 = said.iter().map(|said| said.answers).sum();
    let passed: i64 = said.iter().filter(|said| said.passed).map(|said| said.answers).sum();
    Honesty { answers, passed, found: if answers < LEAST_SAID { None } else { found(said, answers as f64, passed as f64) } }
}

fn found(said: &[Said], answers: f64, passed: f64) -> Option<HonestyFound> {
    let over = |of: fn(&Said) -> f64| said.iter().map(|said| of(said) * said.answers as f64).sum::<f64>();
    let (mean, share) = (over(Said::share) / answers, passed / answers);
    let squares = over(Said::squared);
    let brier = squares / answers;
    let gap = mean - share;
    // The spread of single gaps follows from their mean square, which is the Brier score.
    let spread = ((brier - gap * gap).max(0.0) * answers / (answers - 1.0)).sqrt().max(SPREAD);
    let (low, high) = interval95(gap, spread / answers.sqrt(), answers - 1.0)?;
    let verdict = match (low > 0.0, high < 0.0) {
        (true, _) => HonestyVerdict::TooSure,
        (_, true) => HonestyVerdict::TooCautious,
        _ => HonestyVerdict::NoDifference,
    };
    let difference = difference(said, answers, (squares, passed))?;
    Some(HonestyFound {
        said: mean * 100.0,
        passed: share * 100.0,
        gap: Estimate { value: gap * 100.0, low: (low * 100.0).max(-100.0), high: (high * 100.0).min(100.0) },
        brier,
        baseline: share * (1.0 - share),
        brier_difference: difference,
        brier_verdict: match (difference.high < 0.0, difference.low > 0.0) {
            (true, _) => BrierVerdict::SaysMore,
            (_, true) => BrierVerdict::SaysLess,
            _ => BrierVerdict::NoDifference,
        },
        verdict,
        bands: (0..=LAST_BAND).filter_map(|band| of_band(said, band)).collect(),
    })
}

/// The Brier score less its baseline, over the same answers. The interval leaves out one answer at a time, as both depend
/// on all of them: se² = (n-1)/n · sum of (difference without answer i - their mean)² (Tukey 1958), limits ± t(n-1) se.
fn difference(said: &[Said], n: f64, (squares, passed): (f64, f64)) -> Option<Estimate> {
    let of = |squares: f64, passed: f64, n: f64| squares / n - passed / n * (1.0 - passed / n);
    let without = |said: &Said| of(squares - said.squared(), passed - said.outcome(), n - 1.0);
    let left_out: Vec<(f64, f64)> = said.iter().map(|said| (without(said), said.answers as f64)).collect();
    let middle = left_out.iter().map(|(one, times)| one * times).sum::<f64>() / n;
    let sum: f64 = left_out.iter().map(|(one, times)| (one - middle).powi(2) * times).sum();
    let se = ((n - 1.0) / n * sum).sqrt().max(SPREAD / n.sqrt());
    let value = of(squares, passed, n);
    let (low, high) = interval95(value, se, n - 1.0)?;
    Some(Estimate { value, low: low.max(-1.0), high: high.min(1.0) })
}

fn of_band(said: &[Said], band: i32) -> Option<HonestyBand> {
    let count = |passed: Option<bool>| -> i64 {
        said.iter().filter(|said| said.band() == band && passed.is_none_or(|is| said.passed == is)).map(|said| said.answers).sum()
    };
    let from = u8::try_from(band * BAND).ok()?;
    let to = if band == LAST_BAND { 100 } else { from + BAND as u8 - 1 };
    Some(HonestyBand { from, to, answers: count(None), passed: count(Some(true)) }).filter(|band| band.answers > 0)
}

/// The mean of scores, 1 to 5, with its 95 % t interval; from three on.
pub fn score(scores: &[f64]) -> Option<Estimate> {
    around(scores, (1.0, 5.0))
}

/// The mean of gaps, one for each interview, with its 95 % t interval; from three on.
pub fn gap(gaps: &[f64]) -> Option<Estimate> {
    around(gaps, (-4.0, 4.0))
}

fn around(values: &[f64], (least, most): (f64, f64)) -> Option<Estimate> {
    if (values.len() as i64) < LEAST {
        return None;
    }
    let (value, n) = (mean(values)?, values.len() as f64);
    let (low, high) = interval95(value, sd(values)?.max(ROUNDING) / n.sqrt(), n - 1.0)?;
    Some(Estimate { value, low: low.max(least), high: high.min(most) })
}

/// Why there is no number yet of so many; none where there are enough.
pub fn too_few(there: i64, things: &str) -> Option<String> {
    let left = LEAST - there;
    (left > 0).then(|| {
        let ahead = if left == 1 { "one more".to_owned() } else { format!("{left} more") };
        format!("{there} of {LEAST} {things}; {ahead} before anything can be said.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the database sums them up.
    fn sums(answers: &[(u8, bool)]) -> Vec<Said> {
        let one = |(percent, passed): &(u8, bool)| Said { percent: i32::from(*percent), answers: 1, passed: *passed };
        answers.iter().map(one).collect()
    }

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-9
    }

    #[test]
    fn nothing_is_said_before_ten_answers() {
        let nine = honesty(&sums(&[(90, true); 9]));
        assert_eq!((nine.answers, nine.passed, nine.found), (9, 9, None));
        assert!(honesty(&sums(&[(90, true); 10])).found.is_some());
    }

    #[test]
    fn a_hand_computed_score() {
        // Five times 80 of which two passed, five times 40 of which two passed.
        let answers: Vec<_> = [80, 40].iter().flat_map(|said| (0..5).map(move |n| (*said, n < 2))).collect();
        let found = honesty(&sums(&answers)).found.unwrap();
        // (2 · 0.04 + 3 · 0.64 + 2 · 0.36 + 3 · 0.16) / 10; 0.4 · 0.6.
        assert!(near(found.brier, 0.32) && near(found.baseline, 0.24), "{found:?}");
        assert!(near(found.said, 60.0) && near(found.passed, 40.0) && near(found.gap.value, 20.0), "{found:?}");
        // Mean square of the gaps .32, less .04, with n-1; t of nine degrees of freedom is 2.262157.
        let half = 2.2621571627409915 * (0.28_f64 * 10.0 / 9.0).sqrt() / 10f64.sqrt() * 100.0;
        assert!((found.gap.high - 20.0 - half).abs() < 1e-6, "{found:?}");
        assert_eq!(found.verdict, HonestyVerdict::NoDifference, "twenty points of ten answers may be chance");
        let bands: Vec<_> = found.bands.iter().map(|band| (band.from, band.to, band.answers, band.passed)).collect();
        assert_eq!(bands, [(40, 59, 5, 2), (80, 100, 5, 2)]);
    }

    #[test]
    fn who_is_always_sure_and_seldom_right_is_too_sure_and_the_other_way_round() {
        let sure: Vec<_> = (0..20).map(|n| (95, n < 6)).collect();
        let found = honesty(&sums(&sure)).found.unwrap();
        assert_eq!(found.verdict, HonestyVerdict::TooSure);
        assert!(found.brier > found.baseline);
        let shy: Vec<_> = (0..20).map(|n| (20, n < 14)).collect();
        assert_eq!(honesty(&sums(&shy)).found.unwrap().verdict, HonestyVerdict::TooCautious);
        let perfect: Vec<_> = (0..20).map(|n| (if n < 10 { 100 } else { 0 }, n < 10)).collect();
        let found = honesty(&sums(&perfect)).found.unwrap();
        assert_eq!((found.brier, found.baseline, found.verdict), (0.0, 0.25, HonestyVerdict::NoDifference));
    }

    #[test]
    fn a_lower_brier_score_is_called_so_only_beyond_chance() {
        // Thirty answers: 24 at 80 % of which 19 passed, six at 50 % of which three did.
        let answers: Vec<_> = (0..24).map(|n| (80, n < 19)).chain((0..6).map(|n| (50, n < 3))).collect();
        let found = honesty(&sums(&answers)).found.unwrap();
        assert!(found.brier < found.baseline, "{found:?}");
        assert_eq!(found.brier_verdict, BrierVerdict::NoDifference, "{found:?}");
        let difference = found.brier_difference;
        assert!(near(difference.value, found.brier - found.baseline) && difference.low < 0.0 && difference.high > 0.0, "{found:?}");
        // Of the same answers grouped as the database does, the same.
        let group = |percent, passed, answers| Said { percent, passed, answers };
        let grouped = honesty(&[group(80, true, 19), group(80, false, 5), group(50, true, 3), group(50, false, 3)]).found.unwrap();
        assert!(near(grouped.brier_difference.low, difference.low) && near(grouped.brier_difference.high, difference.high));
        let right: Vec<_> = (0..20).map(|n| (if n < 10 { 90 } else { 10 }, n < 10)).collect();
        assert_eq!(honesty(&sums(&right)).found.unwrap().brier_verdict, BrierVerdict::SaysMore);
        let wrong: Vec<_> = (0..20).map(|n| (if n < 10 { 90 } else { 10 }, n >= 10)).collect();
        assert_eq!(honesty(&sums(&wrong)).found.unwrap().brier_verdict, BrierVerdict::SaysLess);
    }

    #[test]
    fn what_is_missing_is_counted() {
        assert_eq!(too_few(1, "attempts"), Some("1 of 3 attempts; 2 more before anything can be said.".into()));
        assert_eq!(too_few(2, "interviews"), Some("2 of 3 interviews; one more before anything can be said.".into()));
        assert_eq!(too_few(3, "attempts"), None);
    }

    #[test]
    fn a_gap_is_signed_and_needs_three_interviews() {
        assert_eq!(gap(&[1.0, 1.0]), None);
        let found = gap(&[1.5, 0.5, 1.0]).unwrap();
        // sd .5; t of two degrees of freedom is 4.302653.
        assert!(near(found.value, 1.0) && (found.high - 1.0 - 4.302652729749464 * 0.5 / 3f64.sqrt()).abs() < 1e-7, "{found:?}");
        assert!(gap(&[-1.0, -1.0, -1.0]).unwrap().high > -1.0, "equal gaps are not certain");
    }
}

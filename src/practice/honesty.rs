//! How honest percentages are, and how far own scores lie from others'. Pure.

use super::model::{Estimate, Honesty, HonestyBand, HonestyFound, HonestyVerdict, LEAST, LEAST_SAID};
use super::statistics::ROUNDING;
use crate::calibration::statistics::moments::{interval95, mean, sd};

/// How wide a band of percentages is.
pub const BAND: i32 = 20;
/// The last band holds 100 too.
pub const LAST_BAND: i32 = 4;

/// Answers of one band with the same outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Said {
    pub band: i32,
    pub answers: i64,
    pub passed: bool,
    /// Sums of what was said, 0 to 1, and of its squares.
    pub sum: f64,
    pub squares: f64,
}

pub fn honesty(said: &[Said]) -> Honesty {
    let answers: i64 = said.iter().map(|said| said.answers).sum();
    let passed: i64 = said.iter().filter(|said| said.passed).map(|said| said.answers).sum();
    Honesty { answers, passed, found: if answers < LEAST_SAID { None } else { found(said, answers as f64, passed as f64) } }
}

fn found(said: &[Said], answers: f64, passed: f64) -> Option<HonestyFound> {
    let mean = said.iter().map(|said| said.sum).sum::<f64>() / answers;
    let share = passed / answers;
    // Of those that passed each distance is 1 less what was said.
    let distance = |said: &Said| if said.passed { said.squares - 2.0 * said.sum + said.answers as f64 } else { said.squares };
    let brier = said.iter().map(distance).sum::<f64>() / answers;
    let gap = mean - share;
    // The spread of single gaps follows from their mean square, which is the Brier score. Nobody says a percentage to
    // the point: below a twentieth it is no spread.
    let spread = ((brier - gap * gap).max(0.0) * answers / (answers - 1.0)).sqrt().max(0.05);
    let (low, high) = interval95(gap, spread / answers.sqrt(), answers - 1.0)?;
    let verdict = match (low > 0.0, high < 0.0) {
        (true, _) => HonestyVerdict::TooSure,
        (_, true) => HonestyVerdict::TooCautious,
        _ => HonestyVerdict::NoDifference,
    };
    Some(HonestyFound {
        said: mean * 100.0,
        passed: share * 100.0,
        gap: Estimate { value: gap * 100.0, low: (low * 100.0).max(-100.0), high: (high * 100.0).min(100.0) },
        brier,
        baseline: share * (1.0 - share),
        verdict,
        bands: (0..=LAST_BAND).filter_map(|band| of_band(said, band)).collect(),
    })
}

fn of_band(said: &[Said], band: i32) -> Option<HonestyBand> {
    let count = |passed: Option<bool>| -> i64 {
        said.iter().filter(|said| said.band == band && passed.is_none_or(|is| said.passed == is)).map(|said| said.answers).sum()
    };
    let from = u8::try_from(band * BAND).ok()?;
    let to = if band == LAST_BAND { 100 } else { from + BAND as u8 - 1 };
    Some(HonestyBand { from, to, answers: count(None), passed: count(Some(true)) }).filter(|band| band.answers > 0)
}

/// The mean of gaps, one for each interview, with its 95 % t interval; from three on.
pub fn gap(gaps: &[f64]) -> Option<Estimate> {
    if (gaps.len() as i64) < LEAST {
        return None;
    }
    let (value, n) = (mean(gaps)?, gaps.len() as f64);
    let (low, high) = interval95(value, sd(gaps)?.max(ROUNDING) / n.sqrt(), n - 1.0)?;
    Some(Estimate { value, low: low.max(-4.0), high: high.min(4.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the database sums them up.
    fn sums(answers: &[(u8, bool)]) -> Vec<Said> {
        let one = |(percent, passed): &(u8, bool)| {
            let said = f64::from(*percent) / 100.0;
            Said { band: (i32::from(*percent) / BAND).min(LAST_BAND), answers: 1, passed: *passed, sum: said, squares: said * said }
        };
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
    fn a_gap_is_signed_and_needs_three_interviews() {
        assert_eq!(gap(&[1.0, 1.0]), None);
        let found = gap(&[1.5, 0.5, 1.0]).unwrap();
        // sd .5; t of two degrees of freedom is 4.302653.
        assert!(near(found.value, 1.0) && (found.high - 1.0 - 4.302652729749464 * 0.5 / 3f64.sqrt()).abs() < 1e-7, "{found:?}");
        assert!(gap(&[-1.0, -1.0, -1.0]).unwrap().high > -1.0, "equal gaps are not certain");
    }
}

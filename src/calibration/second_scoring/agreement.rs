//! How near the second scoring is to the first, over many interviews. Pure; the mathematics is `statistics`.

use super::model::SecondAgreement;
use crate::calibration::statistics::moments::{interval95, mean, sd};

/// From so many interviews on something is said,
pub const LEAST_INTERVIEWS: usize = 10;
/// and from so many second scorers on, else it would be said of somebody.
pub const LEAST_PEOPLE: usize = 3;

/// The mean of one area over the first panel's cards; none where nobody scored it.
pub fn panel_means(cards: &[[Option<u8>; 5]]) -> [Option<f64>; 5] {
    [0, 1, 2, 3, 4].map(|area: usize| {
        let values: Vec<f64> = cards.iter().filter_map(|card| card.get(area).copied().flatten()).map(f64::from).collect();
        mean(&values)
    })
}

/// The second score minus the panel's mean, for each area that both scored.
pub fn differences(second: &[Option<u8>; 5], first: &[Option<f64>; 5]) -> Vec<f64> {
    second.iter().zip(first).filter_map(|(second, first)| Some(f64::from((*second)?) - (*first)?)).collect()
}

/// Over the differences of each interview. Areas of one interview are no independent facts, so that the interval
/// counts interviews (Student's t over their mean differences); the share within one counts scores.
pub fn agreement(interviews: &[Vec<f64>]) -> Option<SecondAgreement> {
    let means: Vec<f64> = interviews.iter().filter_map(|differences| mean(differences)).collect();
    if means.len() < LEAST_INTERVIEWS {
        return None;
    }
    let (middle, count) = (mean(&means)?, means.len() as f64);
    let (low, high) = interval95(middle, sd(&means)? / count.sqrt(), count - 1.0)?;
    let all: Vec<f64> = interviews.iter().flatten().copied().collect();
    let near = all.iter().filter(|difference| difference.abs() <= 1.0 + 1e-9).count();
    Some(SecondAgreement {
        interviews: means.len(),
        scores: all.len(),
        mean_difference: middle,
        low,
        high,
        within_one: near as f64 / all.len() as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_takes_numbers_alone() {
        let cards = [[Some(3), None, Some(1), None, Some(5)], [Some(4), None, None, None, Some(5)]];
        let first = panel_means(&cards);
        assert_eq!(first, [Some(3.5), None, Some(1.0), None, Some(5.0)]);
        assert_eq!(differences(&[Some(4), Some(2), None, None, Some(3)], &first), [0.5, -2.0]);
    }

    #[test]
    fn fewer_than_ten_interviews_say_nothing() {
        let one = || vec![1.0, 0.0];
        assert_eq!(agreement(&vec![one(); 9]), None);
        assert_eq!(agreement(&[vec![one(); 9], vec![Vec::new()]].concat()), None, "an interview without a pair is none");
        assert!(agreement(&vec![one(); 10]).is_some());
    }

    #[test]
    fn the_interval_is_students_over_interviews() {
        let interviews: Vec<Vec<f64>> = (0..10).map(|place| if place < 5 { vec![1.0, 1.0] } else { vec![0.0, -2.0] }).collect();
        let found = agreement(&interviews).unwrap();
        assert_eq!((found.interviews, found.scores, found.mean_difference, found.within_one), (10, 20, 0.0, 0.75));
        // s = sqrt(10/9), t of 9 degrees of freedom at 97.5 %: 2.262157.
        let half = 2.2621571628 * (10.0_f64 / 9.0).sqrt() / 10.0_f64.sqrt();
        assert!((found.high - half).abs() < 1e-8 && (found.low + half).abs() < 1e-8);
    }
}

//! The candidate's own score beside the interviewers'. For the candidate and for coaching: a candidate is never
//! a rater.

use super::answer::Answer;
use super::moments::{correlation, interval95, mean, sd};
use super::ratings::{Mark, Ratings};
use super::reason::Reason;
use super::scope::{Observation, Scope, observations};

#[derive(Debug, Clone, PartialEq)]
pub struct SelfGap {
    /// Mean over units of SELF less the mean of the interviewers; positive = candidates see themselves higher.
    pub value: f64,
    /// 95 % t interval over units. None in the scope of all areas, where units of one candidate go together.
    pub interval: Option<(f64, f64)>,
    /// Units that both scored.
    pub n: usize,
    pub pearson: Option<f64>,
}

pub fn self_gap(ratings: &Ratings, scope: &Scope) -> Result<SelfGap, Reason> {
    let own = own_scores(ratings, scope);
    let seen = observations(ratings, scope);
    if own.is_empty() || seen.is_empty() {
        return Err(Reason::NoRatings);
    }
    // Units are met again by subject and area; within a scope of one area or of means by subject alone.
    let keys = keys(ratings, scope, &seen);
    let mut pairs = Vec::new();
    for (unit, observations) in seen.chunk_by(|a, b| a.unit == b.unit).enumerate() {
        let values: Vec<f64> = observations.iter().map(|observation| observation.value).collect();
        let found = keys.get(unit).and_then(|key| own.binary_search_by_key(key, |(key, _)| *key).ok()).and_then(|at| own.get(at));
        if let (Some((_, own)), Some(others)) = (found, mean(&values)) {
            pairs.push((*own, others));
        }
    }
    let gaps: Vec<f64> = pairs.iter().map(|(own, others)| own - others).collect();
    let value = mean(&gaps).ok_or(Reason::NoOverlap)?;
    let n = gaps.len();
    let se = sd(&gaps).map(|sd| sd / (n as f64).sqrt());
    let clustered = matches!(scope, Scope::Areas);
    let interval = se.filter(|_| !clustered).and_then(|se| interval95(value, se, n as f64 - 1.0));
    Ok(SelfGap { value, interval, n, pearson: correlation(&pairs) })
}

type Key = (u32, u16);

/// The candidates' own values by unit, in order.
fn own_scores(ratings: &Ratings, scope: &Scope) -> Vec<(Key, f64)> {
    let levels = ratings.scale().levels();
    let value = |mark: &Mark| levels.get(usize::from(mark.level)).copied().unwrap_or(0.0);
    let own = ratings.own();
    match scope {
        Scope::Areas => own.iter().map(|mark| ((mark.subject, mark.area), value(mark))).collect(),
        Scope::Area(id) => {
            let area = ratings.area(id);
            own.iter().filter(|mark| Some(mark.area) == area).map(|mark| ((mark.subject, 0), value(mark))).collect()
        }
        Scope::Mean => own
            .chunk_by(|a, b| a.subject == b.subject)
            .filter_map(|marks| {
                let values: Vec<f64> = marks.iter().map(value).collect();
                Some(((marks.first()?.subject, 0), mean(&values)?))
            })
            .collect(),
    }
}

/// The key of each unit of the scope.
fn keys(ratings: &Ratings, scope: &Scope, seen: &[Observation]) -> Vec<Key> {
    match scope {
        Scope::Areas => ratings
            .cells()
            .chunk_by(|a, b| (a.subject, a.area) == (b.subject, b.area))
            .filter_map(|unit| unit.first())
            .map(|cell| (cell.subject, cell.area))
            .collect(),
        Scope::Area(_) | Scope::Mean => {
            seen.chunk_by(|a, b| a.unit == b.unit).filter_map(|unit| unit.first()).map(|observation| (observation.subject, 0)).collect()
        }
    }
}

pub fn answer(ratings: &Ratings, scope: &Scope) -> Answer {
    match self_gap(ratings, scope) {
        Err(reason) => Answer::none(reason),
        Ok(gap) => Answer::value(gap.value)
            .with("ci_low", gap.interval.map(|interval| interval.0))
            .with("ci_high", gap.interval.map(|interval| interval.1))
            .with("n", gap.n)
            .with("pearson", gap.pearson),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{any_rows, given, ratings, renamed};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_hand_computed_gap() {
        let rows = given(&[
            ("s1", "SELF", "A", 5),
            ("s1", "r", "A", 3),
            ("s1", "q", "A", 4),
            ("s1", "r", "B", 1),
            ("s2", "SELF", "A", 3),
            ("s2", "SELF", "B", 4),
            ("s2", "r", "A", 3),
            ("s3", "SELF", "A", 1),
            ("s4", "r", "A", 2),
        ]);
        let data = ratings(&rows);
        // Gaps 1.5 and 0.
        let area = self_gap(&data, &Scope::Area("A".into())).unwrap();
        assert_eq!((area.value, area.n), (0.75, 2));
        let (low, high) = area.interval.unwrap();
        // t of one degree of freedom is 12.7062; se is .75.
        assert!((high - 0.75 - 12.706204736174694 * 0.75).abs() < 1e-7 && (low + high - 1.5).abs() < 1e-9);
        // Means over areas: s1 5 less (2 + 4) / 2, s2 3.5 less 3.
        assert_eq!(self_gap(&data, &Scope::Mean).unwrap().value, 1.25);
        let all = self_gap(&data, &Scope::Areas).unwrap();
        assert_eq!((all.value, all.n, all.interval), (0.75, 2, None));
        assert_eq!(self_gap(&data, &Scope::Area("B".into())), Err(Reason::NoOverlap));
        assert_eq!(self_gap(&data, &Scope::Area("C".into())), Err(Reason::NoRatings));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn finite_and_blind_to_names(rows in any_rows()) {
            let (data, other) = (ratings(&rows), ratings(&renamed(&rows)));
            for scope in [Scope::Areas, Scope::Mean, Scope::Area("A0".into())] {
                match (self_gap(&data, &scope), self_gap(&other, &scope)) {
                    (Ok(a), Ok(b)) => {
                        let numbers = |gap: &SelfGap| [gap.value, gap.interval.map_or(0.0, |i| i.0), gap.interval.map_or(0.0, |i| i.1), gap.pearson.unwrap_or(0.0)];
                        for (x, y) in numbers(&a).into_iter().zip(numbers(&b)) {
                            prop_assert!(x.is_finite() && (x - y).abs() < 1e-9);
                        }
                        prop_assert_eq!(a.n, b.n);
                    }
                    (a, b) => prop_assert_eq!(a.err(), b.err()),
                }
            }
        }
    }
}

//! When a question comes back: FSRS over one's own attempts at it. Pure.
//!
//! The method is FSRS-6 with the parameters its authors fitted to everybody (crate `fsrs`); none are fitted to a person,
//! for nobody here makes the thousands of reviews that would take.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use fsrs::{FSRS, MemoryState};

/// A question is to come back while this share of it would still be known.
const RETENTION: f32 = 0.9;

/// In days. Nothing is put off longer than most people prepare.
const LONGEST: u32 = 180;

/// So many days further on a full day gives way at most.
const FURTHER: u64 = 30;

/// How an attempt went, as FSRS asks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rating {
    Again,
    Hard,
    Good,
    Easy,
}

/// One scored attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// In the zone of its author.
    pub on: NaiveDate,
    pub rating: Rating,
}

/// What FSRS remembers of a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// Days until nine times in ten becomes less.
    pub stability: f32,
    /// 1 to 10.
    pub difficulty: f32,
    pub reviewed_on: NaiveDate,
    pub days: u32,
}

impl Rating {
    /// By one's own score, and one step lower where fewer than half of the points were in the answer.
    pub fn of(score: u8, heard: Option<(usize, usize)>) -> Self {
        let rating = match score {
            0 | 1 => Rating::Again,
            2 => Rating::Hard,
            3 | 4 => Rating::Good,
            _ => Rating::Easy,
        };
        let missed = heard.is_some_and(|(heard, points)| 2 * heard < points);
        match rating {
            Rating::Easy if missed => Rating::Good,
            Rating::Good if missed => Rating::Hard,
            Rating::Hard if missed => Rating::Again,
            rating => rating,
        }
    }
}

/// What is remembered after these, the oldest first; none without any.
pub fn replay(reviews: &[Review]) -> Option<Memory> {
    let fsrs = FSRS::default();
    let mut memory: Option<Memory> = None;
    for review in reviews {
        let state = memory.map(|memory| MemoryState { stability: memory.stability, difficulty: memory.difficulty });
        let elapsed = memory.map_or(0, |memory| (review.on - memory.reviewed_on).num_days().max(0) as u32);
        let next = fsrs.next_states(state, RETENTION, elapsed).ok()?;
        let next = match review.rating {
            Rating::Again => next.again,
            Rating::Hard => next.hard,
            Rating::Good => next.good,
            Rating::Easy => next.easy,
        };
        let days = (next.interval.round() as u32).clamp(1, LONGEST);
        memory = Some(Memory { stability: next.memory.stability, difficulty: next.memory.difficulty, reviewed_on: review.on, days });
    }
    memory
}

impl Memory {
    /// The days of which one is chosen, the best first: the exact one, then those round it, up to a tenth of the way.
    fn around(self) -> impl Iterator<Item = NaiveDate> {
        let (exact, wide) = (u64::from(self.days), u64::from(self.days / 10 + u32::from(self.days >= 5)));
        let round = (1..=wide).flat_map(move |by| [exact - by, exact + by]);
        std::iter::once(exact).chain(round).filter_map(move |days| self.reviewed_on.checked_add_days(Days::new(days)))
    }

    /// The day on which it comes back: the one of those that has the least already, and where all of these have their
    /// share, the next that has not. `load` says how many others come back on a day.
    pub fn due_on(self, load: &HashMap<NaiveDate, i64>, daily: u8) -> NaiveDate {
        let of = |day: &NaiveDate| load.get(day).copied().unwrap_or_default();
        let best = self.around().enumerate().min_by_key(|(place, day)| (of(day), *place)).map(|(_, day)| day);
        let best = best.unwrap_or(self.reviewed_on);
        let mut later = (0..=FURTHER).filter_map(|by| best.checked_add_days(Days::new(by)));
        later.find(|day| of(day) < i64::from(daily)).unwrap_or(best)
    }

    /// The first and the last day that [`Self::due_on`] may give.
    pub fn window(self) -> (NaiveDate, NaiveDate) {
        let last = u64::from(self.days + self.days / 10 + 1) + FURTHER;
        (self.reviewed_on, self.reviewed_on.checked_add_days(Days::new(last)).unwrap_or(self.reviewed_on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() + Days::new(n)
    }

    fn review(n: u64, rating: Rating) -> Review {
        Review { on: day(n), rating }
    }

    #[test]
    fn a_low_score_comes_back_sooner_and_each_good_one_later() {
        let once = |rating| replay(&[review(0, rating)]).unwrap().days;
        assert_eq!([once(Rating::Again), once(Rating::Hard), once(Rating::Good), once(Rating::Easy)], [1, 1, 2, 8]);
        let (mut at, mut days, mut reviews) = (0, 0, Vec::new());
        for _ in 0..4 {
            reviews.push(review(at, Rating::Good));
            let next = replay(&reviews).unwrap().days;
            assert!(next > days, "{next} after {days}");
            days = next;
            at += u64::from(next);
        }
        reviews.push(review(at, Rating::Again));
        assert!(replay(&reviews).unwrap().days < days, "what went badly comes back sooner");
        assert_eq!(replay(&[]), None);
    }

    #[test]
    fn points_that_were_missed_lower_what_a_score_says_and_ticks_never_raise_it() {
        assert_eq!(
            [1, 2, 3, 4, 5].map(|score| Rating::of(score, None)),
            [Rating::Again, Rating::Hard, Rating::Good, Rating::Good, Rating::Easy]
        );
        for score in 1..=5 {
            assert_eq!(Rating::of(score, Some((6, 6))), Rating::of(score, None));
            assert_eq!(Rating::of(score, Some((3, 6))), Rating::of(score, None));
            assert!(Rating::of(score, Some((2, 6))) < Rating::of(score, None) || score == 1);
        }
    }

    #[test]
    fn no_day_gets_more_than_its_share() {
        let mut load = HashMap::new();
        for _ in 0..40 {
            let due = replay(&[review(0, Rating::Good)]).unwrap().due_on(&load, 5);
            *load.entry(due).or_default() += 1;
        }
        assert_eq!(load.values().max(), Some(&5));
        assert_eq!(load.len(), 8, "{load:?}");
    }

    proptest! {
        #[test]
        fn a_due_day_lies_after_the_review_and_in_its_window(ratings in prop::collection::vec((0_u64..40, 1_u8..=5), 1..30), daily in 1_u8..=20) {
            let mut at = 0;
            let reviews: Vec<Review> = ratings.iter().map(|(gap, score)| { at += gap; review(at, Rating::of(*score, None)) }).collect();
            let memory = replay(&reviews).unwrap();
            let (from, to) = memory.window();
            let due = memory.due_on(&HashMap::new(), daily);
            prop_assert!(due > memory.reviewed_on && due >= from && due <= to);
            let full: HashMap<NaiveDate, i64> = from.iter_days().take_while(|day| *day <= to).map(|day| (day, 20)).collect();
            let pushed = memory.due_on(&full, daily);
            prop_assert!(pushed > memory.reviewed_on && pushed <= to);
        }
    }
}

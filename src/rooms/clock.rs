//! The room's clock: the server's, computed from what is stored, never counted down.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::question_sets::QuestionId;

/// A span in which the clock ran on one question, or on none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Stretch {
    pub question_id: Option<QuestionId>,
    pub began_at: DateTime<Utc>,
    /// Absent while it runs.
    pub ended_at: Option<DateTime<Utc>>,
}

/// What the clock says. Over the budget the rest is negative: it is shown, never cut off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClockView {
    pub server_now: DateTime<Utc>,
    /// When the clock last began to run; null while it stands.
    pub running_since: Option<DateTime<Utc>>,
    /// It has run and stands now, and will go on.
    pub paused: bool,
    pub used_seconds: i64,
    pub budget_seconds: i64,
    pub remaining_seconds: i64,
    /// When the budget will be used up, if the clock runs from now on.
    pub ends_at: DateTime<Utc>,
    /// The same as `server_now` while paused, so that a page can count from it.
    pub paused_at: Option<DateTime<Utc>>,
    pub question: Option<QuestionClock>,
}

/// Time on the current question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuestionClock {
    pub id: QuestionId,
    pub used_seconds: i64,
    pub budget_seconds: i64,
}

impl Stretch {
    /// How long it has lasted. A server's clock that was set back shortens a stretch to nothing, never below.
    fn length(&self, now: DateTime<Utc>) -> TimeDelta {
        (self.ended_at.unwrap_or(now) - self.began_at).max(TimeDelta::zero())
    }

    /// When to end it: not before it began, whatever the server's clock says by now.
    pub fn end(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now.max(self.began_at)
    }
}

/// Time used in all.
pub fn used(stretches: &[Stretch], now: DateTime<Utc>) -> TimeDelta {
    stretches.iter().map(|stretch| stretch.length(now)).sum()
}

/// Time used on one question, over all stretches in which it was asked.
pub fn used_on(stretches: &[Stretch], question: QuestionId, now: DateTime<Utc>) -> TimeDelta {
    stretches.iter().filter(|stretch| stretch.question_id == Some(question)).map(|stretch| stretch.length(now)).sum()
}

/// Reads the clock. `question` is the current one with its budget in minutes; `stands` means that the
/// room has begun and is not over, so a clock that does not run is paused.
pub fn read(
    stretches: &[Stretch],
    budget: TimeDelta,
    question: Option<(QuestionId, TimeDelta)>,
    stands: bool,
    now: DateTime<Utc>,
) -> ClockView {
    let running_since = stretches.iter().find(|stretch| stretch.ended_at.is_none()).map(|stretch| stretch.began_at);
    let used = used(stretches, now);
    let paused = stands && running_since.is_none();
    ClockView {
        server_now: now,
        running_since,
        paused,
        used_seconds: used.num_seconds(),
        budget_seconds: budget.num_seconds(),
        remaining_seconds: budget.num_seconds() - used.num_seconds(),
        ends_at: now + (budget - used),
        paused_at: paused.then_some(now),
        question: question.map(|(id, budget)| QuestionClock {
            id,
            used_seconds: used_on(stretches, id, now).num_seconds(),
            budget_seconds: budget.num_seconds(),
        }),
    }
}

/// 3:05 for 185 seconds.
pub fn text(seconds: i64) -> String {
    let whole = seconds.unsigned_abs();
    format!("{}:{:02}", whole / 60, whole % 60)
}

/// What is left, or by how much it is over: `25:24`, `+1:12`.
pub fn text_left(clock: &ClockView) -> String {
    if clock.remaining_seconds < 0 { format!("+{}", text(clock.remaining_seconds)) } else { text(clock.remaining_seconds) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const BUDGET: TimeDelta = TimeDelta::minutes(50);

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap_or_default()
    }

    fn question(number: u128) -> QuestionId {
        QuestionId(Uuid::from_u128(number))
    }

    /// An interview as it goes: at each step some seconds pass (fewer than none when the server's clock is
    /// set back), then the clock pauses, or runs on a question.
    fn walk(steps: &[(i64, Option<u128>)]) -> (Vec<Stretch>, DateTime<Utc>) {
        let (mut stretches, mut now) = (Vec::<Stretch>::new(), at(0));
        for (seconds, to) in steps {
            now += TimeDelta::seconds(*seconds);
            if let Some(open) = stretches.last_mut().filter(|stretch| stretch.ended_at.is_none()) {
                open.ended_at = Some(open.end(now));
            }
            if let Some(number) = to {
                stretches.push(Stretch { question_id: Some(question(*number)), began_at: now, ended_at: None });
            }
        }
        (stretches, now)
    }

    proptest! {
        #[test]
        fn what_is_used_is_the_time_that_ran_and_pauses_do_not_count(steps in prop::collection::vec((0i64..600, prop::option::of(0u128..4)), 1..30), more in 0i64..600) {
            let (stretches, now) = walk(&steps);
            let (mut ran, mut runs) = (0, false);
            for (seconds, to) in &steps {
                ran += if runs { *seconds } else { 0 };
                runs = to.is_some();
            }
            ran += if runs { more } else { 0 };
            let now = now + TimeDelta::seconds(more);
            prop_assert_eq!(used(&stretches, now).num_seconds(), ran);
            let clock = read(&stretches, BUDGET, None, true, now);
            prop_assert_eq!(clock.paused, !runs);
            prop_assert_eq!(clock.remaining_seconds, 3000 - ran);
            prop_assert_eq!((clock.ends_at - now).num_seconds(), 3000 - ran);
        }

        #[test]
        fn the_questions_share_the_whole_time(steps in prop::collection::vec((-900i64..900, prop::option::of(0u128..4)), 1..30), more in -900i64..900) {
            let (stretches, now) = walk(&steps);
            let now = now + TimeDelta::seconds(more);
            let each: TimeDelta = (0..4).map(|number| used_on(&stretches, question(number), now)).sum();
            prop_assert_eq!(used(&stretches, now), each);
        }

        #[test]
        fn it_never_runs_backwards_nor_below_zero_whatever_the_servers_clock_does(steps in prop::collection::vec((-9000i64..900, prop::option::of(0u128..4)), 1..30), more in 0i64..9000) {
            let (stretches, now) = walk(&steps);
            let first = used(&stretches, now);
            prop_assert!(first >= TimeDelta::zero());
            prop_assert!(used(&stretches, now + TimeDelta::seconds(more)) >= first);
        }
    }

    #[test]
    fn over_the_budget_it_goes_on_and_says_by_how_much() {
        let (stretches, now) = walk(&[(0, Some(1)), (3060, Some(2)), (12, Some(2))]);
        let clock = read(&stretches, BUDGET, Some((question(2), TimeDelta::minutes(5))), true, now);
        assert_eq!((clock.remaining_seconds, clock.paused, clock.running_since.is_some()), (-72, false, true));
        assert_eq!(text_left(&clock), "+1:12");
        assert_eq!(clock.question.map(|question| question.used_seconds), Some(12));
    }

    #[test]
    fn paused_it_stands_still_and_over_it_is_not_paused() {
        let (stretches, now) = walk(&[(0, Some(1)), (60, None)]);
        for later in [0, 1000, 400 * 86_400] {
            let clock = read(&stretches, BUDGET, None, true, now + TimeDelta::seconds(later));
            assert_eq!((clock.used_seconds, clock.paused, clock.paused_at), (60, true, Some(clock.server_now)));
        }
        assert!(!read(&stretches, BUDGET, None, false, now).paused);
        assert_eq!(text_left(&read(&stretches, BUDGET, None, true, now)), "49:00");
    }
}

//! Which interviews are drawn, and who is asked for each. Pure: the same seed draws the same again.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::policy::{AccountId, InterviewId};

/// An interview that can be drawn, with who is free to score it again.
#[derive(Debug, Clone)]
pub struct Drawable {
    pub interview: InterviewId,
    pub free: Vec<AccountId>,
}

/// This share of the interviews, at least one of them; whatever their order.
pub fn drawn(seed: i64, percent: u8, pool: &[Drawable]) -> Vec<&Drawable> {
    let mut keyed: Vec<_> = pool.iter().map(|one| (key(seed, &[one.interview.0]), one)).collect();
    keyed.sort_unstable_by_key(|(key, _)| *key);
    let share = (pool.len() * usize::from(percent)).div_ceil(100).max(1);
    keyed.into_iter().take(share).map(|(_, one)| one).collect()
}

/// Who is asked for each: whoever has least to score, and by the seed among those.
pub fn asked(seed: i64, drawn: &[&Drawable], mut open: HashMap<AccountId, i64>) -> Vec<(InterviewId, AccountId)> {
    let mut asked = Vec::new();
    for one in drawn {
        let least = |account: &&AccountId| (open.get(*account).copied().unwrap_or_default(), key(seed, &[one.interview.0, account.0]));
        let Some(account) = one.free.iter().min_by_key(least).copied() else { continue };
        *open.entry(account).or_default() += 1;
        asked.push((one.interview, account));
    }
    asked
}

fn key(seed: i64, ids: &[Uuid]) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(seed.to_be_bytes());
    for id in ids {
        digest.update(id.as_bytes());
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(interviews: u128, people: u128) -> Vec<Drawable> {
        let free: Vec<_> = (0..people).map(|place| AccountId(Uuid::from_u128(1000 + place))).collect();
        (0..interviews).map(|place| Drawable { interview: InterviewId(Uuid::from_u128(place)), free: free.clone() }).collect()
    }

    #[test]
    fn a_share_is_rounded_up_and_at_least_one_is_drawn() {
        for (interviews, percent, share) in [(0, 50, 0), (1, 1, 1), (3, 10, 1), (10, 20, 2), (11, 20, 3), (7, 100, 7)] {
            assert_eq!(drawn(7, percent, &pool(interviews, 1)).len(), share, "{percent} % of {interviews}");
        }
    }

    #[test]
    fn a_seed_draws_the_same_whatever_the_order_and_another_seed_another() {
        let ids = |seed, pool: &[Drawable]| drawn(seed, 20, pool).iter().map(|one| one.interview).collect::<Vec<_>>();
        let there = pool(50, 1);
        let turned: Vec<_> = there.iter().rev().cloned().collect();
        assert_eq!(ids(7, &there), ids(7, &turned));
        assert_ne!(ids(7, &there), ids(8, &there));
    }

    #[test]
    fn whoever_has_least_to_score_is_asked_next() {
        let there = pool(9, 3);
        let chosen = drawn(7, 100, &there);
        let busy = AccountId(Uuid::from_u128(1000));
        let asked = asked(7, &chosen, HashMap::from([(busy, 3)]));
        let of = |account: u128| asked.iter().filter(|(_, asked)| asked.0 == Uuid::from_u128(account)).count();
        assert_eq!((of(1000), of(1001).min(of(1002)), of(1001).max(of(1002))), (1, 4, 4), "three at first, then all are even");
    }
}

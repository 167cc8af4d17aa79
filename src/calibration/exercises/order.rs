//! The order in which somebody scores the interviews of an exercise: random, another for everybody, and the same
//! whenever it is asked for.

use sha2::{Digest as _, Sha256};

use super::model::{ExerciseId, GoldId};
use crate::policy::AccountId;

/// A permutation of `interviews` that depends on the exercise and the person and not on the order they come in.
pub fn order(exercise: ExerciseId, account: AccountId, interviews: &[GoldId]) -> Vec<GoldId> {
    let mut keyed: Vec<_> = interviews.iter().map(|gold| (key(exercise, account, *gold), *gold)).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, gold)| gold).collect()
}

fn key(exercise: ExerciseId, account: AccountId, gold: GoldId) -> [u8; 32] {
    let mut digest = Sha256::new();
    for id in [exercise.0, account.0, gold.0] {
        digest.update(id.as_bytes());
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_permutation_that_does_not_depend_on_how_they_are_listed(
            exercise in any::<u128>(), account in any::<u128>(), golds in prop::collection::hash_set(any::<u128>(), 0..12), turn in 0..12_usize
        ) {
            let (exercise, account) = (ExerciseId(Uuid::from_u128(exercise)), AccountId(Uuid::from_u128(account)));
            let golds: Vec<GoldId> = golds.into_iter().map(|id| GoldId(Uuid::from_u128(id))).collect();
            let ordered = order(exercise, account, &golds);
            prop_assert_eq!(ordered.iter().collect::<HashSet<_>>(), golds.iter().collect::<HashSet<_>>());
            prop_assert_eq!(ordered.len(), golds.len());
            let mut turned = golds.clone();
            turned.rotate_left(if golds.is_empty() { 0 } else { turn % golds.len() });
            prop_assert_eq!(order(exercise, account, &turned), ordered);
        }
    }

    #[test]
    fn people_meet_the_same_interviews_in_different_orders() {
        let golds: Vec<GoldId> = (0..4).map(|id| GoldId(Uuid::from_u128(id))).collect();
        let of = |account: u128| order(ExerciseId(Uuid::from_u128(7)), AccountId(Uuid::from_u128(account)), &golds);
        let orders: HashSet<Vec<GoldId>> = (0..200).map(of).collect();
        assert_eq!(orders.len(), 24, "every order comes up among 200 people");
        let first: Vec<usize> = golds.iter().map(|gold| (0..200).filter(|account| of(*account)[0] == *gold).count()).collect();
        assert!(first.iter().all(|count| (25..=80).contains(count)), "none comes first for too many: {first:?}");
        assert_ne!(of(1), order(ExerciseId(Uuid::from_u128(8)), AccountId(Uuid::from_u128(1)), &golds), "another exercise, another order");
    }
}

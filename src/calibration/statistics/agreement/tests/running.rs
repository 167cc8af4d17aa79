//! The running state against all ratings read at once.

use std::collections::BTreeMap;

use super::super::super::reason::Refusal;
use super::super::block::Block;
use super::super::state::State;
use super::super::tally::Tally;
use super::*;

fn state(given: &[Given]) -> State {
    let mut state = State::new(Scale::new(five()).unwrap());
    given.iter().for_each(|(subject, rater, area, score)| state.add(subject, area, rater, *score).unwrap());
    state
}

fn scopes_of_counts() -> [Scope; 4] {
    [Scope::Areas, Scope::Area("a0".into()), Scope::Area("a1".into()), Scope::Area("never".into())]
}

fn same_as_batch(state: &State, given: &[Given]) {
    for scope in scopes_of_counts() {
        assert_eq!(state.tally(&scope).unwrap(), Tally::of(&ratings(given), &scope).unwrap());
    }
}

#[derive(Debug, Clone)]
enum Step {
    Add(u8, u8, u8, u8),
    Edit(u8, u8, u8, u8),
    Remove(u8, u8, u8),
}

fn step() -> impl Strategy<Value = Step> {
    let cell = || (0..4u8, 0..2u8, 0..4u8);
    prop_oneof![
        4 => (cell(), 1..6u8).prop_map(|((s, a, r), x)| Step::Add(s, a, r, x)),
        2 => (cell(), 1..6u8).prop_map(|((s, a, r), x)| Step::Edit(s, a, r, x)),
        2 => cell().prop_map(|(s, a, r)| Step::Remove(s, a, r)),
    ]
}

/// Some units, with levels of few and of many.
fn units() -> impl Strategy<Value = Vec<Vec<(u16, u32)>>> {
    let unit = proptest::collection::btree_map(prop_oneof![0..5u16, 14..18u16], 1..4u32, 1..5).prop_map(|unit| unit.into_iter().collect());
    proptest::collection::vec(unit, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_sequence_of_changes_ends_where_a_batch_begins(steps in proptest::collection::vec(step(), 0..80)) {
        let mut running = state(&[]);
        let mut kept: BTreeMap<(String, String, String), f64> = BTreeMap::new();
        for step in steps {
            let key = |s: u8, a: u8, r: u8| (format!("s{s}"), format!("a{a}"), format!("r{r}"));
            match step {
                Step::Add(s, a, r, x) => {
                    let (key, score) = (key(s, a, r), f64::from(x));
                    let refused = running.add(&key.0, &key.1, &key.2, score).is_err();
                    prop_assert_eq!(refused, kept.contains_key(&key));
                    kept.entry(key).or_insert(score);
                }
                Step::Edit(s, a, r, x) => {
                    let (key, score) = (key(s, a, r), f64::from(x));
                    let there = running.edit(&key.0, &key.1, &key.2, score).unwrap();
                    prop_assert_eq!(there, kept.contains_key(&key));
                    kept.entry(key).and_modify(|kept| *kept = score);
                }
                Step::Remove(s, a, r) => {
                    let key = key(s, a, r);
                    prop_assert_eq!(running.remove(&key.0, &key.1, &key.2), kept.remove(&key).is_some());
                }
            }
        }
        let given: Vec<Given> = kept.into_iter().map(|((s, a, r), x)| (s, r, a, x)).collect();
        same_as_batch(&running, &given);
        prop_assert_eq!(running, state(&given));
    }

    #[test]
    fn parts_merge_to_the_whole(given in given(), cuts in proptest::collection::vec(0..3usize, 80)) {
        let part = |nth: usize| -> Vec<Given> { given.iter().zip(&cuts).filter(|(_, cut)| **cut == nth).map(|(row, _)| row.clone()).collect() };
        let mut whole = state(&part(0));
        whole.merge(&state(&part(1))).unwrap();
        whole.merge(&state(&part(2))).unwrap();
        same_as_batch(&whole, &given);
    }

    #[test]
    fn blocks_add_up_in_any_way(units in units(), at in 0..12usize) {
        let alone: Vec<Block> = units.iter().map(|unit| Block::of_unit(unit)).collect();
        let whole = Block::of_units(units.iter().map(Vec::as_slice));
        prop_assert_eq!(&whole, &Block::sum(&alone));
        prop_assert_eq!(&whole, &alone.iter().rev().fold(Block::default(), |sum, block| sum.plus(block)));
        let (left, right) = units.split_at(at.min(units.len()));
        let (left, right) = (Block::of_units(left.iter().map(Vec::as_slice)), Block::of_units(right.iter().map(Vec::as_slice)));
        prop_assert_eq!(&left.plus(&right), &whole);
        prop_assert_eq!(&whole.minus(&left), &right);
    }
}

#[test]
fn what_is_wrong_is_refused_and_changes_nothing() {
    let row = |rater: &str, score: f64| ("s0".to_owned(), rater.to_owned(), "a0".to_owned(), score);
    let mut one = state(&[row("r0", 1.0)]);
    let before = one.clone();
    assert_eq!(one.add("s0", "a0", "r0", 2.0), Err(Refusal::DuplicateRating));
    assert_eq!(one.add("s0", "a0", "", 2.0), Err(Refusal::EmptyId));
    assert_eq!(one.add("s0", "a0", "r1", 2.5), Err(Refusal::ScoreNotOnScale));
    assert_eq!(one.edit("s0", "a0", "r0", 9.0), Err(Refusal::ScoreOutOfRange));
    assert_eq!(one.edit("s0", "a0", "r1", 2.0), Ok(false));
    assert!(!one.remove("s0", "a1", "r0"));
    assert_eq!(one.merge(&state(&[row("r1", 2.0), row("r0", 3.0)])), Err(Refusal::DuplicateRating));
    assert_eq!(one.merge(&State::new(Scale::new(vec![1.0, 2.0]).unwrap())), Err(Refusal::InvalidScale));
    assert_eq!(one, before);
    assert!(one.remove("s0", "a0", "r0"));
    assert_eq!(one, state(&[]));
    assert!(one.total("a0").is_none());
}

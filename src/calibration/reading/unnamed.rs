//! What keeps who has no name from being found out: an order and intervals that go with nothing that has names.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use super::super::model::RoughCount;
use crate::policy::AccountId;
use crate::scorecards::BlindCard;

/// An order by nothing but the numbers that are shown, which says nothing of them either. One by the person could be
/// computed by whoever knows the accounts, and followed from list to list.
pub fn order(list: &str, shown: &[f64]) -> [u8; 32] {
    let mut digest = Sha256::new_with_prefix(list);
    for number in shown {
        // Rounded: the last bits go with the order in which people were added up.
        digest.update(((number * 1e6).round() as i64).to_le_bytes());
    }
    digest.finalize().into()
}

/// Makes intervals of one class equally wide, as wide as the widest: narrow ones belong to who scored much. `class`
/// is none for who is named, `limits` are value, low and high.
pub fn equally_wide<T>(
    items: &mut [T],
    class: impl Fn(&T) -> Option<RoughCount>,
    limits: impl for<'i> Fn(&'i mut T) -> (f64, &'i mut f64, &'i mut f64),
) {
    let mut widest: HashMap<RoughCount, f64> = HashMap::new();
    for item in items.iter_mut() {
        let Some(class) = class(item) else { continue };
        let (value, low, high) = limits(item);
        let most = widest.entry(class).or_default();
        *most = most.max(value - *low).max(*high - value);
    }
    for item in items {
        let Some(margin) = class(item).and_then(|class| widest.get(&class)) else { continue };
        let (value, low, high) = limits(item);
        (*low, *high) = (value - margin, value + margin);
    }
}

/// Takes out the one without a name where all others have one, who would be known by that; gives how many that was.
pub fn keep_back_the_last<T>(items: &mut Vec<T>, named: impl Fn(&T) -> bool) -> usize {
    let before = items.len();
    if items.iter().filter(|item| !named(item)).count() == 1 {
        items.retain(named);
    }
    before - items.len()
}

/// Whether the reader may know the severity of everybody in this panel: what a panel's severity did to a score is the
/// mean of its members', and a few panels give each member's.
pub fn is_open(panel: &[BlindCard], reader: AccountId, shares: &HashMap<AccountId, DateTime<Utc>>) -> bool {
    panel.iter().all(|card| card.rater == reader || shares.contains_key(&card.rater))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_without_a_name_is_as_wide_as_the_widest_of_its_class() {
        let many = RoughCount::class(25, &[5, 10, 20]);
        let few = RoughCount::class(12, &[5, 10, 20]);
        let mut items = [(Some(many), 0.5, 0.4, 0.6), (Some(many), -0.5, -0.8, -0.2), (Some(few), 0.0, -0.9, 0.9), (None, 0.1, 0.09, 0.11)];
        equally_wide(&mut items, |item| item.0, |(_, value, low, high)| (*value, low, high));
        let widths = items.map(|(_, _, low, high)| ((high - low) * 100.0_f64).round());
        assert_eq!(widths, [60.0, 60.0, 180.0, 2.0]);
    }

    #[test]
    fn the_only_one_without_a_name_is_kept_back() {
        let left = |mut named: Vec<bool>| (keep_back_the_last(&mut named, |named| *named), named.len());
        assert_eq!(left(vec![true, false, true]), (1, 2));
        assert_eq!(left(vec![true, false, false]), (0, 3));
        assert_eq!(left(vec![true, true]), (0, 2));
        assert_eq!(left(vec![false]), (1, 0));
    }

    #[test]
    fn a_count_is_told_by_its_class() {
        let of = |count| RoughCount::class(count, &[5, 10, 20]);
        let told = [5, 9, 10, 19, 20, 400].map(|count| (of(count).at_least, of(count).at_most));
        assert_eq!(told, [(5, Some(9)), (5, Some(9)), (10, Some(19)), (10, Some(19)), (20, None), (20, None)]);
        assert_eq!((RoughCount::exact(7).at_least, RoughCount::exact(7).at_most), (7, Some(7)));
    }

    #[test]
    fn the_order_goes_by_what_is_shown_alone() {
        assert_eq!(order("a", &[0.1, 0.2]), order("a", &[0.1, 0.2 + 1e-12]));
        assert_ne!(order("a", &[0.1, 0.2]), order("b", &[0.1, 0.2]), "another list, another order");
        assert_ne!(order("a", &[0.1]), order("a", &[0.2]));
    }
}

//! Lists, item by item.

use std::collections::BTreeSet;
use std::time::Instant;

use serde::Serialize;
use utoipa::ToSchema;

use super::Fate;
use crate::platform::words::{self, Words};

/// What became of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LineDifference {
    pub fate: Fate,
    /// It stands elsewhere in its list.
    pub moved: bool,
    pub words: Words,
}

/// Half of the words in common: the one is the other, written anew.
const ALIKE: f64 = 0.5;

/// One text.
pub fn line(old: &str, new: &str, until: Option<Instant>) -> LineDifference {
    let fate = match (old.is_empty(), new.is_empty()) {
        _ if old == new => Fate::Kept,
        (true, _) => Fate::Added,
        (_, true) => Fate::Removed,
        _ => Fate::Changed,
    };
    LineDifference { fate, moved: false, words: words::differences(old, new, until) }
}

/// Items in the new order; what was removed stands behind the item it stood behind.
pub fn lines(old: &[String], new: &[String], until: Option<Instant>) -> Vec<LineDifference> {
    let pairs = pair(old, new);
    let mut removed = super::removed_after(old.len(), &pairs);
    let gone = |item: usize| line(&old[item], "", until);
    let mut lines: Vec<_> = removed.remove(&None).unwrap_or_default().into_iter().map(gone).collect();
    for (place, (pair, moved)) in pairs.iter().zip(super::moved(&pairs)).enumerate() {
        lines.push(LineDifference { moved, ..line(pair.map_or("", |before| &old[before]), &new[place], until) });
        lines.extend(removed.remove(&Some(place)).unwrap_or_default().into_iter().map(gone));
    }
    lines
}

/// For each new item the old one it was: the same one, else the one that is most alike.
fn pair(old: &[String], new: &[String]) -> Vec<Option<usize>> {
    let mut free: BTreeSet<usize> = (0..old.len()).collect();
    let mut pairs: Vec<Option<usize>> = vec![None; new.len()];
    for (pair, item) in pairs.iter_mut().zip(new) {
        *pair = free.iter().copied().find(|before| old[*before] == *item);
        pair.map(|before| free.remove(&before));
    }
    let mut likely: Vec<(f64, usize, usize)> = Vec::new();
    for place in (0..new.len()).filter(|place| pairs[*place].is_none()) {
        likely
            .extend(free.iter().map(|before| (likeness(&old[*before], &new[place]), *before, place)).filter(|(alike, ..)| *alike >= ALIKE));
    }
    likely.sort_by(|one, other| other.0.total_cmp(&one.0));
    for (_, before, place) in likely {
        if pairs[place].is_none() && free.remove(&before) {
            pairs[place] = Some(before);
        }
    }
    pairs
}

/// The share of words that both have (Dice's coefficient), 0 to 1.
fn likeness(one: &str, other: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (one, other) = (words(one), words(other));
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * one.intersection(&other).count() as f64 / all as f64 }
}

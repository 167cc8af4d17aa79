//! Whom to add to a panel that is being planned.

use super::Overlap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub rater: String,
    /// People of the panel with whom this rater shares fewer candidates than wanted, in the order of names. For an
    /// empty panel: all such raters.
    pub with: Vec<String>,
    /// Meetings that are missing with them.
    pub missing: u32,
}

/// Raters who are not in the panel yet, the most useful first: by the number of people they would newly be
/// compared with, then by how much is missing, then by name. Those who bring nothing come last, with an empty
/// list. Names in the panel that are not among the raters do not count.
pub fn suggest<S: AsRef<str>>(overlap: &Overlap, panel: &[S], aim: u32) -> Vec<Suggestion> {
    let seated: Vec<usize> = panel.iter().filter_map(|name| overlap.place(name.as_ref())).collect();
    let mut found: Vec<Suggestion> = overlap
        .raters
        .iter()
        .enumerate()
        .filter(|(place, _)| !seated.contains(place))
        .map(|(place, rater)| {
            let mut others = overlap.raters.iter().enumerate().filter(|(other, _)| *other != place);
            let meets = |other: usize| seated.is_empty() || seated.contains(&other);
            let (mut with, mut missing) = (Vec::new(), 0u32);
            for (other, name) in others.by_ref().filter(|(other, _)| meets(*other)) {
                let short = aim.saturating_sub(overlap.count(place, other));
                if short > 0 {
                    with.push(name.clone());
                    missing = missing.saturating_add(short);
                }
            }
            Suggestion { rater: rater.clone(), with, missing }
        })
        .collect();
    found.sort_by(|a, b| b.with.len().cmp(&a.with.len()).then(b.missing.cmp(&a.missing)).then(a.rater.cmp(&b.rater)));
    found
}

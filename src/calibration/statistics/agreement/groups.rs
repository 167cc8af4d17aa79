//! Which raters can be compared: those whom shared candidates join, directly or through others.

use std::collections::BTreeMap;

use super::super::ratings::Ratings;
use super::super::scope::Scope;
use super::super::unions::Unions;

/// Raters as they are met, and what joins them.
pub(super) struct Joined {
    unions: Unions,
    met: Vec<bool>,
}

impl Joined {
    pub(super) fn new(raters: usize) -> Self {
        Joined { unions: Unions::new(raters), met: vec![false; raters] }
    }

    pub(super) fn join(&mut self, one: u32, other: u32) {
        for rater in [one, other] {
            if let Some(met) = self.met.get_mut(rater as usize) {
                *met = true;
            }
        }
        self.unions.join(one as usize, other as usize);
    }

    /// The members of each group, rising; groups in the order of their first member.
    pub(super) fn groups(mut self) -> Vec<Vec<u32>> {
        let mut groups: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (rater, _) in self.met.iter().enumerate().filter(|(_, met)| **met) {
            groups.entry(self.unions.group(rater)).or_default().push(rater as u32);
        }
        groups.into_values().collect()
    }
}

/// The connected groups of the graph of raters and subjects, as places of raters. A rater without ratings in the
/// scope is in none; one who shares no candidate is a group of one.
pub fn groups(ratings: &Ratings, scope: &Scope) -> Vec<Vec<u32>> {
    let area = match scope {
        Scope::Area(id) => match ratings.area(id) {
            Some(area) => Some(area),
            None => return Vec::new(),
        },
        _ => None,
    };
    let mut joined = Joined::new(ratings.raters().len());
    // Panels mostly stay the same from area to area: a rater is joined once for each subject.
    let mut last_subject = vec![None; ratings.raters().len()];
    let mut first = (None, 0);
    for cell in ratings.cells().iter().filter(|cell| area.is_none_or(|area| cell.area == area)) {
        let Some(last) = last_subject.get_mut(cell.rater as usize) else { continue };
        if *last == Some(cell.subject) {
            continue;
        }
        *last = Some(cell.subject);
        if first.0 != *last {
            first = (*last, cell.rater);
        }
        joined.join(first.1, cell.rater);
    }
    joined.groups()
}

/// The same as ids.
pub fn connected_components<'a>(ratings: &'a Ratings, scope: &Scope) -> Vec<Vec<&'a str>> {
    let id = |rater: u32| ratings.raters().get(rater as usize).map(String::as_str);
    groups(ratings, scope).into_iter().map(|group| group.into_iter().filter_map(id).collect()).collect()
}

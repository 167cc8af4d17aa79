//! Who met whom: pairs of interviewers that never saw the same candidate, and panels that bring them together.
//!
//! Without overlap no statistic of a team exists. This looks at who sat with whom and never at a score. Pure.

mod build;
mod plan;
mod suggest;
#[cfg(test)]
mod tests;

pub use plan::{CONNECT, QUARTER, RotationPlan, SEATS, next_panel, rotation_plan};
pub use suggest::{Suggestion, suggest};

use std::collections::BTreeSet;

/// Raters and how many candidates each pair of them shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// Sorted, each once.
    raters: Vec<String>,
    /// Full rows: `shared[a * n + b]`.
    shared: Vec<u32>,
}

/// Two raters and the candidates they share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub a: String,
    pub b: String,
    pub shared: u32,
}

impl Overlap {
    /// From the people who sat with each candidate. Names that are not among the raters are left out; a person
    /// named twice in one panel counts once.
    pub fn new<S: AsRef<str>>(raters: &[S], panels: &[Vec<S>]) -> Self {
        let names: BTreeSet<&str> = raters.iter().map(AsRef::as_ref).collect();
        let raters: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let mut overlap = Overlap { shared: vec![0; raters.len() * raters.len()], raters };
        for panel in panels {
            let seated: BTreeSet<usize> = panel.iter().filter_map(|name| overlap.place(name.as_ref())).collect();
            overlap.meet(&seated.into_iter().collect::<Vec<_>>());
        }
        overlap
    }

    pub fn raters(&self) -> &[String] {
        &self.raters
    }

    /// Candidates that both met; 0 for a name that is not listed.
    pub fn shared(&self, a: &str, b: &str) -> u32 {
        match (self.place(a), self.place(b)) {
            (Some(a), Some(b)) if a != b => self.count(a, b),
            _ => 0,
        }
    }

    /// Pairs that share fewer candidates than wanted, in the order of names. 1 gives the pairs that never met.
    pub fn below(&self, wanted: u32) -> Vec<Pair> {
        let mut found = Vec::new();
        for (a, name) in self.raters.iter().enumerate() {
            for (b, other) in self.raters.iter().enumerate().skip(a + 1) {
                let shared = self.count(a, b);
                if shared < wanted {
                    found.push(Pair { a: name.clone(), b: other.clone(), shared });
                }
            }
        }
        found
    }

    /// Groups of raters that are linked by shared candidates, in the order of names.
    pub fn groups(&self) -> Vec<Vec<String>> {
        let mut open: BTreeSet<usize> = (0..self.raters.len()).collect();
        let mut groups = Vec::new();
        while let Some(first) = open.pop_first() {
            let (mut group, mut reached) = (BTreeSet::new(), vec![first]);
            while let Some(place) = reached.pop() {
                group.insert(place);
                let linked: Vec<usize> = open.iter().copied().filter(|other| self.count(place, *other) > 0).collect();
                open.retain(|other| !linked.contains(other));
                reached.extend(linked);
            }
            groups.push(group.into_iter().filter_map(|place| self.raters.get(place).cloned()).collect());
        }
        groups
    }

    /// Whether every rater can be compared with every other, at least by a chain.
    pub fn connected(&self) -> bool {
        self.groups().len() <= 1
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.raters.binary_search_by(|rater| rater.as_str().cmp(name)).ok()
    }

    fn count(&self, a: usize, b: usize) -> u32 {
        self.shared.get(a * self.raters.len() + b).copied().unwrap_or(0)
    }

    /// One more candidate for every pair of different places.
    fn meet(&mut self, panel: &[usize]) {
        let n = self.raters.len();
        for a in panel {
            for b in panel.iter().filter(|b| *b != a) {
                if let Some(shared) = self.shared.get_mut(a * n + b) {
                    *shared += 1;
                }
            }
        }
    }

    /// How many more candidates each pair should share.
    fn need(&self, aim: u32) -> build::Need {
        let n = self.raters.len();
        let mut need = build::Need::new(n);
        for a in 0..n {
            for b in a + 1..n {
                need.set(a, b, aim.saturating_sub(self.count(a, b)));
            }
        }
        need
    }
}

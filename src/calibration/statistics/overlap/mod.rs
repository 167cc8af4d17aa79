//! Who met whom: pairs of raters that never saw the same candidate, and how to bring them together.
//!
//! Without overlap no statistic of a team exists, so this looks at seats, not at scores.

mod build;
mod plan;
mod suggest;
#[cfg(test)]
mod tests;

pub use plan::{CONNECT, QUARTER, RotationPlan, rotation_plan};
pub use suggest::{Suggestion, suggest};

use std::collections::BTreeSet;

use super::ratings::Ratings;
use super::unions::Unions;

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

    /// From ratings: a rater met a candidate if they scored an area of theirs. Raters without a score (GOLD and
    /// SELF among them) are not listed.
    pub fn of(ratings: &Ratings) -> Self {
        let mut met: Vec<(u32, u32)> = ratings.cells().iter().map(|cell| (cell.subject, cell.rater)).collect();
        met.sort_unstable();
        met.dedup();
        let name = |rater: u32| ratings.raters().get(rater as usize).cloned().unwrap_or_default();
        let panels: Vec<Vec<String>> =
            met.chunk_by(|a, b| a.0 == b.0).map(|panel| panel.iter().map(|(_, rater)| name(*rater)).collect()).collect();
        let raters: BTreeSet<String> = panels.iter().flatten().cloned().collect();
        Self::new(&raters.into_iter().collect::<Vec<_>>(), &panels)
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
        let mut unions = Unions::new(self.raters.len());
        for a in 0..self.raters.len() {
            for b in a + 1..self.raters.len() {
                if self.count(a, b) > 0 {
                    unions.join(a, b);
                }
            }
        }
        let mut groups = std::collections::BTreeMap::<usize, Vec<String>>::new();
        for (place, name) in self.raters.iter().enumerate() {
            groups.entry(unions.group(place)).or_default().push(name.clone());
        }
        groups.into_values().collect()
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

//! Which things hang together: groups of a graph, by merging.

/// `n` things, each first a group of its own.
pub struct Unions {
    above: Vec<usize>,
}

impl Unions {
    pub fn new(n: usize) -> Self {
        Unions { above: (0..n).collect() }
    }

    /// The name of a thing's group: its smallest member.
    pub fn group(&mut self, thing: usize) -> usize {
        let mut at = thing;
        while let Some(&up) = self.above.get(at) {
            if up == at {
                break;
            }
            let over = self.above.get(up).copied().unwrap_or(up);
            if let Some(place) = self.above.get_mut(at) {
                *place = over;
            }
            at = over;
        }
        at
    }

    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.group(a), self.group(b));
        let (low, high) = (a.min(b), a.max(b));
        if let Some(place) = self.above.get_mut(high) {
            *place = low;
        }
    }

    /// The number of groups among the things named.
    pub fn count(&mut self, things: impl IntoIterator<Item = usize>) -> usize {
        let mut names: Vec<usize> = things.into_iter().map(|thing| self.group(thing)).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_named_by_their_smallest() {
        let mut unions = Unions::new(6);
        unions.join(5, 3);
        unions.join(3, 4);
        unions.join(0, 1);
        assert_eq!((0..6).map(|thing| unions.group(thing)).collect::<Vec<_>>(), [0, 0, 2, 3, 3, 3]);
        assert_eq!(unions.count(0..6), 3);
        assert_eq!(unions.count([4, 5]), 1);
    }
}

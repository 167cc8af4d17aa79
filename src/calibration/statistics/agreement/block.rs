//! Exact sums of counts, from which every statistic of agreement follows.

/// How often each level was given in one unit, levels rising, no zeros.
pub type UnitCounts = [(u16, u32)];

/// A place among the sums: panel size, lower level, higher level. Packed so that keys sort in that order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key(u64);

impl Key {
    fn new(size: u32, low: u16, high: u16) -> Self {
        Key(u64::from(size) << 32 | u64::from(low) << 16 | u64::from(high))
    }

    fn size(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn low(self) -> u16 {
        (self.0 >> 16) as u16
    }

    fn high(self) -> u16 {
        self.0 as u16
    }
}

/// Sums over units, kept apart by the number of ratings in the unit (its panel size m): for each level k the sum of
/// n_k, for each pair of levels k < l the sum of n_k n_l.
///
/// Whole numbers only, so that adding, taking away and merging are exact and their order does not matter. No sum
/// that is zero is kept: the same units give the same block, bit for bit, by whichever way they came.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block {
    sums: Vec<(Key, i64)>,
}

impl Block {
    pub fn of_unit(counts: &UnitCounts) -> Self {
        let mut block = Block::default();
        block.write_unit(counts);
        block
    }

    /// The sum over several units.
    pub fn of_units<'a>(units: impl IntoIterator<Item = &'a UnitCounts>) -> Self {
        let (mut whole, mut one, mut spare) = (Block::default(), Block::default(), Block::default());
        // A candidate mostly has one panel for all areas: its units add up in a table before they are merged.
        let mut table = Table::default();
        for counts in units {
            if !table.takes(counts) {
                table.write(&mut one);
                whole.add(&one, &mut spare);
            }
            if !table.add(counts) {
                one.write_unit(counts);
                whole.add(&one, &mut spare);
            }
        }
        table.write(&mut one);
        if whole.is_empty() {
            return one.clone();
        }
        whole.add(&one, &mut spare);
        whole.sums.shrink_to_fit();
        whole
    }

    /// Adds by way of `spare`, so that no room is asked for each time.
    fn add(&mut self, other: &Block, spare: &mut Block) {
        merge(&self.sums, &other.sums, 1, &mut spare.sums);
        std::mem::swap(self, spare);
    }

    fn write_unit(&mut self, counts: &UnitCounts) {
        self.sums.clear();
        let size = size(counts);
        for (at, (level, count)) in counts.iter().enumerate() {
            let count = i64::from(*count);
            self.sums.push((Key::new(size, *level, *level), count));
            self.sums.extend(counts.iter().skip(at + 1).map(|(other, n)| (Key::new(size, *level, *other), count * i64::from(*n))));
        }
    }

    pub fn plus(&self, other: &Block) -> Block {
        let mut sums = Vec::with_capacity(self.sums.len().max(other.sums.len()));
        merge(&self.sums, &other.sums, 1, &mut sums);
        Block { sums }
    }

    pub fn minus(&self, other: &Block) -> Block {
        let mut sums = Vec::with_capacity(self.sums.len());
        merge(&self.sums, &other.sums, -1, &mut sums);
        Block { sums }
    }

    /// The sum of many, by halves: long sums are not copied for every short one.
    pub fn sum(blocks: &[Block]) -> Block {
        match blocks {
            [] => Block::default(),
            [one] => one.clone(),
            [one, two] => one.plus(two),
            _ => {
                let (left, right) = blocks.split_at(blocks.len() / 2);
                Block::sum(left).plus(&Block::sum(right))
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.sums.is_empty()
    }

    /// Whether a unit has two ratings.
    pub fn has_pairs(&self) -> bool {
        self.sums.last().is_some_and(|(key, _)| key.size() >= 2)
    }

    /// Panel size, level, number of ratings of that level in units of that size.
    pub fn levels(&self) -> impl Iterator<Item = (u32, u16, i64)> {
        self.sums.iter().filter(|(key, _)| key.low() == key.high()).map(|(key, sum)| (key.size(), key.low(), *sum))
    }

    /// Panel size, lower and higher level, number of pairs of ratings with these two levels in units of that size.
    pub fn crossings(&self) -> impl Iterator<Item = (u32, u16, u16, i64)> {
        self.sums.iter().filter(|(key, _)| key.low() != key.high()).map(|(key, sum)| (key.size(), key.low(), key.high(), *sum))
    }

    /// A number that depends on the sums alone: the seed of what must be random and yet the same everywhere.
    pub fn mix_into(&self, seed: u64) -> u64 {
        self.sums.iter().fold(seed, |seed, (key, sum)| super::random::mix(super::random::mix(seed ^ key.0) ^ *sum as u64))
    }
}

/// Levels below this add up in a table.
const TABLE: usize = 16;

/// The sums of units of one size.
#[derive(Default)]
struct Table {
    size: u32,
    /// All levels in it are below this.
    levels: usize,
    sums: [[i64; TABLE]; TABLE],
}

impl Table {
    /// Whether the unit is of the size that the table has begun with.
    fn takes(&self, counts: &UnitCounts) -> bool {
        self.levels == 0 || self.size == size(counts)
    }

    /// False, and nothing is added, for levels that are not in the table.
    fn add(&mut self, counts: &UnitCounts) -> bool {
        let Some(last) = counts.last().map(|(level, _)| usize::from(*level)).filter(|last| *last < TABLE) else { return false };
        self.size = size(counts);
        self.levels = self.levels.max(last + 1);
        for (at, (level, count)) in counts.iter().enumerate() {
            let Some(row) = self.sums.get_mut(usize::from(*level)) else { continue };
            let count = i64::from(*count);
            for (nth, (other, n)) in counts.iter().enumerate().skip(at) {
                if let Some(sum) = row.get_mut(usize::from(*other)) {
                    *sum += if nth == at { count } else { count * i64::from(*n) };
                }
            }
        }
        true
    }

    /// Moves the sums into a block, and begins anew.
    fn write(&mut self, block: &mut Block) {
        block.sums.clear();
        for (low, row) in self.sums.iter_mut().enumerate().take(self.levels) {
            for (high, sum) in row.iter_mut().enumerate().take(self.levels).skip(low).filter(|(_, sum)| **sum != 0) {
                block.sums.push((Key::new(self.size, low as u16, high as u16), std::mem::take(sum)));
            }
        }
        self.levels = 0;
    }
}

fn size(counts: &UnitCounts) -> u32 {
    counts.iter().map(|(_, count)| count).sum()
}

/// Adds `sign` times the right sums to the left ones.
fn merge(left: &[(Key, i64)], right: &[(Key, i64)], sign: i64, into: &mut Vec<(Key, i64)>) {
    into.clear();
    let (mut left, mut right) = (left.iter().copied().peekable(), right.iter().map(|(key, sum)| (*key, sign * sum)).peekable());
    loop {
        let (key, sum) = match (left.peek().copied(), right.peek().copied()) {
            (Some(l), Some(r)) if l.0 == r.0 => {
                left.next();
                right.next();
                (l.0, l.1 + r.1)
            }
            (Some(l), Some(r)) if r.0 < l.0 => {
                right.next();
                r
            }
            (Some(l), _) => {
                left.next();
                l
            }
            (None, Some(r)) => {
                right.next();
                r
            }
            (None, None) => return,
        };
        if sum != 0 {
            into.push((key, sum));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_of_three_counts_its_levels_and_crossings() {
        let block = Block::of_unit(&[(1, 2), (4, 1)]);
        assert_eq!(block.levels().collect::<Vec<_>>(), [(3, 1, 2), (3, 4, 1)]);
        assert_eq!(block.crossings().collect::<Vec<_>>(), [(3, 1, 4, 2)]);
    }

    #[test]
    fn what_is_taken_away_leaves_nothing() {
        let (one, two) = (Block::of_unit(&[(0, 1), (2, 3)]), Block::of_unit(&[(1, 1)]));
        assert_eq!(one.plus(&two).minus(&one), two);
        assert!(one.minus(&one).is_empty());
        assert!(one.has_pairs() && !two.has_pairs());
    }
}

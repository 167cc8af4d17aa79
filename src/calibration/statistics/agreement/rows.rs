//! Rows of numbers that are added up many times, each time with other weights.

/// Up to this width a row is stored whole.
const WHOLE: usize = 64;
/// So many sums are taken in one pass over the rows: reading them is what takes the time.
pub(super) const AT_ONCE: usize = 8;

/// How often a row goes into each of the sums.
pub(super) type Times = [f64; AT_ONCE];

pub(super) struct Rows {
    width: usize,
    stored: Stored,
}

enum Stored {
    Whole(Vec<f64>),
    /// Only what is not zero, and where each row ends.
    Sparse {
        entries: Vec<(u32, f64)>,
        ends: Vec<usize>,
    },
}

impl Rows {
    pub(super) fn new(width: usize) -> Self {
        let stored = if width <= WHOLE { Stored::Whole(Vec::new()) } else { Stored::Sparse { entries: Vec::new(), ends: Vec::new() } };
        Rows { width, stored }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Adds a row of places and numbers; a place may come more than once.
    pub(super) fn push(&mut self, row: impl Iterator<Item = (usize, f64)>) {
        match &mut self.stored {
            Stored::Whole(numbers) => {
                let start = numbers.len();
                numbers.resize(start + self.width, 0.0);
                for (at, number) in row {
                    if let Some(sum) = numbers.get_mut(start + at) {
                        *sum += number;
                    }
                }
            }
            Stored::Sparse { entries, ends } => {
                entries.extend(row.map(|(at, number)| (at as u32, number)));
                ends.push(entries.len());
            }
        }
    }

    /// Adds up all rows, place by place, into `sums` of the rows' width.
    pub(super) fn add_up(&self, times: &[Times], sums: &mut [Times]) {
        sums.fill([0.0; AT_ONCE]);
        match &self.stored {
            Stored::Whole(numbers) => {
                for (row, times) in numbers.chunks_exact(self.width).zip(times) {
                    for (number, sums) in row.iter().zip(sums.iter_mut()) {
                        add(*number, times, sums);
                    }
                }
            }
            Stored::Sparse { entries, ends } => {
                let starts = std::iter::once(&0).chain(ends);
                for ((from, to), times) in starts.zip(ends).zip(times) {
                    for (at, number) in entries.get(*from..*to).unwrap_or_default() {
                        if let Some(sums) = sums.get_mut(*at as usize) {
                            add(*number, times, sums);
                        }
                    }
                }
            }
        }
    }
}

fn add(number: f64, times: &Times, sums: &mut Times) {
    for (sum, times) in sums.iter_mut().zip(times) {
        *sum += number * times;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_and_wide_rows_add_the_same() {
        for width in [5, 300] {
            let mut rows = Rows::new(width);
            rows.push([(0, 1.0), (4, 2.0), (4, 0.5)].into_iter());
            rows.push([(4, 4.0)].into_iter());
            let mut sums = vec![[9.0; AT_ONCE]; rows.width()];
            let mut times = [[1.0; AT_ONCE]; 2];
            times[1][2] = 3.0;
            rows.add_up(&times, &mut sums);
            assert_eq!((sums[0][0], sums[4][0], sums[4][2]), (1.0, 6.5, 14.5));
            assert!(sums.iter().skip(5).all(|sums| *sums == [0.0; AT_ONCE]));
        }
    }
}

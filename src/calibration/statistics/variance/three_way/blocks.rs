//! The values of a study in blocks by subject, subjects with the same cells gathered.
//!
//! Given the effects of raters, areas and their pairs, subjects are independent. Those that were rated by the same
//! raters in the same areas have the same covariance; of their values only the number, the sum and the sum of
//! products enter the likelihood.

use std::collections::BTreeMap;

use nalgebra::{DMatrix, DVector};

use super::study::Study;

/// Subjects with the same cells.
pub struct Block {
    /// Subjects.
    pub count: f64,
    /// Of each cell its places in `touched`: rater, area, their pair, mean.
    pub columns: Vec<[usize; 4]>,
    /// The effects shared between subjects that these cells have, by their place among all.
    pub touched: Vec<usize>,
    /// Of each cell the level of the effects of one subject: itself, with a rater, with an area.
    pub own: [Vec<usize>; 3],
    /// Levels of each.
    pub own_levels: [usize; 3],
    /// Sum over subjects of the values less the grand mean.
    pub sum: DVector<f64>,
    /// Sum of their products.
    pub products: DMatrix<f64>,
}

pub struct Blocks {
    /// Values.
    pub n: f64,
    /// Effects shared between subjects, and the mean as the last.
    pub width: usize,
    /// Of each shared effect but the mean: 0 rater, 1 area, 2 their pair.
    pub kinds: Vec<usize>,
    pub blocks: Vec<Block>,
}

impl Blocks {
    pub fn of(study: &Study) -> Self {
        let mut pairs: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for cell in &study.cells {
            pairs.insert((cell.rater, cell.area), 0);
        }
        let first = study.raters + study.areas;
        for (place, pair) in pairs.values_mut().enumerate() {
            *pair = first + place;
        }
        let width = first + pairs.len() + 1;
        let kinds = (0..width - 1).map(|at| usize::from(at >= study.raters) + usize::from(at >= first)).collect();
        let mut blocks: BTreeMap<Vec<(usize, usize)>, Block> = BTreeMap::new();
        for cells in study.cells.chunk_by(|a, b| a.subject == b.subject) {
            let key: Vec<(usize, usize)> = cells.iter().map(|cell| (cell.rater, cell.area)).collect();
            let values = DVector::from_iterator(cells.len(), cells.iter().map(|cell| cell.value - study.mean));
            let block = blocks.entry(key).or_insert_with_key(|key| Block::empty(key, &pairs, study.raters, width));
            block.count += 1.0;
            block.products.ger(1.0, &values, &values, 1.0);
            block.sum += values;
        }
        Blocks { n: study.cells.len() as f64, width, kinds, blocks: blocks.into_values().collect() }
    }
}

impl Block {
    fn empty(cells: &[(usize, usize)], pairs: &BTreeMap<(usize, usize), usize>, raters: usize, width: usize) -> Self {
        let shared: Vec<[usize; 4]> = cells
            .iter()
            .map(|(rater, area)| [*rater, raters + area, pairs.get(&(*rater, *area)).copied().unwrap_or_default(), width - 1])
            .collect();
        let touched = sorted(shared.iter().flatten().copied());
        let columns = shared.iter().map(|cell| cell.map(|at| touched.binary_search(&at).unwrap_or_default())).collect();
        let by_rater = sorted(cells.iter().map(|cell| cell.0));
        let by_area = sorted(cells.iter().map(|cell| cell.1));
        let place = |of: &[usize], what: usize| of.binary_search(&what).unwrap_or_default();
        let own = [
            vec![0; cells.len()],
            cells.iter().map(|cell| place(&by_rater, cell.0)).collect(),
            cells.iter().map(|cell| place(&by_area, cell.1)).collect(),
        ];
        Block {
            count: 0.0,
            columns,
            touched,
            own,
            own_levels: [1, by_rater.len(), by_area.len()],
            sum: DVector::zeros(cells.len()),
            products: DMatrix::zeros(cells.len(), cells.len()),
        }
    }

    /// The sums of a cell × cell matrix over the levels of two own effects: Zjᵀ X Zk.
    pub fn folded(&self, x: &DMatrix<f64>, j: usize, k: usize) -> DMatrix<f64> {
        let mut folded = DMatrix::zeros(self.own_levels[j], self.own_levels[k]);
        for (column, b) in self.own[k].iter().enumerate() {
            for (row, a) in self.own[j].iter().enumerate() {
                folded[(*a, *b)] += x[(row, column)];
            }
        }
        folded
    }

    /// The columns of a matrix summed over the levels of an own effect: X Zj.
    pub fn gathered(&self, x: &DMatrix<f64>, j: usize) -> DMatrix<f64> {
        let mut gathered = DMatrix::zeros(x.nrows(), self.own_levels[j]);
        for (column, level) in self.own[j].iter().enumerate() {
            let mut to = gathered.column_mut(*level);
            to += x.column(column);
        }
        gathered
    }

    /// Rows of cells summed to rows of touched effects: Uᵀ X.
    pub fn lifted(&self, x: &DMatrix<f64>) -> DMatrix<f64> {
        let mut lifted = DMatrix::zeros(self.touched.len(), x.ncols());
        for column in 0..x.ncols() {
            for (row, places) in self.columns.iter().enumerate() {
                for place in places {
                    lifted[(*place, column)] += x[(row, column)];
                }
            }
        }
        lifted
    }

    /// Of a matrix over all shared effects the part seen from the cells: U X Uᵀ.
    pub fn seen(&self, x: &DMatrix<f64>) -> DMatrix<f64> {
        let n = self.columns.len();
        let half = DMatrix::from_fn(self.touched.len(), n, |row, cell| {
            self.columns[cell].iter().map(|place| x[(self.touched[row], self.touched[*place])]).sum::<f64>()
        });
        DMatrix::from_fn(n, n, |row, cell| self.columns[row].iter().map(|place| half[(*place, cell)]).sum::<f64>())
    }

    /// Of a vector over all shared effects the sum at each cell: U x.
    pub fn seen_vector(&self, x: &DVector<f64>) -> DVector<f64> {
        DVector::from_iterator(
            self.columns.len(),
            self.columns.iter().map(|places| places.iter().map(|place| x[self.touched[*place]]).sum::<f64>()),
        )
    }

    /// Adds a matrix over touched effects to one over all.
    pub fn spread(&self, part: &DMatrix<f64>, scale: f64, to: &mut DMatrix<f64>) {
        for (column, b) in self.touched.iter().enumerate() {
            for (row, a) in self.touched.iter().enumerate() {
                to[(*a, *b)] += scale * part[(row, column)];
            }
        }
    }

    pub fn spread_vector(&self, part: &DMatrix<f64>, to: &mut DVector<f64>) {
        for (row, a) in self.touched.iter().enumerate() {
            to[*a] += part[(row, 0)];
        }
    }
}

fn sorted(values: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut values: Vec<usize> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

//! Open sums and information of all effects at one point, and Newton's step from them.

use super::design::Design;
use super::fit::{Effects, probabilities};

/// A pivot smaller than this share of its diagonal: the design cannot tell two effects apart.
const SINGULAR: f64 = 1e-10;

/// Open sums (gradient) and information at one point. Dense places: raters from the second on, areas from the
/// second on, steps from the second on.
pub(super) struct Pass {
    pub loglik: f64,
    size: usize,
    subjects: Vec<f64>,
    dense: Vec<f64>,
    /// Information of each subject, and with each dense place.
    own: Vec<f64>,
    cross: Vec<f64>,
    /// Lower triangle, row by row in full rows.
    block: Vec<f64>,
    /// Open sums of the effects held at 0: they close when all others do.
    held: [f64; 3],
}

impl Pass {
    pub fn new(design: &Design, effects: &Effects) -> Self {
        let (raters, areas, thresholds) = (effects.raters.len(), effects.areas.len(), effects.steps.len());
        let size = raters + areas + thresholds - 3;
        let subjects = effects.subjects.len();
        let mut pass = Pass {
            loglik: 0.0,
            size,
            subjects: vec![0.0; subjects],
            dense: vec![0.0; size],
            own: vec![0.0; subjects],
            cross: vec![0.0; subjects * size],
            block: vec![0.0; size * size],
            held: [0.0; 3],
        };
        let mut chances = Vec::with_capacity(thresholds + 1);
        let mut above = vec![0.0; thresholds];
        let mut covers = vec![0.0; thresholds];
        for point in &design.points {
            pass.loglik += probabilities(effects.eta(point.subject, point.rater, point.area), &effects.steps, point.steps, &mut chances);
            // above[k] = P(more than k steps); sums from the top give the mean and the covariance with each step.
            let (mut tail, mut weighted) = (0.0, 0.0);
            for k in (0..thresholds).rev() {
                tail += chances[k + 1];
                weighted += chances[k + 1] * (k + 1) as f64;
                above[k] = tail;
                covers[k] = weighted;
            }
            let expected = weighted;
            let variance: f64 = chances.iter().enumerate().map(|(k, p)| p * (k as f64 - expected).powi(2)).sum();
            covers.iter_mut().zip(&above).for_each(|(cover, above)| *cover -= expected * above);
            let open = point.steps as f64 - expected;
            pass.subjects[point.subject] += open;
            pass.own[point.subject] += variance;
            let cross = &mut pass.cross[point.subject * size..(point.subject + 1) * size];
            let rater = point.rater.checked_sub(1);
            let area = point.area.checked_sub(1).map(|area| raters - 1 + area);
            let first = raters + areas - 2;
            for (held, place) in [rater, area].into_iter().enumerate() {
                let Some(place) = place else {
                    pass.held[held] += open;
                    continue;
                };
                pass.dense[place] += open;
                cross[place] += variance;
                pass.block[place * size + place] += variance;
            }
            if let (Some(rater), Some(area)) = (rater, area) {
                pass.block[area * size + rater] += variance;
            }
            pass.held[2] += f64::from(u8::from(point.steps > 0)) - above[0];
            for k in 1..thresholds {
                let row = first + k - 1;
                pass.dense[row] += f64::from(u8::from(point.steps > k)) - above[k];
                cross[row] += covers[k];
                for place in [rater, area].into_iter().flatten() {
                    pass.block[row * size + place] += covers[k];
                }
                for l in 1..=k {
                    pass.block[row * size + first + l - 1] += above[k] - above[k] * above[l];
                }
            }
        }
        pass
    }

    pub fn residual(&self) -> f64 {
        self.subjects.iter().chain(&self.dense).chain(&self.held).fold(0.0, |largest: f64, open| largest.max(open.abs()))
    }

    /// Newton's step; none where the information is singular.
    pub fn step(&self, design: &Design) -> Option<Effects> {
        let size = self.size;
        let mut block = self.block.clone();
        let mut right = self.dense.clone();
        for ((cross, own), open) in rows(&self.cross, size, self.own.len()).zip(&self.own).zip(&self.subjects) {
            if own.is_nan() || *own <= 0.0 {
                return None;
            }
            let touched: Vec<usize> = (0..size).filter(|place| cross[*place] != 0.0).collect();
            for (nth, &row) in touched.iter().enumerate() {
                let share = cross[row] / own;
                right[row] -= share * open;
                for &column in &touched[..=nth] {
                    block[row * size + column] -= share * cross[column];
                }
            }
        }
        let diagonal: Vec<f64> = (0..size).map(|place| self.block[place * size + place]).collect();
        solve(&mut block, &diagonal, &mut right)?;
        let subjects = rows(&self.cross, size, self.own.len())
            .zip(&self.own)
            .zip(&self.subjects)
            .map(|((cross, own), open)| (open - cross.iter().zip(&right).map(|(a, b)| a * b).sum::<f64>()) / own)
            .collect();
        let (raters, areas) = (design.raters.kept.len() - 1, design.areas.kept.len() - 1);
        let led = |list: &[f64]| std::iter::once(0.0).chain(list.iter().copied()).collect();
        Some(Effects {
            subjects,
            raters: led(&right[..raters]),
            areas: led(&right[raters..raters + areas]),
            steps: led(&right[raters + areas..]),
        })
    }
}

/// `count` rows of a flat table, also of one without columns.
fn rows(table: &[f64], size: usize, count: usize) -> impl Iterator<Item = &[f64]> {
    (0..count).map(move |row| &table[row * size..(row + 1) * size])
}

/// Solves in place by Cholesky's factor of the lower triangle; `diagonal` is the scale of each pivot.
fn solve(block: &mut [f64], diagonal: &[f64], right: &mut [f64]) -> Option<()> {
    let n = right.len();
    for i in 0..n {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| block[i * n + k] * block[j * n + k]).sum();
            let left = block[i * n + j] - dot;
            if i == j {
                if left.is_nan() || left <= SINGULAR * diagonal[i] {
                    return None;
                }
                block[i * n + i] = left.sqrt();
            } else {
                block[i * n + j] = left / block[j * n + j];
            }
        }
    }
    for i in 0..n {
        let dot: f64 = (0..i).map(|k| block[i * n + k] * right[k]).sum();
        right[i] = (right[i] - dot) / block[i * n + i];
    }
    for i in (0..n).rev() {
        let dot: f64 = (i + 1..n).map(|k| block[k * n + i] * right[k]).sum();
        right[i] = (right[i] - dot) / block[i * n + i];
    }
    Some(())
}

//! Mean squares of a complete subject × rater × area study, and the components they give (Brennan 2001).

use super::super::super::reason::Reason;
use super::components::Components;
use super::study::Study;

/// What is less than this part of the whole sum of squares is rounding.
const ROUNDING: f64 = 1e-20;

/// Mean squares and degrees of freedom in the order p, r, a, pr, pa, ra, pra.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanSquares {
    pub squares: [f64; 7],
    pub df: [f64; 7],
    /// Subjects, raters, areas.
    pub levels: [f64; 3],
}

/// `incomplete_design` where a cell is empty or there is one area only.
pub fn mean_squares(study: &Study) -> Result<MeanSquares, Reason> {
    if !study.is_complete() {
        return Err(Reason::IncompleteDesign);
    }
    let (np, nr, na) = (study.subjects, study.raters, study.areas);
    let mut p = Margin::new(np, nr * na);
    let mut r = Margin::new(nr, np * na);
    let mut a = Margin::new(na, np * nr);
    let mut pr = Margin::new(np * nr, na);
    let mut pa = Margin::new(np * na, nr);
    let mut ra = Margin::new(nr * na, np);
    for cell in &study.cells {
        let value = cell.value - study.mean;
        p.add(cell.subject, value);
        r.add(cell.rater, value);
        a.add(cell.area, value);
        pr.add(cell.subject * nr + cell.rater, value);
        pa.add(cell.subject * na + cell.area, value);
        ra.add(cell.rater * na + cell.area, value);
    }
    let (mut sums, mut whole) = ([0.0; 7], 0.0);
    for cell in &study.cells {
        let value = cell.value - study.mean;
        let (mp, mr, ma) = (p.at(cell.subject), r.at(cell.rater), a.at(cell.area));
        let mpr = pr.at(cell.subject * nr + cell.rater) - mp - mr;
        let mpa = pa.at(cell.subject * na + cell.area) - mp - ma;
        let mra = ra.at(cell.rater * na + cell.area) - mr - ma;
        let rest = value - mp - mr - ma - mpr - mpa - mra;
        for (sum, effect) in sums.iter_mut().zip([mp, mr, ma, mpr, mpa, mra, rest]) {
            *sum += effect * effect;
        }
        whole += value * value;
    }
    let levels = [np as f64, nr as f64, na as f64];
    let [dp, dr, da] = levels.map(|n| n - 1.0);
    let df = [dp, dr, da, dp * dr, dp * da, dr * da, dp * dr * da];
    let mut squares = [0.0; 7];
    for ((square, sum), df) in squares.iter_mut().zip(sums).zip(df) {
        *square = if sum <= ROUNDING * whole { 0.0 } else { sum / df };
    }
    Ok(MeanSquares { squares, df, levels })
}

impl MeanSquares {
    /// The components that make the expected mean squares equal to these; not clamped.
    pub fn components(&self) -> Components {
        let [p, r, a, pr, pa, ra, pra] = self.squares;
        let [np, nr, na] = self.levels;
        Components {
            p: (p - pr - pa + pra) / (nr * na),
            r: (r - pr - ra + pra) / (np * na),
            a: (a - pa - ra + pra) / (np * nr),
            pr: (pr - pra) / na,
            pa: (pa - pra) / nr,
            ra: (ra - pra) / np,
            pra,
        }
    }
}

/// Means by level.
struct Margin {
    sums: Vec<f64>,
    each: f64,
}

impl Margin {
    fn new(levels: usize, each: usize) -> Self {
        Margin { sums: vec![0.0; levels], each: each as f64 }
    }

    fn add(&mut self, level: usize, value: f64) {
        if let Some(sum) = self.sums.get_mut(level) {
            *sum += value;
        }
    }

    fn at(&self, level: usize) -> f64 {
        self.sums.get(level).copied().unwrap_or_default() / self.each
    }
}

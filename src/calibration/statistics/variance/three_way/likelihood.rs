//! The REML criterion of the three-way model, with the subjects eliminated.
//!
//! V = σ²(W + U Γ Uᵀ). W is block diagonal by subject and holds the residual and the effects p, pr, pa; U are the effects
//! shared between subjects: r, a, ra. Let B = W⁻¹, X = [U 1], S = Xᵀ B X. Then P₀ = B - B X C Xᵀ B, where C is
//! (Γ⁻¹ + Uᵀ B U)⁻¹ bordered for the mean. The criterion is that of the two-way model: log|V₀| + log(1ᵀV₀⁻¹1) +
//! (N - 1) log(yᵀP₀y). The largest dense matrix has the size of X, not of the values.

use nalgebra::{Cholesky, DMatrix, DVector};

use super::super::optimum::{Slopes, Surface};
use super::blocks::{Block, Blocks};

/// Of p, r, a, pr, pa, ra: those of one subject, and those shared, in the order of [`Block::own`] and of the kinds.
const OWN: [usize; 3] = [0, 3, 4];
const SHARED: [usize; 3] = [1, 2, 5];

/// The model at given ratios.
pub struct Point {
    pub rest: f64,
    pub value: f64,
    /// B of each block.
    inverses: Vec<DMatrix<f64>>,
    /// S.
    s: DMatrix<f64>,
    /// C.
    c: DMatrix<f64>,
    /// Xᵀ B y.
    right: DVector<f64>,
    /// C Xᵀ B y: the effects shared between subjects, as predicted.
    effects: DVector<f64>,
}

/// tr(P₀Vi); tr(P₀ViP₀Vj); yᵀP₀ViP₀y; yᵀP₀ViP₀VjP₀y for the six ratios.
pub struct Derivatives {
    traces: DVector<f64>,
    products: DMatrix<f64>,
    forms: DVector<f64>,
    second: DMatrix<f64>,
}

impl Block {
    /// W⁻¹ and log|W|.
    fn inverse(&self, ratios: &[f64]) -> Option<(DMatrix<f64>, f64)> {
        let n = self.columns.len();
        let w = DMatrix::from_fn(n, n, |i, j| {
            let own: f64 = (0..3).filter(|&t| self.own[t][i] == self.own[t][j]).map(|t| ratios[OWN[t]]).sum();
            own + if i == j { 1.0 } else { 0.0 }
        });
        let cholesky = Cholesky::new(w)?;
        let log_det = 2.0 * cholesky.l_dirty().diagonal().iter().map(|x| x.ln()).sum::<f64>();
        Some((cholesky.inverse(), log_det))
    }
}

impl Blocks {
    pub fn point(&self, ratios: &[f64]) -> Option<Point> {
        let (mut s, mut right) = (DMatrix::zeros(self.width, self.width), DVector::zeros(self.width));
        let (mut squares, mut log_det) = (0.0, 0.0);
        let mut inverses = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            let (b, own) = block.inverse(ratios)?;
            let half = block.lifted(&b);
            block.spread(&block.lifted(&half.transpose()), block.count, &mut s);
            let sum = &half * DMatrix::from_column_slice(block.sum.len(), 1, block.sum.as_slice());
            block.spread_vector(&sum, &mut right);
            squares += b.component_mul(&block.products).sum();
            log_det += block.count * own;
            inverses.push(b);
        }
        let last = self.width - 1;
        let roots = DVector::from_fn(last, |at, _| ratios[SHARED[self.kinds[at]]].sqrt());
        let m = DMatrix::from_fn(last, last, |i, j| roots[i] * s[(i, j)] * roots[j] + if i == j { 1.0 } else { 0.0 });
        let cholesky = Cholesky::new(m)?;
        log_det += 2.0 * cholesky.l_dirty().diagonal().iter().map(|x| x.ln()).sum::<f64>();
        let inner = cholesky.inverse();
        let mut c =
            DMatrix::from_fn(self.width, self.width, |i, j| if i < last && j < last { roots[i] * inner[(i, j)] * roots[j] } else { 0.0 });
        // 1ᵀ V₀⁻¹ 1 = S₁₁ - hᵀ C h; the border of C is that of the inverse with an infinite variance of the mean.
        let h = s.column(last).clone_owned();
        let mut border = -(&c * &h);
        let weight = s[(last, last)] + h.dot(&border);
        border[last] = 1.0;
        c.ger(1.0 / weight, &border, &border, 1.0);
        let effects = &c * &right;
        let rest = squares - right.dot(&effects);
        let value = log_det + weight.ln() + (self.n - 1.0) * rest.ln();
        value.is_finite().then_some(Point { rest, value, inverses, s, c, right, effects })
    }

    pub fn derivatives(&self, point: &Point) -> Derivatives {
        let width = self.width;
        let (mut traces, mut forms) = (DVector::zeros(6), DVector::zeros(6));
        let (mut products, mut second) = (DMatrix::zeros(6, 6), DMatrix::zeros(6, 6));
        let mut f: [DMatrix<f64>; 3] = std::array::from_fn(|_| DMatrix::zeros(width, width));
        let mut omega: [DVector<f64>; 3] = std::array::from_fn(|_| DVector::zeros(width));
        for (block, b) in self.blocks.iter().zip(&point.inverses) {
            let bdb = b * block.seen(&point.c) * b;
            // Of P₀ y of these subjects: the sum, and the sum of products.
            let at = block.seen_vector(&point.effects);
            let mut moments = block.products.clone();
            moments.ger(-1.0, &block.sum, &at, 1.0);
            moments.ger(-1.0, &at, &block.sum, 1.0);
            moments.ger(block.count, &at, &at, 1.0);
            let z = b * moments * b;
            let mean = b * (&block.sum - at * block.count);
            let mean = DMatrix::from_column_slice(mean.len(), 1, mean.as_slice());
            for j in 0..3 {
                traces[OWN[j]] += block.count * block.folded(b, j, j).trace();
                forms[OWN[j]] += block.folded(&z, j, j).trace();
                let gathered = block.gathered(b, j);
                let y = block.lifted(&gathered);
                block.spread(&(&y * y.transpose()), block.count, &mut f[j]);
                let folded = block.gathered(&mean.transpose(), j).transpose();
                block.spread_vector(&(&y * folded), &mut omega[j]);
                for k in 0..3 {
                    let bjk = block.folded(b, j, k);
                    let less = &bjk - block.folded(&bdb, j, k) * 2.0;
                    products[(OWN[j], OWN[k])] += block.count * bjk.component_mul(&less).sum();
                    second[(OWN[j], OWN[k])] += bjk.component_mul(&block.folded(&z, j, k)).sum();
                }
            }
        }
        // Xᵀ P₀ = A Xᵀ B, Xᵀ P₀ X = A S.
        let a = DMatrix::identity(width, width) - &point.s * &point.c;
        let q = &a * &point.s;
        let pull = &point.right - &point.s * &point.effects;
        let of = |kind: usize| (0..width - 1).filter(move |at| self.kinds[*at] == kind);
        let cf: [DMatrix<f64>; 3] = std::array::from_fn(|j| &point.c * &f[j]);
        for j in 0..3 {
            traces[OWN[j]] -= cf[j].trace();
            let c_omega = &point.c * &omega[j];
            let (af, a_omega) = (&a * &f[j], &a * &omega[j]);
            for k in 0..3 {
                products[(OWN[j], OWN[k])] += cf[j].component_mul(&cf[k].transpose()).sum();
                second[(OWN[j], OWN[k])] -= c_omega.dot(&omega[k]);
                let mixed: f64 = of(k).map(|at| af.row(at).dot(&a.row(at))).sum();
                let form: f64 = of(k).map(|at| a_omega[at] * pull[at]).sum();
                for at in [(OWN[j], SHARED[k]), (SHARED[k], OWN[j])] {
                    products[at] = mixed;
                    second[at] = form;
                }
                products[(SHARED[j], SHARED[k])] = of(j).flat_map(|i| of(k).map(move |l| (i, l))).map(|at| q[at] * q[at]).sum();
                second[(SHARED[j], SHARED[k])] =
                    of(j).flat_map(|i| of(k).map(move |l| (i, l))).map(|(i, l)| pull[i] * q[(i, l)] * pull[l]).sum();
            }
            traces[SHARED[j]] = of(j).map(|at| q[(at, at)]).sum();
            forms[SHARED[j]] = of(j).map(|at| pull[at] * pull[at]).sum();
        }
        Derivatives { traces, products, forms, second }
    }

    /// Expected REML information of p, r, a, pr, pa, ra and the residual, at residual variance 1. The row of the residual
    /// follows from P₀ V₀ P₀ = P₀.
    pub fn information(&self, point: &Point, ratios: &[f64]) -> DMatrix<f64> {
        let d = self.derivatives(point);
        let ratios = DVector::from_column_slice(ratios);
        let edge = &d.traces - &d.products * &ratios;
        let corner = self.n - 1.0 - ratios.dot(&d.traces) - ratios.dot(&edge);
        let whole = DMatrix::from_fn(7, 7, |i, j| match (i, j) {
            (6, 6) => corner,
            (6, at) | (at, 6) => edge[at],
            at => d.products[at],
        });
        whole * 0.5
    }
}

impl Surface for Blocks {
    fn value(&self, ratios: &[f64]) -> Option<f64> {
        self.point(ratios).map(|point| point.value)
    }

    fn slopes(&self, ratios: &[f64]) -> Option<Slopes> {
        let point = self.point(ratios)?;
        let d = self.derivatives(&point);
        let (df, rest) = (self.n - 1.0, point.rest);
        let gradient = &d.traces - &d.forms * (df / rest);
        let curvature = &d.second * (2.0 * df / rest) - &d.products - &d.forms * d.forms.transpose() * (df / (rest * rest));
        Some(Slopes { value: point.value, gradient, curvature })
    }
}

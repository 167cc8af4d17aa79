//! The REML criterion of the two-way model, with the units eliminated.
//!
//! V = σ²(H + λr Zr Zrᵀ), H = I + λp Zp Zpᵀ; λ are the ratios of the components to the residual variance σ². H has a
//! closed inverse per unit: I - w 1 1ᵀ with w = λp / (1 + λp n), n the unit's raters. With G = Zrᵀ H⁻¹ Zr there remains
//! M = I + λr G, a rater × rater matrix: log|V₀| = Σ log(1 + λp n) + log|M|. The criterion is -2 log likelihood without
//! constants and with σ² at its best: log|V₀| + log(1ᵀV₀⁻¹1) + (N - 1) log(yᵀP₀y), V₀ = V / σ², P₀ the projection
//! that takes out the mean (Patterson & Thompson 1971). Its derivatives are traces and quadratic forms in P₀.

use nalgebra::{Cholesky, DMatrix, DVector};

use super::super::optimum::{Slopes, Surface};
use super::panels::{Panel, Panels};

/// The model at given ratios of unit and rater to the residual.
pub struct Point {
    pub unit_ratio: f64,
    pub rater_ratio: f64,
    /// M⁻¹.
    pub inverse: DMatrix<f64>,
    /// G.
    reduced: DMatrix<f64>,
    /// Zrᵀ V₀⁻¹ 1.
    pub level: DVector<f64>,
    /// 1ᵀ V₀⁻¹ 1.
    pub weight: f64,
    /// The mean by generalised least squares, less the centre.
    pub beta: f64,
    /// Zrᵀ P₀ y.
    pub pull: DVector<f64>,
    /// yᵀ P₀ y.
    pub rest: f64,
    pub value: f64,
}

impl Point {
    /// G = Zrᵀ H⁻¹ Zr.
    pub fn reduced(&self) -> &DMatrix<f64> {
        &self.reduced
    }
}

impl Panel {
    /// 1 / (1 + λp n).
    fn damp(&self, ratio: f64) -> f64 {
        1.0 / (1.0 + ratio * self.size)
    }
}

impl Panels {
    pub fn point(&self, unit_ratio: f64, rater_ratio: f64) -> Option<Point> {
        let mut reduced = DMatrix::from_diagonal(&self.counts);
        let (mut h, mut b) = (DVector::zeros(self.raters), self.sums.clone());
        let (mut ones, mut cross, mut squares, mut log_det) = (0.0, 0.0, self.squares, 0.0);
        for panel in &self.sizes {
            let damp = panel.damp(unit_ratio);
            let w = unit_ratio * damp;
            reduced.zip_apply(&panel.together, |g, met| *g -= w * met);
            h.axpy(damp, &panel.seen, 1.0);
            b.axpy(-w, &panel.totals, 1.0);
            ones += panel.count * panel.size * damp;
            cross += panel.total * damp;
            squares -= w * panel.squares;
            log_det += panel.count * (unit_ratio * panel.size).ln_1p();
        }
        let m = &reduced * rater_ratio + DMatrix::identity(self.raters, self.raters);
        let cholesky = Cholesky::new(m)?;
        log_det += 2.0 * cholesky.l_dirty().diagonal().iter().map(|x| x.ln()).sum::<f64>();
        let inverse = cholesky.inverse();
        let level = &inverse * &h;
        let y = &inverse * &b;
        let weight = ones - rater_ratio * h.dot(&level);
        let cross = cross - rater_ratio * h.dot(&y);
        let beta = cross / weight;
        let pull = y - &level * beta;
        let rest = squares - rater_ratio * b.dot(&(&inverse * &b)) - cross * beta;
        let value = log_det + weight.ln() + (self.n - 1.0) * rest.ln();
        value.is_finite().then_some(Point { unit_ratio, rater_ratio, inverse, reduced, level, weight, beta, pull, rest, value })
    }

    pub fn derivatives(&self, point: &Point) -> Derivatives {
        let lr = point.rater_ratio;
        let (m, v, beta) = (&point.level, &point.pull, point.beta);
        let size = self.raters;
        let mut b2 = DMatrix::zeros(size, size);
        let mut b3 = DMatrix::zeros(size, size);
        let (mut af, mut az) = (DVector::zeros(size), DVector::zeros(size));
        // f is a unit's element of Zpᵀ V₀⁻¹ 1, z of Zpᵀ P₀ y, e = n d the diagonal of Zpᵀ H⁻¹ Zp.
        let (mut ff, mut fef, mut fz, mut zz, mut zez, mut ee, mut trace_unit) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for panel in &self.sizes {
            let (d, k, count) = (panel.damp(point.unit_ratio), panel.size, panel.count);
            let (d2, e) = (d * d, d * k);
            b2.zip_apply(&panel.together, |b, met| *b += d2 * met);
            b3.zip_apply(&panel.together, |b, met| *b += d2 * e * met);
            let (met_m, met_v) = (&panel.together * m, &panel.together * v);
            af += (&panel.seen * k - &met_m * lr) * d2;
            let apart = &panel.totals - &panel.seen * (k * beta);
            az += (&apart - &met_v * lr) * d2;
            let (seen_m, seen_v) = (panel.seen.dot(m), panel.seen.dot(v));
            let f = k * k * count - 2.0 * lr * k * seen_m + lr * lr * m.dot(&met_m);
            let x = panel.squares - 2.0 * beta * k * panel.total + (k * beta).powi(2) * count - 2.0 * lr * apart.dot(v)
                + lr * lr * v.dot(&met_v);
            let mixed = k * panel.total - k * k * beta * count - lr * k * seen_v - lr * apart.dot(m) + lr * lr * m.dot(&met_v);
            ff += d2 * f;
            fef += d2 * e * f;
            zz += d2 * x;
            zez += d2 * e * x;
            fz += d2 * mixed;
            ee += count * e * e;
            trace_unit += count * e;
        }
        let weight = point.weight;
        let x = &point.inverse * &b2;
        let (inverse_af, inverse_az) = (&point.inverse * &af, &point.inverse * &az);
        let spread = &point.inverse * &point.reduced - m * m.transpose() / weight;
        let mm = m.dot(m);
        let traces = [trace_unit - lr * x.trace() - ff / weight, spread.trace()];
        let unit_unit = ee + lr * lr * x.component_mul(&x.transpose()).sum() + (ff / weight).powi(2)
            - 2.0 * lr * point.inverse.component_mul(&b3).sum()
            - 2.0 * fef / weight
            + 2.0 * lr * af.dot(&inverse_af) / weight;
        let unit_rater =
            point.inverse.component_mul(&x.transpose()).sum() - 2.0 * af.dot(&(&point.inverse * m)) / weight + ff * mm / (weight * weight);
        let rater_rater = spread.norm_squared();
        let forms = [zz, v.norm_squared()];
        let second = [zez - lr * az.dot(&inverse_az) - fz * fz / weight, inverse_az.dot(v) - fz * m.dot(v) / weight, v.dot(&(&spread * v))];
        Derivatives { traces, products: [unit_unit, unit_rater, rater_rater], forms, second }
    }

    /// Expected REML information of (unit, rater, residual) at residual variance 1: half the traces of P₀ Vi P₀ Vj.
    /// Those with the residual follow from P₀ V₀ P₀ = P₀.
    pub fn information(&self, point: &Point) -> DMatrix<f64> {
        let d = self.derivatives(point);
        let (lp, lr) = (point.unit_ratio, point.rater_ratio);
        let [pp, pr, rr] = d.products;
        let pe = d.traces[0] - lp * pp - lr * pr;
        let re = d.traces[1] - lp * pr - lr * rr;
        let ee = self.n - 1.0 - lp * d.traces[0] - lr * d.traces[1] - lp * pe - lr * re;
        DMatrix::from_row_slice(3, 3, &[pp, pr, pe, pr, rr, re, pe, re, ee]) * 0.5
    }
}

/// Pieces of the derivatives, for unit and rater: tr(P₀Vi); tr(P₀ViP₀Vj); yᵀP₀ViP₀y; yᵀP₀ViP₀VjP₀y.
pub struct Derivatives {
    traces: [f64; 2],
    products: [f64; 3],
    forms: [f64; 2],
    second: [f64; 3],
}

impl Surface for Panels {
    fn value(&self, ratios: &[f64]) -> Option<f64> {
        let [unit, rater] = ratios else { return None };
        self.point(*unit, *rater).map(|point| point.value)
    }

    fn slopes(&self, ratios: &[f64]) -> Option<Slopes> {
        let [unit, rater] = ratios else { return None };
        let point = self.point(*unit, *rater)?;
        let d = self.derivatives(&point);
        let (df, rest) = (self.n - 1.0, point.rest);
        let gradient = DVector::from_fn(2, |i, _| d.traces[i] - df * d.forms[i] / rest);
        let curvature = DMatrix::from_fn(2, 2, |i, j| {
            -d.products[i + j] + df * (2.0 * d.second[i + j] / rest - d.forms[i] * d.forms[j] / (rest * rest))
        });
        Some(Slopes { value: point.value, gradient, curvature })
    }
}

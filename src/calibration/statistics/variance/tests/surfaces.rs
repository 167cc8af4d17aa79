//! The two criteria against the dense definition, and their derivatives against differences.

use nalgebra::{Cholesky, DMatrix, DVector};

use super::super::optimum::{Slopes, Surface};
use super::super::three_way::{Blocks, study::Study};
use super::super::two_way::Panels;
use super::*;

/// -2 log restricted likelihood without constants, residual variance at its best, by inverting V whole.
fn dense(y: &[f64], v: &DMatrix<f64>) -> f64 {
    let n = y.len();
    let cholesky = Cholesky::new(v.clone()).expect("positive");
    let (ones, y) = (DVector::from_element(n, 1.0), DVector::from_column_slice(y));
    let inverse = cholesky.inverse();
    let weight = ones.dot(&(&inverse * &ones));
    let beta = ones.dot(&(&inverse * &y)) / weight;
    let left = y.add_scalar(-beta);
    let log_det = 2.0 * cholesky.l().diagonal().iter().map(|x| x.ln()).sum::<f64>();
    log_det + weight.ln() + (n as f64 - 1.0) * left.dot(&(&inverse * &left)).ln()
}

fn same(a: usize, b: usize) -> f64 {
    if a == b { 1.0 } else { 0.0 }
}

fn near(got: f64, want: f64, size: f64, what: &str) {
    assert!((got - want).abs() <= 1e-5 * (1.0 + size), "{what}: {got} is not {want}");
}

/// Analytic slopes against central differences of the value and of the slopes.
fn check(surface: &impl Surface, at: &[f64]) {
    let Slopes { value, gradient, curvature } = surface.slopes(at).expect("finite");
    assert!((surface.value(at).expect("finite") - value).abs() < 1e-10 * value.abs());
    for i in 0..at.len() {
        let h = 1e-4 * (at[i] + 0.01);
        let (mut up, mut down) = (at.to_vec(), at.to_vec());
        up[i] += h;
        down[i] -= h;
        let (above, below) = (surface.slopes(&up).expect("finite"), surface.slopes(&down).expect("finite"));
        near(gradient[i], (above.value - below.value) / (2.0 * h), gradient.amax(), "gradient");
        for j in 0..at.len() {
            near(curvature[(i, j)], (above.gradient[j] - below.gradient[j]) / (2.0 * h), curvature.amax(), "curvature");
        }
    }
}

#[test]
fn two_way_criterion_is_the_dense_one_and_its_slopes_are_right() {
    let cells = made(9, 5, 1, 3, |s, r, _| (s * 3 + r * 2) % 5 < 3);
    let team = team(&cells);
    let panels = Panels::of(&team);
    let units: Vec<(usize, usize, f64)> =
        team.units().enumerate().flat_map(|(u, unit)| unit.seats.iter().map(move |seat| (u, seat.rater, seat.value))).collect();
    let y: Vec<f64> = units.iter().map(|cell| cell.2).collect();
    for at in [[0.7, 0.3], [2.5, 0.05], [0.02, 1.5], [40.0, 9.0]] {
        let v = DMatrix::from_fn(y.len(), y.len(), |i, j| {
            at[0] * same(units[i].0, units[j].0) + at[1] * same(units[i].1, units[j].1) + same(i, j)
        });
        assert!((panels.value(&at).expect("finite") - dense(&y, &v)).abs() < 1e-9);
        check(&panels, &at);
    }
}

#[test]
fn three_way_criterion_is_the_dense_one_and_its_slopes_are_right() {
    let cells = made(6, 4, 3, 5, |s, r, a| (s + r) % 4 < 3 && (s + 2 * r + a) % 7 != 0);
    let study = Study::read(&ratings(&cells), &Scope::Areas).expect("a study");
    let blocks = Blocks::of(&study);
    let c = &study.cells;
    let y: Vec<f64> = c.iter().map(|cell| cell.value).collect();
    for at in [[1.0, 0.1, 0.1, 0.2, 0.5, 0.1], [4.0, 2.0, 0.7, 1.3, 0.03, 0.4], [0.2, 0.02, 5.0, 0.02, 3.0, 2.0]] {
        let v = DMatrix::from_fn(y.len(), y.len(), |i, j| {
            let (p, r, a) = (same(c[i].subject, c[j].subject), same(c[i].rater, c[j].rater), same(c[i].area, c[j].area));
            at[0] * p + at[1] * r + at[2] * a + at[3] * p * r + at[4] * p * a + at[5] * r * a + same(i, j)
        });
        assert!((blocks.value(&at).expect("finite") - dense(&y, &v)).abs() < 1e-9);
        check(&blocks, &at);
    }
}

//! The lowest point of a criterion over variance ratios that cannot be negative.
//!
//! Ratios are squares of free numbers, so that the boundary at zero is an ordinary point: there the slope by the root
//! is zero, and a Newton step by the root goes right to a minimum on the boundary. A root that rests at zero although
//! the criterion falls into the inside is let go again.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

/// The largest ratio. There the residual variance is a millionth of another and stands for zero.
pub const CEILING: f64 = 1e6;
const STEPS: usize = 300;

/// Value and derivatives of a criterion by the ratios.
#[derive(Debug, Clone, PartialEq)]
pub struct Slopes {
    pub value: f64,
    pub gradient: DVector<f64>,
    pub curvature: DMatrix<f64>,
}

/// A criterion over ratios, to be made small. None where it is not finite.
pub trait Surface {
    fn value(&self, ratios: &[f64]) -> Option<f64>;
    fn slopes(&self, ratios: &[f64]) -> Option<Slopes>;
}

#[derive(Debug, Clone, PartialEq)]
pub struct Optimum {
    pub ratios: Vec<f64>,
    pub value: f64,
    /// The descent ended in a minimum and not in the limit of steps.
    pub settled: bool,
}

/// The best of the minima reached from the starts.
pub fn lowest(surface: &impl Surface, starts: &[Vec<f64>]) -> Option<Optimum> {
    let mut best: Option<Optimum> = None;
    for found in starts.iter().filter_map(|start| descend(surface, start)) {
        let better = best.as_ref().is_none_or(|best| {
            let noise = noise(best.value, &best.ratios);
            found.value < best.value - noise || (!best.settled && found.settled && found.value <= best.value + noise)
        });
        if better {
            best = Some(found);
        }
    }
    best
}

/// How far rounding moves a value of the criterion: with large ratios the residual is a small difference of large sums.
fn noise(value: f64, ratios: &[f64]) -> f64 {
    let largest = ratios.iter().copied().fold(0.0, f64::max);
    (1e-11 + 1e-14 * largest) * (1.0 + value.abs())
}

fn descend(surface: &impl Surface, start: &[f64]) -> Option<Optimum> {
    let top = CEILING.sqrt();
    let mut roots: DVector<f64> = DVector::from_iterator(start.len(), start.iter().map(|ratio| ratio.max(0.0).sqrt().min(top)));
    let mut here = at(surface, &roots)?;
    let mut polished = 0;
    let mut settled = false;
    for _ in 0..STEPS {
        let Some(move_) = newton(&roots, &here) else { break };
        let noise = noise(here.value, &ratios(&roots));
        if move_.gain <= 1e3 * noise && move_.convex {
            // So near, the value no longer tells better from worse: whole steps follow the gradient.
            let next = roots.zip_map(&move_.step, |root, step| (root + step).abs().min(top));
            let far = next.zip_map(&roots, |new, old| (new - old).abs() / (1.0 + old)).max();
            if let Some(there) = at(surface, &next).filter(|there| there.value <= here.value + 1e4 * noise) {
                (roots, here) = (next, there);
                polished += 1;
                if far > 1e-14 && polished < 60 {
                    continue;
                }
            }
            settled = true;
        } else if let Some((next, there)) = shorten(surface, &roots, &here, &move_.step, top) {
            (roots, here) = (next, there);
            continue;
        } else {
            settled = move_.gain <= 1e6 * noise;
        }
        if let Some((next, there)) = let_go(surface, &roots, &here) {
            (roots, here) = (next, there);
            (polished, settled) = (0, false);
            continue;
        }
        match pin(surface, &roots, &here) {
            Some((next, there)) => {
                (roots, here) = (next, there);
                (polished, settled) = (0, false);
            }
            None => break,
        }
    }
    Some(Optimum { ratios: roots.iter().map(|root| root * root).collect(), value: here.value, settled })
}

fn ratios(roots: &DVector<f64>) -> Vec<f64> {
    roots.iter().map(|root| root * root).collect()
}

fn at(surface: &impl Surface, roots: &DVector<f64>) -> Option<Slopes> {
    surface
        .slopes(&ratios(roots))
        .filter(|slopes| slopes.value.is_finite() && slopes.gradient.iter().chain(slopes.curvature.iter()).all(|number| number.is_finite()))
}

struct Move {
    step: DVector<f64>,
    /// How much lower the quadratic is at its end.
    gain: f64,
    convex: bool,
}

/// The Newton step by the roots, with the curvature made positive. Roots at zero, and those at the ceiling that
/// would rise, stay.
fn newton(roots: &DVector<f64>, here: &Slopes) -> Option<Move> {
    let top = CEILING.sqrt();
    let free: Vec<usize> = (0..roots.len()).filter(|&i| roots[i] > 0.0 && !(roots[i] >= top && here.gradient[i] < 0.0)).collect();
    let none = Move { step: DVector::zeros(roots.len()), gain: 0.0, convex: true };
    if free.is_empty() {
        return Some(none);
    }
    let gradient = DVector::from_iterator(free.len(), free.iter().map(|&i| 2.0 * roots[i] * here.gradient[i]));
    let curvature = DMatrix::from_fn(free.len(), free.len(), |a, b| {
        let (i, j) = (free[a], free[b]);
        let own = if i == j { 2.0 * here.gradient[i] } else { 0.0 };
        4.0 * roots[i] * roots[j] * here.curvature[(i, j)] + own
    });
    let eigen = SymmetricEigen::new(curvature);
    let largest = eigen.eigenvalues.amax();
    if largest <= 0.0 || !largest.is_finite() {
        return Some(none);
    }
    let convex = eigen.eigenvalues.iter().all(|value| *value > 0.0);
    let along = eigen.eigenvectors.transpose() * gradient;
    let shares = along.zip_map(&eigen.eigenvalues, |slope, value| -slope / value.abs().max(1e-10 * largest));
    let gain = -0.5 * along.dot(&shares);
    let inner = &eigen.eigenvectors * shares;
    let mut step = none.step;
    for (a, &i) in free.iter().enumerate() {
        step[i] = inner[a];
    }
    // A step does not leave the part in which the quadratic can be believed.
    let reach = free.iter().map(|&i| step[i].abs() / (0.5 + roots[i])).fold(0.0, f64::max);
    if reach > 1.0 {
        step /= reach;
    }
    step.iter().all(|x| x.is_finite()).then_some(Move { step, gain, convex })
}

fn shorten(surface: &impl Surface, roots: &DVector<f64>, here: &Slopes, step: &DVector<f64>, top: f64) -> Option<(DVector<f64>, Slopes)> {
    let mut length = 1.0;
    for _ in 0..40 {
        let next = roots.zip_map(step, |root, step| (root + length * step).abs().min(top));
        if surface.value(&ratios(&next)).is_some_and(|value| value < here.value) {
            return at(surface, &next).map(|there| (next, there));
        }
        length *= 0.5;
    }
    None
}

/// A root at zero whose ratio should grow is set to the first of some sizes that is lower.
fn let_go(surface: &impl Surface, roots: &DVector<f64>, here: &Slopes) -> Option<(DVector<f64>, Slopes)> {
    for i in (0..roots.len()).filter(|&i| roots[i] == 0.0 && here.gradient[i] < 0.0) {
        let mut next = roots.clone();
        next[i] = 1.0;
        for _ in 0..24 {
            if surface.value(&ratios(&next)).is_some_and(|value| value < here.value - 10.0 * noise(value, &ratios(&next))) {
                return at(surface, &next).map(|there| (next, there));
            }
            next[i] *= 0.5;
        }
    }
    None
}

/// A root so near zero that zero is as good is set to zero.
fn pin(surface: &impl Surface, roots: &DVector<f64>, here: &Slopes) -> Option<(DVector<f64>, Slopes)> {
    for i in (0..roots.len()).filter(|&i| roots[i] > 0.0 && roots[i] < 3e-3) {
        let mut next = roots.clone();
        next[i] = 0.0;
        if surface.value(&ratios(&next)).is_some_and(|value| value <= here.value + noise(value, &ratios(&next))) {
            return at(surface, &next).map(|there| (next, there));
        }
    }
    None
}

//! Joint maximum likelihood by Newton's method, candidates eliminated.
//!
//! The log-likelihood is concave, and every rating belongs to one candidate, so the information matrix is an
//! arrow: a diagonal of candidates and a small dense block of raters, areas and thresholds. One step costs one
//! pass over the ratings and one Cholesky factor of the dense block. The first rater, area and threshold are held
//! at 0 meanwhile; centring comes at the end and changes no probability.

use super::super::reason::Reason;
use super::design::Design;
use super::information::Pass;

/// Largest step of one iteration, in logits.
const LONGEST_STEP: f64 = 1.0;
/// Largest difference of observed and expected sums at the end.
const CLOSE: f64 = 1e-9;
/// A last step above this means that a measure still runs away although its sums agree.
const STILL: f64 = 1e-6;
const ITERATIONS: usize = 100;
const HALVINGS: usize = 40;

/// Effects with the signs of easiness (eta = subject + rater + area; step k adds `steps[k]`).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Effects {
    pub subjects: Vec<f64>,
    pub raters: Vec<f64>,
    pub areas: Vec<f64>,
    pub steps: Vec<f64>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fitted {
    /// Raters, areas and steps sum to 0.
    pub effects: Effects,
    pub loglik: f64,
    pub iterations: usize,
    pub residual: f64,
}

pub(super) fn fit(design: &Design) -> Result<Fitted, Reason> {
    let mut now = start(design);
    let mut state = Pass::new(design, &now);
    for iteration in 0..ITERATIONS {
        // A block that cannot be factored from the start is a fault of the design; later it is a measure that
        // has run so far that its information is gone.
        let refusal = if iteration == 0 { Reason::NotEstimable } else { Reason::NotConverged };
        let step = state.step(design).ok_or(refusal)?;
        let longest = step.longest();
        if !longest.is_finite() {
            return Err(Reason::NotConverged);
        }
        if state.residual() < CLOSE && longest < STILL {
            let residual = state.residual();
            return Ok(Fitted { effects: centred(now), loglik: state.loglik, iterations: iteration, residual });
        }
        let mut share = (LONGEST_STEP / longest).min(1.0);
        let mut halvings = 0;
        loop {
            let next = now.moved(&step, share);
            let tried = Pass::new(design, &next);
            // Near the top the gain is below rounding: then fewer open sums count as progress.
            let flat = (tried.loglik - state.loglik).abs() <= 1e-12 * state.loglik.abs() + 1e-12;
            if tried.loglik > state.loglik || flat && (tried.residual() <= state.residual() || longest < STILL) {
                (now, state) = (next, tried);
                break;
            }
            halvings += 1;
            if halvings > HALVINGS {
                return Err(Reason::NotConverged);
            }
            share /= 2.0;
        }
    }
    Err(Reason::NotConverged)
}

/// Candidates by the logit of their mean share of steps, everything else 0.
fn start(design: &Design) -> Effects {
    let mut sums = vec![(0usize, 0usize); design.subjects.kept.len()];
    for point in &design.points {
        if let Some((taken, possible)) = sums.get_mut(point.subject) {
            *taken += point.steps;
            *possible += design.thresholds;
        }
    }
    let subjects = sums.into_iter().map(|(taken, possible)| ((taken as f64 + 0.25) / ((possible - taken) as f64 + 0.25)).ln()).collect();
    Effects {
        subjects,
        raters: vec![0.0; design.raters.kept.len()],
        areas: vec![0.0; design.areas.kept.len()],
        steps: vec![0.0; design.thresholds],
    }
}

/// Moves the means of raters, areas and steps into the candidates.
fn centred(mut effects: Effects) -> Effects {
    let mut level = 0.0;
    for list in [&mut effects.raters, &mut effects.areas, &mut effects.steps] {
        let middle = list.iter().sum::<f64>() / list.len().max(1) as f64;
        list.iter_mut().for_each(|value| *value -= middle);
        level += middle;
    }
    effects.subjects.iter_mut().for_each(|value| *value += level);
    effects
}

impl Effects {
    pub(super) fn eta(&self, subject: usize, rater: usize, area: usize) -> f64 {
        let of = |list: &[f64], place: usize| list.get(place).copied().unwrap_or(0.0);
        of(&self.subjects, subject) + of(&self.raters, rater) + of(&self.areas, area)
    }

    fn moved(&self, step: &Effects, share: f64) -> Effects {
        let add = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a + share * b).collect();
        Effects {
            subjects: add(&self.subjects, &step.subjects),
            raters: add(&self.raters, &step.raters),
            areas: add(&self.areas, &step.areas),
            steps: add(&self.steps, &step.steps),
        }
    }

    fn longest(&self) -> f64 {
        let all = self.subjects.iter().chain(&self.raters).chain(&self.areas).chain(&self.steps);
        all.fold(0.0, |longest, value| if value.abs() > longest || value.is_nan() { value.abs() } else { longest })
    }
}

/// Probabilities of 0, 1, ... steps at eta; answers the logarithm of the probability of `taken` steps.
pub(super) fn probabilities(eta: f64, steps: &[f64], taken: usize, found: &mut Vec<f64>) -> f64 {
    found.clear();
    found.push(0.0);
    let mut sum = 0.0;
    for step in steps {
        sum += eta + step;
        found.push(sum);
    }
    let top = found.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let own = found.get(taken).copied().unwrap_or(0.0) - top;
    let mut total = 0.0;
    for value in found.iter_mut() {
        *value = (*value - top).exp();
        total += *value;
    }
    found.iter_mut().for_each(|value| *value /= total);
    own - total.ln()
}

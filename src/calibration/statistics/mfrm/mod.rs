//! Many-facet rating scale model: candidates, raters and areas on one scale of logits.
//!
//! log(P_k / P_k-1) = B - C - D - F_k: candidate measure B, rater severity C (positive = severe), area
//! difficulty D, threshold F_k of level k over the level before (Andrich 1978 rating scale; facets after Linacre
//! 1989). Joint maximum likelihood without correction: on short designs measures lie too far outward, which is
//! known and left as it is. Raters, areas and thresholds are centred at 0, so the candidates carry the level.
//!
//! End levels that nobody used are left out. An element with only the lowest or only the highest scores has no
//! finite measure: it is dropped, with its scores, and flagged.

mod answers;
mod design;
mod fit;
mod information;
mod measures;
#[cfg(test)]
mod tests;

pub use answers::{answer, answer_fit, answer_measure, answer_thresholds};

use super::moments;
use super::ratings::Ratings;
use super::reason::Reason;
use super::request::Facet;
use super::scope::Scope;

/// A fitted model. Values and standard errors are in logits.
#[derive(Debug, Clone, PartialEq)]
pub struct Mfrm {
    pub subjects: Vec<Element>,
    pub raters: Vec<Element>,
    pub areas: Vec<Element>,
    /// F_1, F_2, ...: the step from the lowest used level to the next, and so on. They sum to 0.
    pub thresholds: Vec<f64>,
    /// The lowest level that is used.
    pub lowest: f64,
    /// All levels from the lowest used to the highest.
    pub levels: Vec<f64>,
    pub loglik: f64,
    /// Ratings that took part.
    pub n: usize,
    pub iterations: usize,
    /// The largest difference of an element's (or a level's) observed and expected sum.
    pub residual: f64,
}

/// One candidate, rater or area, in the order of ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    pub id: String,
    /// None: only minimum or only maximum scores.
    pub measure: Option<Measure>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    pub value: f64,
    /// 1 / sqrt(information).
    pub se: f64,
    /// Sum of squared residuals over the sum of their variances; 1 is expected.
    pub infit: f64,
    /// Mean squared standardised residual; 1 is expected, single surprises weigh much.
    pub outfit: f64,
    /// Mean of the scores, on the scale.
    pub observed_avg: f64,
    /// Candidates only: the score expected from a rater and an area at 0, on the scale.
    pub fair_average: Option<f64>,
    /// Ratings of this element that took part.
    pub n: usize,
}

impl Mfrm {
    pub fn elements(&self, facet: Facet) -> &[Element] {
        match facet {
            Facet::Subject => &self.subjects,
            Facet::Rater => &self.raters,
            Facet::Area => &self.areas,
        }
    }

    /// The score that a candidate of this measure is to expect from a rater and an area at 0, on the scale.
    pub fn fair_average(&self, measure: f64) -> Option<f64> {
        let steps: Vec<f64> = self.thresholds.iter().map(|threshold| 0.0 - threshold).collect();
        let mut chances = Vec::new();
        fit::probabilities(measure, &steps, 0, &mut chances);
        moments::finite(chances.iter().zip(&self.levels).map(|(chance, level)| chance * level).sum())
    }

    /// One element's measure, or why it has none.
    pub fn measure(&self, facet: Facet, id: &str) -> Result<Measure, Reason> {
        let elements = self.elements(facet);
        let found = elements.binary_search_by(|element| element.id.as_str().cmp(id)).ok().and_then(|at| elements.get(at));
        found.ok_or(Reason::NoRatings)?.measure.ok_or(Reason::ExtremeScore)
    }
}

/// Fits the model to the cells of a scope. A scope of means has no levels to model: its cells are all cells.
pub fn mfrm(ratings: &Ratings, scope: &Scope) -> Result<Mfrm, Reason> {
    let design = design::Design::new(ratings, scope)?;
    let fitted = fit::fit(&design)?;
    measures::measures(ratings, &design, &fitted).ok_or(Reason::NotConverged)
}

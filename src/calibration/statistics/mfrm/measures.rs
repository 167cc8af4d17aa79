//! Measures with standard errors and fit from the fitted effects.

use super::super::moments::finite;
use super::super::ratings::Ratings;
use super::design::{Design, Elements, Point};
use super::fit::{Fitted, probabilities};
use super::{Element, Measure, Mfrm};

/// Sums over the ratings of one element.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    information: f64,
    squares: f64,
    standardised: f64,
    score: f64,
    n: usize,
}

/// None if a number is not finite, which a converged fit does not give.
pub(super) fn measures(ratings: &Ratings, design: &Design, fitted: &Fitted) -> Option<Mfrm> {
    let effects = &fitted.effects;
    let levels = ratings.scale().levels().get(design.lowest..=design.lowest + design.thresholds)?;
    let (mut subjects, mut raters, mut areas) = (
        vec![Sums::default(); effects.subjects.len()],
        vec![Sums::default(); effects.raters.len()],
        vec![Sums::default(); effects.areas.len()],
    );
    let mut chances = Vec::new();
    for point in &design.points {
        probabilities(effects.eta(point.subject, point.rater, point.area), &effects.steps, point.steps, &mut chances);
        let one = Sums::of(point, &chances, *levels.get(point.steps)?);
        subjects.get_mut(point.subject)?.add(&one);
        raters.get_mut(point.rater)?.add(&one);
        areas.get_mut(point.area)?.add(&one);
    }
    let mut fair = |subject: usize| {
        probabilities(effects.subjects.get(subject).copied()?, &effects.steps, 0, &mut chances);
        finite(chances.iter().zip(levels).map(|(p, level)| p * level).sum())
    };
    let severity = |effects: &[f64], at: usize| effects.get(at).map(|effect| 0.0 - effect);
    let no_fair = |_: usize| None;
    Some(Mfrm {
        subjects: elements(ratings.subjects(), &design.subjects, &subjects, |at| effects.subjects.get(at).copied(), &mut fair)?,
        raters: elements(ratings.raters(), &design.raters, &raters, |at| severity(&effects.raters, at), no_fair)?,
        areas: elements(ratings.areas(), &design.areas, &areas, |at| severity(&effects.areas, at), no_fair)?,
        thresholds: effects.steps.iter().map(|step| finite(0.0 - step)).collect::<Option<_>>()?,
        lowest: levels.first().copied()?,
        levels: levels.to_vec(),
        loglik: finite(fitted.loglik)?,
        n: design.points.len(),
        iterations: fitted.iterations,
        residual: fitted.residual,
    })
}

impl Sums {
    fn of(point: &Point, chances: &[f64], score: f64) -> Sums {
        let expected: f64 = chances.iter().enumerate().map(|(k, p)| p * k as f64).sum();
        let variance: f64 = chances.iter().enumerate().map(|(k, p)| p * (k as f64 - expected).powi(2)).sum();
        let square = (point.steps as f64 - expected).powi(2);
        Sums { information: variance, squares: square, standardised: square / variance, score, n: 1 }
    }

    fn add(&mut self, one: &Sums) {
        self.information += one.information;
        self.squares += one.squares;
        self.standardised += one.standardised;
        self.score += one.score;
        self.n += one.n;
    }

    fn measure(&self, value: f64, fair_average: Option<f64>) -> Option<Measure> {
        Some(Measure {
            value: finite(value)?,
            se: finite(1.0 / self.information.sqrt())?,
            infit: finite(self.squares / self.information)?,
            outfit: finite(self.standardised / self.n as f64)?,
            observed_avg: finite(self.score / self.n as f64)?,
            fair_average,
            n: self.n,
        })
    }
}

fn elements(
    ids: &[String],
    places: &Elements,
    sums: &[Sums],
    value: impl Fn(usize) -> Option<f64>,
    mut fair: impl FnMut(usize) -> Option<f64>,
) -> Option<Vec<Element>> {
    let mut found = Vec::with_capacity(places.kept.len() + places.extreme.len());
    for (at, (whole, sums)) in places.kept.iter().zip(sums).enumerate() {
        found.push(Element { id: ids.get(*whole)?.clone(), measure: Some(sums.measure(value(at)?, fair(at))?) });
    }
    for whole in &places.extreme {
        found.push(Element { id: ids.get(*whole)?.clone(), measure: None });
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    Some(found)
}

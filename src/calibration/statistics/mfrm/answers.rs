//! The model's answers as named fields.

use super::super::answer::Answer;
use super::super::ratings::Ratings;
use super::super::reason::Reason;
use super::super::request::Facet;
use super::super::scope::Scope;
use super::{Mfrm, mfrm};

/// The whole model: its log-likelihood and what was left out.
pub fn answer(ratings: &Ratings, scope: &Scope) -> Answer {
    let model = match mfrm(ratings, scope) {
        Ok(model) => model,
        Err(reason) => return Answer::none(reason),
    };
    let extreme = |facet: Facet| -> Vec<&str> {
        model.elements(facet).iter().filter(|element| element.measure.is_none()).map(|element| element.id.as_str()).collect()
    };
    Answer::value(model.loglik)
        .with("n", model.n)
        .with("iterations", model.iterations)
        .with("residual", model.residual)
        .with("extreme_subjects", extreme(Facet::Subject))
        .with("extreme_raters", extreme(Facet::Rater))
        .with("extreme_areas", extreme(Facet::Area))
}

pub fn answer_measure(ratings: &Ratings, scope: &Scope, facet: Facet, element: &str) -> Answer {
    match mfrm(ratings, scope).and_then(|model| model.measure(facet, element)) {
        Err(reason) => Answer::none(reason),
        Ok(measure) => {
            let answer = Answer::value(measure.value)
                .with("se", measure.se)
                .with("infit", measure.infit)
                .with("outfit", measure.outfit)
                .with("observed_avg", measure.observed_avg)
                .with("n", measure.n);
            if facet == Facet::Subject { answer.with("fair_average", measure.fair_average) } else { answer }
        }
    }
}

pub fn answer_thresholds(ratings: &Ratings, scope: &Scope) -> Answer {
    with_model(mfrm(ratings, scope), "values", |model| {
        Answer::default().with("values", model.thresholds.clone()).with("lowest", model.lowest)
    })
}

pub fn answer_fit(ratings: &Ratings, scope: &Scope) -> Answer {
    with_model(mfrm(ratings, scope), "loglik", |model| {
        Answer::default().with("loglik", model.loglik).with("n", model.n).with("residual", model.residual)
    })
}

/// Where there is no model, both the named field and `value` are null.
fn with_model(model: Result<Mfrm, Reason>, field: &'static str, found: impl Fn(&Mfrm) -> Answer) -> Answer {
    match model {
        Ok(model) => found(&model),
        Err(reason) => Answer::none(reason).with(field, None::<f64>),
    }
}

//! Distances to the consensus as named fields.

use super::super::answer::Answer;
use super::super::ratings::Ratings;
use super::super::scope::Scope;
use super::gold_distance;

pub fn answer(ratings: &Ratings, scope: &Scope, rater: &str) -> Answer {
    match gold_distance(ratings, scope, rater) {
        Err(reason) => Answer::none(reason),
        Ok(distance) => Answer::default()
            .with("n", distance.n)
            .with("bias", distance.bias)
            .with("mae", distance.mae)
            .with("rmse", distance.rmse)
            .with("exact", distance.exact)
            .with("adjacent", distance.adjacent)
            .with("elevation", distance.parts.map(|parts| parts.elevation))
            .with("differential_elevation", distance.parts.map(|parts| parts.differential_elevation))
            .with("stereotype_accuracy", distance.parts.map(|parts| parts.stereotype_accuracy))
            .with("differential_accuracy", distance.parts.map(|parts| parts.differential_accuracy))
            .with("borman_da", distance.borman_da),
    }
}

pub fn answer_area(ratings: &Ratings, rater: &str, area: &str) -> Answer {
    match gold_distance(ratings, &Scope::Area(area.to_owned()), rater) {
        Err(reason) => Answer::none(reason),
        Ok(distance) => Answer::default().with("n", distance.n).with("bias", distance.bias).with("mae", distance.mae),
    }
}

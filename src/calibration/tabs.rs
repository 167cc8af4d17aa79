//! The pages of calibration beside each other, for all of them.

use crate::policy::{Act, Actor, TeamId, may};
use crate::web::page::Tab;

/// Which of them a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    Team,
    Own,
    Exercises,
    SecondScoring,
}

/// Those that this reader may open.
pub fn tabs(actor: &Actor, team: TeamId, here: Here) -> Vec<Tab> {
    let tab = |label, act, of, path: &str| {
        may(&actor.standing(), act).then(|| Tab { label, url: format!("/teams/{team}/{path}"), current: here == of })
    };
    [
        tab("The team", Act::ReadCalibration, Here::Team, "calibration"),
        tab("Your own", Act::ReadOwnCalibration, Here::Own, "calibration/own"),
        tab("Exercises", Act::DoExercises, Here::Exercises, "exercises"),
        tab("Second scoring", Act::ScoreAgain, Here::SecondScoring, "second-scoring"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

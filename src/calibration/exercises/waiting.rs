//! What waits for somebody, as the banner `waiting_exercise` says it.

use chrono_tz::Tz;
use serde::Serialize;

use super::model::WaitingExercise;
use super::pages::minutes_words;
use crate::policy::TeamId;
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct WaitingPart {
    title: String,
    minutes: String,
    exercise: String,
    url: String,
    left: String,
    deadline: Moment,
}

impl WaitingPart {
    pub fn of(waiting: &WaitingExercise, team: TeamId, zone: Tz) -> Self {
        WaitingPart {
            title: waiting.title.clone(),
            minutes: minutes_words(waiting.minutes),
            exercise: waiting.name.clone(),
            url: format!("/teams/{team}/exercises/{}", waiting.exercise_id),
            left: if waiting.left == 1 { "It is the last one.".into() } else { format!("{} are left.", waiting.left) },
            deadline: Moment::of(waiting.deadline, zone),
        }
    }

    pub fn sample() -> Self {
        WaitingPart {
            title: "Mid level: <seventy> depots".into(),
            minutes: "18 minutes".into(),
            exercise: "Autumn \"round\"".into(),
            url: "/teams/1/exercises/1".into(),
            left: "2 are left.".into(),
            deadline: Moment::of(chrono::DateTime::UNIX_EPOCH, Tz::UTC),
        }
    }
}

//! Pages that ask for a change of a plan: each says how it stands, what the change does, and why it is wanted.

pub mod cancellation;
pub mod links;
pub mod no_show;
pub mod panel;
pub mod schedule;
pub mod seat;
pub mod swap;

use actix_web::http::StatusCode;
use serde::Serialize;

use super::super::model::{PlanView, Stage};
use super::super::words::{self, When};
use super::show::is_link;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{Actor, InterviewId, TeamId};
use crate::rubrics::RubricVersion;
use crate::web::form::FormErrors;
use crate::web::page::{Choice, Crumb};

/// The interview as it is planned now, on every page that would change it.
#[derive(Debug, Serialize)]
pub struct Head {
    crumbs: Vec<Crumb>,
    plan_url: String,
    candidate: String,
    stage: &'static str,
    when: When,
    minutes: String,
    place: String,
    place_is_link: bool,
}

impl Head {
    fn of(plan: &PlanView, actor: &Actor, heading: &str) -> Result<Self> {
        let team = actor.team_id()?;
        let plan_url = url(team, plan.id);
        Ok(Head {
            crumbs: vec![
                Crumb { label: "Interviews".into(), url: Some(format!("/teams/{team}/interviews")) },
                Crumb { label: plan.candidate.name.clone(), url: Some(plan_url.clone()) },
                Crumb { label: heading.into(), url: None },
            ],
            plan_url,
            candidate: plan.candidate.name.clone(),
            stage: plan.stage.as_str(),
            when: When::of(plan.starts_at, plan.ends_at, plan.time_zone, actor.time_zone()),
            minutes: words::minutes(plan.minutes, plan.extra_minutes),
            place_is_link: is_link(&plan.place),
            place: plan.place.clone(),
        })
    }

    fn sample() -> Self {
        let at = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
        Head {
            crumbs: vec![
                Crumb { label: "Interviews".into(), url: Some("/teams/1/interviews".into()) },
                Crumb { label: "Sofia Marin".into(), url: Some("/teams/1/interviews/1".into()) },
                Crumb { label: "Change".into(), url: None },
            ],
            plan_url: "/teams/1/interviews/1".into(),
            candidate: "Sofia Marin".into(),
            stage: Stage::Scheduled.as_str(),
            when: When::of(at, at, chrono_tz::Asia::Kolkata, chrono_tz::UTC),
            minutes: words::minutes(45, 0),
            place: "Room 4".into(),
            place_is_link: false,
        }
    }
}

/// The page of an interview.
fn url(team: TeamId, id: InterviewId) -> String {
    format!("/teams/{team}/interviews/{id}")
}

/// What a refused form says. A plan that has moved on is shown as it is now, beside what was typed.
fn shown(error: Error) -> Result<(StatusCode, FormErrors)> {
    match error {
        Error::Stale { .. } => {
            let text = "Somebody else has changed this plan in the meantime. You see it as it is now, and what you typed is still \
                        here. Look at both, then send it again.";
            Ok((StatusCode::PRECONDITION_FAILED, FormErrors::whole(text)))
        }
        other => FormErrors::shown(other),
    }
}

/// The version a form was made from.
fn version(text: &str) -> Result<i32> {
    text.parse().map_err(|_| Error::PreconditionRequired)
}

/// The service's names of fields, where a page has another control for them.
fn renamed(mut errors: FormErrors, from: &str, to: &str) -> FormErrors {
    for line in errors.summary.iter_mut().filter(|line| line.field.as_deref() == Some(from)) {
        line.field = Some(to.into());
    }
    if let Some(message) = errors.fields.remove(from) {
        errors.fields.insert(to.into(), message);
    }
    errors
}

/// "Error: " first, as the title of a page whose form was refused.
fn titled(title: String, errors: &FormErrors) -> String {
    if errors.summary.is_empty() { title } else { format!("Error: {title}") }
}

fn choice(value: impl ToString, label: impl Into<String>) -> Choice {
    Choice { value: value.to_string(), label: label.into() }
}

/// The seats of a panel to choose from.
fn seats() -> Vec<Choice> {
    use crate::policy::Seat;
    Seat::ALL.iter().filter(|seat| **seat != Seat::Candidate).map(|seat| choice(seat, words::seat(*seat))).collect()
}

/// The areas to tick.
fn areas(rubric: &RubricVersion) -> Vec<Choice> {
    rubric.areas.iter().map(|area| choice(area.number, area.short_name.as_str())).collect()
}

/// What is ticked.
fn ticked(areas: &[String]) -> Result<Vec<i16>> {
    let number = |area: &String| area.parse().map_err(|_| Error::invalid("areas", "Areas are numbered 1 to 5."));
    areas.iter().map(number).collect()
}

/// A number that was typed.
fn number(errors: &mut FieldErrors, field: &str, text: &str) -> Option<i32> {
    errors.take(field, text.trim().parse().map_err(|_| "Write a whole number.".to_owned()))
}

//! Makes an exercise, or changes when it ends and who is asked.

use actix_web::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::super::model::{ExerciseChange, ExerciseId, ExerciseInput, ExerciseView, NewExercise, Plan};
use super::super::service::{self, ExerciseChoices};
use super::exercise::{Ids, exercise_id};
use super::index::exercise_url;
use super::parts::{Fields, Typed, about, exercises_url, way};
use crate::accounts::Visitor;
use crate::interviews::start;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::Actor;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other_with};
use crate::web::times::zone_name;

/// The fields of the form, as one meets them.
const IN_ORDER: [&str; 6] = ["name", "deadline", "gold_interview_ids", "held_back_ids", "second_deadline", "account_ids"];

#[derive(Debug, Serialize)]
pub struct PlanPage {
    crumbs: Vec<Crumb>,
    heading: String,
    action: String,
    cancel_url: String,
    zone: String,
    form: PlanForm,
    /// What can be scored, each for one part; none where it stands fixed.
    interviews: Vec<Pick>,
    members: Vec<Pick>,
    /// It holds something back, or may.
    second: bool,
    errors: FormErrors,
}

#[derive(Debug, Clone, Default, Serialize)]
struct PlanForm {
    name: String,
    deadline: String,
    second_deadline: String,
    version: String,
}

/// One of what is offered.
#[derive(Debug, Serialize)]
struct Pick {
    id: String,
    label: String,
    hint: String,
    /// `first`, `second`, or empty; for a member `on`.
    part: &'static str,
}

pub async fn new(visitor: Visitor) -> PageResult {
    visitor.page(|tx, actor| page(tx, actor, None, None, FormErrors::default())).await
}

pub async fn create(visitor: Visitor, Form(form): Fields) -> PageResult {
    let typed = Typed(form);
    let sent = typed.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        let (input, errors) = input(&sent, actor.time_zone());
        let exercise = service::create_exercise(tx, actor, &errors.beside(NewExercise::parse(&input))?)?;
        Ok(exercise_url(actor.team_id()?, exercise.id))
    };
    match visitor.write(work).await {
        Ok(url) => see_other_with(url, "exercise-made"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| page(tx, actor, None, Some(typed), errors)).await
        }
    }
}

pub async fn edit(visitor: Visitor, ids: Ids) -> PageResult {
    let id = exercise_id(&ids)?;
    visitor.page(move |tx, actor| page(tx, actor, Some(id), None, FormErrors::default())).await
}

pub async fn update(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let id = exercise_id(&ids)?;
    let mut typed = Typed(form);
    let sent = typed.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        let (change, errors) = change(&sent, actor.time_zone());
        let plan = errors.beside(Plan::parse(&change, service::holds_back(tx, actor, id)?))?;
        service::change_exercise(tx, actor, id, sent.version(), &plan)?;
        Ok(exercise_url(actor.team_id()?, id))
    };
    let (status, errors) = match visitor.write(work).await {
        Ok(url) => return see_other_with(url, "saved"),
        Err(Error::Stale { current }) => {
            let version = current.get("version").and_then(serde_json::Value::as_i64).unwrap_or_default();
            let name = current.get("name").and_then(serde_json::Value::as_str).unwrap_or_default();
            typed.0.retain(|(field, _)| field != "version");
            typed.0.push(("version".into(), version.to_string()));
            let text = format!(
                "This exercise was changed meanwhile; it is called “{name}” now. What you typed is still below; save again to replace what was saved."
            );
            (StatusCode::PRECONDITION_FAILED, FormErrors::whole(text))
        }
        Err(error) => FormErrors::shown(error)?,
    };
    visitor.page_with(status, move |tx, actor| page(tx, actor, Some(id), Some(typed), errors)).await
}

/// What was typed, and which of its times are none.
fn input(typed: &Typed, zone: Tz) -> (ExerciseInput, FieldErrors) {
    let (ExerciseChange { name, deadline, second_deadline, account_ids }, errors) = change(typed, zone);
    let of_part = |part: &str| {
        let parts = typed.0.iter().filter(|(name, value)| name.starts_with("interview.") && value == part);
        parts.filter_map(|(name, _)| name.trim_start_matches("interview.").parse().ok()).collect()
    };
    let (gold_interview_ids, held_back_ids) = (of_part("first"), of_part("second"));
    (ExerciseInput { name, deadline, second_deadline, account_ids, gold_interview_ids, held_back_ids }, errors)
}

/// In place of a time that cannot be read stands the first or the last there is, of which nothing else is wrong.
fn change(typed: &Typed, zone: Tz) -> (ExerciseChange, FieldErrors) {
    let mut errors = FieldErrors::default();
    let deadline = errors.take("deadline", start::parse(&typed.text("deadline"), zone));
    let second = typed.text("second_deadline");
    let second_deadline = match second.trim() {
        "" => None,
        text => errors.take("second_deadline", start::parse(text, zone)).or(Some(DateTime::<Utc>::MAX_UTC)),
    };
    let change = ExerciseChange {
        name: typed.text("name"),
        deadline: deadline.unwrap_or(DateTime::<Utc>::MIN_UTC),
        second_deadline,
        account_ids: typed.all("account_ids").iter().filter_map(|id| id.parse().ok()).collect(),
    };
    (change, errors)
}

fn write_time(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string()
}

fn page(tx: &mut Tx, actor: &Actor, id: Option<ExerciseId>, typed: Option<Typed>, mut errors: FormErrors) -> Result<PlanPage> {
    errors.summary.sort_by_key(|line| IN_ORDER.iter().position(|field| line.field.as_deref() == Some(*field)));
    let (team, zone) = (actor.team_id()?, actor.time_zone());
    let choices = service::exercise_choices(tx, actor)?;
    let exercise = match id {
        Some(id) => Some(service::show(tx, actor, id)?),
        None => None,
    };
    let typed = typed.unwrap_or_else(|| Typed(begin(exercise.as_ref(), &choices, tx.now, zone)));
    let label = exercise.as_ref().map_or_else(|| "New exercise".to_owned(), |exercise| format!("Change {}", exercise.name));
    let own_url = id.map_or_else(|| exercises_url(team), |id| exercise_url(team, id));
    Ok(PlanPage {
        crumbs: way(team, [Crumb { label: label.clone(), url: None }]),
        heading: label,
        action: id.map_or_else(|| own_url.clone(), |_| format!("{own_url}/edit")),
        cancel_url: own_url,
        zone: zone_name(zone),
        form: PlanForm {
            name: typed.text("name"),
            deadline: typed.text("deadline"),
            second_deadline: typed.text("second_deadline"),
            version: typed.text("version"),
        },
        interviews: if id.is_none() { interviews(&choices, &typed) } else { Vec::new() },
        members: members(&choices, &typed),
        second: exercise.is_none_or(|exercise| exercise.held_back > 0 || exercise.second_deadline.is_some()),
        errors,
    })
}

/// What a form begins with: a week, everybody, and every interview first that somebody can score.
fn begin(exercise: Option<&ExerciseView>, choices: &ExerciseChoices, now: DateTime<Utc>, zone: Tz) -> Vec<(String, String)> {
    let mut fields = match exercise {
        Some(exercise) => vec![
            ("name".to_owned(), exercise.name.clone()),
            ("deadline".to_owned(), write_time(exercise.deadline, zone)),
            ("second_deadline".to_owned(), exercise.second_deadline.map(|at| write_time(at, zone)).unwrap_or_default()),
            ("version".to_owned(), exercise.version.to_string()),
        ],
        None => vec![("deadline".to_owned(), write_time(now + TimeDelta::days(7), zone))],
    };
    let asked = exercise.and_then(|exercise| exercise.account_ids.as_ref());
    let members = choices.members.iter().map(|member| member.account_id);
    let members = members.filter(|account| asked.is_none_or(|asked| asked.contains(account)));
    fields.extend(members.map(|account| ("account_ids".to_owned(), account.to_string())));
    let able = choices.interviews.iter().filter(|version| choices.able.get(&version.gold).is_some_and(|able| *able > 0));
    fields.extend(able.map(|version| (format!("interview.{}", version.gold), "first".to_owned())));
    fields
}

fn interviews(choices: &ExerciseChoices, typed: &Typed) -> Vec<Pick> {
    let pick = |version: &std::sync::Arc<super::super::model::GoldVersion>| Pick {
        id: version.gold.to_string(),
        label: version.file.title.clone(),
        hint: match choices.able.get(&version.gold).copied().unwrap_or_default() {
            0 => format!("{}; nobody can score it now", about(version.file.level, version.file.minutes)),
            able if able < choices.members.len() => {
                format!("{}; {able} of {} can score it now", about(version.file.level, version.file.minutes), choices.members.len())
            }
            _ => about(version.file.level, version.file.minutes),
        },
        part: match typed.get(&format!("interview.{}", version.gold)) {
            Some("first") => "first",
            Some("second") => "second",
            _ => "",
        },
    };
    choices.interviews.iter().map(pick).collect()
}

fn members(choices: &ExerciseChoices, typed: &Typed) -> Vec<Pick> {
    let on = typed.all("account_ids");
    let pick = |member: &crate::teams::MemberView| {
        let id = member.account_id.to_string();
        Pick { part: if on.contains(&id) { "on" } else { "" }, id, label: member.name.clone(), hint: String::new() }
    };
    choices.members.iter().map(pick).collect()
}

impl Template for PlanPage {
    const PATH: &'static str = "calibration/exercises/plan.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let pick =
            |id: &str, hint: &str, part: &'static str| Pick { id: id.into(), label: "Ines <Interviewer>".into(), hint: hint.into(), part };
        let page = |new: bool, second: bool, errors: FormErrors| PlanPage {
            crumbs: vec![Crumb { label: "Exercises".into(), url: Some("/teams/1/exercises".into()) }],
            heading: "New exercise".into(),
            action: "/teams/1/exercises".into(),
            cancel_url: "/teams/1/exercises".into(),
            zone: "Berlin".into(),
            form: PlanForm {
                name: "Autumn \"round\"".into(),
                deadline: "2026-12-01T18:00".into(),
                second_deadline: String::new(),
                version: if new { String::new() } else { "2".into() },
            },
            interviews: if new {
                vec![
                    pick("1", "Mid level, 18 minutes", "first"),
                    pick("2", "Entry level, 17 minutes", "second"),
                    pick("3", "Senior level", ""),
                ]
            } else {
                Vec::new()
            },
            members: vec![pick("4", "", "on"), pick("5", "", "")],
            second,
            errors,
        };
        vec![
            page(true, true, FormErrors::default()),
            page(
                true,
                true,
                FormErrors::sample(&["name", "deadline", "second_deadline", "gold_interview_ids", "held_back_ids", "account_ids"]),
            ),
            page(false, false, FormErrors::default()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_in_the_readers_zone_and_written_back() {
        let zone = chrono_tz::Europe::Berlin;
        let at = start::parse(" 2026-12-01T18:00 ", zone).unwrap();
        assert_eq!((at.to_rfc3339(), write_time(at, zone)), ("2026-12-01T17:00:00+00:00".into(), "2026-12-01T18:00".into()));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once_and_an_hour_that_the_clocks_leave_out_in_its_own_words() {
        let typed = Typed(
            [("deadline", "2027-03-28T02:30"), ("second_deadline", "soon"), ("interview.x", "first")]
                .map(|(name, value)| (name.into(), value.into()))
                .into(),
        );
        let (input, errors) = input(&typed, chrono_tz::Europe::Berlin);
        let Err(Error::Invalid(errors)) = errors.beside(NewExercise::parse(&input)) else { panic!("it is taken") };
        let told: Vec<(&str, &str)> = errors.iter().map(|error| (error.field.as_str(), error.message.as_str())).collect();
        assert_eq!(
            told.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
            ["deadline", "second_deadline", "name", "account_ids", "gold_interview_ids"]
        );
        assert!(told[0].1.contains("The clocks go forward then"), "{told:?}");
    }
}

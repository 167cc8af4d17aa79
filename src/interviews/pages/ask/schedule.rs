//! Another time or place.

use actix_web::web::Path;
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::super::super::model::{Change, NewSchedule, PlanView};
use super::super::super::service;
use super::super::id_of;
use super::{Head, number, shown, titled, url, version};
use crate::accounts::Visitor;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::Actor;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Nav, PageResult, Template, see_other_with};
use crate::web::times::{ZoneGroup, zones};

#[derive(Debug, Serialize)]
pub struct SchedulePage {
    head: Head,
    action: String,
    form: ScheduleForm,
    errors: FormErrors,
    zones: &'static [ZoneGroup],
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleForm {
    starts_at: String,
    time_zone: String,
    minutes: String,
    extra_minutes: String,
    place: String,
    reason: String,
    /// The exact start the form was filled with: of an hour that comes twice, the control shows one name for both.
    planned_at: String,
    version: String,
}

impl ScheduleForm {
    fn of(plan: &PlanView) -> Self {
        ScheduleForm {
            starts_at: local(plan.starts_at, plan.time_zone),
            time_zone: plan.time_zone.name().into(),
            minutes: plan.minutes.to_string(),
            extra_minutes: plan.extra_minutes.to_string(),
            place: plan.place.clone(),
            reason: String::new(),
            planned_at: plan.starts_at.to_rfc3339_opts(SecondsFormat::Secs, true),
            version: plan.version.to_string(),
        }
    }

    /// What was typed, over the plan as it is now.
    fn over(self, plan: &PlanView) -> Self {
        let now = ScheduleForm::of(plan);
        ScheduleForm { planned_at: now.planned_at, version: now.version, ..self }
    }

    fn parse(&self) -> Result<NewSchedule> {
        let mut errors = FieldErrors::default();
        let minutes = number(&mut errors, "minutes", &self.minutes);
        let extra = if self.extra_minutes.trim().is_empty() { Some(0) } else { number(&mut errors, "extra_minutes", &self.extra_minutes) };
        if self.starts_at.trim().is_empty() {
            errors.add("starts_at", "Choose date and time.");
        }
        if self.reason.trim().is_empty() {
            errors.add("reason", "Say why.");
        }
        errors.check()?;
        Ok(NewSchedule {
            starts_at: self.start(),
            time_zone: Some(self.time_zone.clone()),
            minutes,
            extra_minutes: extra,
            place: Some(self.place.clone()),
            reason: self.reason.clone(),
        })
    }

    fn start(&self) -> String {
        let planned: Option<(DateTime<Utc>, Tz)> = self.planned_at.parse().ok().zip(self.time_zone.parse().ok());
        let untouched = planned.is_some_and(|(at, zone)| local(at, zone) == self.starts_at);
        if untouched { self.planned_at.clone() } else { self.starts_at.clone() }
    }
}

/// As the browser's control has it.
fn local(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string()
}

pub async fn edit(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id_of(&path)?;
    visitor
        .page(move |tx, actor| {
            let plan = service::show_for(tx, actor, id, Change::Schedule)?;
            page(actor, &plan, ScheduleForm::of(&plan), FormErrors::default())
        })
        .await
}

pub async fn update(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<ScheduleForm>) -> PageResult {
    let id = id_of(&path)?;
    let sent = form.clone();
    let done = visitor.write(move |tx, actor| {
        service::reschedule(tx, actor, id, version(&sent.version)?, &sent.parse()?)?;
        actor.team_id()
    });
    match done.await {
        Ok(team) => see_other_with(url(team, id), "rescheduled"),
        Err(error) => {
            let stale = matches!(error, Error::Stale { .. });
            let (status, errors) = shown(error)?;
            visitor
                .page_with(status, move |tx, actor| {
                    let plan = service::show_for(tx, actor, id, Change::Schedule)?;
                    let form = if stale { form.over(&plan) } else { form };
                    page(actor, &plan, form, errors)
                })
                .await
        }
    }
}

fn page(actor: &Actor, plan: &PlanView, form: ScheduleForm, errors: FormErrors) -> Result<SchedulePage> {
    let head = Head::of(plan, actor, "Reschedule")?;
    Ok(SchedulePage { action: format!("{}/schedule", head.plan_url), head, form, errors, zones: zones() })
}

impl Template for SchedulePage {
    const PATH: &'static str = "interviews/schedule.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        titled(format!("Reschedule the interview with {}", self.head.candidate), &self.errors)
    }

    fn samples() -> Vec<Self> {
        let sample = |errors| SchedulePage {
            head: Head::sample(),
            action: "/teams/1/interviews/1/schedule".into(),
            form: ScheduleForm::default(),
            errors,
            zones: zones(),
        };
        let fields = ["starts_at", "time_zone", "minutes", "extra_minutes", "place", "reason"];
        vec![sample(FormErrors::default()), sample(FormErrors::sample(&fields))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_that_nobody_touched_stays_the_later_of_two_hours_of_one_name() {
        let form = ScheduleForm {
            starts_at: "2026-10-25T02:30".into(),
            time_zone: "Europe/Berlin".into(),
            planned_at: "2026-10-25T01:30:00Z".into(),
            ..ScheduleForm::default()
        };
        assert_eq!(form.start(), "2026-10-25T01:30:00Z");
        let moved = ScheduleForm { starts_at: "2026-10-25T03:30".into(), ..form.clone() };
        assert_eq!(moved.start(), "2026-10-25T03:30");
        let elsewhere = ScheduleForm { time_zone: "Asia/Kolkata".into(), ..form };
        assert_eq!(elsewhere.start(), "2026-10-25T02:30", "the same clock in another zone is another time");
    }
}

//! Somebody did not come.

use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use super::super::super::model::{Absent, Change, NewNoShow, PlanView};
use super::super::super::service;
use super::super::super::words;
use super::super::id_of;
use super::{Head, renamed, shown, titled, url, version};
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Nav, PageResult, Template, see_other_with};

#[derive(Debug, Serialize)]
pub struct NoShowPage {
    head: Head,
    action: String,
    people: Vec<Person>,
    form: NoShowForm,
    errors: FormErrors,
}

/// Somebody who should have been there.
#[derive(Debug, Serialize)]
struct Person {
    value: String,
    label: String,
    hint: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NoShowForm {
    /// `candidate`, or an account of the panel.
    who: String,
    reason: String,
    version: String,
}

impl NoShowForm {
    fn parse(self) -> Result<NewNoShow> {
        let (who, account_id) = match self.who.as_str() {
            "" => return Err(Error::invalid("who", "Choose who did not come.")),
            "candidate" => (Absent::Candidate, None),
            account => (Absent::Interviewer, account.parse().ok()),
        };
        Ok(NewNoShow { who, account_id, reason: self.reason })
    }
}

pub async fn edit(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id_of(&path)?;
    visitor
        .page(move |tx, actor| {
            let plan = service::show_for(tx, actor, id, Change::NoShow)?;
            let form = NoShowForm { version: plan.version.to_string(), ..NoShowForm::default() };
            page(actor, &plan, form, FormErrors::default())
        })
        .await
}

pub async fn update(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<NoShowForm>) -> PageResult {
    let id = id_of(&path)?;
    let sent = form.clone();
    let done = visitor.write(move |tx, actor| {
        service::mark_no_show(tx, actor, id, Some(version(&sent.version)?), &sent.parse()?)?;
        actor.team_id()
    });
    match done.await {
        Ok(team) => see_other_with(url(team, id), "no-show"),
        Err(error) => {
            let stale = matches!(error, Error::Stale { .. });
            let (status, errors) = shown(error)?;
            visitor
                .page_with(status, move |tx, actor| {
                    let plan = service::show_for(tx, actor, id, Change::NoShow)?;
                    let version = if stale { plan.version.to_string() } else { form.version };
                    page(actor, &plan, NoShowForm { version, ..form }, renamed(errors, "account_id", "who"))
                })
                .await
        }
    }
}

fn page(actor: &Actor, plan: &PlanView, form: NoShowForm, errors: FormErrors) -> Result<NoShowPage> {
    let head = Head::of(plan, actor, "Did not come")?;
    let candidate = Person { value: "candidate".into(), label: plan.candidate.name.clone(), hint: "Candidate".into() };
    let panel = plan.seats.iter().map(|seat| Person {
        value: seat.account_id.to_string(),
        label: seat.name.clone(),
        hint: words::seat(seat.seat).into(),
    });
    Ok(NoShowPage {
        action: format!("{}/no-show", head.plan_url),
        head,
        people: std::iter::once(candidate).chain(panel).collect(),
        form,
        errors,
    })
}

impl Template for NoShowPage {
    const PATH: &'static str = "interviews/no_show.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        titled(format!("Who did not come: interview with {}", self.head.candidate), &self.errors)
    }

    fn samples() -> Vec<Self> {
        let person = |value: &str| Person { value: value.into(), label: "Sofia Marin".into(), hint: "Candidate".into() };
        let sample = |errors| NoShowPage {
            head: Head::sample(),
            action: "/teams/1/interviews/1/no-show".into(),
            people: vec![person("candidate"), person("1")],
            form: NoShowForm { who: "1".into(), ..NoShowForm::default() },
            errors,
        };
        vec![sample(FormErrors::default()), sample(FormErrors::sample(&["who", "reason"]))]
    }
}

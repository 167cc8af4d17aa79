//! No interview at all.

use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use super::super::super::model::{Change, InterviewView, NewCancellation, PlanView, Stage};
use super::super::super::service;
use super::super::id_of;
use super::{Head, shown, titled, url, version};
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Nav, PageResult, Template, see_other_with};

#[derive(Debug, Serialize)]
pub struct CancellationPage {
    head: Head,
    action: String,
    /// Nobody was told of it, so nobody hears that it is gone.
    is_draft: bool,
    form: CancellationForm,
    errors: FormErrors,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CancellationForm {
    reason: String,
    version: String,
}

pub async fn edit(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id_of(&path)?;
    visitor
        .page(move |tx, actor| {
            let plan = service::show_for(tx, actor, id, Change::Cancellation)?;
            let form = CancellationForm { reason: String::new(), version: plan.version.to_string() };
            page(actor, &plan, form, FormErrors::default())
        })
        .await
}

pub async fn update(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<CancellationForm>) -> PageResult {
    let id = id_of(&path)?;
    let sent = form.clone();
    let done = visitor.write(move |tx, actor| {
        let cancelled = service::cancel(tx, actor, id, Some(version(&sent.version)?), &NewCancellation { reason: sent.reason })?;
        let told = !matches!(cancelled, InterviewView::Plan(plan) if plan.scheduled_at.is_none());
        Ok((actor.team_id()?, told))
    });
    match done.await {
        Ok((team, told)) => see_other_with(url(team, id), if told { "cancelled" } else { "put-away" }),
        Err(error) => {
            let stale = matches!(error, Error::Stale { .. });
            let (status, errors) = shown(error)?;
            visitor
                .page_with(status, move |tx, actor| {
                    let plan = service::show_for(tx, actor, id, Change::Cancellation)?;
                    let version = if stale { plan.version.to_string() } else { form.version };
                    page(actor, &plan, CancellationForm { version, ..form }, errors)
                })
                .await
        }
    }
}

fn page(actor: &Actor, plan: &PlanView, form: CancellationForm, errors: FormErrors) -> Result<CancellationPage> {
    let is_draft = plan.stage == Stage::Draft;
    let head = Head::of(plan, actor, if is_draft { "Put away" } else { "Cancel" })?;
    Ok(CancellationPage { action: format!("{}/cancellation", head.plan_url), head, is_draft, form, errors })
}

impl Template for CancellationPage {
    const PATH: &'static str = "interviews/cancellation.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        let what = if self.is_draft { "Put the draft away for" } else { "Cancel the interview with" };
        titled(format!("{what} {}", self.head.candidate), &self.errors)
    }

    fn samples() -> Vec<Self> {
        let sample = |is_draft, errors| CancellationPage {
            head: Head::sample(),
            action: "/teams/1/interviews/1/cancellation".into(),
            is_draft,
            form: CancellationForm::default(),
            errors,
        };
        vec![sample(false, FormErrors::default()), sample(true, FormErrors::sample(&["reason"]))]
    }
}

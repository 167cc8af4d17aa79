//! The debrief's pages: the table, and the waiting for it.

mod samples;
mod show;
mod words;

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::Deserialize;

use super::model::{EarlyOpening, NewDecision};
use super::service;
use crate::accounts::Visitor;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{AccountId, InterviewId};
use crate::scorecards::{Fields, Recommendation, submit_with};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{PageResult, Sample, samples_of, see_other_with};
use show::{DebriefPage, WaitingPage};

pub fn samples() -> Vec<Sample> {
    [samples_of::<DebriefPage>(), samples_of::<WaitingPage>()].into_iter().flatten().collect()
}

type Ids = Path<(String, String)>;

/// The decision as it was typed.
#[derive(Debug, Clone, Default, Deserialize, serde::Serialize)]
#[serde(default)]
pub struct DecisionForm {
    pub outcome: String,
    pub reason: String,
    pub override_reason: String,
    pub dissents: Vec<String>,
}

/// The reason for an early opening as it was typed.
#[derive(Debug, Clone, Default, Deserialize, serde::Serialize)]
#[serde(default)]
pub struct EarlyForm {
    pub reason: String,
}

pub async fn show(visitor: Visitor, ids: Ids) -> PageResult {
    let id = interview(&ids)?;
    match visitor.read(move |tx, actor| service::show(tx, actor, id)).await {
        Ok(view) => visitor.page(move |_, actor| DebriefPage::of(&view, actor, None, FormErrors::default())).await,
        Err(Error::Conflict { .. }) => wait(&visitor, id, StatusCode::OK, EarlyForm::default(), FormErrors::default()).await,
        Err(error) => Err(error.into()),
    }
}

/// Submits one's scorecard from its form; the last one opens the debrief.
pub async fn create_submission(visitor: Visitor, ids: Ids, form: Fields) -> PageResult {
    submit_with(visitor, ids, form, |tx, actor, id| service::submit(tx, actor, id).map(drop)).await
}

/// Opens it early.
pub async fn create(visitor: Visitor, ids: Ids, Form(form): Form<EarlyForm>) -> PageResult {
    let id = interview(&ids)?;
    let input = EarlyOpening { reason: form.reason.clone() };
    match visitor.write(move |tx, actor| service::open_early(tx, actor, id, &input)).await {
        Ok(()) => see_other_with(address(&ids), "debrief-opened"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            wait(&visitor, id, status, form, errors).await
        }
    }
}

/// Records the decision.
pub async fn decide(visitor: Visitor, ids: Ids, Form(form): Form<DecisionForm>) -> PageResult {
    let id = interview(&ids)?;
    let done = match decision(&form) {
        Ok(input) => visitor.write(move |tx, actor| service::decide(tx, actor, id, &input)).await.map(drop),
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => see_other_with(address(&ids), "decided"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| DebriefPage::of(&service::show(tx, actor, id)?, actor, Some(form), errors)).await
        }
    }
}

async fn wait(visitor: &Visitor, id: InterviewId, status: StatusCode, form: EarlyForm, errors: FormErrors) -> PageResult {
    visitor.page_with(status, move |tx, actor| WaitingPage::of(&service::waiting(tx, actor, id)?, actor, id, form, errors)).await
}

fn decision(form: &DecisionForm) -> Result<NewDecision> {
    let mut errors = FieldErrors::default();
    let outcome = errors.take("outcome", form.outcome.parse::<Recommendation>().map_err(|_| "Choose an outcome.".to_owned()));
    let dissents: Vec<AccountId> = form.dissents.iter().filter_map(|id| id.parse().ok()).collect();
    let Some(outcome) = outcome else { return Err(Error::Invalid(errors)) };
    Ok(NewDecision { outcome, reason: form.reason.clone(), override_reason: Some(form.override_reason.clone()), dissents })
}

fn interview(ids: &Ids) -> Result<InterviewId> {
    ids.1.parse().map_err(|_| Error::NotFound)
}

fn address(ids: &Ids) -> String {
    format!("/teams/{}/interviews/{}/debrief", ids.0, ids.1)
}

//! The report's pages: the desk of who writes it, the preview, and the candidate's side.

mod beside;
mod candidate;
mod charts;
mod desk;
mod form;
mod preview;
mod samples;
mod sheet;
mod words;

use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::model::NewRelease;
use super::service::{self, WriterSees};
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::policy::InterviewId;
use crate::web::api::status;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{PageResult, Sample, samples_of, see_other, see_other_with};
use candidate::{AskPage, NotYetPage, ReportPage};
use desk::{DeskPage, Typed};
use form::{ReportForm, SelfScoresForm};
use preview::PreviewPage;

pub fn samples() -> Vec<Sample> {
    let desk = [samples_of::<DeskPage>(), samples_of::<PreviewPage>()];
    let candidate = [samples_of::<NotYetPage>(), samples_of::<AskPage>(), samples_of::<ReportPage>()];
    desk.into_iter().chain(candidate).flatten().collect()
}

type Ids = Path<(String, String)>;

/// `?start=suggested` fills what is empty from the scorecards; nothing is kept before it is saved.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Start {
    start: Option<String>,
}

/// The version that was looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReleaseForm {
    version: String,
}

/// The candidate's side of it, or the desk.
pub async fn show(visitor: Visitor, ids: Ids, start: Query<Start>) -> PageResult {
    let id = interview(&ids)?;
    match visitor.read(move |tx, actor| service::candidate_sees(tx, actor, id)).await? {
        Some(sees) => candidate::page(&visitor, id, sees).await,
        None => desk(&visitor, id, start.start.as_deref() == Some("suggested")).await,
    }
}

/// Saves the report.
pub async fn update(visitor: Visitor, ids: Ids, Form(form): Form<ReportForm>) -> PageResult {
    let id = interview(&ids)?;
    let (version, input) = (form.version(), form.report());
    match visitor.write(move |tx, actor| service::write(tx, actor, id, (version, &input))).await {
        Ok(_) if form.goes_to_preview() => see_other(format!("{}/preview", address(&ids))),
        Ok(_) => see_other_with(address(&ids), "saved"),
        Err(error) => desk_again(&visitor, id, form, error).await,
    }
}

pub async fn preview(visitor: Visitor, ids: Ids) -> PageResult {
    let id = interview(&ids)?;
    match shown_preview(&visitor, id, StatusCode::OK, FormErrors::default()).await {
        // There is nothing to look at yet: the desk is the place to go to.
        Err(error) if matches!(error.0, Error::Conflict { .. }) => see_other(address(&ids)),
        answer => answer,
    }
}

pub async fn release(visitor: Visitor, ids: Ids, Form(form): Form<ReleaseForm>) -> PageResult {
    let id = interview(&ids)?;
    // What is no number is no version that was looked at.
    let input = NewRelease { version: Some(form.version.parse().unwrap_or(-1)) };
    match visitor.write(move |tx, actor| service::release(tx, actor, id, input)).await {
        Ok(_) => see_other_with(address(&ids), "released"),
        Err(Error::Stale { .. }) => {
            let errors = FormErrors::whole("Another version was saved meanwhile. This is the newest: look at it, then release it.");
            shown_preview(&visitor, id, StatusCode::PRECONDITION_FAILED, errors).await
        }
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            shown_preview(&visitor, id, status, errors).await
        }
    }
}

pub async fn withdraw(visitor: Visitor, ids: Ids) -> PageResult {
    let id = interview(&ids)?;
    match visitor.write(move |tx, actor| service::withdraw(tx, actor, id)).await {
        Ok(()) => see_other_with(address(&ids), "withdrawn"),
        // Somebody was quicker: it is as it was wanted.
        Err(Error::Conflict { .. }) => see_other(address(&ids)),
        Err(error) => Err(error.into()),
    }
}

/// The candidate gives or skips their own scores.
pub async fn give_self_scores(visitor: Visitor, ids: Ids, Form(form): Form<SelfScoresForm>) -> PageResult {
    let id = interview(&ids)?;
    let skipped = form.skips();
    let given = match form.scores() {
        Ok(input) => visitor.write(move |tx, actor| service::give_self_scores(tx, actor, id, &input)).await.map(drop),
        Err(error) => Err(error),
    };
    match given {
        Ok(()) if skipped => see_other(address(&ids)),
        Ok(()) => see_other_with(address(&ids), "scores-given"),
        // Given before, or too early: the page says how it stands.
        Err(Error::Conflict { .. }) => see_other(address(&ids)),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            let own = visitor.read(move |tx, actor| service::self_scores(tx, actor, id)).await?;
            visitor.page_with(status, move |_, actor| AskPage::of(actor, id, &own, false, (form, errors))).await
        }
    }
}

async fn desk(visitor: &Visitor, id: InterviewId, suggested: bool) -> PageResult {
    match visitor.read(move |tx, actor| service::at_the_desk(tx, actor, id)).await {
        Ok(sees) => {
            let form = if suggested { ReportForm::suggested(&sees) } else { ReportForm::of(&sees.draft) };
            visitor.page(move |_, actor| DeskPage::of(actor, id, sees, Typed::as_saved(form))).await
        }
        Err(Error::Conflict { code: "debrief-not-open", .. }) => visitor.page(move |_, actor| NotYetPage::debrief_first(actor, id)).await,
        Err(error) => Err(error.into()),
    }
}

/// The desk with everything that was typed on it, and what is wrong; beside what somebody else saved meanwhile.
async fn desk_again(visitor: &Visitor, id: InterviewId, form: ReportForm, error: Error) -> PageResult {
    let (status, typed) = match error {
        Error::Stale { .. } => (status(&error), Typed::meanwhile_changed(form)),
        other => {
            let (status, errors) = FormErrors::shown(other)?;
            (status, Typed::wrong(form, errors))
        }
    };
    let sees: WriterSees = visitor.read(move |tx, actor| service::at_the_desk(tx, actor, id)).await?;
    visitor.page_with(status, move |_, actor| DeskPage::of(actor, id, sees, typed)).await
}

async fn shown_preview(visitor: &Visitor, id: InterviewId, status: StatusCode, errors: FormErrors) -> PageResult {
    visitor
        .page_with(status, move |tx, actor| {
            let report = service::preview(tx, actor, id)?;
            PreviewPage::of(actor, &report, &service::at_the_desk(tx, actor, id)?, errors)
        })
        .await
}

fn interview(ids: &Ids) -> Result<InterviewId> {
    ids.1.parse().map_err(|_| Error::NotFound)
}

fn address(ids: &Ids) -> String {
    format!("/teams/{}/interviews/{}/report", ids.0, ids.1)
}

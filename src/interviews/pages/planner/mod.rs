//! Planning an interview, and going on with a draft. Every button works without a script: it sends the
//! form, which comes back as it was with what the button does.

mod form;
mod known;
mod page;
mod suggestion;

pub use page::PlannerPage;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::Deserialize;

use super::super::model::{InterviewView, Stage};
use super::super::service;
use super::id_of;
use form::PlannerForm;
use page::page;

use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, InterviewId};
use crate::question_sets::{self, QuestionSetVersion};
use crate::rubrics::Level;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{PageResult, see_other_with};

/// What the address may say of a new plan.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    candidate: String,
    /// Who is to sit in the panel, the name once for each.
    panel: Vec<String>,
    level: String,
}

impl NewQuery {
    /// What cannot be read is as if it was not there.
    fn of(request: &HttpRequest) -> Self {
        serde_html_form::from_str(request.query_string()).unwrap_or_default()
    }
}

pub async fn new(visitor: Visitor, request: HttpRequest) -> PageResult {
    let query = NewQuery::of(&request);
    visitor
        .page(move |tx, actor| {
            let mut form = PlannerForm { candidate_id: query.candidate, ..PlannerForm::empty(actor)? };
            if query.level.parse::<Level>().is_ok() {
                form.level = query.level;
            }
            let choices = service::choices(tx, actor, form.candidate_id.parse().ok())?;
            let members: Vec<String> = choices.members.iter().map(|member| member.account_id.to_string()).collect();
            form.take_panel(&query.panel.into_iter().filter(|id| members.contains(id)).collect::<Vec<_>>());
            form.question_set_version_id = choices.sets.first().map(|set| set.id.to_string()).unwrap_or_default();
            suggest(tx, actor, &mut form)?;
            page(tx, actor, Draft::New, form, FormErrors::default())
        })
        .await
}

pub async fn create(visitor: Visitor, Form(form): Form<PlannerForm>) -> PageResult {
    save(visitor, Draft::New, form).await
}

pub async fn edit(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id_of(&path)?;
    visitor
        .page(move |tx, actor| {
            let InterviewView::Plan(plan) = service::show_draft(tx, actor, id)? else { return Err(Error::NotFound) };
            page(tx, actor, Draft::Kept(id), PlannerForm::of(&plan), FormErrors::default())
        })
        .await
}

pub async fn update(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<PlannerForm>) -> PageResult {
    save(visitor, Draft::Kept(id_of(&path)?), form).await
}

/// What the form is about.
#[derive(Debug, Clone, Copy)]
enum Draft {
    New,
    Kept(InterviewId),
}

async fn save(visitor: Visitor, draft: Draft, mut form: PlannerForm) -> PageResult {
    if form.is_shown_again() {
        return visitor
            .page(move |tx, actor| {
                press(tx, actor, &mut form)?;
                page(tx, actor, draft, form, FormErrors::default())
            })
            .await;
    }
    form.close_ranks();
    let sent = form.clone();
    let saved = visitor
        .write(move |tx, actor| {
            let set = set_of(tx, &sent)?;
            let new = sent.parse(set.as_deref())?;
            let view = match draft {
                Draft::New => service::plan(tx, actor, new)?,
                Draft::Kept(id) => service::edit(tx, actor, id, sent.version.parse().map_err(|_| Error::PreconditionRequired)?, new)?,
            };
            let InterviewView::Plan(plan) = view else { return Err(Error::NotFound) };
            Ok((actor.team_id()?, plan.id, plan.stage))
        })
        .await;
    match saved {
        Ok((team, id, stage)) => {
            let flash = if stage == Stage::Draft { "saved" } else { "planned" };
            see_other_with(format!("/teams/{team}/interviews/{id}"), flash)
        }
        Err(error) => {
            let (status, errors) = shown(error)?;
            visitor.page_with(status, move |tx, actor| page(tx, actor, draft, form, errors)).await
        }
    }
}

/// A draft that somebody else has changed meanwhile is shown with what was typed here.
fn shown(error: Error) -> Result<(StatusCode, FormErrors)> {
    match error {
        Error::Stale { .. } => {
            let text =
                "Somebody else has changed this draft in the meantime. What you typed is below; open the draft in another tab to compare.";
            Ok((StatusCode::PRECONDITION_FAILED, FormErrors::whole(text)))
        }
        other => FormErrors::shown(other),
    }
}

/// Does what a button of the form says.
fn press(tx: &mut Tx, actor: &Actor, form: &mut PlannerForm) -> Result<()> {
    form.apply_seat_buttons();
    if let Some(set) = set_of(tx, form)? {
        form.apply_buttons(&set);
    }
    if form.suggest.is_some() {
        suggest(tx, actor, form)?;
    }
    Ok(())
}

/// Takes the suggestion over where the form says enough for one.
fn suggest(tx: &mut Tx, actor: &Actor, form: &mut PlannerForm) -> Result<()> {
    let (Some(set), Ok(level), Ok(minutes)) = (form.set(), form.level.parse::<Level>(), form.minutes.trim().parse()) else { return Ok(()) };
    match service::suggest(tx, actor, set, level, minutes) {
        Ok(ids) => form.choose(&ids),
        Err(Error::NotFound) => {}
        Err(error) => return Err(error),
    }
    Ok(())
}

/// The set that is chosen in the form, if it is one.
fn set_of(tx: &mut Tx, form: &PlannerForm) -> Result<Option<std::sync::Arc<QuestionSetVersion>>> {
    match form.set().map(|id| question_sets::version(tx, id)) {
        None | Some(Err(Error::NotFound)) => Ok(None),
        Some(found) => found.map(Some),
    }
}

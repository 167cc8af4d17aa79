//! Another order: one place up or down, or some questions to a place of the whole list.

use actix_web::http::StatusCode;

use super::super::super::draft::Move;
use super::super::super::model::{QuestionId, QuestionSetId};
use super::super::super::service;
use super::super::draft_url;
use super::form::{ChangesForm, FilterForm, OrderForm};
use super::page::{Again, page};
use super::{OfSet, id};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{PageResult, see_other};
use crate::web::paging::{Paging, page_of};

/// Leads to the page of the list that has the moved question now.
pub async fn order(visitor: Visitor, path: OfSet, Form(form): Form<OrderForm>) -> PageResult {
    let (id, sent) = (id(&path)?, form.clone());
    let done = visitor.write(move |tx, actor| {
        let (question, place) = moved(tx, actor, id, &sent)?;
        let draft = draft_url(actor.team_id()?, id);
        let cursor = page_of(place as i64)?.map(|cursor| format!("?cursor={cursor}")).unwrap_or_default();
        Ok(format!("{draft}{cursor}#question-{question}"))
    });
    match done.await {
        Ok(url) => see_other(url),
        Err(error) => refused(visitor, id, form, error).await,
    }
}

/// Does what the form says; gives the first moved question and its new place.
fn moved(tx: &mut Tx, actor: &Actor, set: QuestionSetId, form: &OrderForm) -> Result<(QuestionId, usize)> {
    let version = form.version.parse().map_err(|_| Error::PreconditionRequired)?;
    let step = if form.up.is_empty() { (&form.down, 1) } else { (&form.up, -1) };
    if let (Ok(question), by) = (step.0.parse(), step.1) {
        return Ok((question, service::move_draft_question(tx, actor, (set, question), version, by)?));
    }
    let question_ids: Vec<QuestionId> = form.question.iter().filter_map(|id| id.parse().ok()).collect();
    let first = *question_ids.first().ok_or_else(|| Error::invalid("question_ids", "Tick at least one question."))?;
    let place = form.place.trim().parse().map_err(|_| Error::invalid("place", "Write the number of a place, from 1."))?;
    Ok((first, service::place_draft_questions(tx, actor, set, version, &Move { question_ids, place })?))
}

/// The list as it is now, with what was wrong and what was ticked.
async fn refused(visitor: Visitor, id: QuestionSetId, form: OrderForm, error: Error) -> PageResult {
    let changes = ChangesForm { question: form.question, place: form.place, ..ChangesForm::default() };
    let mut again = Again { changes, ..Again::default() };
    let status = match error {
        Error::Stale { .. } => {
            again.not_moved = Some("Somebody else has changed this draft in the meantime. This is the newest order; nothing was moved.");
            StatusCode::PRECONDITION_FAILED
        }
        error => {
            let (status, errors) = FormErrors::shown(error)?;
            again.errors = errors;
            status
        }
    };
    visitor.page_with(status, move |tx, actor| page(tx, actor, id, (FilterForm::default(), Paging::default()), again)).await
}

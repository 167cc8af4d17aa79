//! The draft of a team's set on one screen: what stands above the questions, the questions in order with what each
//! lacks, what they cover, and publishing. Every button works without a script.

mod form;
mod missing;
mod order;
mod page;

pub use order::order;
pub use page::DraftPage;

use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};

use super::super::draft::NewVersion;
use super::super::model::QuestionSetId;
use super::super::service;
use super::{draft_url, version_url};
use crate::accounts::Visitor;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{PageResult, see_other_with};
use crate::web::paging::Paging;
use form::{ChangesForm, FilterForm, HeadForm, PublishForm, SwitchForm};
use page::{Again, page};

type OfSet = Path<(String, String)>;

fn id(path: &OfSet) -> Result<QuestionSetId> {
    path.1.parse().map_err(|_| Error::NotFound)
}

pub async fn show(visitor: Visitor, path: OfSet, filter: Query<FilterForm>, paging: Paging) -> PageResult {
    let (id, filter) = (id(&path)?, filter.into_inner());
    visitor.page(move |tx, actor| page(tx, actor, id, (filter, paging), Again::default())).await
}

pub async fn update(visitor: Visitor, path: OfSet, Form(form): Form<HeadForm>) -> PageResult {
    let (id, sent) = (id(&path)?, form.clone());
    let done = visitor.write(move |tx, actor| {
        let version = sent.version.parse().map_err(|_| Error::PreconditionRequired)?;
        service::update_set(tx, actor, id, version, &sent.head())?;
        Ok(draft_url(actor.team_id()?, id))
    });
    answer(visitor.clone(), id, done.await, Again { head: Some(form), ..Again::default() }).await
}

pub async fn change(visitor: Visitor, path: OfSet, Form(form): Form<ChangesForm>) -> PageResult {
    let (id, sent) = (id(&path)?, form.clone());
    let done = visitor.write(move |tx, actor| {
        service::change_draft_questions(tx, actor, id, &sent.change()?)?;
        Ok(draft_url(actor.team_id()?, id))
    });
    answer(visitor.clone(), id, done.await, Again { changes: form, ..Again::default() }).await
}

pub async fn publish(visitor: Visitor, path: OfSet, Form(form): Form<PublishForm>) -> PageResult {
    let (id, new) = (id(&path)?, NewVersion { reason: form.reason.clone() });
    let done = visitor.write(move |tx, actor| {
        let set = service::publish(tx, actor, id, &new)?;
        let newest = set.newest_version.ok_or(Error::NotFound)?;
        Ok(version_url(actor.team_id()?, newest.id))
    });
    answer(visitor.clone(), id, done.await, Again { publish: form, ..Again::default() }).await
}

pub async fn retirement(visitor: Visitor, path: OfSet, Form(form): Form<SwitchForm>) -> PageResult {
    let id = id(&path)?;
    let done = visitor.write(move |tx, actor| {
        if form.on == "true" {
            service::retire(tx, actor, id)?
        } else {
            service::unretire(tx, actor, id)?
        };
        Ok(draft_url(actor.team_id()?, id))
    });
    answer(visitor.clone(), id, done.await, Again::default()).await
}

pub async fn practice(visitor: Visitor, path: OfSet, Form(form): Form<SwitchForm>) -> PageResult {
    let id = id(&path)?;
    let done = visitor.write(move |tx, actor| {
        if form.on == "true" {
            service::open_for_practice(tx, actor, id)?
        } else {
            service::close_for_practice(tx, actor, id)?
        };
        Ok(draft_url(actor.team_id()?, id))
    });
    answer(visitor.clone(), id, done.await, Again::default()).await
}

/// To where it leads, or the page again with what is wrong and what was typed.
async fn answer(visitor: Visitor, id: QuestionSetId, done: Result<String>, mut again: Again) -> PageResult {
    let status = match done {
        Ok(url) => return see_other_with(url, "saved"),
        Err(Error::Stale { .. }) => {
            let text = "Somebody else has changed this draft in the meantime. What is here now is the newest; what you typed is still in the form.";
            again.errors = FormErrors::whole(text);
            // The next attempt is based on what is shown now.
            if let Some(head) = &mut again.head {
                head.version.clear();
            }
            StatusCode::PRECONDITION_FAILED
        }
        Err(Error::Invalid(errors)) => {
            let (of_questions, of_form) = errors.iter().partition::<Vec<_>, _>(|error| error.field.starts_with("questions["));
            of_questions.iter().for_each(|error| again.missing.add(&error.field, &error.message));
            let mut form = FieldErrors::default();
            of_form.iter().for_each(|error| form.add(&error.field, &error.message));
            again.errors = form.into();
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            again.errors = errors;
            status
        }
    };
    visitor.page_with(status, move |tx, actor| page(tx, actor, id, (FilterForm::default(), Paging::default()), again)).await
}

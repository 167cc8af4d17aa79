//! Writing a team's rubric: everything on one page, the five levels of an area side by side, what is worth another
//! look at its field. Saving is a button; whoever saves second sees both texts, and nothing is lost.

mod form;
mod page;
mod samples;

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::Deserialize;

use super::super::draft::NewRubricVersion;
use super::super::model::RubricId;
use super::super::service;
use super::{draft_url, version_url};
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{PageResult, see_other_with};
use form::RubricForm;
use page::Again;
pub use page::EditorPage;

type OfRubric = Path<(String, String)>;

fn id(path: &OfRubric) -> Result<RubricId> {
    path.1.parse().map_err(|_| Error::NotFound)
}

pub async fn edit(visitor: Visitor, path: OfRubric) -> PageResult {
    let id = id(&path)?;
    visitor.page(move |tx, actor| EditorPage::of(&service::show_rubric(tx, actor, id)?, Again::default(), actor)).await
}

pub async fn update(visitor: Visitor, path: OfRubric, Form(mut form): Form<RubricForm>) -> PageResult {
    let id = id(&path)?;
    if form.press() {
        let again = Again { form: Some(form), unsaved: true, ..Again::default() };
        return visitor.page(move |tx, actor| EditorPage::of(&service::show_rubric(tx, actor, id)?, again, actor)).await;
    }
    let sent = form.clone();
    let saved = visitor.write(move |tx, actor| {
        service::update(tx, actor, id, sent.version()?, sent.draft()?)?;
        Ok(draft_url(actor.team_id()?, id))
    });
    answer(visitor.clone(), id, saved.await, form).await
}

/// Publishes what is in the form: it is saved first, and either both happen or nothing.
pub async fn publish(visitor: Visitor, path: OfRubric, Form(form): Form<RubricForm>) -> PageResult {
    let (id, sent) = (id(&path)?, form.clone());
    let published = visitor.write(move |tx, actor| {
        if sent.has_draft() {
            service::update(tx, actor, id, sent.version()?, sent.draft()?)?;
        }
        let rubric = service::publish(tx, actor, id, &NewRubricVersion { reason: sent.get("reason").to_owned() })?;
        let newest = rubric.newest_version.ok_or(Error::NotFound)?;
        Ok(version_url(actor.team_id()?, newest.id))
    });
    answer(visitor.clone(), id, published.await, form).await
}

/// What the switches bring.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SwitchForm {
    on: String,
}

pub async fn retirement(visitor: Visitor, path: OfRubric, Form(form): Form<SwitchForm>) -> PageResult {
    let id = id(&path)?;
    let done = visitor.write(move |tx, actor| {
        if form.on == "true" {
            service::retire(tx, actor, id)?
        } else {
            service::unretire(tx, actor, id)?
        };
        Ok(draft_url(actor.team_id()?, id))
    });
    see_other_with(done.await?, "saved")
}

/// To where it leads, or the page again with what is wrong and what was typed.
async fn answer(visitor: Visitor, id: RubricId, done: Result<String>, form: RubricForm) -> PageResult {
    let (status, again) = match done {
        Ok(url) => return see_other_with(url, "saved"),
        Err(Error::Stale { current }) => (StatusCode::PRECONDITION_FAILED, conflict(form, current)?),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            (status, Again { form: Some(form), errors, ..Again::default() })
        }
    };
    visitor.page_with(status, move |tx, actor| EditorPage::of(&service::show_rubric(tx, actor, id)?, again, actor)).await
}

/// Both texts side by side; what was typed stays in the form and is saved over the newest only by another press.
fn conflict(mut form: RubricForm, current: serde_json::Value) -> Result<Again> {
    let (current, who) = RubricForm::of_json(current)?;
    let conflict = form.differences(&current);
    form.set("version", current.get("version"));
    let text = format!(
        "{} has saved this rubric in the meantime. Their words stand beside yours; yours are still in the form. Save again to keep yours.",
        who.as_deref().unwrap_or("Somebody else"),
    );
    Ok(Again { form: Some(form), errors: FormErrors::whole(text), conflict, unsaved: false })
}

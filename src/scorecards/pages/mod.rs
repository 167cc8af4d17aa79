//! Scorecards as pages.

mod claims;
mod edit;
mod form;
mod index;
mod parts;
mod samples;
mod submission;

use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::{read, service};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, InterviewId};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{PageResult, Sample, samples_of, see_other, see_other_with};
use edit::EditPage;
use form::Typed;
use index::IndexPage;
use submission::SubmissionPage;

/// The form as it was typed: names and values.
pub type Fields = Form<Vec<(String, String)>>;

pub fn samples() -> Vec<Sample> {
    [samples_of::<EditPage>(), samples_of::<SubmissionPage>(), samples_of::<IndexPage>()].into_iter().flatten().collect()
}

/// One's own draft; a submitted card has a page of its own.
pub async fn edit(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = interview(&path)?;
    let desk = visitor.read(move |tx, actor| read::desk(tx, actor, id)).await?;
    if desk.card.submitted_at.is_some() {
        return see_other(desk.head().links.submission);
    }
    visitor.page(move |_, _| Ok(EditPage::of(&desk))).await
}

/// "Save draft", which also adds and removes notes.
pub async fn update(visitor: Visitor, path: Path<(String, String)>, form: Fields) -> PageResult {
    let id = interview(&path)?;
    let typed = Typed(form.0);
    match keep(&visitor, id, &typed).await {
        Ok(()) => {
            let place = typed.get("at").and_then(|area| area.parse::<u8>().ok()).map(|area| format!("#area-{area}"));
            see_other_with(format!("{}{}", address(&path, ""), place.unwrap_or_default()), "saved")
        }
        Err(error) => again(&visitor, id, typed, error).await,
    }
}

pub async fn show_submission(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = interview(&path)?;
    let desk = visitor.read(move |tx, actor| read::desk(tx, actor, id)).await?;
    match SubmissionPage::of(&desk) {
        Some(page) => visitor.page(move |_, _| Ok(page)).await,
        None => see_other(desk.head().links.scorecard),
    }
}

/// "Submit scorecard".
/// Saves what the form holds, then submits by `submit`. What was typed is saved even when something is
/// still missing.
pub async fn submit_with(
    visitor: Visitor,
    path: Path<(String, String)>,
    form: Fields,
    submit: fn(&mut Tx, &Actor, InterviewId) -> Result<()>,
) -> PageResult {
    let id = interview(&path)?;
    let typed = Typed(form.0);
    let submitted = match keep(&visitor, id, &typed).await {
        Ok(()) => visitor.write(move |tx, actor| submit(tx, actor, id)).await,
        Err(error) => Err(error),
    };
    match submitted {
        Ok(()) => see_other_with(address(&path, "/submission"), "submitted"),
        Err(error) => again(&visitor, id, typed, error).await,
    }
}

/// "Amend".
pub async fn create_revision(visitor: Visitor, path: Path<(String, String)>, form: Fields) -> PageResult {
    let id = interview(&path)?;
    let typed = Typed(form.0);
    let amended = match typed.amendment() {
        Ok(new) => visitor.write(move |tx, actor| service::amend(tx, actor, id, &new)).await,
        Err(error) => Err(error),
    };
    let Err(error) = amended else { return see_other_with(address(&path, "/submission"), "amended") };
    let (status, errors) = FormErrors::shown(error)?;
    let desk = visitor.read(move |tx, actor| read::desk(tx, actor, id)).await?;
    match SubmissionPage::of(&desk) {
        Some(page) => visitor.page_with(status, move |_, _| Ok(page.shown_again(&typed, errors))).await,
        None => see_other(desk.head().links.scorecard),
    }
}

/// What of the interview's cards the reader may see.
pub async fn index(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = interview(&path)?;
    visitor.page(move |tx, actor| Ok(IndexPage::of(&read::table(tx, actor, id)?, actor.account_or_none()))).await
}

async fn keep(visitor: &Visitor, id: InterviewId, typed: &Typed) -> Result<()> {
    let save = typed.save()?;
    visitor.write_draft(move |tx, actor| service::save_form(tx, actor, id, save)).await.map(drop)
}

/// The form with everything that was typed. A form that is older than the card, or that comes back from
/// the browser's history, shows both texts side by side.
async fn again(visitor: &Visitor, id: InterviewId, typed: Typed, error: Error) -> PageResult {
    let (status, errors) = match error {
        Error::Stale { .. } | Error::KeyReused => (StatusCode::PRECONDITION_FAILED, None),
        other => {
            let (status, errors) = FormErrors::shown(other)?;
            (status, Some(errors))
        }
    };
    let desk = visitor.read(move |tx, actor| read::desk(tx, actor, id)).await?;
    let page = move |_: &mut Tx, _: &Actor| {
        let page = EditPage::of(&desk);
        Ok(match errors {
            Some(errors) => page.shown_again(&typed, errors),
            None => page.in_conflict(&typed),
        })
    };
    visitor.page_with(status, page).await
}

fn interview(path: &Path<(String, String)>) -> Result<InterviewId> {
    path.1.parse().map_err(|_| Error::NotFound)
}

fn address(path: &Path<(String, String)>, rest: &str) -> String {
    format!("/teams/{}/interviews/{}/scorecard{rest}", path.0, path.1)
}

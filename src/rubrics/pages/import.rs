//! A rubric from a file: chosen, or its text pasted.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::super::file::{self, RubricFile};
use super::super::service;
use super::{crumbs, draft_url, rubrics_url};
use crate::accounts::Visitor;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::files::{self, Mistake, Mistakes};
use crate::policy::{self, Act, Actor};
use crate::web::form::FormErrors;
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other_with};
use crate::web::upload::Upload;

#[derive(Debug, Serialize)]
pub struct ImportPage {
    crumbs: Vec<Crumb>,
    action: String,
    cancel_url: String,
    /// What was brought, so that it can be mended where it stands.
    text: String,
    errors: FormErrors,
    mistakes: Vec<Mistake>,
    /// Those that are not told one by one.
    more_mistakes: usize,
}

pub async fn new_import(visitor: Visitor) -> PageResult {
    visitor.page(|_, actor| page(actor, String::new(), FormErrors::default(), &Mistakes::default())).await
}

pub async fn create_import(visitor: Visitor, upload: Upload) -> PageResult {
    visitor.read(service::may_import).await?;
    let of_file = !upload.file_name.is_empty();
    let brought = if of_file { upload.content.to_vec() } else { upload.text.into_bytes() };
    let file = match read(&brought, of_file) {
        Ok(file) => file,
        Err((errors, mistakes)) => return again(&visitor, StatusCode::UNPROCESSABLE_ENTITY, brought, errors, mistakes).await,
    };
    let made = visitor.write(move |tx, actor| {
        let rubric = service::import_file(tx, actor, &file)?;
        Ok(draft_url(actor.team_id()?, rubric.id))
    });
    match made.await {
        Ok(url) => see_other_with(url, "saved"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            again(&visitor, status, brought, errors, Mistakes::default()).await
        }
    }
}

/// The file, or what its field says and what is wrong with it.
fn read(brought: &[u8], of_file: bool) -> Result<RubricFile, (FormErrors, Mistakes)> {
    let one = |field: &str, text: &str| {
        let mut errors = FieldErrors::default();
        errors.add(field, text);
        FormErrors::from(errors)
    };
    if !of_file && brought.trim_ascii().is_empty() {
        return Err((one("file", "Choose a file, or paste its text."), Mistakes::default()));
    }
    let text = files::text(brought).map_err(Mistakes::from);
    text.and_then(file::read_json).map_err(|mistakes| {
        let text = match mistakes.total() {
            1 => "1 thing in it is not right, with its line under What is not right. Mend it and send it again.".to_owned(),
            total => format!("{total} things in it are not right, with their lines under What is not right. Mend them and send it again."),
        };
        (one("content", &text), mistakes)
    })
}

async fn again(visitor: &Visitor, status: StatusCode, brought: Vec<u8>, errors: FormErrors, mistakes: Mistakes) -> PageResult {
    // What is no text cannot be mended in a field.
    let text = files::text(&brought).map(str::to_owned).unwrap_or_default();
    visitor.page_with(status, move |_, actor| page(actor, text, errors, &mistakes)).await
}

fn page(actor: &Actor, text: String, errors: FormErrors, mistakes: &Mistakes) -> Result<ImportPage, Error> {
    policy::allow(&actor.standing(), Act::EditLibrary)?;
    Ok(ImportPage::of(&rubrics_url(actor.team_id()?), text, errors, mistakes))
}

impl ImportPage {
    fn of(rubrics: &str, text: String, errors: FormErrors, mistakes: &Mistakes) -> Self {
        let told: Vec<Mistake> = mistakes.iter().cloned().collect();
        ImportPage {
            crumbs: crumbs(rubrics.to_owned(), "Rubric from a file"),
            action: format!("{rubrics}/imports"),
            cancel_url: rubrics.to_owned(),
            text,
            errors,
            more_mistakes: mistakes.total() - told.len(),
            mistakes: told,
        }
    }
}

impl Template for ImportPage {
    const PATH: &'static str = "rubrics/import.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        "Rubric from a file".into()
    }

    fn samples() -> Vec<Self> {
        let page = |text: &str, errors, mistakes: &Mistakes| ImportPage::of("/teams/1/rubrics", text.into(), errors, mistakes);
        let mut mistakes = Mistakes::from(Mistake::at(7, "areas[0] (fundamentals).name", "Fill this in."));
        (0..=Mistakes::MOST).for_each(|_| mistakes.add(Mistake::whole("The file is empty.")));
        vec![
            page("", FormErrors::default(), &Mistakes::default()),
            page("", FormErrors::sample(&["file"]), &Mistakes::default()),
            page("{\"format\": 1}", FormErrors::sample(&["content"]), &mistakes),
        ]
    }
}

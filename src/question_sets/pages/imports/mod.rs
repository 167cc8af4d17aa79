//! A file is brought, and the files of the last week.

mod show;

use actix_web::web::block;
use serde::Serialize;

use super::super::exchange::{FileKind, ImportId, ImportState, ImportView, NewFile};
use super::super::service;
use super::{draft_url, sets_url};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, TeamId};
use crate::web::form::FormErrors;
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other};
use crate::web::paging::Slice;
use crate::web::times::Moment;
use crate::web::upload::Upload;

pub use show::{ImportPage, cancel, confirm, show};

#[derive(Debug, Serialize)]
pub struct ImportsPage {
    crumbs: Vec<Crumb>,
    action: String,
    cancel_url: String,
    form: ImportForm,
    errors: FormErrors,
    /// The newest first.
    imports: Vec<ImportRow>,
}

#[derive(Debug, Clone, Default, Serialize)]
struct ImportForm {
    slug: String,
}

#[derive(Debug, Serialize)]
struct ImportRow {
    file_name: String,
    url: String,
    /// The set it is for; empty where that is not known.
    set: String,
    state: ImportState,
    created: Moment,
    created_by: Option<String>,
}

pub(super) fn imports_url(team: TeamId) -> String {
    format!("{}/imports", sets_url(team))
}

fn import_url(team: TeamId, id: ImportId) -> String {
    format!("{}/{id}", imports_url(team))
}

pub async fn index(visitor: Visitor) -> PageResult {
    visitor.page(|tx, actor| page(tx, actor, ImportForm::default(), FormErrors::default())).await
}

pub async fn create(visitor: Visitor, upload: Upload) -> PageResult {
    visitor.read(service::may_import).await?;
    let form = ImportForm { slug: upload.field("slug").to_owned() };
    match checked(&visitor, upload).await {
        Ok(url) => see_other(url),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| page(tx, actor, form, errors)).await
        }
    }
}

/// Where the dry run can be read.
async fn checked(visitor: &Visitor, upload: Upload) -> Result<String> {
    let new = input(upload)?;
    let read = block(move || service::read_file(new)).await.map_err(|_| Error::Busy)?;
    visitor.write(move |tx, actor| Ok(import_url(actor.team_id()?, service::create_import(tx, actor, &read)?.id))).await
}

fn input(upload: Upload) -> Result<NewFile> {
    if upload.file_name.is_empty() {
        return Err(Error::invalid("file", "Choose a file."));
    }
    let kind = FileKind::of_name(&upload.file_name)
        .ok_or_else(|| Error::invalid("file", "Choose a file whose name ends in .json or .csv. A spreadsheet is saved as CSV in UTF-8."))?;
    NewFile::parse(kind, &upload.file_name, upload.field("slug"), upload.content.clone())
}

fn page(tx: &mut Tx, actor: &Actor, form: ImportForm, errors: FormErrors) -> Result<ImportsPage> {
    let team = actor.team_id()?;
    let imports = service::list_imports(tx, actor, &Slice::first())?.items;
    Ok(ImportsPage {
        crumbs: crumbs(team, None),
        action: imports_url(team),
        cancel_url: sets_url(team),
        form,
        errors,
        imports: imports.iter().map(|import| ImportRow::of(import, team, actor.time_zone())).collect(),
    })
}

/// The way to the form, or to one file.
fn crumbs(team: TeamId, file: Option<&str>) -> Vec<Crumb> {
    let mut crumbs = vec![
        Crumb { label: "Question sets".into(), url: Some(sets_url(team)) },
        Crumb { label: "Import".into(), url: file.map(|_| imports_url(team)) },
    ];
    crumbs.extend(file.map(|file| Crumb { label: file.to_owned(), url: None }));
    crumbs
}

impl ImportRow {
    fn of(import: &ImportView, team: TeamId, zone: chrono_tz::Tz) -> Self {
        ImportRow {
            file_name: named(import),
            url: import_url(team, import.id),
            set: import.name.clone(),
            state: import.state,
            created: Moment::of(import.created_at, zone),
            created_by: import.created_by.clone(),
        }
    }
}

/// A program may send a file without a name.
fn named(import: &ImportView) -> String {
    if import.file_name.is_empty() { format!("A file ({})", import.kind.as_str().to_uppercase()) } else { import.file_name.clone() }
}

impl Template for ImportsPage {
    const PATH: &'static str = "question_sets/imports/index.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        "Import questions".into()
    }

    fn samples() -> Vec<Self> {
        let team = TeamId(uuid::Uuid::nil());
        let page = |slug: &str, errors, imports| ImportsPage {
            crumbs: crumbs(team, None),
            action: imports_url(team),
            cancel_url: sets_url(team),
            form: ImportForm { slug: slug.into() },
            errors,
            imports,
        };
        let rows = show::sample_views().iter().map(|view| ImportRow::of(view, team, chrono_tz::Tz::UTC)).collect();
        vec![page("", FormErrors::default(), Vec::new()), page("ours", FormErrors::sample(&["file", "slug"]), rows)]
    }
}

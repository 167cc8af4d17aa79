//! One file: what it would do, how far it is, what became of it.

use actix_web::web::Path;
use chrono::DateTime;
use serde::Serialize;
use uuid::Uuid;

use super::super::super::exchange::{FileKind, ImportId, ImportPlan, ImportState, ImportView, ImportedQuestion};
use super::super::super::model::QuestionSetId;
use super::super::super::service;
use super::{crumbs, draft_url, import_url, imports_url, named};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::files::Mistake;
use crate::policy::{Actor, TeamId};
use crate::web::form::FormErrors;
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct ImportPage {
    crumbs: Vec<Crumb>,
    file_name: String,
    set: String,
    slug: String,
    new_set: bool,
    state: ImportState,
    plan: ImportPlan,
    /// Of what is added and what changes, those that are not named.
    more_added: usize,
    more_changed: usize,
    /// Of what it lacks to be published, what is not told.
    more_missing: usize,
    changes_nothing: bool,
    mistakes: Vec<Mistake>,
    mistakes_total: usize,
    more_mistakes: usize,
    total: i32,
    done: i32,
    created: Moment,
    created_by: Option<String>,
    failure: Option<String>,
    errors: FormErrors,
    urls: Urls,
}

#[derive(Debug, Serialize)]
struct Urls {
    here: String,
    confirm: String,
    cancel: String,
    again: String,
    /// Once there is one.
    draft: Option<String>,
}

fn id(path: &Path<(String, String)>) -> Result<ImportId> {
    path.1.parse().map_err(|_| Error::NotFound)
}

pub async fn show(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id(&path)?;
    visitor.page(move |tx, actor| page(tx, actor, id, FormErrors::default())).await
}

pub async fn confirm(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id(&path)?;
    let done = visitor.write(move |tx, actor| {
        service::confirm_import(tx, actor, id)?;
        Ok(import_url(actor.team_id()?, id))
    });
    answer(&visitor, id, done.await).await
}

pub async fn cancel(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id(&path)?;
    let done = visitor.write(move |tx, actor| {
        service::cancel_import(tx, actor, id)?;
        Ok(import_url(actor.team_id()?, id))
    });
    answer(&visitor, id, done.await).await
}

async fn answer(visitor: &Visitor, id: ImportId, done: Result<String>) -> PageResult {
    match done {
        Ok(url) => see_other(url),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| page(tx, actor, id, errors)).await
        }
    }
}

fn page(tx: &mut Tx, actor: &Actor, id: ImportId, errors: FormErrors) -> Result<ImportPage> {
    let import = service::show_import(tx, actor, id)?;
    Ok(ImportPage::of(import, actor.team_id()?, actor.time_zone(), errors))
}

impl ImportPage {
    fn of(import: ImportView, team: TeamId, zone: chrono_tz::Tz, errors: FormErrors) -> Self {
        let here = import_url(team, import.id);
        let file_name = named(&import);
        ImportPage {
            crumbs: crumbs(team, Some(&file_name)),
            file_name,
            more_added: import.plan.added - import.plan.first_added.len(),
            more_changed: import.plan.changed - import.plan.first_changed.len(),
            more_missing: import.plan.missing_total - import.plan.missing.len(),
            changes_nothing: import.plan.changes_nothing() && !import.new_set,
            more_mistakes: import.mistakes_total - import.mistakes.len(),
            urls: Urls {
                confirm: format!("{here}/confirmation"),
                cancel: format!("{here}/cancellation"),
                again: imports_url(team),
                draft: import.question_set_id.map(|set| draft_url(team, set)),
                here,
            },
            created: Moment::of(import.created_at, zone),
            set: import.name,
            slug: import.slug,
            new_set: import.new_set,
            state: import.state,
            plan: import.plan,
            mistakes: import.mistakes,
            mistakes_total: import.mistakes_total,
            total: import.total,
            done: import.done,
            created_by: import.created_by,
            failure: import.failure,
            errors,
        }
    }
}

impl Template for ImportPage {
    const PATH: &'static str = "question_sets/imports/show.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        format!("Import of {}", self.file_name)
    }

    fn samples() -> Vec<Self> {
        let team = TeamId(Uuid::nil());
        let page = |view, errors| ImportPage::of(view, team, chrono_tz::Tz::UTC, errors);
        let mut pages: Vec<Self> = sample_views().into_iter().map(|view| page(view, FormErrors::default())).collect();
        pages.extend(sample_views().pop().map(|view| page(view, FormErrors::whole("The draft has changed."))));
        pages
    }
}

/// One in every state, a table for a new set, and one that changes nothing.
pub(super) fn sample_views() -> Vec<ImportView> {
    let question = |key: &str, fields: &[&str]| ImportedQuestion {
        key: key.into(),
        title: "Why queues?".into(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
    };
    let plan = ImportPlan {
        added: 120,
        changed: 101,
        skipped: 20,
        kept: 1,
        head: vec!["name".into(), "rubric".into()],
        reordered: true,
        first_added: vec![question("why-queues", &[])],
        first_changed: vec![question("why-caches", &["prompt", "minutes"])],
        missing: vec![Mistake::at(9, "questions[1] (why-caches).tests", "Fill this in.")],
        missing_total: 3,
    };
    let view = |state, plan| ImportView {
        id: ImportId(Uuid::nil()),
        state,
        file_name: "our-backend.json".into(),
        kind: FileKind::Json,
        slug: "our-backend".into(),
        name: "Our backend".into(),
        new_set: false,
        question_set_id: Some(QuestionSetId(Uuid::nil())),
        plan,
        mistakes: Vec::new(),
        mistakes_total: 0,
        total: 221,
        done: 100,
        created_at: DateTime::UNIX_EPOCH,
        created_by: Some("Lena Lead".into()),
        confirmed_at: None,
        finished_at: None,
        cancelled_at: None,
        failure: None,
    };
    let mistakes = vec![
        Mistake::at(7, "questions[0] (why-queues).prompt", "Fill this in."),
        Mistake { line: None, field: "slug".into(), message: "Choose another.".into() },
        Mistake::whole("The file is empty."),
    ];
    let refused = ImportView {
        mistakes,
        mistakes_total: 900,
        name: String::new(),
        question_set_id: None,
        ..view(ImportState::Refused, ImportPlan::default())
    };
    let fresh = ImportView {
        new_set: true,
        question_set_id: None,
        file_name: String::new(),
        created_by: None,
        ..view(ImportState::Ready, ImportPlan { added: 1, first_added: vec![question("why-queues", &[])], ..ImportPlan::default() })
    };
    let failed = ImportView { failure: Some("The draft has changed.".into()), ..view(ImportState::Failed, plan.clone()) };
    vec![
        refused,
        fresh,
        failed,
        view(ImportState::Ready, ImportPlan::default()),
        view(ImportState::Running, plan.clone()),
        view(ImportState::Done, plan.clone()),
        view(ImportState::Cancelled, plan.clone()),
        view(ImportState::Ready, plan),
    ]
}

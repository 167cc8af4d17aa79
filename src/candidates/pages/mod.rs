//! Candidate records on pages.

mod resume;
mod show;

pub use resume::{confirm_resume_import, create_resume_import, new_resume_import, remove_resume, resume_text, show_resume, take_claims};
pub use show::{create_claim, delete_claim, show, update_claim};

use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::model::{CandidateId, CandidateInput, CandidateView, LinkedAccount, NewCandidate, Search};
use super::service;
use crate::accounts::{Visitor, initials};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, TeamId};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Choice, Crumb, Nav, PageResult, Sample, Template, samples_of, see_other_with};
use crate::web::paging::Paging;
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct IndexPage {
    list_url: String,
    new_url: Option<String>,
    search: String,
    rows: Vec<Row>,
    first_url: Option<String>,
    next_url: Option<String>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    initials: String,
    url: String,
    email: Option<String>,
    account: Option<String>,
    added: Moment,
}

/// Makes a record, or changes one.
#[derive(Debug, Serialize)]
pub struct FormPage {
    crumbs: Vec<Crumb>,
    heading: String,
    action: String,
    cancel_url: String,
    form: CandidateForm,
    members: Vec<Choice>,
    errors: FormErrors,
    /// The record that has the typed address or the chosen account already.
    existing: Option<Link>,
}

#[derive(Debug, Serialize)]
struct Link {
    label: String,
    url: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CandidateForm {
    name: String,
    email: String,
    account_id: String,
    /// Of the record that is changed; empty for a new one.
    version: String,
}

pub async fn index(visitor: Visitor, search: Query<Search>, paging: Paging) -> PageResult {
    let slice = paging.slice()?;
    visitor
        .page(move |tx, actor| {
            let page = service::list(tx, actor, &search.q, &slice)?;
            let team = actor.team_id()?;
            let list_url = candidates_url(team);
            let address = |cursor: &str| format!("{list_url}?{}", search.query(cursor));
            Ok(IndexPage {
                new_url: service::manages(actor).then(|| format!("{list_url}/new")),
                rows: page.items.iter().map(|candidate| Row::of(candidate, actor)).collect::<Result<_>>()?,
                first_url: slice.after.is_some().then(|| address("")),
                next_url: page.next_cursor.as_deref().map(address),
                search: search.q.clone(),
                list_url,
            })
        })
        .await
}

pub async fn new(visitor: Visitor) -> PageResult {
    visitor.page(|tx, actor| form_page(tx, actor, None, CandidateForm::default(), FormErrors::default())).await
}

pub async fn create(visitor: Visitor, Form(form): Form<CandidateForm>) -> PageResult {
    let input = form.input();
    let made = visitor.write(move |tx, actor| {
        let candidate = service::create(tx, actor, NewCandidate::parse(&input)?)?;
        Ok(candidate_url(actor.team_id()?, candidate.id))
    });
    match made.await {
        Ok(url) => see_other_with(url, "saved"),
        Err(error) => again(visitor, None, form, error).await,
    }
}

pub async fn edit(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id(&path)?;
    visitor
        .page(move |tx, actor| {
            let form = CandidateForm::of(&service::find(tx, actor, id)?);
            form_page(tx, actor, Some(id), form, FormErrors::default())
        })
        .await
}

pub async fn update(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<CandidateForm>) -> PageResult {
    let id = id(&path)?;
    let (input, version) = (form.input(), form.version.parse().unwrap_or_default());
    let changed = visitor.write(move |tx, actor| {
        service::update(tx, actor, id, version, NewCandidate::parse(&input)?)?;
        Ok(candidate_url(actor.team_id()?, id))
    });
    match changed.await {
        Ok(url) => see_other_with(url, "saved"),
        Err(error) => again(visitor, Some(id), form, error).await,
    }
}

pub fn samples() -> Vec<Sample> {
    [
        samples_of::<IndexPage>(),
        samples_of::<show::ShowPage>(),
        samples_of::<FormPage>(),
        samples_of::<resume::RecordImportPage>(),
        samples_of::<resume::RecordPreviewPage>(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The form with all that was typed and what is wrong with it.
async fn again(visitor: Visitor, id: Option<CandidateId>, mut form: CandidateForm, error: Error) -> PageResult {
    let (status, errors) = match error {
        Error::Stale { current } => {
            (StatusCode::PRECONDITION_FAILED, form.overtaken(serde_json::from_value(current).map_err(Error::from)?))
        }
        error => FormErrors::shown(error)?,
    };
    visitor.page_with(status, move |tx, actor| form_page(tx, actor, id, form, errors)).await
}

fn form_page(tx: &mut Tx, actor: &Actor, id: Option<CandidateId>, form: CandidateForm, errors: FormErrors) -> Result<FormPage> {
    let team = actor.team_id()?;
    let members = service::linkable(tx, actor)?.into_iter().map(|LinkedAccount { id, name }| Choice { value: id.to_string(), label: name });
    let existing = match NewCandidate::parse(&form.input()) {
        Ok(new) if !errors.summary.is_empty() => service::same(tx, actor, &new, id)?,
        _ => None,
    };
    let (heading, own_url) = match id {
        None => ("New candidate".to_owned(), candidates_url(team)),
        Some(id) => (format!("Change {}", service::find(tx, actor, id)?.name), candidate_url(team, id)),
    };
    Ok(FormPage {
        crumbs: vec![list_crumb(team), Crumb { label: heading.clone(), url: None }],
        action: id.map_or_else(|| own_url.clone(), |_| format!("{own_url}/edit")),
        heading,
        cancel_url: own_url,
        form,
        members: members.collect(),
        errors,
        existing: existing.map(|(id, label)| Link { label, url: candidate_url(team, id) }),
    })
}

fn candidates_url(team: TeamId) -> String {
    format!("/teams/{team}/candidates")
}

fn candidate_url(team: TeamId, id: CandidateId) -> String {
    format!("/teams/{team}/candidates/{id}")
}

fn list_crumb(team: TeamId) -> Crumb {
    Crumb { label: "Candidates".into(), url: Some(candidates_url(team)) }
}

fn id((_, id): &(String, String)) -> Result<CandidateId> {
    id.parse().map_err(|_| Error::NotFound)
}

impl Row {
    fn of(candidate: &CandidateView, actor: &Actor) -> Result<Self> {
        Ok(Row {
            name: candidate.name.clone(),
            initials: initials(&candidate.name),
            url: candidate_url(actor.team_id()?, candidate.id),
            email: candidate.email.clone(),
            account: candidate.account.as_ref().map(|account| account.name.clone()),
            added: Moment::of(candidate.created_at, actor.time_zone()),
        })
    }
}

impl CandidateForm {
    fn of(candidate: &CandidateView) -> Self {
        CandidateForm {
            name: candidate.name.clone(),
            email: candidate.email.clone().unwrap_or_default(),
            account_id: candidate.account.as_ref().map(|account| account.id.to_string()).unwrap_or_default(),
            version: candidate.version.to_string(),
        }
    }

    fn input(&self) -> CandidateInput {
        CandidateInput { name: self.name.clone(), email: Some(self.email.clone()), account_id: Some(self.account_id.clone()) }
    }

    /// Somebody else was quicker: says what the record holds now, and lets the next save stand on that.
    fn overtaken(&mut self, current: CandidateView) -> FormErrors {
        self.version = current.version.to_string();
        let email = current.email.as_deref().unwrap_or("no address");
        let account = current.account.map_or_else(|| "no account".to_owned(), |account| format!("the account of {}", account.name));
        FormErrors::whole(format!(
            "This record was changed meanwhile. It now says: {}, {email}, {account}. What you typed is still below; save again to replace it.",
            current.name
        ))
    }
}

impl Template for IndexPage {
    const PATH: &'static str = "candidates/index.html";
    const NAV: Nav = Nav::Candidates;

    fn title(&self) -> String {
        "Candidates".into()
    }

    fn samples() -> Vec<Self> {
        let list_url = "/teams/1/candidates".to_owned();
        let row = |email: Option<&str>, account: Option<&str>| Row {
            name: "Sofia <Marin>".into(),
            initials: "SM".into(),
            url: "/teams/1/candidates/1".into(),
            email: email.map(str::to_owned),
            account: account.map(str::to_owned),
            added: Moment::of(DateTime::<Utc>::UNIX_EPOCH, chrono_tz::UTC),
        };
        let page = |search: &str, rows, next: bool| IndexPage {
            list_url: list_url.clone(),
            new_url: next.then(|| format!("{list_url}/new")),
            search: search.into(),
            rows,
            first_url: next.then(|| list_url.clone()),
            next_url: next.then(|| format!("{list_url}?cursor=x")),
        };
        vec![
            page("", vec![row(Some("sofia@example.com"), None), row(None, Some("Sofia"))], true),
            page("", Vec::new(), true),
            page("", Vec::new(), false),
            page("zz", Vec::new(), false),
        ]
    }
}

impl Template for FormPage {
    const PATH: &'static str = "candidates/form.html";
    const NAV: Nav = Nav::Candidates;

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let page = |form: CandidateForm, members, errors, existing| FormPage {
            crumbs: vec![Crumb { label: "Candidates".into(), url: Some("/teams/1/candidates".into()) }],
            heading: "New candidate".into(),
            action: "/teams/1/candidates".into(),
            cancel_url: "/teams/1/candidates".into(),
            form,
            members,
            errors,
            existing,
        };
        let member = Choice { value: "1".into(), label: "Carl".into() };
        let typed = CandidateForm { name: "So\"fia".into(), email: "x".into(), account_id: "1".into(), version: "3".into() };
        let link = Link { label: "Sofia Marin".into(), url: "/teams/1/candidates/1".into() };
        let mut wrong = crate::platform::error::FieldErrors::default();
        wrong.add("email", "Write a mail address.");
        vec![
            page(CandidateForm::default(), Vec::new(), FormErrors::default(), None),
            page(typed.clone(), vec![member.clone()], wrong.into(), None),
            page(typed, vec![member], FormErrors::whole("The record of Sofia Marin has this address already."), Some(link)),
        ]
    }
}

//! One record, with what its résumé claims.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::model::{CandidateId, ClaimId, ClaimInput, ClaimView, NewClaim};
use super::super::service;
use super::resume::ResumePart;
use super::{candidate_url, id, list_crumb};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::resumes::Suggestion;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other_with};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct ShowPage {
    crumbs: Vec<Crumb>,
    name: String,
    email: Option<String>,
    account: Option<String>,
    added: Moment,
    edit_url: Option<String>,
    resume: ResumePart,
    /// What of the résumé can be asked about and is no claim yet; for who may take it over.
    suggestions: Vec<Suggestion>,
    take_url: String,
    claims: Vec<ClaimPart>,
    /// Where a new one is sent; none for who may not add any.
    claims_url: Option<String>,
    /// What was typed into the form of a new one.
    form: ClaimForm,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct ClaimPart {
    id: String,
    text: String,
    detail: String,
    url: String,
    /// Its form: as it is, or as it was typed.
    form: ClaimForm,
    /// What was wrong with the form, if it is this one that was sent.
    errors: FormErrors,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaimForm {
    text: String,
    detail: String,
    /// Of the claim that is changed; empty for a new one.
    version: String,
}

impl ClaimForm {
    fn of(claim: &ClaimView) -> Self {
        ClaimForm { text: claim.text.clone(), detail: claim.detail.clone(), version: claim.version.to_string() }
    }

    fn parse(&self) -> Result<NewClaim> {
        NewClaim::parse(&ClaimInput { text: self.text.clone(), detail: Some(self.detail.clone()) })
    }
}

/// A form that could not be saved, and of which claim; none: a new one.
#[derive(Default)]
struct Again {
    of: Option<ClaimId>,
    form: ClaimForm,
    errors: FormErrors,
}

pub async fn show(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id(&path)?;
    visitor.page(move |tx, actor| page(tx, actor, id, Again::default())).await
}

pub async fn create_claim(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<ClaimForm>) -> PageResult {
    let candidate = id(&path)?;
    let new = form.clone();
    let done = visitor.write(move |tx, actor| service::add_claim(tx, actor, candidate, &new.parse()?).map(drop)).await;
    finish(visitor, candidate, None, form, done).await
}

pub async fn update_claim(visitor: Visitor, path: Path<(String, String, String)>, Form(form): Form<ClaimForm>) -> PageResult {
    let (candidate, claim) = ids(&path)?;
    let (new, version) = (form.clone(), form.version.parse().unwrap_or_default());
    let work = move |tx: &mut Tx, actor: &Actor| service::update_claim(tx, actor, (candidate, claim), version, &new.parse()?).map(drop);
    let done = visitor.write(work).await;
    finish(visitor, candidate, Some(claim), form, done).await
}

pub async fn delete_claim(visitor: Visitor, path: Path<(String, String, String)>) -> PageResult {
    let (candidate, claim) = ids(&path)?;
    let done = visitor.write(move |tx, actor| service::remove_claim(tx, actor, candidate, claim)).await;
    finish(visitor, candidate, Some(claim), ClaimForm::default(), done).await
}

/// Back to the record, or the record again with what was typed.
async fn finish(visitor: Visitor, candidate: CandidateId, of: Option<ClaimId>, mut form: ClaimForm, done: Result<()>) -> PageResult {
    let (status, errors) = match done {
        Ok(()) => {
            let url = visitor.read(move |_, actor| Ok(candidate_url(actor.team_id()?, candidate))).await?;
            return see_other_with(format!("{url}#claims"), "saved");
        }
        Err(Error::Stale { current }) => {
            let current: ClaimView = serde_json::from_value(current).map_err(Error::from)?;
            form.version = current.version.to_string();
            let text = format!(
                "This claim was changed meanwhile. It now says: {}. What you typed is still below; save again to replace it.",
                current.text
            );
            (StatusCode::PRECONDITION_FAILED, FormErrors::whole(text))
        }
        Err(error) => FormErrors::shown(error)?,
    };
    visitor.page_with(status, move |tx, actor| page(tx, actor, candidate, Again { of, form, errors })).await
}

fn page(tx: &mut Tx, actor: &Actor, id: CandidateId, again: Again) -> Result<ShowPage> {
    let candidate = service::find(tx, actor, id)?;
    let url = candidate_url(actor.team_id()?, id);
    let manages = service::manages(actor);
    let Again { of, form, errors } = again;
    let part = |claim: ClaimView| {
        let sent = of == Some(claim.id);
        ClaimPart {
            url: format!("{url}/claims/{}", claim.id),
            form: if sent { form.clone() } else { ClaimForm::of(&claim) },
            errors: if sent { at_claim(errors.clone(), claim.id) } else { FormErrors::default() },
            id: claim.id.to_string(),
            text: claim.text,
            detail: claim.detail,
        }
    };
    let claims = service::claims(tx, actor, id)?.items.into_iter().map(part).collect();
    let resume = ResumePart::of(&service::resume(tx, actor, id)?, &url, manages, actor);
    let suggestions = if manages { service::suggested_claims(tx, actor, id)?.items } else { Vec::new() };
    let (form, errors) = if of.is_none() { (form, errors) } else { Default::default() };
    Ok(ShowPage {
        crumbs: vec![list_crumb(actor.team_id()?), Crumb { label: candidate.name.clone(), url: None }],
        edit_url: manages.then(|| format!("{url}/edit")),
        added: Moment::of(candidate.created_at, actor.time_zone()),
        name: candidate.name,
        email: candidate.email,
        account: candidate.account.map(|account| account.name),
        resume,
        suggestions,
        take_url: format!("{url}/resume/claims"),
        claims,
        claims_url: manages.then(|| format!("{url}/claims")),
        form,
        errors,
    })
}

/// The controls of a claim's form carry its id, since there are several.
fn at_claim(mut errors: FormErrors, claim: ClaimId) -> FormErrors {
    for line in &mut errors.summary {
        line.field = line.field.take().map(|field| format!("{field}-{claim}"));
    }
    errors
}

fn ids((_, id, claim): &(String, String, String)) -> Result<(CandidateId, ClaimId)> {
    id.parse().ok().zip(claim.parse().ok()).ok_or(Error::NotFound)
}

impl Template for ShowPage {
    const PATH: &'static str = "candidates/show.html";
    const NAV: Nav = Nav::Candidates;

    fn title(&self) -> String {
        self.name.clone()
    }

    fn samples() -> Vec<Self> {
        let claim = |number: u8, text: &str, detail: &str, errors| ClaimPart {
            id: format!("c{number}"),
            text: text.into(),
            detail: detail.into(),
            url: "/teams/1/candidates/1/claims/1".into(),
            form: ClaimForm { text: text.into(), detail: detail.into(), version: "1".into() },
            errors,
        };
        let page = |email: Option<&str>, account: Option<&str>, edit: bool, claims, errors| ShowPage {
            crumbs: vec![Crumb { label: "Candidates".into(), url: Some("/teams/1/candidates".into()) }],
            name: "Sofia Marin".into(),
            email: email.map(str::to_owned),
            account: account.map(str::to_owned),
            added: Moment::of(DateTime::<Utc>::UNIX_EPOCH, chrono_tz::UTC),
            edit_url: edit.then(|| "/teams/1/candidates/1/edit".into()),
            resume: ResumePart::sample(edit, email.is_none()),
            suggestions: email.map(|_| Suggestion { text: "Django <4>".into(), detail: "Where?".into() }).into_iter().collect(),
            take_url: "/teams/1/candidates/1/resume/claims".into(),
            claims,
            claims_url: edit.then(|| "/teams/1/candidates/1/claims".into()),
            form: ClaimForm { text: "Typed \"so\"".into(), ..ClaimForm::default() },
            errors,
        };
        let two = || {
            let wrong = FormErrors::sample(&["text", "detail"]);
            vec![claim(1, "Cut <latency> by 60%", "Of what, measured how?", FormErrors::default()), claim(2, "Led a team", "", wrong)]
        };
        vec![
            page(Some("sofia@example.com"), Some("Sofia"), true, two(), FormErrors::default()),
            page(None, None, false, two(), FormErrors::default()),
            page(None, None, true, Vec::new(), FormErrors::sample(&["text", "detail"])),
            page(None, None, false, Vec::new(), FormErrors::default()),
        ]
    }
}

//! The résumé of a record: read, brought as a file, and taken over as claims.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::model::{CandidateId, CandidateResume, ResumeSource, TakeClaims};
use super::super::service;
use super::{candidate_url, id, list_crumb};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::resumes::Brought;
use crate::resumes::Sheet;
use crate::resumes::bring::{self, ImportPage, Place, PreviewPage, Unread};
use crate::resumes::sheets::{Frame, SheetPage, TemplateQuery};
use crate::web::download::attachment;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Crumb, PageError, PageResult, see_other_with};
use crate::web::times::Moment;
use crate::web::upload::Upload;

type OfCandidate = Path<(String, String)>;
pub type RecordImportPage = ImportPage<true>;
pub type RecordPreviewPage = PreviewPage<true>;

/// What the record's page shows of it.
#[derive(Debug, Serialize)]
pub struct ResumePart {
    /// None: there is no résumé.
    pub read_url: Option<String>,
    pub source: String,
    pub at: Option<Moment>,
    pub extent: String,
    /// None for who may not bring a file.
    pub import_url: Option<String>,
    /// None where no file is on the record.
    pub removal_url: Option<String>,
}

impl ResumePart {
    pub fn of(resume: &CandidateResume, url: &str, manages: bool, actor: &Actor) -> Self {
        ResumePart {
            read_url: resume.resume.as_ref().map(|_| format!("{url}/resume")),
            source: source(resume),
            at: resume.at.map(|at| Moment::of(at, actor.time_zone())),
            extent: resume.resume.as_ref().map(|resume| resume.extent()).unwrap_or_default(),
            import_url: manages.then(|| format!("{url}/resume/import")),
            removal_url: (manages && resume.version > 0).then(|| format!("{url}/resume/removal")),
        }
    }

    pub fn sample(sent: bool, none: bool) -> Self {
        ResumePart {
            read_url: (!none).then(|| "/teams/1/candidates/1/resume".into()),
            source: if none { String::new() } else { "Sent by the candidate".into() },
            at: (!none).then(|| Moment::of(DateTime::<Utc>::UNIX_EPOCH, chrono_tz::UTC)),
            extent: if none { String::new() } else { "2 jobs".into() },
            import_url: sent.then(|| "/teams/1/candidates/1/resume/import".into()),
            removal_url: (sent && !none).then(|| "/teams/1/candidates/1/resume/removal".into()),
        }
    }
}

/// Who brought it, in words.
fn source(resume: &CandidateResume) -> String {
    match (resume.source, &resume.imported_by) {
        (Some(ResumeSource::Sent), _) => "Sent by the candidate".into(),
        (Some(ResumeSource::Imported), Some(name)) => format!("From a file, brought by {name}"),
        (Some(ResumeSource::Imported), None) => "From a file".into(),
        (None, _) => String::new(),
    }
}

pub async fn show_resume(visitor: Visitor, path: OfCandidate, query: Query<TemplateQuery>) -> PageResult {
    let id = id(&path)?;
    visitor
        .page(move |tx, actor| {
            let (candidate, found) = (service::find(tx, actor, id)?, service::resume(tx, actor, id)?);
            let url = candidate_url(actor.team_id()?, id);
            let when = found.at.map(|at| Moment::of(at, actor.time_zone()));
            let frame = Frame {
                back: candidate.name.clone(),
                name: candidate.name,
                source: when.map_or_else(String::new, |when| format!("{}, {} ({})", source(&found), when.text, when.zone)),
                url: format!("{url}/resume"),
                text_url: Some(format!("{url}/resume/text")),
                back_url: url,
            };
            Ok(SheetPage::of(frame, found.resume.as_ref().map(|resume| (resume, query.or(found.template)))))
        })
        .await
}

pub async fn resume_text(visitor: Visitor, path: OfCandidate, query: Query<TemplateQuery>) -> Result<HttpResponse, PageError> {
    let id = id(&path)?;
    let text = visitor.read(move |tx, actor| {
        let found = service::resume(tx, actor, id)?;
        let resume = found.resume.ok_or(Error::NotFound)?;
        Ok(Sheet::of(&resume, query.or(found.template)).text())
    });
    Ok(attachment("text/plain; charset=utf-8", "resume.txt", text.await?))
}

pub async fn new_resume_import(visitor: Visitor, path: OfCandidate) -> PageResult {
    let id = id(&path)?;
    visitor.page(move |tx, actor| Ok(RecordImportPage::of(place(tx, actor, id)?, Unread::default()))).await
}

pub async fn create_resume_import(visitor: Visitor, path: OfCandidate, upload: Upload) -> PageResult {
    let id = id(&path)?;
    visitor.read(move |tx, actor| place(tx, actor, id)).await?;
    match bring::read(upload).await? {
        Ok(brought) => preview(&visitor, id, StatusCode::OK, brought, FormErrors::default()).await,
        Err(unread) => unreadable(&visitor, id, unread).await,
    }
}

pub async fn confirm_resume_import(visitor: Visitor, path: OfCandidate, upload: Upload) -> PageResult {
    let id = id(&path)?;
    visitor.read(move |tx, actor| place(tx, actor, id)).await?;
    let version: Result<i32> = upload.field("version").parse().map_err(|_| Error::PreconditionRequired);
    let brought = match bring::read(upload).await? {
        Ok(brought) => brought,
        Err(unread) => return unreadable(&visitor, id, unread).await,
    };
    let (version, sent) = (version?, brought.clone());
    let done = visitor.write(move |tx, actor| {
        service::import_resume(tx, actor, id, version, &sent)?;
        Ok(candidate_url(actor.team_id()?, id))
    });
    match done.await {
        Ok(url) => see_other_with(format!("{url}#resume"), "resume-on-record"),
        Err(Error::Stale { .. }) => {
            let text = "Another file was put to this record in the meantime. It stands below; import again to replace it.";
            preview(&visitor, id, StatusCode::PRECONDITION_FAILED, brought, FormErrors::whole(text)).await
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn remove_resume(visitor: Visitor, path: OfCandidate) -> PageResult {
    let id = id(&path)?;
    let done = visitor.write(move |tx, actor| {
        service::remove_resume(tx, actor, id)?;
        Ok(candidate_url(actor.team_id()?, id))
    });
    see_other_with(format!("{}#resume", done.await?), "resume-off-record")
}

/// Which suggestions are taken; without any, all.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TakeForm {
    text: Vec<String>,
}

pub async fn take_claims(visitor: Visitor, path: OfCandidate, Form(form): Form<TakeForm>) -> PageResult {
    let id = id(&path)?;
    let take = TakeClaims { texts: (!form.text.is_empty()).then_some(form.text) };
    let done = visitor.write(move |tx, actor| {
        service::take_claims(tx, actor, id, &take)?;
        Ok(candidate_url(actor.team_id()?, id))
    });
    see_other_with(format!("{}#claims", done.await?), "claims-taken")
}

fn place(tx: &mut Tx, actor: &Actor, id: CandidateId) -> Result<Place> {
    service::may_import_resume(tx, actor)?;
    let candidate = service::find(tx, actor, id)?;
    let team = actor.team_id()?;
    let url = candidate_url(team, id);
    let heading = format!("Résumé of {} from a file", candidate.name);
    Ok(Place {
        crumbs: vec![
            list_crumb(team),
            Crumb { label: candidate.name, url: Some(url.clone()) },
            Crumb { label: "Résumé from a file".into(), url: None },
        ],
        heading,
        import_url: format!("{url}/resume/import"),
        confirm_url: format!("{url}/resume/import/confirmation"),
        cancel_url: url,
    })
}

async fn preview(visitor: &Visitor, id: CandidateId, status: StatusCode, brought: Brought, errors: FormErrors) -> PageResult {
    visitor
        .page_with(status, move |tx, actor| {
            let (place, now) = (place(tx, actor, id)?, service::file_on_record(tx, actor, id)?);
            let (resume, version) = now.map_or((None, 0), |(resume, version)| (Some(resume), version));
            RecordPreviewPage::of(place, &brought, (resume.as_ref(), version), errors)
        })
        .await
}

async fn unreadable(visitor: &Visitor, id: CandidateId, unread: Unread) -> PageResult {
    visitor.page_with(StatusCode::UNPROCESSABLE_ENTITY, move |tx, actor| Ok(RecordImportPage::of(place(tx, actor, id)?, unread))).await
}

//! A gold interview from one that was held: only with recorded consent.

use serde::Serialize;

use super::super::super::model::ConsentInput;
use super::super::super::service;
use super::super::parts::{Fields, Typed};
use super::{Ids, crumbs, gold_url, golds_url, sample_crumbs};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, InterviewId};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other_with};

#[derive(Debug, Serialize)]
pub struct ConsentPage {
    crumbs: Vec<Crumb>,
    about: String,
    action: String,
    cancel_url: String,
    consent: String,
    /// Why it cannot be made yet.
    closed: Option<String>,
    errors: FormErrors,
}

pub async fn new(visitor: Visitor, ids: Ids) -> PageResult {
    let id = interview_id(&ids)?;
    visitor.page(move |tx, actor| page(tx, actor, id, String::new(), FormErrors::default())).await
}

pub async fn create(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let id = interview_id(&ids)?;
    let consent = Typed(form).text("consent");
    let input = ConsentInput { consent: consent.clone() };
    let work = move |tx: &mut Tx, actor: &Actor| {
        let gold = service::create_from_interview(tx, actor, id, &input)?;
        Ok(format!("{}/edit", gold_url(actor.team_id()?, gold.id)))
    };
    match visitor.write(work).await {
        Ok(url) => see_other_with(url, "saved"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| page(tx, actor, id, consent, errors)).await
        }
    }
}

fn page(tx: &mut Tx, actor: &Actor, id: InterviewId, consent: String, errors: FormErrors) -> Result<ConsentPage> {
    let team = actor.team_id()?;
    let (about, closed) = match service::decided(tx, actor, id) {
        Ok(brief) => {
            let day = brief.starts_at.with_timezone(&actor.time_zone()).format("%-d %B %Y").to_string();
            (format!("{}, {} level, {day}", brief.candidate_name, brief.level.label()), None)
        }
        Err(Error::Conflict { detail, .. }) => (String::new(), Some(detail)),
        Err(error) => return Err(error),
    };
    Ok(ConsentPage {
        crumbs: crumbs(team, "From an interview"),
        about,
        action: format!("/teams/{team}/interviews/{id}/gold-interview"),
        cancel_url: golds_url(team),
        consent,
        closed,
        errors,
    })
}

fn interview_id(ids: &Ids) -> Result<InterviewId> {
    ids.1.parse().map_err(|_| Error::NotFound)
}

impl Template for ConsentPage {
    const PATH: &'static str = "calibration/exercises/consent.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        "A gold interview from an interview".into()
    }

    fn samples() -> Vec<Self> {
        let page = |open: bool, consent: &str, errors: FormErrors| ConsentPage {
            crumbs: sample_crumbs(),
            about: if open { "Sofia <Marin>, Mid level, 3 March 2026".into() } else { String::new() },
            action: "/teams/1/interviews/1/gold-interview".into(),
            cancel_url: "/teams/1/gold-interviews".into(),
            consent: consent.into(),
            closed: (!open).then(|| "The debrief has not ended.".into()),
            errors,
        };
        vec![
            page(true, "", FormErrors::default()),
            page(true, "She \"agreed\".", FormErrors::sample(&["consent"])),
            page(false, "", FormErrors::default()),
        ]
    }
}

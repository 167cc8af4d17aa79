//! What an expert gives before a gold interview is published: blind, and locked when it is in.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::super::super::model::{Answers, ExpertScoreView, GoldId};
use super::super::super::service;
use super::super::parts::{self, AreaPart, Fields, ScoreForm, TurnPart, Typed, about, sample_areas, sample_interview, way};
use super::{Ids, gold_id, gold_url};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, TeamId};
use crate::rubrics::{self, RubricVersion};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{AnyPage, Crumb, Nav, PageResult, Template, see_other_with};

#[derive(Debug, Serialize)]
pub struct ExpertPage {
    crumbs: Vec<Crumb>,
    heading: String,
    about: String,
    summary: String,
    save_url: String,
    submit_url: String,
    version: i32,
    turns: Vec<TurnPart>,
    audio: Option<String>,
    areas: Vec<AreaPart>,
    errors: FormErrors,
    unsaved: bool,
}

#[derive(Debug, Serialize)]
pub struct ExpertDonePage {
    crumbs: Vec<Crumb>,
    heading: String,
    about: String,
    areas: Vec<AreaPart>,
}

struct Again {
    form: ScoreForm,
    version: i32,
    errors: FormErrors,
}

pub async fn show(visitor: Visitor, ids: Ids) -> PageResult {
    let id = gold_id(&ids)?;
    visitor.any_page(StatusCode::OK, None, move |tx, actor| page(tx, actor, id, None)).await
}

pub async fn save(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let id = gold_id(&ids)?;
    let typed = Typed(form);
    let sent = typed.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        let answers = Answers::parse(&ScoreForm::typed(&sent).input()?)?;
        service::save_expert_score(tx, actor, id, sent.version(), &answers)?;
        Ok(url(actor.team_id()?, id))
    };
    let done = visitor.write_draft(work).await;
    finish(visitor, id, typed, done).await
}

pub async fn submit(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let id = gold_id(&ids)?;
    let typed = Typed(form);
    let sent = typed.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        let answers = Answers::parse(&ScoreForm::typed(&sent).input()?)?;
        service::save_and_submit_expert_score(tx, actor, id, sent.version(), &answers)?;
        Ok(url(actor.team_id()?, id))
    };
    let done = visitor.write(work).await;
    finish(visitor, id, typed, done).await
}

async fn finish(visitor: Visitor, id: GoldId, typed: Typed, done: Result<String>) -> PageResult {
    let (status, errors, version) = match done {
        Ok(url) => return see_other_with(url, "saved"),
        Err(Error::Stale { current }) => {
            let version = current.get("version").and_then(serde_json::Value::as_i64).unwrap_or_default();
            let text = "These scores were saved in another tab meanwhile. What you typed here is below; save again to replace what was saved there.";
            (StatusCode::PRECONDITION_FAILED, FormErrors::whole(text), version as i32)
        }
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            (status, errors, typed.version())
        }
    };
    let again = Again { form: ScoreForm::typed(&typed), version, errors };
    visitor.any_page(status, None, move |tx, actor| page(tx, actor, id, Some(again))).await
}

fn page(tx: &mut Tx, actor: &Actor, id: GoldId, again: Option<Again>) -> Result<AnyPage> {
    let view = service::expert_score(tx, actor, id)?;
    let rubric = rubrics::version(tx, view.rubric_version_id)?;
    let team = actor.team_id()?;
    match view.submitted_at {
        Some(_) => AnyPage::of(&ExpertDonePage::of(&view, &rubric, team)),
        None => AnyPage::of(&ExpertPage::of(view, &rubric, team, again)),
    }
}

fn url(team: TeamId, id: GoldId) -> String {
    format!("{}/expert-score", gold_url(team, id))
}

impl ExpertPage {
    fn of(view: ExpertScoreView, rubric: &RubricVersion, team: TeamId, again: Option<Again>) -> Self {
        let url = url(team, view.gold_interview_id);
        let unsaved = again.is_some();
        let Again { form, version, errors } =
            again.unwrap_or_else(|| Again { form: ScoreForm::of(&view.areas), version: view.version, errors: FormErrors::default() });
        ExpertPage {
            crumbs: way(team, [Crumb { label: view.title.clone(), url: None }]),
            about: about(view.level, view.minutes),
            heading: view.title,
            summary: view.summary,
            submit_url: format!("{url}/submission"),
            save_url: url,
            version,
            turns: parts::turns(&view.transcript),
            audio: parts::audio_url(team, view.gold_interview_id, view.audio),
            areas: parts::areas(rubric, view.level, &form),
            errors,
            unsaved,
        }
    }
}

impl ExpertDonePage {
    fn of(view: &ExpertScoreView, rubric: &RubricVersion, team: TeamId) -> Self {
        ExpertDonePage {
            crumbs: way(team, [Crumb { label: view.title.clone(), url: None }]),
            heading: view.title.clone(),
            about: about(view.level, view.minutes),
            areas: parts::areas(rubric, view.level, &ScoreForm::of(&view.areas)),
        }
    }
}

impl Template for ExpertPage {
    const PATH: &'static str = "calibration/exercises/expert.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        format!("As an expert: {}", self.heading)
    }

    fn samples() -> Vec<Self> {
        let interview = sample_interview();
        let page = |filled: bool, errors: FormErrors| ExpertPage {
            crumbs: vec![Crumb { label: "Exercises".into(), url: Some("/teams/1/exercises".into()) }],
            heading: interview.title.clone(),
            about: about(interview.level, interview.minutes),
            summary: interview.summary.clone(),
            save_url: "/teams/1/gold-interviews/1/expert-score".into(),
            submit_url: "/teams/1/gold-interviews/1/expert-score/submission".into(),
            version: 1,
            turns: parts::turns(&interview.transcript),
            audio: parts::sample_audio(),
            areas: sample_areas(filled),
            unsaved: filled,
            errors,
        };
        vec![page(false, FormErrors::default()), page(true, FormErrors::sample(&["areas.0.value", "areas.1.note", "areas.2.at"]))]
    }
}

impl Template for ExpertDonePage {
    const PATH: &'static str = "calibration/exercises/expert_done.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        format!("As an expert: {}", self.heading)
    }

    fn samples() -> Vec<Self> {
        vec![ExpertDonePage {
            crumbs: vec![Crumb { label: "Exercises".into(), url: Some("/teams/1/exercises".into()) }],
            heading: "Ours".into(),
            about: "Mid level, 18 minutes".into(),
            areas: sample_areas(true),
        }]
    }
}

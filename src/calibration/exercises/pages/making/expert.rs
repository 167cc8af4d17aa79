//! What an expert gives before a gold interview is published: blind, and locked when it is in.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::super::super::model::{ExpertScoreView, GoldId};
use super::super::super::service;
use super::super::form::{self, Again, AreaPart, FormPart, ScoreForm, sample_areas};
use super::super::parts::{self, Fields, TurnPart, Typed, about, sample_interview, way};
use super::{Ids, gold_id, gold_url};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Actor, TeamId};
use crate::rubrics::{self, RubricVersion};
use crate::web::form::Form;
use crate::web::page::{AnyPage, Crumb, Nav, PageResult, Template, see_other_with};

#[derive(Debug, Serialize)]
pub struct ExpertPage {
    crumbs: Vec<Crumb>,
    heading: String,
    about: String,
    summary: String,
    turns: Vec<TurnPart>,
    audio: Option<String>,
    form: FormPart,
}

#[derive(Debug, Serialize)]
pub struct ExpertDonePage {
    crumbs: Vec<Crumb>,
    heading: String,
    about: String,
    areas: Vec<AreaPart>,
}

pub async fn show(visitor: Visitor, ids: Ids) -> PageResult {
    let id = gold_id(&ids)?;
    visitor.any_page(StatusCode::OK, None, move |tx, actor| page(tx, actor, id, None)).await
}

pub async fn save(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let id = gold_id(&ids)?;
    let typed = Typed::chosen(form);
    let sent = typed.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        service::save_expert_score(tx, actor, id, sent.version(), &ScoreForm::typed(&sent).answers()?)?;
        Ok(url(actor.team_id()?, id))
    };
    let done = visitor.write_draft(work).await;
    finish(visitor, id, typed, done).await
}

pub async fn submit(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let id = gold_id(&ids)?;
    let typed = Typed::chosen(form);
    let sent = typed.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        service::save_and_submit_expert_score(tx, actor, id, sent.version(), &ScoreForm::typed(&sent).answers()?)?;
        Ok(url(actor.team_id()?, id))
    };
    let done = visitor.write(work).await;
    finish(visitor, id, typed, done).await
}

async fn finish(visitor: Visitor, id: GoldId, typed: Typed, done: Result<String>) -> PageResult {
    match done {
        Ok(url) => see_other_with(url, "saved"),
        Err(error) => {
            let (status, again) = Again::of(&typed, error)?;
            visitor.any_page(status, None, move |tx, actor| page(tx, actor, id, Some(again))).await
        }
    }
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
        ExpertPage {
            form: FormPart::of(url, rubric, (&view.areas, view.version), again),
            crumbs: way(team, [Crumb { label: view.title.clone(), url: None }]),
            about: about(view.level, view.minutes),
            heading: view.title,
            summary: view.summary,
            turns: parts::turns(&view.transcript),
            audio: parts::audio_url(team, view.gold_interview_id, view.audio),
        }
    }
}

impl ExpertDonePage {
    fn of(view: &ExpertScoreView, rubric: &RubricVersion, team: TeamId) -> Self {
        ExpertDonePage {
            crumbs: way(team, [Crumb { label: view.title.clone(), url: None }]),
            heading: view.title.clone(),
            about: about(view.level, view.minutes),
            areas: form::areas(rubric, &ScoreForm::of(&view.areas)),
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
        let page = |form: FormPart| ExpertPage {
            crumbs: vec![Crumb { label: "Exercises".into(), url: Some("/teams/1/exercises".into()) }],
            heading: interview.title.clone(),
            about: about(interview.level, interview.minutes),
            summary: interview.summary.clone(),
            turns: parts::turns(&interview.transcript),
            audio: parts::sample_audio(),
            form,
        };
        FormPart::samples("/teams/1/gold-interviews/1/expert-score").map(page).into()
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

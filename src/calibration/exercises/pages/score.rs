//! One's own scores of one gold interview: while they are given, and beside the reference once they are in.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use super::super::model::{ExerciseId, GoldId, GoldScoreId, GoldScoreView};
use super::super::service::{self, ScoreDesk};
use super::feedback::FeedbackPage;
use super::form::{Again, FormPart, ScoreForm};
use super::parts::{self, Fields, LinkPart, TurnPart, Typed, about, exercises_url, sample_interview, way};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, TeamId};
use crate::web::form::Form;
use crate::web::page::{AnyPage, Crumb, Nav, PageResult, Template, see_other, see_other_with};

#[derive(Debug, Serialize)]
pub struct ScorePage {
    crumbs: Vec<Crumb>,
    heading: String,
    about: String,
    summary: String,
    exercise: Option<LinkPart>,
    /// The exercise whose deadline has passed, so that these scores are for oneself alone.
    late: Option<LinkPart>,
    turns: Vec<TurnPart>,
    audio: Option<String>,
    form: FormPart,
}

#[derive(Debug, Deserialize)]
pub struct BeginForm {
    gold_interview_id: GoldId,
}

type Ids = Path<(String, String)>;

pub async fn begin(visitor: Visitor, Form(form): Form<BeginForm>) -> PageResult {
    let url = visitor
        .write(move |tx, actor| {
            let score = service::begin_alone(tx, actor, form.gold_interview_id)?;
            Ok(score_url(actor.team_id()?, score.id))
        })
        .await?;
    see_other(url)
}

pub async fn begin_next(visitor: Visitor, ids: Ids) -> PageResult {
    let id: ExerciseId = ids.1.parse().map_err(|_| Error::NotFound)?;
    let url = visitor
        .write(move |tx, actor| {
            let score = service::begin_next(tx, actor, id)?;
            Ok(score_url(actor.team_id()?, score.id))
        })
        .await?;
    see_other(url)
}

pub async fn show(visitor: Visitor, ids: Ids) -> PageResult {
    let id = score_id(&ids)?;
    visitor.any_page(StatusCode::OK, None, move |tx, actor| page(tx, actor, id, None)).await
}

pub async fn save(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let id = score_id(&ids)?;
    let typed = Typed::chosen(form);
    let sent = typed.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        service::save_score(tx, actor, id, sent.version(), &ScoreForm::typed(&sent).answers()?)?;
        Ok((score_url(actor.team_id()?, id), "saved"))
    };
    let done = visitor.write_draft(work).await;
    finish(visitor, id, typed, done).await
}

pub async fn submit(visitor: Visitor, ids: Ids, Form(form): Fields) -> PageResult {
    let id = score_id(&ids)?;
    let typed = Typed::chosen(form);
    let sent = typed.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        let given = service::save_and_submit(tx, actor, id, sent.version(), &ScoreForm::typed(&sent).answers()?)?;
        let flash = if given.late_for.is_some() { "scores-in-late" } else { "scores-in" };
        Ok((score_url(actor.team_id()?, id), flash))
    };
    let done = visitor.write(work).await;
    finish(visitor, id, typed, done).await
}

/// To the page, or the form again with all that was typed.
async fn finish(visitor: Visitor, id: GoldScoreId, typed: Typed, done: Result<(String, &'static str)>) -> PageResult {
    match done {
        Ok((url, flash)) => see_other_with(url, flash),
        Err(error) => {
            let (status, again) = Again::of(&typed, error)?;
            visitor.any_page(status, None, move |tx, actor| page(tx, actor, id, Some(again))).await
        }
    }
}

fn page(tx: &mut Tx, actor: &Actor, id: GoldScoreId, again: Option<Again>) -> Result<AnyPage> {
    let desk = service::score_desk(tx, actor, id)?;
    let team = actor.team_id()?;
    match desk.view.submitted_at {
        Some(_) => AnyPage::of(&FeedbackPage::of(&desk, team, actor.time_zone())),
        None => AnyPage::of(&ScorePage::of(desk, team, again)),
    }
}

impl ScorePage {
    fn of(desk: ScoreDesk, team: TeamId, again: Option<Again>) -> Self {
        let ScoreDesk { view, rubric, exercise, late } = desk;
        let GoldScoreView { gold_interview: interview, .. } = &view;
        ScorePage {
            crumbs: crumbs(team, exercise.clone(), &interview.title),
            heading: interview.title.clone(),
            about: about(interview.level, interview.minutes),
            summary: interview.summary.clone(),
            exercise: exercise.map(|exercise| exercise_link(team, exercise)),
            late: late.map(|exercise| exercise_link(team, exercise)),
            turns: parts::turns(&interview.transcript),
            audio: parts::audio_url(team, interview.gold, interview.audio),
            form: FormPart::of(score_url(team, view.id), &rubric, (&view.areas, view.version), again),
        }
    }
}

pub fn exercise_link(team: TeamId, (id, label): (ExerciseId, String)) -> LinkPart {
    LinkPart { label, url: format!("{}/{id}", exercises_url(team)) }
}

/// The way to a score: through its exercise, where it has one.
pub fn crumbs(team: TeamId, exercise: Option<(ExerciseId, String)>, title: &str) -> Vec<Crumb> {
    let exercise = exercise.map(|(id, name)| Crumb { label: name, url: Some(format!("{}/{id}", exercises_url(team))) });
    way(team, exercise.into_iter().chain([Crumb { label: title.to_owned(), url: None }]))
}

pub fn score_url(team: TeamId, id: GoldScoreId) -> String {
    format!("/teams/{team}/gold-scores/{id}")
}

fn score_id(ids: &Ids) -> Result<GoldScoreId> {
    ids.1.parse().map_err(|_| Error::NotFound)
}

impl Template for ScorePage {
    const PATH: &'static str = "calibration/exercises/score.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let interview = sample_interview();
        let link = || LinkPart { label: "Autumn \"round\"".into(), url: "/teams/1/exercises/1".into() };
        let page = |(exercise, late): (bool, bool), form: FormPart| ScorePage {
            crumbs: vec![Crumb { label: "Exercises".into(), url: Some("/teams/1/exercises".into()) }],
            heading: interview.title.clone(),
            about: about(interview.level, interview.minutes),
            summary: interview.summary.clone(),
            exercise: exercise.then(link),
            late: late.then(link),
            turns: parts::turns(&interview.transcript),
            audio: if exercise { parts::sample_audio() } else { None },
            form,
        };
        let [empty, wrong, twice] = FormPart::samples("/teams/1/gold-scores/1");
        vec![page((false, false), empty), page((true, true), wrong), page((true, false), twice)]
    }
}

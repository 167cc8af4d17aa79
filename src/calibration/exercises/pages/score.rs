//! One's own scores of one gold interview: while they are given, and beside the reference once they are in.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use super::super::model::{Answers, ExerciseId, GoldId, GoldScoreId, GoldScoreView};
use super::super::service::{self, ScoreDesk};
use super::feedback::FeedbackPage;
use super::parts::{
    self, AreaPart, Fields, LinkPart, ScoreForm, TurnPart, Typed, about, exercises_url, sample_areas, sample_interview, way,
};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, TeamId};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{AnyPage, Crumb, Nav, PageResult, Template, see_other, see_other_with};

#[derive(Debug, Serialize)]
pub struct ScorePage {
    crumbs: Vec<Crumb>,
    heading: String,
    about: String,
    summary: String,
    exercise: Option<LinkPart>,
    save_url: String,
    submit_url: String,
    version: i32,
    turns: Vec<TurnPart>,
    audio: Option<String>,
    areas: Vec<AreaPart>,
    errors: FormErrors,
    /// What was typed is not saved yet.
    unsaved: bool,
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

pub async fn save(visitor: Visitor, ids: Ids, form: Fields) -> PageResult {
    let id = score_id(&ids)?;
    let form = Typed(form.0);
    let sent = form.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        let (answers, version) = read(&sent)?;
        service::save_score(tx, actor, id, version, &answers)?;
        Ok(score_url(actor.team_id()?, id))
    };
    let done = visitor.write_draft(work).await;
    finish(visitor, id, form, done, "saved").await
}

pub async fn submit(visitor: Visitor, ids: Ids, form: Fields) -> PageResult {
    let id = score_id(&ids)?;
    let form = Typed(form.0);
    let sent = form.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        let (answers, version) = read(&sent)?;
        service::save_and_submit(tx, actor, id, version, &answers)?;
        Ok(score_url(actor.team_id()?, id))
    };
    let done = visitor.write(work).await;
    finish(visitor, id, form, done, "scores-in").await
}

fn read(form: &Typed) -> Result<(Answers, i32)> {
    Ok((Answers::parse(&ScoreForm::typed(form).input()?)?, form.version()))
}

/// To the page, or the form again with all that was typed.
async fn finish(visitor: Visitor, id: GoldScoreId, form: Typed, done: Result<String>, flash: &'static str) -> PageResult {
    let (status, errors, version) = match done {
        Ok(url) => return see_other_with(url, flash),
        Err(Error::Stale { current }) => {
            let version = current.get("version").and_then(serde_json::Value::as_i64).unwrap_or_default();
            let text = "These scores were saved in another tab meanwhile. What you typed here is below; save again to replace what was saved there.";
            (StatusCode::PRECONDITION_FAILED, FormErrors::whole(text), version as i32)
        }
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            (status, errors, form.version())
        }
    };
    let typed = Again { form: ScoreForm::typed(&form), version, errors };
    visitor.any_page(status, None, move |tx, actor| page(tx, actor, id, Some(typed))).await
}

/// A form that could not be saved.
struct Again {
    form: ScoreForm,
    version: i32,
    errors: FormErrors,
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
        let ScoreDesk { view, rubric, exercise } = desk;
        let GoldScoreView { gold_interview: interview, .. } = &view;
        let url = score_url(team, view.id);
        let unsaved = again.is_some();
        let Again { form, version, errors } =
            again.unwrap_or_else(|| Again { form: ScoreForm::of(&view.areas), version: view.version, errors: FormErrors::default() });
        ScorePage {
            crumbs: crumbs(team, exercise.clone(), &interview.title),
            heading: interview.title.clone(),
            about: about(interview.level, interview.minutes),
            summary: interview.summary.clone(),
            exercise: exercise.map(|(id, label)| LinkPart { label, url: format!("{}/{id}", exercises_url(team)) }),
            submit_url: format!("{url}/submission"),
            save_url: url,
            version,
            turns: parts::turns(&interview.transcript),
            audio: parts::audio_url(team, interview.gold, interview.audio),
            areas: parts::areas(&rubric, interview.level, &form),
            errors,
            unsaved,
        }
    }
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
        let page = |filled: bool, exercise: bool, errors: FormErrors| ScorePage {
            crumbs: vec![Crumb { label: "Exercises".into(), url: Some("/teams/1/exercises".into()) }],
            heading: interview.title.clone(),
            about: about(interview.level, interview.minutes),
            summary: interview.summary.clone(),
            exercise: exercise.then(|| LinkPart { label: "Autumn \"round\"".into(), url: "/teams/1/exercises/1".into() }),
            save_url: "/teams/1/gold-scores/1".into(),
            submit_url: "/teams/1/gold-scores/1/submission".into(),
            version: 1,
            turns: parts::turns(&interview.transcript),
            audio: if exercise { parts::sample_audio() } else { None },
            areas: sample_areas(filled),
            unsaved: !errors.summary.is_empty(),
            errors,
        };
        vec![
            page(false, false, FormErrors::default()),
            page(true, true, FormErrors::sample(&["areas.0.value", "areas.1.note", "areas.2.at"])),
            page(true, true, FormErrors::whole("Saved in another tab.")),
        ]
    }
}

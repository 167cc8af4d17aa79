//! A full mock interview: its clock, its questions one after the other, and its answers when it is over.

use actix_web::web::Path;
use chrono::TimeDelta;
use serde::Serialize;

use super::super::model::{AttemptPhase, MockId, MockView};
use super::super::service::{self, privately};
use super::desk::{DeskForm, again};
use super::parts::{AttemptRow, attempt_url, clock, crumbs, iso, mock_url, practice_url};
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::web::form::{Form, NoFields};
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other, see_other_with};

#[derive(Debug, Serialize)]
pub struct MockPage {
    crumbs: Vec<Crumb>,
    about: String,
    /// None when it is over.
    timer: Option<TimerPart>,
    /// As in `3 of 8`.
    asked: usize,
    questions: usize,
    /// The one that is being answered.
    open_url: Option<String>,
    attempts: Vec<AttemptRow>,
    to_score: usize,
    /// The first that is to be scored, once it is over.
    score_url: Option<String>,
    none_scored: bool,
    next_url: String,
    end_url: String,
    practice_url: String,
}

#[derive(Debug, Serialize)]
struct TimerPart {
    ends_at: String,
    server_now: String,
    text: String,
    total_minutes: i32,
}

type Ids = Path<(String, String)>;

pub async fn create_mock(visitor: Visitor, Form(form): Form<DeskForm>) -> PageResult {
    let sent = form.clone();
    let done = visitor
        .write(privately(move |tx, actor| {
            let team = actor.team_id()?;
            Ok(mock_url(team, service::start_mock(tx, actor, sent.mock()?)?.id))
        }))
        .await;
    match done {
        Ok(url) => see_other(url),
        Err(error) => again(visitor, form, error).await,
    }
}

pub async fn mock(visitor: Visitor, ids: Ids) -> PageResult {
    let id = id_of(&ids)?;
    visitor
        .page(move |tx, actor| {
            let view = service::mock(tx, actor, id)?;
            let areas = service::area_names(tx, actor)?;
            MockPage::of(&view, &areas, actor)
        })
        .await
}

pub async fn next_question(visitor: Visitor, ids: Ids, _: Form<NoFields>) -> PageResult {
    let id = id_of(&ids)?;
    let next = visitor
        .write(privately(move |tx, actor| {
            let team = actor.team_id()?;
            let next = service::next_question(tx, actor, id)?;
            Ok(next.map(|attempt| attempt_url(team, attempt.id)))
        }))
        .await?;
    match next {
        Some(url) => see_other(url),
        None => see_other_with(here(&ids), "mock-over"),
    }
}

pub async fn end_mock(visitor: Visitor, ids: Ids, _: Form<NoFields>) -> PageResult {
    let id = id_of(&ids)?;
    visitor.write(privately(move |tx, actor| service::end_mock(tx, actor, id))).await?;
    see_other_with(here(&ids), "mock-over")
}

impl MockPage {
    fn of(view: &MockView, areas: &[String], actor: &Actor) -> Result<Self> {
        let team = actor.team_id()?;
        let ends_at = view.started_at + TimeDelta::minutes(i64::from(view.minutes));
        let left = (ends_at - view.now).num_seconds();
        let text = if left < 0 { format!("+{}", clock(-left)) } else { clock(left) };
        let to_score = view.attempts.iter().find(|attempt| attempt.phase == AttemptPhase::Scoring).filter(|_| view.ended_at.is_some());
        let open = view.attempts.iter().find(|attempt| matches!(attempt.phase, AttemptPhase::Thinking | AttemptPhase::Answering));
        Ok(MockPage {
            crumbs: crumbs(team, "Mock interview"),
            about: format!("{}, {} minutes, {} questions", view.level.label(), view.minutes, view.questions),
            timer: view.ended_at.is_none().then(|| TimerPart {
                ends_at: iso(ends_at),
                server_now: iso(view.now),
                text,
                total_minutes: view.minutes,
            }),
            asked: view.attempts.len(),
            questions: view.questions,
            open_url: open.map(|attempt| attempt_url(team, attempt.id)),
            attempts: view.attempts.iter().map(|attempt| AttemptRow::of(attempt, areas, actor)).collect(),
            to_score: view.attempts.iter().filter(|attempt| attempt.phase == AttemptPhase::Scoring).count(),
            score_url: to_score.map(|attempt| attempt_url(team, attempt.id)),
            none_scored: view.attempts.iter().all(|attempt| attempt.phase != AttemptPhase::Scored),
            next_url: format!("{}/question", mock_url(team, view.id)),
            end_url: format!("{}/end", mock_url(team, view.id)),
            practice_url: practice_url(team),
        })
    }
}

fn here((team, id): &(String, String)) -> String {
    format!("/teams/{team}/practice/mocks/{id}")
}

fn id_of((_, id): &(String, String)) -> Result<MockId> {
    id.parse().map_err(|_| Error::NotFound)
}

impl Template for MockPage {
    const PATH: &'static str = "practice/mock.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        "Mock interview".into()
    }

    fn samples() -> Vec<Self> {
        let timer = || TimerPart {
            ends_at: iso(super::samples::at()),
            server_now: iso(super::samples::at()),
            text: "+0:30".into(),
            total_minutes: 45,
        };
        let page = |timer: Option<TimerPart>, open: bool, asked: usize, attempts: Vec<AttemptRow>| MockPage {
            crumbs: vec![
                Crumb { label: "Practice".into(), url: Some("/teams/1/practice".into()) },
                Crumb { label: "Mock".into(), url: None },
            ],
            about: "Mid, 45 minutes".into(),
            timer,
            asked,
            questions: 4,
            open_url: open.then(|| "/teams/1/attempts/1".into()),
            to_score: attempts.len() / 2,
            score_url: (attempts.len() > 1).then(|| "/teams/1/attempts/1".into()),
            none_scored: asked == 4,
            attempts,
            next_url: "/teams/1/practice/mocks/1/question".into(),
            end_url: "/teams/1/practice/mocks/1/end".into(),
            practice_url: "/teams/1/practice".into(),
        };
        vec![
            page(Some(timer()), false, 0, Vec::new()),
            page(Some(timer()), true, 1, super::history::rows()),
            page(Some(timer()), false, 4, super::history::rows()),
            page(None, false, 4, super::history::rows()),
            page(None, false, 3, super::history::rows()),
            page(None, false, 4, super::history::rows().into_iter().take(1).collect()),
            page(None, false, 0, Vec::new()),
        ]
    }
}

//! The question, the clock, and the answer as it is written.

use serde::Serialize;

use super::super::model::{AttemptPhase, AttemptView, RecordingState};
use super::parts::{Running, attempt_url, crumbs, mock_url, practice_url};
use super::spoken::{RecorderPart, SpokenPart};
use crate::platform::error::Result;
use crate::policy::Actor;
use crate::web::form::FormErrors;
use crate::web::page::{Crumb, Nav, Template};

#[derive(Debug, Serialize)]
pub struct AnswerPage {
    crumbs: Vec<Crumb>,
    prompt: String,
    kind: &'static str,
    /// Time to think, before the answer's own.
    thinking: bool,
    clock: Running,
    minutes: i32,
    text: String,
    version: i32,
    /// The state of saving, and what it is called.
    save_state: &'static str,
    saved: &'static str,
    account: String,
    /// Where scripts save it.
    api: String,
    recorder: RecorderPart,
    /// A recording that is saved is in the answer.
    spoken: Option<SpokenPart>,
    urls: AnswerUrls,
    /// It is part of a mock.
    mock_url: Option<String>,
    errors: FormErrors,
}

#[derive(Debug, Clone, Serialize)]
pub struct AnswerUrls {
    answering: String,
    answer: String,
    completion: String,
    removal: String,
    recordings: String,
}

/// What was typed into a form that could not be done.
#[derive(Debug, Clone, Default)]
pub struct TypedAnswer {
    pub text: String,
    pub version: i32,
}

impl AnswerPage {
    pub fn of(view: &AttemptView, actor: &Actor, typed: Option<TypedAnswer>, errors: FormErrors) -> Result<Self> {
        let team = actor.team_id()?;
        let url = attempt_url(team, view.id);
        let thinking = view.phase == AttemptPhase::Thinking;
        let since = view.answering_at.unwrap_or(view.started_at);
        let total = if thinking { i64::from(view.think_seconds) } else { i64::from(view.question.minutes) * 60 };
        let sent = typed.is_some();
        let typed = typed.unwrap_or_else(|| TypedAnswer { text: view.answer.text.clone(), version: view.answer.version });
        let (save_state, saved) = saved(sent, typed.version);
        Ok(AnswerPage {
            crumbs: crumbs(team, if thinking { "Think" } else { "Answer" }),
            prompt: view.question.prompt.clone(),
            kind: view.question.kind.label(),
            thinking,
            clock: Running::of(since, view.now, total),
            minutes: view.question.minutes,
            text: typed.text,
            version: typed.version,
            save_state,
            saved,
            account: actor.account()?.to_string(),
            api: format!("/api/v1/teams/{team}/attempts/{}/answer", view.id),
            recorder: RecorderPart::of(view, actor)?,
            spoken: SpokenPart::of(view.id, view.recording.as_ref(), actor)?,
            urls: AnswerUrls {
                answering: format!("{url}/answering"),
                answer: format!("{url}/answer"),
                completion: format!("{url}/completion"),
                removal: format!("{url}/removal"),
                recordings: format!("{}/recordings", practice_url(team)),
            },
            mock_url: view.mock_id.map(|mock| mock_url(team, mock)),
            errors,
        })
    }
}

/// What comes back from a form was not saved.
fn saved(sent: bool, version: i32) -> (&'static str, &'static str) {
    match (sent, version > 0) {
        (true, _) => ("dirty", "Not saved yet"),
        (false, true) => ("saved", "Saved"),
        (false, false) => ("clean", "Nothing to save yet"),
    }
}

impl Template for AnswerPage {
    const PATH: &'static str = "practice/answer.html";
    const NAV: Nav = Nav::Practice;
    const RECORDS: bool = true;

    fn title(&self) -> String {
        if self.thinking { "Think".into() } else { "Your answer".into() }
    }

    fn samples() -> Vec<Self> {
        super::samples::answers()
    }
}

pub fn sample(thinking: bool, mock: bool, over: bool, text: &str, errors: FormErrors) -> AnswerPage {
    let since = super::samples::at();
    let now = since + chrono::TimeDelta::seconds(if over { 400 } else { 30 });
    let url = "/teams/1/attempts/1";
    AnswerPage {
        crumbs: vec![
            Crumb { label: "Practice".into(), url: Some("/teams/1/practice".into()) },
            Crumb { label: "Answer".into(), url: None },
        ],
        prompt: "When does a queryset go to the <database>? See `filter()`.".into(),
        kind: "Technical",
        thinking,
        clock: Running::of(since, now, 300),
        minutes: 5,
        text: text.into(),
        version: i32::from(!text.is_empty()),
        save_state: saved(mock, i32::from(!text.is_empty())).0,
        saved: saved(mock, i32::from(!text.is_empty())).1,
        account: "1".into(),
        api: "/api/v1/teams/1/attempts/1/answer".into(),
        recorder: RecorderPart::sample(if mock { "saved" } else { "none" }),
        spoken: mock.then(|| SpokenPart::sample(RecordingState::Saved)),
        urls: AnswerUrls {
            answering: format!("{url}/answering"),
            answer: format!("{url}/answer"),
            completion: format!("{url}/completion"),
            removal: format!("{url}/removal"),
            recordings: "/teams/1/practice/recordings".into(),
        },
        mock_url: mock.then(|| "/teams/1/practice/mocks/1".into()),
        errors,
    }
}

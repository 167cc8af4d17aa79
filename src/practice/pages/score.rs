//! One's own score, before anything else is seen.

use serde::{Deserialize, Serialize};

use super::super::model::{AttemptView, NewScore, OwnScale, RecordingState};
use super::parts::{LevelPart, Tick, attempt_url, crumbs, scale_levels, ticks, used};
use super::spoken::SpokenPart;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::Actor;
use crate::web::form::FormErrors;
use crate::web::page::{Crumb, Nav, Template};

#[derive(Debug, Serialize)]
pub struct ScorePage {
    crumbs: Vec<Crumb>,
    prompt: String,
    answer: String,
    spoken: Option<SpokenPart>,
    used: Option<String>,
    over: bool,
    /// The structure to check, and its steps.
    steps: Vec<Tick>,
    /// None where the question has no anchors of its own.
    question_levels: Vec<LevelPart>,
    area: String,
    area_levels: Vec<LevelPart>,
    score: Option<u8>,
    area_score: Option<u8>,
    would_pass: String,
    score_url: String,
    removal_url: String,
    /// Its mock goes on: it is scored afterwards.
    mock_url: Option<String>,
    /// What was sent when the answer was finished already.
    late: Option<String>,
    errors: FormErrors,
}

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ScoreForm {
    score: String,
    area_score: String,
    would_pass: String,
    checked: Vec<String>,
}

impl ScoreForm {
    pub fn parse(&self) -> Result<NewScore> {
        let mut errors = FieldErrors::default();
        let level = |text: &str| match text {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| "A score is 1 to 5.".to_owned()),
        };
        let score = errors.take("score", level(&self.score)).flatten();
        let area_score = errors.take("area_score", level(&self.area_score)).flatten();
        let percent = self.would_pass.trim().trim_end_matches('%').trim_end();
        let would_pass = if percent.is_empty() {
            Ok(None)
        } else {
            percent.parse().map(Some).map_err(|_| "Write a whole number from 0 to 100.".to_owned())
        };
        let would_pass = errors.take("would_pass", would_pass).flatten();
        let checked = errors.take("checked", places(&self.checked));
        match checked.filter(|_| errors.is_empty()) {
            Some(checked) => Ok(NewScore { score, area_score, would_pass, checked }),
            None => Err(Error::Invalid(errors)),
        }
    }
}

/// Places of boxes that were ticked.
pub fn places(ticked: &[String]) -> Result<Vec<u8>, String> {
    ticked.iter().map(|place| place.parse().map_err(|_| "There is nothing at this place.".to_owned())).collect()
}

impl ScorePage {
    pub fn of(view: &AttemptView, scale: &OwnScale, actor: &Actor, again: Again) -> Result<Self> {
        let team = actor.team_id()?;
        let url = attempt_url(team, view.id);
        let Again { form, late, mock_url, errors } = again;
        let took = view.answering_at.zip(view.finished_at).map(|(from, to)| used((to - from).num_seconds(), view.question.minutes));
        let checked = places(&form.checked).unwrap_or_default();
        let (question_levels, area_levels) = scale_levels(scale);
        Ok(ScorePage {
            crumbs: crumbs(team, "Score yourself"),
            prompt: view.question.prompt.clone(),
            answer: view.answer.text.clone(),
            spoken: SpokenPart::of(view.id, view.recording.as_ref(), actor)?,
            over: took.as_ref().is_some_and(|(_, over)| *over),
            used: took.map(|(text, _)| text),
            steps: ticks(&scale.steps, &checked),
            question_levels,
            area: scale.area.name.clone(),
            area_levels,
            score: form.score.parse().ok(),
            area_score: form.area_score.parse().ok(),
            would_pass: form.would_pass,
            score_url: format!("{url}/score"),
            removal_url: format!("{url}/removal"),
            mock_url,
            late,
            errors,
        })
    }
}

/// A form that comes back.
#[derive(Debug, Default)]
pub struct Again {
    pub form: ScoreForm,
    pub late: Option<String>,
    pub mock_url: Option<String>,
    pub errors: FormErrors,
}

impl Template for ScorePage {
    const PATH: &'static str = "practice/score.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        "Score yourself".into()
    }

    fn samples() -> Vec<Self> {
        let level = |value: u8| LevelPart { value, title: format!("Level {value}"), text: "Counts the <queries>".into() };
        let page = |whole: bool, mock: bool, errors: FormErrors| ScorePage {
            crumbs: vec![
                Crumb { label: "Practice".into(), url: Some("/teams/1/practice".into()) },
                Crumb { label: "Score".into(), url: None },
            ],
            prompt: "When does a queryset go to the <database>?".into(),
            answer: if whole { String::new() } else { "When I need rows.\nOr a count.".into() },
            spoken: (whole || mock).then(|| SpokenPart::sample(if mock { RecordingState::Device } else { RecordingState::Saved })),
            used: whole.then(|| "6:05 of 5 min".into()),
            over: whole,
            steps: if whole { ticks(&["Assumptions: I said them", "Risks"], &[1]) } else { Vec::new() },
            question_levels: if whole { (1..=5).map(level).collect() } else { Vec::new() },
            area: "Backend \"fundamentals\"".into(),
            area_levels: (1..=5).map(level).collect(),
            score: whole.then_some(3),
            area_score: whole.then_some(2),
            would_pass: if whole { "70".into() } else { String::new() },
            score_url: "/teams/1/attempts/1/score".into(),
            removal_url: "/teams/1/attempts/1/removal".into(),
            mock_url: mock.then(|| "/teams/1/practice/mocks/1".into()),
            late: whole.then(|| "One more <thought>".into()),
            errors,
        };
        vec![
            page(false, false, FormErrors::default()),
            page(true, false, FormErrors::sample(&["score", "area_score", "would_pass", "checked"])),
            page(false, true, FormErrors::whole("The mock goes on.")),
        ]
    }
}

//! One exercise: what is left to score, and what can be learnt from it.

use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::super::model::{ExerciseId, ExerciseInterview, ExerciseView, Stage, Step};
use super::super::service;
use super::index::{deadline, exercise_url, people_words, stage_words};
use super::parts::{about, way};
use super::readiness::ResultPart;
use super::score::score_url;
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, TeamId};
use crate::web::form::FormErrors;
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other_with};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct ExercisePage {
    crumbs: Vec<Crumb>,
    heading: String,
    stage: &'static str,
    kind: &'static str,
    deadline: Moment,
    /// What it is for the reader now.
    text: String,
    people: String,
    interviews: Vec<StepRow>,
    held_back: Option<String>,
    begin_url: Option<String>,
    begin_label: &'static str,
    team_url: String,
    discussion_url: Option<String>,
    edit_url: Option<String>,
    result: Option<ResultPart>,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct StepRow {
    number: usize,
    title: String,
    about: String,
    state: &'static str,
    kind: &'static str,
    text: Option<String>,
    url: Option<String>,
    label: &'static str,
    second: bool,
}

pub type Ids = Path<(String, String)>;

pub async fn show(visitor: Visitor, ids: Ids) -> PageResult {
    let id = exercise_id(&ids)?;
    visitor.page(move |tx, actor| page(tx, actor, id, FormErrors::default())).await
}

/// Ends the discussion.
pub async fn close(visitor: Visitor, ids: Ids) -> PageResult {
    let id = exercise_id(&ids)?;
    let work = move |tx: &mut Tx, actor: &Actor| {
        service::close_discussion(tx, actor, id)?;
        Ok(exercise_url(actor.team_id()?, id))
    };
    match visitor.write(work).await {
        Ok(url) => see_other_with(url, "discussion-closed"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor.page_with(status, move |tx, actor| page(tx, actor, id, errors)).await
        }
    }
}

pub fn exercise_id(ids: &Ids) -> Result<ExerciseId> {
    ids.1.parse().map_err(|_| Error::NotFound)
}

fn page(tx: &mut Tx, actor: &Actor, id: ExerciseId, errors: FormErrors) -> Result<ExercisePage> {
    let exercise = service::show(tx, actor, id)?;
    let team = actor.team_id()?;
    let result = ResultPart::of(&service::exercise_result(tx, actor, id)?);
    Ok(ExercisePage { result, errors, ..ExercisePage::of(&exercise, actor, team) })
}

impl ExercisePage {
    fn of(exercise: &ExerciseView, actor: &Actor, team: TeamId) -> Self {
        let url = exercise_url(team, exercise.id);
        let (stage, kind) = stage_words(exercise.stage);
        let begun = exercise.interviews.iter().any(|interview| matches!(interview.own, Step::Begun { .. }));
        let waits = exercise.interviews.iter().any(|interview| interview.own.waits());
        let over = exercise.stage != Stage::Scoring;
        ExercisePage {
            crumbs: way(team, [Crumb { label: exercise.name.clone(), url: None }]),
            heading: exercise.name.clone(),
            stage,
            kind,
            deadline: Moment::of(deadline(exercise), actor.time_zone()),
            text: text(exercise, waits),
            people: people_words(exercise),
            interviews: exercise.interviews.iter().enumerate().map(|(at, interview)| StepRow::of(at + 1, interview, actor, team)).collect(),
            held_back: held_back(exercise),
            begin_url: waits.then(|| format!("{url}/scores")),
            begin_label: if begun { "Go on scoring" } else { "Score the next one" },
            team_url: format!("{url}/distribution"),
            discussion_url: over.then(|| format!("{url}/discussion")),
            edit_url: service::leads_exercises(actor).then(|| format!("{url}/edit")),
            result: None,
            errors: FormErrors::default(),
        }
    }
}

fn text(exercise: &ExerciseView, waits: bool) -> String {
    let second = exercise.stage == Stage::SecondScoring;
    let given = exercise.interviews.iter().any(|of| of.held_back == second && matches!(of.own, Step::Submitted { .. }));
    let text = match (exercise.asked, waits, exercise.stage) {
        (_, true, _) => "Score each interview on your own, in this order. The reference opens when you submit.",
        (false, ..) => "You are not asked to score here. What you score alone stays with you.",
        (true, false, Stage::Scoring) if given => "Yours are in. The discussion begins when everybody is in, or at the deadline.",
        (true, false, Stage::Scoring) => "Nothing here is yours to score. The discussion begins when everybody is in, or at the deadline.",
        (true, false, Stage::SecondScoring) if given => "Yours are in. The exercise is done when everybody is in, or at the deadline.",
        (true, false, Stage::SecondScoring) => {
            "Nothing that was held back is yours to score. The exercise is done when everybody is in, or at the deadline."
        }
        (true, false, Stage::Discussion) => "The scoring is over. Now the team talks about where it was furthest apart.",
        (true, false, Stage::Done) => "This exercise is done. Your results stay with you.",
    };
    text.into()
}

fn held_back(exercise: &ExerciseView) -> Option<String> {
    let waits = exercise.held_back > 0 && exercise.discussed_at.is_none();
    waits.then(|| match exercise.held_back {
        1 => "One more interview is held back until the discussion is over.".into(),
        many => format!("{many} more interviews are held back until the discussion is over."),
    })
}

impl StepRow {
    fn of(number: usize, interview: &ExerciseInterview, actor: &Actor, team: TeamId) -> Self {
        let day = |at: DateTime<Utc>| Moment::of(at, actor.time_zone()).text.split(',').next().unwrap_or_default().to_owned();
        let (state, kind, text, url, label) = match interview.own {
            Step::NotAsked => ("Not asked", "line", None, None, ""),
            Step::Next => ("Next", "accent", None, None, ""),
            Step::Later => ("Later", "line", None, None, ""),
            Step::Begun { score_id } => ("Begun", "accent", None, Some(score_id), "Go on"),
            Step::Submitted { score_id } => ("In", "good", None, Some(score_id), "Your result"),
            Step::ScoredBefore { score_id, again_from } => (
                "Not here",
                "line",
                Some(format!("You scored it not long ago; again from {}.", day(again_from))),
                Some(score_id),
                "Your result",
            ),
            Step::Maker => ("Not here", "line", Some("You had a hand in it.".to_owned()), None, ""),
            Step::Missed => {
                let text = "The deadline has passed. If you score it now, it counts for you alone.";
                ("Not scored", "warn", Some(text.to_owned()), None, "")
            }
            Step::Late { score_id } => {
                let text = "It came after the deadline, so it counts for you alone.";
                ("Too late", "warn", Some(text.to_owned()), Some(score_id), "Your result")
            }
        };
        StepRow {
            number,
            title: interview.title.clone(),
            about: about(interview.level, interview.minutes),
            state,
            kind,
            text,
            url: url.map(|id| score_url(team, id)),
            label,
            second: interview.held_back,
        }
    }
}

impl Template for ExercisePage {
    const PATH: &'static str = "calibration/exercises/exercise.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let row = |number: usize, state: &'static str, kind: &'static str, text: Option<&str>, url: Option<&str>| StepRow {
            number,
            title: "Mid level: <seventy> depots".into(),
            about: "Mid level, 18 minutes".into(),
            state,
            kind,
            text: text.map(str::to_owned),
            url: url.map(str::to_owned),
            label: if url.is_some() { "Your result" } else { "" },
            second: number == 3,
        };
        let page = |waits: bool, leads: bool, errors: FormErrors| ExercisePage {
            crumbs: vec![Crumb { label: "Exercises".into(), url: Some("/teams/1/exercises".into()) }],
            heading: "Autumn \"round\"".into(),
            stage: "Scoring",
            kind: if waits { "accent" } else { "" },
            deadline: Moment::of(DateTime::<Utc>::UNIX_EPOCH, chrono_tz::UTC),
            text: "Score each interview on your own.".into(),
            people: "1 of 3 people is in; one missed the deadline".into(),
            interviews: vec![
                row(1, "In", "good", None, Some("/teams/1/gold-scores/1")),
                row(2, "Next", "accent", None, None),
                row(3, "Not here", "line", Some("You had a hand in it."), None),
            ],
            held_back: waits.then(|| "One more interview is held back.".into()),
            begin_url: waits.then(|| "/teams/1/exercises/1/scores".into()),
            begin_label: "Score the next one",
            team_url: "/teams/1/exercises/1/distribution".into(),
            discussion_url: (!waits).then(|| "/teams/1/exercises/1/discussion".into()),
            edit_url: leads.then(|| "/teams/1/exercises/1/edit".into()),
            result: if leads { ResultPart::sample() } else { None },
            errors,
        };
        vec![page(true, false, FormErrors::default()), page(false, true, FormErrors::whole("The team still scores."))]
    }
}

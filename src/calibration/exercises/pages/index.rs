//! What waits, what the team does together, and what can be scored alone.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::super::model::{ExerciseId, ExerciseView, ExpertAsk, GoldOfList, OwnState, Stage, Step};
use super::super::service;
use super::super::waiting::WaitingPart;
use super::parts::{LinkPart, about, exercises_url, minutes_words};
use super::readiness::{ReadinessPart, TeamPart};
use super::score::score_url;
use crate::accounts::Visitor;
use crate::calibration::tabs::{Here, tabs};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Actor, TeamId};
use crate::web::page::{Nav, PageResult, Tab, Template};
use crate::web::paging::Paging;
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct IndexPage {
    tabs: Vec<Tab>,
    waiting: Vec<WaitingPart>,
    exercises: Vec<ExerciseRow>,
    first_url: Option<String>,
    next_url: Option<String>,
    interviews: Vec<InterviewRow>,
    begin_url: String,
    new_url: Option<String>,
    making_url: Option<String>,
    asks: Vec<LinkPart>,
    readiness: Option<ReadinessPart>,
    team: Option<TeamPart>,
}

#[derive(Debug, Serialize)]
struct ExerciseRow {
    name: String,
    url: String,
    stage: &'static str,
    kind: &'static str,
    deadline: Moment,
    own: String,
    people: String,
}

#[derive(Debug, Serialize)]
struct InterviewRow {
    id: String,
    title: String,
    summary: String,
    about: String,
    /// Where it was begun or given.
    url: Option<String>,
    label: &'static str,
    /// It can be begun.
    open: bool,
    text: Option<String>,
}

pub async fn index(visitor: Visitor, paging: Paging) -> PageResult {
    let slice = paging.slice()?;
    visitor
        .page(move |tx, actor| {
            let page = service::list(tx, actor, &slice)?;
            let team = actor.team_id()?;
            let url = exercises_url(team);
            let waiting = service::waiting(tx, actor)?;
            let interviews = service::gold_interviews(tx, actor)?.items;
            let readiness = service::readiness(tx, actor)?;
            Ok(IndexPage {
                tabs: tabs(actor, team, Here::Exercises),
                waiting: waiting.iter().map(|waiting| WaitingPart::of(waiting, team, actor.time_zone())).collect(),
                exercises: page.items.iter().map(|exercise| ExerciseRow::of(exercise, actor, team)).collect(),
                first_url: slice.after.is_some().then(|| url.clone()),
                next_url: page.next_cursor.map(|cursor| format!("{url}?cursor={cursor}")),
                interviews: interviews.iter().map(|interview| InterviewRow::of(interview, actor, team)).collect::<Result<_>>()?,
                begin_url: format!("/teams/{team}/gold-scores"),
                new_url: service::leads_exercises(actor).then(|| format!("{url}/new")),
                making_url: service::leads_exercises(actor).then(|| format!("/teams/{team}/gold-interviews")),
                asks: asks(tx, actor, team)?,
                readiness: readiness.own.as_ref().map(ReadinessPart::of),
                team: readiness.team.as_ref().map(TeamPart::of),
            })
        })
        .await
}

/// What one is still asked to score as an expert.
fn asks(tx: &mut Tx, actor: &Actor, team: TeamId) -> Result<Vec<LinkPart>> {
    let asks = service::expert_asks(tx, actor)?.items.into_iter().filter(|ask| ask.submitted_at.is_none());
    let link = |ask: ExpertAsk| LinkPart {
        label: format!("“{}”, {}", ask.title, minutes_words(ask.minutes)),
        url: format!("/teams/{team}/gold-interviews/{}/expert-score", ask.gold_interview_id),
    };
    Ok(asks.map(link).collect())
}

/// A stage in words, and the kind of its chip.
pub fn stage_words(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Scoring => ("Scoring", "accent"),
        Stage::Discussion => ("To be discussed", "warn"),
        Stage::SecondScoring => ("Second scoring", "accent"),
        Stage::Done => ("Done", ""),
    }
}

/// As in `2 of 3 people are in; one missed the deadline`. Who is spared is told where somebody is.
pub fn people_words(exercise: &ExerciseView) -> String {
    let ExerciseView { people, people_done, people_spared, people_missed, .. } = exercise;
    let mut words = match (*people_done, *people) {
        (1, 1) => "The one person asked is in".into(),
        (_, 1) => "One person is asked".into(),
        (done, people) if done == people => format!("All {people} people are in"),
        (1, people) => format!("1 of {people} people is in"),
        (done, people) => format!("{done} of {people} people are in"),
    };
    if *people_missed > 0 {
        words.push_str(&format!("; {} missed the deadline", count(*people_missed)));
    }
    if *people_spared > 0 {
        words.push_str(&format!("; {} had a hand in it or scored it not long before", count(*people_spared)));
    }
    words
}

fn count(people: usize) -> String {
    if people == 1 { "one".into() } else { people.to_string() }
}

/// The deadline that counts at this stage.
pub fn deadline(exercise: &ExerciseView) -> DateTime<Utc> {
    exercise.second_deadline.filter(|_| exercise.discussed_at.is_some()).unwrap_or(exercise.deadline)
}

pub fn exercise_url(team: TeamId, id: ExerciseId) -> String {
    format!("{}/{id}", exercises_url(team))
}

impl ExerciseRow {
    fn of(exercise: &ExerciseView, actor: &Actor, team: TeamId) -> Self {
        let (stage, kind) = stage_words(exercise.stage);
        ExerciseRow {
            name: exercise.name.clone(),
            url: exercise_url(team, exercise.id),
            stage,
            kind,
            deadline: Moment::of(deadline(exercise), actor.time_zone()),
            own: own_words(exercise),
            people: people_words(exercise),
        }
    }
}

fn own_words(exercise: &ExerciseView) -> String {
    let given = exercise.interviews.iter().filter(|interview| matches!(interview.own, Step::Submitted { .. })).count();
    let left = exercise.interviews.iter().filter(|interview| interview.own.waits()).count();
    match (exercise.asked, left) {
        (false, _) => "You are not asked".into(),
        (true, 0) => format!("{given} scored"),
        (true, left) => format!("{given} scored, {left} to score"),
    }
}

impl InterviewRow {
    fn of(interview: &GoldOfList, actor: &Actor, team: TeamId) -> Result<Self> {
        let (url, label, open, text) = match interview.own {
            OwnState::InExercise { exercise_id } => {
                (Some(exercise_url(team, exercise_id)), "To the exercise", false, Some("It waits for you in an exercise.".into()))
            }
            OwnState::Open => (None, "Score it alone", true, None),
            OwnState::Begun { score_id } => (Some(score_url(team, score_id)), "Go on", false, None),
            OwnState::Scored { score_id, again_from } => {
                let again = Moment::of(again_from, actor.time_zone()).text;
                let day = again.split(',').next().unwrap_or_default().to_owned();
                (Some(score_url(team, score_id)), "Your result", false, Some(format!("Again from {day}")))
            }
            OwnState::Maker => (None, "", false, Some("You had a hand in it, so you do not score it.".into())),
        };
        Ok(InterviewRow {
            id: interview.id.to_string(),
            title: interview.title.clone(),
            summary: interview.summary.clone(),
            about: about(interview.level, interview.minutes),
            url,
            label,
            open,
            text,
        })
    }
}

impl Template for IndexPage {
    const PATH: &'static str = "calibration/exercises/index.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        "Exercises".into()
    }

    fn samples() -> Vec<Self> {
        let moment = || Moment::of(DateTime::<Utc>::UNIX_EPOCH, chrono_tz::UTC);
        let interview = |label: &'static str, url: Option<&str>, open: bool, text: Option<&str>| InterviewRow {
            id: "1".into(),
            title: "Mid level: <seventy> depots".into(),
            summary: "A rename, an index & a Monday.".into(),
            about: "Mid level, 18 minutes".into(),
            url: url.map(str::to_owned),
            label,
            open,
            text: text.map(str::to_owned),
        };
        let exercise = |stage: Stage, own: &str| {
            let (stage, kind) = stage_words(stage);
            ExerciseRow {
                name: "Autumn \"round\"".into(),
                url: "/teams/1/exercises/1".into(),
                stage,
                kind,
                deadline: moment(),
                own: own.into(),
                people: "2 of 3 people are in".into(),
            }
        };
        let page = |full: bool, waiting: Vec<WaitingPart>| IndexPage {
            tabs: vec![Tab { label: "Exercises", url: "/teams/1/exercises".into(), current: true }],
            waiting,
            exercises: if full {
                vec![exercise(Stage::Scoring, "1 scored, 2 to score"), exercise(Stage::Done, "You are not asked")]
            } else {
                Vec::new()
            },
            first_url: full.then(|| "/teams/1/exercises".into()),
            next_url: full.then(|| "/teams/1/exercises?cursor=x".into()),
            interviews: if full {
                vec![
                    interview("Score it alone", None, true, None),
                    interview("Your result", Some("/teams/1/gold-scores/1"), false, Some("Again from Mon 1 Jun 2026")),
                    interview("", None, false, Some("You had a hand in it.")),
                ]
            } else {
                Vec::new()
            },
            begin_url: "/teams/1/gold-scores".into(),
            new_url: full.then(|| "/teams/1/exercises/new".into()),
            making_url: full.then(|| "/teams/1/gold-interviews".into()),
            asks: if full {
                vec![LinkPart { label: "“Ours”, 18 minutes".into(), url: "/teams/1/gold-interviews/1/expert-score".into() }]
            } else {
                Vec::new()
            },
            readiness: full.then(ReadinessPart::sample),
            team: full.then(TeamPart::sample),
        };
        vec![page(true, vec![WaitingPart::sample()]), page(true, Vec::new()), page(false, Vec::new())]
    }
}

//! What can be practised now.

use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::super::model::{Choice as Wanted, DeskView, NewAttempt, NewSchedule, Pick};
use super::super::service::{self, privately};
use super::parts::{AttemptRow, attempts_url, coming, day, levels, mock_url, practice_url, shares_url, thinking, today};
use super::see;
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{Actor, TeamId};
use crate::rubrics::Level;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Choice, Nav, PageResult, Template, see_other, see_other_with};

#[derive(Debug, Serialize)]
pub struct DeskPage {
    urls: DeskUrls,
    /// A mock that goes on.
    mock_url: Option<String>,
    open: Vec<AttemptRow>,
    due: DuePart,
    weak: Vec<WeakPart>,
    /// None is known well enough yet.
    weak_unknown: bool,
    sets: Vec<SetPart>,
    set_options: Vec<Choice>,
    levels: Vec<Choice>,
    thinking: Vec<Choice>,
    typed: DeskForm,
    errors: FormErrors,
}

#[derive(Debug, Serialize)]
struct DeskUrls {
    start: String,
    schedule: String,
    mocks: String,
    progress: String,
    plan: String,
    shares: String,
    attempts: String,
    recordings: String,
    /// Where the team has a board.
    peers: Option<String>,
    proof: &'static str,
}

#[derive(Debug, Serialize)]
struct DuePart {
    items: Vec<DueRow>,
    later: i64,
    next: Option<String>,
    daily: String,
    /// Since when nothing comes back.
    paused: Option<String>,
    how: &'static str,
}

#[derive(Debug, Serialize)]
struct DueRow {
    question: String,
    title: String,
    about: String,
}

#[derive(Debug, Serialize)]
struct WeakPart {
    name: String,
    attempts: i64,
    mean: Option<String>,
}

#[derive(Debug, Serialize)]
struct SetPart {
    name: String,
    description: String,
    about: String,
    built_in: bool,
}

/// Every form of the desk: what was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DeskForm {
    #[serde(skip_serializing)]
    pick: String,
    question_set_version_id: String,
    #[serde(skip_serializing)]
    question_id: String,
    level: String,
    think_seconds: String,
    pub minutes: String,
    daily: String,
    #[serde(skip_serializing)]
    paused: String,
}

impl DeskForm {
    fn attempt(&self) -> Result<NewAttempt> {
        let mut errors = FieldErrors::default();
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let pick = errors.take("pick", self.pick.parse::<Pick>());
        let set = given(&self.question_set_version_id)
            .map(|id| errors.take("question_set_version_id", id.parse().map_err(|_| "Choose a set.".to_owned())));
        let question =
            given(&self.question_id).map(|id| errors.take("question_id", id.parse().map_err(|_| "Choose a question.".to_owned())));
        let level = given(&self.level).map(|level| errors.take("level", level.parse::<Level>()));
        let think = given(&self.think_seconds)
            .map(|seconds| errors.take("think_seconds", seconds.parse().map_err(|_| "Choose how long to think.".to_owned())));
        match pick.filter(|_| errors.is_empty()) {
            Some(pick) => Ok(NewAttempt {
                pick,
                question_set_version_id: set.flatten(),
                question_id: question.flatten(),
                level: level.flatten(),
                kind: None,
                think_seconds: think.flatten(),
            }),
            None => Err(Error::Invalid(errors)),
        }
    }

    /// Set, level and minutes of a mock.
    pub fn mock(&self) -> Result<super::super::model::NewMock> {
        let mut errors = FieldErrors::default();
        let set = errors.take("question_set_version_id", self.question_set_version_id.parse().map_err(|_| "Choose a set.".to_owned()));
        let level = errors.take("level", self.level.parse());
        let minutes = errors.take("minutes", self.minutes.trim().parse().map_err(|_| "Write a whole number of minutes.".to_owned()));
        match (set, level, minutes) {
            (Some(question_set_version_id), Some(level), Some(minutes)) => {
                super::super::model::NewMock { question_set_version_id, level, minutes }.check()
            }
            _ => Err(Error::Invalid(errors)),
        }
    }

    fn schedule(&self) -> Result<NewSchedule> {
        let daily = self.daily.trim().parse().map_err(|_| Error::invalid("daily", "Write a whole number of questions."))?;
        Ok(NewSchedule { daily, paused: self.paused == "true" })
    }
}

pub async fn desk(visitor: Visitor) -> PageResult {
    visitor.page(|tx, actor| page(tx, actor, None, FormErrors::default())).await
}

pub async fn start(visitor: Visitor, Form(form): Form<DeskForm>) -> PageResult {
    let sent = form.clone();
    let done = visitor
        .write(privately(move |tx, actor| {
            let team = actor.team_id()?;
            let attempt = service::start(tx, actor, Wanted::parse(&sent.attempt()?)?)?;
            Ok(super::parts::attempt_url(team, attempt.id))
        }))
        .await;
    match done {
        Ok(url) => see_other(url),
        Err(error) => again(visitor, form, error).await,
    }
}

pub async fn update_schedule(visitor: Visitor, Form(form): Form<DeskForm>) -> PageResult {
    let sent = form.clone();
    let done = visitor
        .write(privately(move |tx, actor| {
            let url = practice_url(actor.team_id()?);
            service::set_schedule(tx, actor, sent.schedule()?)?;
            Ok(url)
        }))
        .await;
    match done {
        Ok(url) => see_other_with(url, "saved"),
        Err(error) => again(visitor, form, error).await,
    }
}

/// The desk again, with what was chosen and what is wrong with it.
pub async fn again(visitor: Visitor, form: DeskForm, error: Error) -> PageResult {
    let (status, errors): (StatusCode, FormErrors) = FormErrors::shown(error)?;
    visitor.page_with(status, move |tx, actor| page(tx, actor, Some(form), errors)).await
}

fn page(tx: &mut Tx, actor: &Actor, typed: Option<DeskForm>, errors: FormErrors) -> Result<DeskPage> {
    let desk = service::desk(tx, actor)?;
    let (team, now) = (actor.team_id()?, tx.now);
    Ok(DeskPage::of(&desk, actor, (team, today(actor, now)), typed, errors))
}

impl DeskPage {
    fn of(desk: &DeskView, actor: &Actor, (team, today): (TeamId, chrono::NaiveDate), typed: Option<DeskForm>, errors: FormErrors) -> Self {
        let url = practice_url(team);
        let mut areas: Vec<(u8, String)> = desk.weak_areas.iter().map(|area| (area.area, area.name.clone())).collect();
        areas.sort_unstable();
        let names: Vec<String> = areas.into_iter().map(|(_, name)| name).collect();
        let due = &desk.due;
        let typed = typed.unwrap_or_else(|| DeskForm {
            level: desk.level.to_string(),
            think_seconds: "60".into(),
            minutes: "45".into(),
            daily: due.schedule.daily.to_string(),
            ..DeskForm::default()
        });
        let row = |item: &super::super::model::DueQuestion| DueRow {
            question: item.question_id.to_string(),
            title: item.title.clone(),
            about: format!(
                "{}, met {}",
                item.level.label(),
                if item.reviews == 1 { "once".into() } else { format!("{} times", item.reviews) }
            ),
        };
        DeskPage {
            urls: DeskUrls {
                start: attempts_url(team),
                schedule: format!("{url}/schedule"),
                mocks: format!("{url}/mocks"),
                progress: format!("{url}/progress"),
                plan: format!("{url}/plan"),
                shares: shares_url(team),
                attempts: attempts_url(team),
                recordings: format!("{url}/recordings"),
                peers: actor.team().is_ok_and(|team| team.has_peers()).then(|| format!("/teams/{team}/peer-practice")),
                proof: "/account/proof",
            },
            mock_url: desk.mock_id.map(|mock| mock_url(team, mock)),
            open: desk.open.iter().map(|attempt| AttemptRow::of(attempt, &names, actor)).collect(),
            due: DuePart {
                items: due.items.iter().map(row).collect(),
                later: due.later,
                next: due.next_on.map(|next| coming(next, today)),
                daily: due.schedule.daily.to_string(),
                paused: due.schedule.paused_on.map(day),
                how: due.how,
            },
            weak_unknown: desk.weak_areas.iter().all(|area| area.mean.is_none()),
            weak: desk
                .weak_areas
                .iter()
                .map(|area| WeakPart { name: area.name.clone(), attempts: area.attempts, mean: area.mean.map(see::mean) })
                .collect(),
            sets: desk.sets.iter().map(SetPart::of).collect(),
            set_options: desk
                .sets
                .iter()
                .map(|set| Choice { value: set.question_set_version_id.to_string(), label: set.name.clone() })
                .collect(),
            levels: levels(),
            thinking: thinking(),
            typed,
            errors,
        }
    }
}

impl SetPart {
    fn of(set: &super::super::model::OpenSetView) -> Self {
        let questions = &set.questions;
        SetPart {
            name: set.name.clone(),
            description: set.description.clone(),
            about: format!(
                "Version {}; questions for entry {}, mid {}, senior {}",
                set.number, questions.entry, questions.mid, questions.senior
            ),
            built_in: set.built_in,
        }
    }
}

impl Template for DeskPage {
    const PATH: &'static str = "practice/desk.html";
    const NAV: Nav = Nav::Practice;

    fn title(&self) -> String {
        "Practice".into()
    }

    fn samples() -> Vec<Self> {
        let urls = || DeskUrls {
            start: "/teams/1/attempts".into(),
            schedule: "/teams/1/practice/schedule".into(),
            mocks: "/teams/1/practice/mocks".into(),
            progress: "/teams/1/practice/progress".into(),
            plan: "/teams/1/practice/plan".into(),
            shares: "/teams/1/practice/shares".into(),
            attempts: "/teams/1/attempts".into(),
            recordings: "/teams/1/practice/recordings".into(),
            peers: Some("/teams/1/peer-practice".into()),
            proof: "/account/proof",
        };
        let due = |items: Vec<DueRow>, later, next: Option<&str>, paused: Option<&str>| DuePart {
            items,
            later,
            next: next.map(str::to_owned),
            daily: "5".into(),
            paused: paused.map(str::to_owned),
            how: super::super::model::HOW,
        };
        let item = || DueRow { question: "1".into(), title: "Lazy <querysets>".into(), about: "Mid, met once".into() };
        let weak = |mean: Option<&str>| WeakPart { name: "Fundamentals & \"basics\"".into(), attempts: 4, mean: mean.map(str::to_owned) };
        let set = |built_in| SetPart {
            name: "Django <backend>".into(),
            description: "What is asked.".into(),
            about: "Version 1".into(),
            built_in,
        };
        let option = || Choice { value: "1".into(), label: "Django <backend>".into() };
        let typed =
            DeskForm { level: "mid".into(), think_seconds: "60".into(), minutes: "45".into(), daily: "5".into(), ..DeskForm::default() };
        let page = |due: DuePart, known: bool, errors: FormErrors| DeskPage {
            urls: urls(),
            mock_url: known.then(|| "/teams/1/practice/mocks/1".into()),
            open: if known { super::history::rows() } else { Vec::new() },
            due,
            weak: vec![weak(known.then_some("2.4 (1.9 to 2.9)"))],
            weak_unknown: !known,
            sets: vec![set(true), set(false)],
            set_options: vec![option()],
            levels: levels(),
            thinking: thinking(),
            typed: typed.clone(),
            errors,
        };
        vec![
            page(due(vec![item(), item()], 3, None, None), true, FormErrors::default()),
            page(
                due(Vec::new(), 0, Some("in 3 days, on Thu 5 Mar 2026"), None),
                false,
                FormErrors::sample(&["question_set_version_id", "level", "think_seconds", "minutes", "daily"]),
            ),
            page(due(Vec::new(), 0, None, Some("Mon 2 Mar 2026")), false, FormErrors::whole("Nothing comes back today.")),
            page(due(Vec::new(), 0, None, None), false, FormErrors::default()),
        ]
    }
}

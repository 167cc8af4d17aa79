//! One interview that is scored again: what was written down of it, and the five areas.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::Serialize;

use super::super::model::{SecondAnswer, SecondAnswers, SecondAnswersInput, SecondQuestion, SecondScoreId};
use super::super::service::{self, SecondDesk};
use super::index::{about, index_url, score_url};
use super::result::ResultPage;
use crate::accounts::Visitor;
use crate::calibration::score_forms::{self, Conflict, ELSEWHERE, Field, MISSING, Pairs, WRONG, chosen};
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{Actor, TeamId};
use crate::rubrics::{Area, RubricVersion};
use crate::scorecards::Value;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{AnyPage, Crumb, Nav, PageResult, Template, see_other_with};

#[derive(Debug, Serialize)]
pub struct ScorePage {
    crumbs: Vec<Crumb>,
    heading: String,
    save_url: String,
    submit_url: String,
    version: i32,
    questions: Vec<QuestionPart>,
    areas: Vec<AreaPart>,
    errors: FormErrors,
    /// What stands over what is wrong.
    problem: &'static str,
    /// What was saved in another tab, where it is not what was typed here.
    conflicts: Vec<Conflict>,
    /// What was typed is not saved yet.
    unsaved: bool,
}

/// A question with what was written down beside it.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionPart {
    id: String,
    title: String,
    prompt: Option<String>,
    notes: Vec<String>,
    pad: Option<String>,
}

#[derive(Debug, Serialize)]
struct AreaPart {
    number: u8,
    name: String,
    description: String,
    levels: Vec<LevelPart>,
    /// A number, the word for not enough evidence, or none.
    value: Option<serde_json::Value>,
    reason: String,
    value_name: String,
    reason_name: String,
}

#[derive(Debug, Serialize)]
struct LevelPart {
    value: u8,
    title: String,
    text: String,
}

type Ids = Path<(String, String)>;

pub async fn show(visitor: Visitor, ids: Ids) -> PageResult {
    let id = score_id(&ids)?;
    visitor.any_page(StatusCode::OK, None, move |tx, actor| page(tx, actor, id, None)).await
}

pub async fn save(visitor: Visitor, ids: Ids, Form(form): Form<Pairs>) -> PageResult {
    let id = score_id(&ids)?;
    let form = chosen(form);
    let sent = form.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        service::save(tx, actor, id, version(&sent), &answers(&sent)?)?;
        Ok(score_url(actor.team_id()?, id))
    };
    let done = visitor.write_draft(work).await;
    finish(visitor, id, form, done, "saved").await
}

pub async fn submit(visitor: Visitor, ids: Ids, Form(form): Form<Pairs>) -> PageResult {
    let id = score_id(&ids)?;
    let form = chosen(form);
    let sent = form.clone();
    let work = move |tx: &mut Tx, actor: &Actor| {
        service::save_and_submit(tx, actor, id, version(&sent), &answers(&sent)?)?;
        Ok(score_url(actor.team_id()?, id))
    };
    let done = visitor.write(work).await;
    finish(visitor, id, form, done, "second-scores-in").await
}

/// To the page, or the form again with all that was typed.
async fn finish(visitor: Visitor, id: SecondScoreId, form: Pairs, done: Result<String>, flash: &'static str) -> PageResult {
    match done {
        Ok(url) => see_other_with(url, flash),
        Err(error) => {
            let (status, again) = Again::of(&form, error)?;
            visitor.any_page(status, None, move |tx, actor| page(tx, actor, id, Some(again))).await
        }
    }
}

/// A form that could not be saved.
struct Again {
    typed: Vec<TypedArea>,
    version: i32,
    errors: FormErrors,
    problem: &'static str,
    /// What was saved in another tab.
    there: Option<Vec<TypedArea>>,
}

impl Again {
    fn of(form: &Pairs, error: Error) -> Result<(StatusCode, Self)> {
        let typed = typed(form);
        if let Error::Stale { current } = error {
            let version = current.get("version").and_then(serde_json::Value::as_i64).unwrap_or_default() as i32;
            let saved: Vec<SecondAnswer> = serde_json::from_value(current.get("areas").cloned().unwrap_or_default())?;
            let again = Again { typed, version, errors: FormErrors::default(), problem: ELSEWHERE, there: Some(given(&saved)) };
            return Ok((StatusCode::PRECONDITION_FAILED, again));
        }
        // What can be read and is refused lacks something.
        let problem = if matches!(error, Error::Invalid(_)) && answers(form).is_ok() { MISSING } else { WRONG };
        let (status, errors) = FormErrors::shown(error)?;
        Ok((status, Again { typed, version: version(form), errors, problem, there: None }))
    }
}

fn fields(areas: &[TypedArea]) -> Vec<Vec<Field>> {
    areas.iter().map(|area| vec![("value", area.value.clone()), ("reason", area.reason.clone())]).collect()
}

#[derive(Debug, Default)]
struct TypedArea {
    value: String,
    reason: String,
}

fn text(form: &Pairs, name: &str) -> String {
    form.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

fn version(form: &Pairs) -> i32 {
    text(form, "version").parse().unwrap_or_default()
}

fn typed(form: &Pairs) -> Vec<TypedArea> {
    (0..5).map(|i| TypedArea { value: text(form, &format!("areas.{i}.value")), reason: text(form, &format!("areas.{i}.reason")) }).collect()
}

fn answers(form: &Pairs) -> Result<SecondAnswers> {
    let mut errors = FieldErrors::default();
    let mut areas = Vec::new();
    for (area, typed) in (1_u8..).zip(typed(form)) {
        let value = errors.take(&format!("areas.{}.value", area - 1), Value::from_json(&json(&typed.value)));
        areas.push(SecondAnswer { area, value: value.flatten(), reason: typed.reason });
    }
    errors.check()?;
    SecondAnswers::parse(&SecondAnswersInput { areas })
}

/// What a radio button sends, as JSON has it.
fn json(value: &str) -> serde_json::Value {
    match value.parse::<u8>() {
        Ok(score) => score.into(),
        Err(_) if value.is_empty() => serde_json::Value::Null,
        Err(_) => value.into(),
    }
}

fn page(tx: &mut Tx, actor: &Actor, id: SecondScoreId, again: Option<Again>) -> Result<AnyPage> {
    let desk = service::desk(tx, actor, id)?;
    let team = actor.team_id()?;
    match desk.view.submitted_at {
        Some(_) => AnyPage::of(&ResultPage::of(&desk, team, actor.time_zone())),
        None => AnyPage::of(&ScorePage::of(&desk, team, again)),
    }
}

impl ScorePage {
    fn of(desk: &SecondDesk, team: TeamId, again: Option<Again>) -> Self {
        let view = &desk.view;
        let url = score_url(team, view.id);
        let unsaved = again.is_some();
        let as_saved =
            || Again { typed: given(&view.areas), version: view.version, errors: FormErrors::default(), problem: MISSING, there: None };
        let Again { typed, version, mut errors, problem, there } = again.unwrap_or_else(as_saved);
        let conflicts =
            there.as_ref().map(|there| score_forms::conflicts(&desk.rubric, &fields(&typed), &fields(there))).unwrap_or_default();
        match there {
            Some(_) => errors = score_forms::elsewhere(&conflicts),
            None => score_forms::by_area(&mut errors, &desk.rubric),
        }
        ScorePage {
            crumbs: crumbs(team, &about(view.level, view.minutes)),
            heading: about(view.level, view.minutes),
            submit_url: format!("{url}/submission"),
            save_url: url,
            version,
            questions: questions(&view.questions),
            areas: areas(&desk.rubric, &typed),
            errors,
            problem,
            conflicts,
            unsaved,
        }
    }
}

fn given(areas: &[SecondAnswer]) -> Vec<TypedArea> {
    let value = |value: Option<Value>| match value {
        Some(Value::Scored(score)) => score.to_string(),
        Some(_) => "not_enough_evidence".into(),
        None => String::new(),
    };
    areas.iter().map(|answer| TypedArea { value: value(answer.value), reason: answer.reason.clone() }).collect()
}

pub fn questions(questions: &[SecondQuestion]) -> Vec<QuestionPart> {
    let part = |(number, question): (usize, &SecondQuestion)| QuestionPart {
        id: format!("question-{number}"),
        title: question.title.clone().unwrap_or_else(|| "Beside no question".into()),
        prompt: question.prompt.clone(),
        notes: question.notes.clone(),
        pad: question.pad.clone(),
    };
    (1..).zip(questions).map(part).collect()
}

fn areas(rubric: &RubricVersion, typed: &[TypedArea]) -> Vec<AreaPart> {
    let area = |(place, area): (usize, &Area)| AreaPart {
        number: area.number,
        name: area.name.clone(),
        description: area.description.clone(),
        levels: area
            .anchors
            .iter()
            .map(|anchor| LevelPart { value: anchor.level, title: anchor.label.clone(), text: anchor.text.clone() })
            .collect(),
        value: typed.get(place).map(|typed| json(&typed.value)).filter(|value| !value.is_null()),
        reason: typed.get(place).map(|typed| typed.reason.clone()).unwrap_or_default(),
        value_name: format!("areas.{place}.value"),
        reason_name: format!("areas.{place}.reason"),
    };
    rubric.areas.iter().enumerate().map(area).collect()
}

pub fn crumbs(team: TeamId, here: &str) -> Vec<Crumb> {
    let crumb = |label: &str, url: Option<String>| Crumb { label: label.into(), url };
    vec![
        crumb("Calibration", Some(format!("/teams/{team}/calibration/own"))),
        crumb("Second scoring", Some(index_url(team))),
        crumb(here, None),
    ]
}

fn score_id(ids: &Ids) -> Result<SecondScoreId> {
    ids.1.parse().map_err(|_| Error::NotFound)
}

pub fn sample_questions() -> Vec<QuestionPart> {
    let part = |number: u8, prompt: Option<&str>, notes: Vec<String>, pad: Option<&str>| QuestionPart {
        id: format!("question-{number}"),
        title: format!("Slow <endpoint> {number}"),
        prompt: prompt.map(str::to_owned),
        notes,
        pad: pad.map(str::to_owned),
    };
    vec![
        part(1, Some("It \"takes\" 9 s."), vec!["Counts the queries & asks.".into(), "Then an index.".into()], Some("SELECT 1 < 2;")),
        part(2, Some("A rename."), Vec::new(), None),
        part(3, None, vec!["The candidate asked about the team.".into()], None),
    ]
}

impl Template for ScorePage {
    const PATH: &'static str = "calibration/second/score.html";
    const NAV: Nav = Nav::Calibration;

    fn title(&self) -> String {
        format!("Score again: {}", self.heading)
    }

    fn samples() -> Vec<Self> {
        let area = |number: u8, filled: bool| AreaPart {
            number,
            name: format!("Area <{number}>"),
            description: "What it takes in.".into(),
            levels: (1..=5).map(|value| LevelPart { value, title: format!("Level {value}"), text: "Looks `first`.".into() }).collect(),
            value: filled.then(|| if number == 2 { "not_enough_evidence".into() } else { number.into() }),
            reason: if filled { "Counts \"queries\".".into() } else { String::new() },
            value_name: format!("areas.{}.value", number - 1),
            reason_name: format!("areas.{}.reason", number - 1),
        };
        let page = |filled: bool, errors: FormErrors, conflicts: Vec<Conflict>| ScorePage {
            crumbs: vec![Crumb { label: "Second scoring".into(), url: Some("/teams/1/second-scoring".into()) }],
            heading: "Mid level, 50 minutes".into(),
            save_url: "/teams/1/second-scores/1".into(),
            submit_url: "/teams/1/second-scores/1/submission".into(),
            version: 1,
            questions: sample_questions(),
            areas: (1..=5).map(|number| area(number, filled)).collect(),
            unsaved: !errors.summary.is_empty(),
            errors,
            problem: if conflicts.is_empty() { MISSING } else { ELSEWHERE },
            conflicts,
        };
        let conflicts = score_forms::sample_conflicts();
        vec![
            page(false, FormErrors::default(), Vec::new()),
            page(true, FormErrors::sample(&["areas.0.value", "areas.1.reason"]), Vec::new()),
            ScorePage { questions: Vec::new(), ..page(true, score_forms::elsewhere(&conflicts), conflicts) },
        ]
    }
}

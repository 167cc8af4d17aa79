//! The draft of a team's set on one screen: what stands above the questions, the questions in order with what each
//! lacks, what they cover, and publishing. Every button works without a script.

mod form;

use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use serde::Serialize;

use super::super::draft::{DraftQuestionView, NewVersion, TeamSetView, Wanted};
use super::super::model::{Kind, QuestionId, QuestionSetId};
use super::super::service;
use super::{area_names, draft_url, set_url, sets_url, version_url};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{Actor, TeamId};
use crate::rubrics::{AREA_KEYS, Level, area_number};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Choice, Crumb, Nav, PageResult, Template, see_other, see_other_with};
use crate::web::paging::Paging;
use crate::web::times::Moment;
use form::{ChangesForm, FilterForm, HeadForm, OrderForm, PublishForm, SwitchForm};

#[derive(Debug, Serialize)]
pub struct DraftPage {
    crumbs: Vec<Crumb>,
    name: String,
    /// Of the newest version, if there is one.
    published: Option<Published>,
    unpublished_changes: bool,
    retired: bool,
    practice: bool,
    urls: Urls,
    head: HeadForm,
    publish: PublishForm,
    changes: ChangesForm,
    errors: FormErrors,
    /// What stops it from being published, each with the question it is about.
    missing: Vec<Missing>,
    filter: FilterForm,
    questions: Vec<Row>,
    total: i64,
    minutes: i64,
    next_url: Option<String>,
    first_url: Option<String>,
    choices: Choices,
}

#[derive(Debug, Serialize)]
struct Published {
    number: i32,
    url: String,
    at: Moment,
    by: Option<String>,
    reason: Option<String>,
}

#[derive(Debug, Serialize)]
struct Urls {
    draft: String,
    questions: String,
    new_question: String,
    changes: String,
    order: String,
    versions: String,
    retirement: String,
    practice: String,
}

#[derive(Debug, Serialize)]
struct Missing {
    text: String,
    url: Option<String>,
}

#[derive(Debug, Serialize)]
struct Row {
    id: String,
    position: i32,
    title: String,
    url: String,
    facts: String,
    minutes: Option<u16>,
    lacks: usize,
    first: bool,
    last: bool,
}

/// What bulk changes offer.
#[derive(Debug, Serialize)]
struct Choices {
    areas: Vec<Choice>,
    levels: Vec<Choice>,
    kinds: Vec<Choice>,
}

type OfSet = Path<(String, String)>;

fn id(path: &OfSet) -> Result<QuestionSetId> {
    path.1.parse().map_err(|_| Error::NotFound)
}

/// What of the page is not as the database says.
#[derive(Default)]
struct Again {
    head: Option<HeadForm>,
    publish: PublishForm,
    changes: ChangesForm,
    errors: FormErrors,
    missing: FieldErrors,
}

pub async fn show(visitor: Visitor, path: OfSet, filter: Query<FilterForm>, paging: Paging) -> PageResult {
    let (id, filter) = (id(&path)?, filter.into_inner());
    visitor.page(move |tx, actor| page(tx, actor, id, (filter, paging), Again::default())).await
}

pub async fn update(visitor: Visitor, path: OfSet, Form(form): Form<HeadForm>) -> PageResult {
    let (id, sent) = (id(&path)?, form.clone());
    let done = visitor.write(move |tx, actor| {
        let version = sent.version.parse().map_err(|_| Error::PreconditionRequired)?;
        service::update_set(tx, actor, id, version, &sent.head())?;
        Ok(draft_url(actor.team_id()?, id))
    });
    answer(visitor.clone(), id, done.await, Again { head: Some(form), ..Again::default() }).await
}

pub async fn change(visitor: Visitor, path: OfSet, Form(form): Form<ChangesForm>) -> PageResult {
    let (id, sent) = (id(&path)?, form.clone());
    let done = visitor.write(move |tx, actor| {
        service::change_draft_questions(tx, actor, id, &sent.change()?)?;
        Ok(draft_url(actor.team_id()?, id))
    });
    answer(visitor.clone(), id, done.await, Again { changes: form, ..Again::default() }).await
}

pub async fn order(visitor: Visitor, path: OfSet, Form(form): Form<OrderForm>) -> PageResult {
    let id = id(&path)?;
    let done = visitor.write(move |tx, actor| {
        let (question, by) = if form.up.is_empty() { (&form.down, 1) } else { (&form.up, -1) };
        let question: QuestionId = question.parse().map_err(|_| Error::NotFound)?;
        let version = form.version.parse().map_err(|_| Error::PreconditionRequired)?;
        service::move_draft_question(tx, actor, (id, question), version, by)?;
        Ok(format!("{}#question-{question}", draft_url(actor.team_id()?, id)))
    });
    match done.await {
        Ok(url) => see_other(url),
        Err(error) => answer(visitor, id, Err(error), Again::default()).await,
    }
}

pub async fn publish(visitor: Visitor, path: OfSet, Form(form): Form<PublishForm>) -> PageResult {
    let (id, new) = (id(&path)?, NewVersion { reason: form.reason.clone() });
    let done = visitor.write(move |tx, actor| {
        let set = service::publish(tx, actor, id, &new)?;
        let newest = set.newest_version.ok_or(Error::NotFound)?;
        Ok(version_url(actor.team_id()?, newest.id))
    });
    answer(visitor.clone(), id, done.await, Again { publish: form, ..Again::default() }).await
}

pub async fn retirement(visitor: Visitor, path: OfSet, Form(form): Form<SwitchForm>) -> PageResult {
    let id = id(&path)?;
    let done = visitor.write(move |tx, actor| {
        if form.on == "true" {
            service::retire(tx, actor, id)?
        } else {
            service::unretire(tx, actor, id)?
        };
        Ok(draft_url(actor.team_id()?, id))
    });
    answer(visitor.clone(), id, done.await, Again::default()).await
}

pub async fn practice(visitor: Visitor, path: OfSet, Form(form): Form<SwitchForm>) -> PageResult {
    let id = id(&path)?;
    let done = visitor.write(move |tx, actor| {
        if form.on == "true" {
            service::open_for_practice(tx, actor, id)?
        } else {
            service::close_for_practice(tx, actor, id)?
        };
        Ok(draft_url(actor.team_id()?, id))
    });
    answer(visitor.clone(), id, done.await, Again::default()).await
}

/// To where it leads, or the page again with what is wrong and what was typed.
async fn answer(visitor: Visitor, id: QuestionSetId, done: Result<String>, mut again: Again) -> PageResult {
    let status = match done {
        Ok(url) => return see_other_with(url, "saved"),
        Err(Error::Stale { .. }) => {
            let text = "Somebody else has changed this draft in the meantime. What is here now is the newest; what you typed is still in the form.";
            again.errors = FormErrors::whole(text);
            // The next attempt is based on what is shown now.
            if let Some(head) = &mut again.head {
                head.version.clear();
            }
            StatusCode::PRECONDITION_FAILED
        }
        Err(Error::Invalid(errors)) => {
            let (of_questions, of_form) = errors.iter().partition::<Vec<_>, _>(|error| error.field.starts_with("questions["));
            of_questions.iter().for_each(|error| again.missing.add(&error.field, &error.message));
            let mut form = FieldErrors::default();
            of_form.iter().for_each(|error| form.add(&error.field, &error.message));
            again.errors = form.into();
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            again.errors = errors;
            status
        }
    };
    visitor.page_with(status, move |tx, actor| page(tx, actor, id, (FilterForm::default(), Paging::default()), again)).await
}

fn page(tx: &mut Tx, actor: &Actor, id: QuestionSetId, (filter, paging): (FilterForm, Paging), again: Again) -> Result<DraftPage> {
    let set = service::show_set(tx, actor, id)?;
    let names = area_names(tx, actor, set.rubric.as_deref())?;
    let slice = paging.slice::<i32>()?;
    let area = filter.area.parse::<usize>().ok().and_then(|area| AREA_KEYS.get(area.wrapping_sub(1))).copied();
    let wanted = Wanted {
        words: filter.q.trim(),
        area,
        level: (!filter.level.is_empty()).then_some(filter.level.as_str()),
        kind: (!filter.kind.is_empty()).then_some(filter.kind.as_str()),
    };
    let list = service::draft_questions(tx, actor, id, &wanted, &slice)?;
    let team = actor.team_id()?;
    let here = draft_url(team, id);
    let address = |cursor: &str| format!("{here}?{}", filter.query(cursor));
    let rows = list.items.iter().map(|question| Row::of(question, &set, &names, team)).collect();
    let missing = missing(&again.missing, &list.items, team, id);
    Ok(DraftPage {
        crumbs: vec![Crumb { label: "Question sets".into(), url: Some(sets_url(team)) }, Crumb { label: set.name.clone(), url: None }],
        name: set.name.clone(),
        published: set.newest_version.as_ref().map(|version| Published {
            number: version.number,
            url: version_url(team, version.id),
            at: Moment::of(version.published_at, actor.time_zone()),
            by: version.published_by.clone(),
            reason: version.reason.clone(),
        }),
        unpublished_changes: set.unpublished_changes,
        retired: set.retired_at.is_some(),
        practice: set.practice_opened_at.is_some(),
        urls: Urls::of(team, id),
        head: match again.head {
            None => HeadForm::of(&set),
            Some(typed) if typed.version.is_empty() => HeadForm { version: set.version.to_string(), ..typed },
            Some(typed) => typed,
        },
        publish: again.publish,
        changes: again.changes,
        errors: again.errors,
        missing,
        questions: rows,
        total: set.questions,
        minutes: set.minutes,
        next_url: list.next_cursor.as_deref().map(address),
        first_url: slice.after.is_some().then(|| address("")),
        filter,
        choices: Choices::of(&names),
    })
}

/// `questions[2] (key).prompt` with the question it is about, where the page has it.
fn missing(errors: &FieldErrors, questions: &[DraftQuestionView], team: TeamId, set: QuestionSetId) -> Vec<Missing> {
    let line = |error: &crate::platform::error::FieldError| {
        let key = error.field.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(key, _)| key);
        let field = error.field.rsplit_once(").").map_or("", |(_, field)| field).replace('_', " ");
        let question = questions.iter().find(|question| question.question.key == key);
        let title = question.map_or(key, |question| question.question.title.as_str());
        Missing {
            text: format!("{title}, {field}: {}", error.message),
            url: question.map(|question| super::draft_question_url(team, set, question.id)),
        }
    };
    errors.iter().map(line).collect()
}

impl Urls {
    fn of(team: TeamId, id: QuestionSetId) -> Self {
        let (set, draft) = (set_url(team, id), draft_url(team, id));
        Urls {
            questions: format!("{draft}/questions"),
            new_question: format!("{draft}/questions/new"),
            changes: format!("{draft}/changes"),
            order: format!("{draft}/order"),
            versions: format!("{set}/versions"),
            retirement: format!("{set}/retirement"),
            practice: format!("{set}/practice"),
            draft,
        }
    }
}

impl Row {
    fn of(question: &DraftQuestionView, set: &TeamSetView, names: &[String], team: TeamId) -> Self {
        let written = &question.question;
        let area = |key: &String| area_number(key).and_then(|number| names.get(usize::from(number) - 1)).cloned();
        let areas: Vec<String> = written.areas.iter().filter_map(area).collect();
        let levels: Vec<&str> = written.levels.iter().map(|level| level.label()).collect();
        let facts = [written.kind.map(Kind::label).unwrap_or_default().to_owned(), areas.join(", "), levels.join(", ")];
        Row {
            id: question.id.to_string(),
            position: question.position,
            title: written.title.clone(),
            url: super::draft_question_url(team, set.id, question.id),
            facts: facts.iter().filter(|fact| !fact.is_empty()).cloned().collect::<Vec<_>>().join(" · "),
            minutes: written.minutes,
            lacks: question.missing.len(),
            first: question.position == 1,
            last: i64::from(question.position) == set.questions,
        }
    }
}

impl Choices {
    fn of(names: &[String]) -> Self {
        let choice = |value: &str, label: &str| Choice { value: value.to_owned(), label: label.to_owned() };
        Choices {
            areas: AREA_KEYS.iter().zip(names).map(|(key, name)| choice(key, name)).collect(),
            levels: Level::ALL.iter().map(|level| choice(level.as_str(), level.label())).collect(),
            kinds: Kind::ALL.iter().map(|kind| choice(kind.as_str(), kind.label())).collect(),
        }
    }
}

impl Template for DraftPage {
    const PATH: &'static str = "question_sets/draft.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        format!("{} (draft)", self.name)
    }

    fn samples() -> Vec<Self> {
        let (team, id) = (TeamId(uuid::Uuid::nil()), QuestionSetId(uuid::Uuid::nil()));
        let at = || Moment::of(chrono::DateTime::UNIX_EPOCH, chrono_tz::UTC);
        let row = |lacks, first| Row {
            id: uuid::Uuid::from_u128(lacks as u128).to_string(),
            position: 1,
            title: "Lazy querysets".into(),
            url: super::draft_question_url(team, id, QuestionId(uuid::Uuid::nil())),
            facts: "Technical · Framework".into(),
            minutes: (lacks == 0).then_some(5),
            lacks,
            first,
            last: !first,
        };
        let page = |questions: Vec<Row>, published: Option<Published>, on: bool, errors| DraftPage {
            crumbs: vec![Crumb { label: "Ours".into(), url: None }],
            name: "Ours".into(),
            unpublished_changes: !on,
            published,
            retired: on,
            practice: on,
            urls: Urls::of(team, id),
            head: HeadForm { name: "Ours".into(), description: "x".into(), rubric: "five-areas".into(), version: "1".into() },
            publish: PublishForm { reason: "Better words".into() },
            changes: ChangesForm::default(),
            errors,
            missing: vec![
                Missing { text: "Lazy querysets, prompt: Fill this in.".into(), url: Some("/teams/1/question-sets/1".into()) },
                Missing { text: "other, prompt: Fill this in.".into(), url: None },
            ],
            filter: FilterForm { q: if on { "queue".into() } else { String::new() }, ..FilterForm::default() },
            total: questions.len() as i64,
            questions,
            minutes: 5,
            next_url: on.then(|| "/teams/1/question-sets/1/draft?cursor=x".into()),
            first_url: on.then(|| "/teams/1/question-sets/1/draft".into()),
            choices: Choices::of(&super::default_names()),
        };
        let published = |by: Option<&str>| {
            let text = by.map(str::to_owned);
            Some(Published { number: 1, url: "/teams/1/question-sets/versions/1".into(), at: at(), by: text.clone(), reason: text })
        };
        let wrong = FormErrors::sample(&["name", "description", "rubric", "reason"]);
        vec![
            page(vec![row(0, true), row(2, false)], published(Some("Ada")), false, wrong),
            page(vec![row(1, true)], published(None), true, FormErrors::default()),
            DraftPage { missing: Vec::new(), ..page(Vec::new(), None, false, FormErrors::default()) },
            DraftPage { missing: Vec::new(), ..page(Vec::new(), None, true, FormErrors::default()) },
        ]
    }
}

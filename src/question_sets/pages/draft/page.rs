//! What the draft's page shows.

use serde::Serialize;

use super::super::super::draft::{AreaCoverage, DraftQuestionView, PracticeView, TeamSetView};
use super::super::super::model::{Kind, QuestionId, QuestionSetId};
use super::super::super::service;
use super::super::coverage::Coverage;
use super::super::export::ExportUrls;
use super::super::field::label;
use super::super::imports::imports_url;
use super::super::upstream::News;
use super::super::{area_names, default_names, draft_question_url, draft_url, set_url, sets_url, version_url};
use super::form::{ChangesForm, FilterForm, HeadForm, PublishForm};
use super::missing::{Missing, missing};
use crate::platform::db::Tx;
use crate::platform::error::{FieldErrors, Result};
use crate::policy::{Actor, TeamId};
use crate::rubrics::{self, AREA_KEYS, Level, area_number};
use crate::web::form::FormErrors;
use crate::web::page::{Choice, Crumb, Nav, Template};
use crate::web::paging::{Paging, page_of};
use crate::web::times::Moment;

#[derive(Debug, Serialize)]
pub struct DraftPage {
    crumbs: Vec<Crumb>,
    name: String,
    /// Of the newest version, if there is one.
    published: Option<Published>,
    unpublished_changes: bool,
    retired: bool,
    practice: bool,
    /// Who last opened and closed it for practice.
    practised: Option<Practised>,
    /// What changed in the set it was copied from and is not the same here.
    news: Option<News>,
    urls: Urls,
    head: HeadForm,
    rubrics: Vec<Choice>,
    /// What the next move is based on.
    order_version: i32,
    publish: PublishForm,
    changes: ChangesForm,
    errors: FormErrors,
    /// What stops it from being published, each with the question it is about.
    missing: Vec<Missing>,
    /// Why a move was refused.
    not_moved: Option<&'static str>,
    filter: FilterForm,
    filtered: bool,
    /// The address of this page of the list.
    here: String,
    questions: Vec<Row>,
    total: i64,
    minutes: i64,
    coverage: Coverage,
    next_url: Option<String>,
    previous_url: Option<String>,
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
    export: ExportUrls,
    imports: String,
}

#[derive(Debug, Serialize)]
struct Row {
    id: String,
    position: i32,
    title: String,
    url: String,
    facts: String,
    minutes: Option<u16>,
    /// The fields it lacks to be published.
    lacks: Vec<String>,
    /// More than the room shows at a glance.
    too_much: bool,
    first: bool,
    last: bool,
}

#[derive(Debug, Serialize)]
struct Practised {
    opened: Moment,
    opened_by: Option<String>,
    closed: Option<Moment>,
    closed_by: Option<String>,
}

/// What bulk changes and the filter offer.
#[derive(Debug, Serialize)]
struct Choices {
    areas: Vec<Choice>,
    /// By their numbers, as addresses have them.
    numbered: Vec<Choice>,
    levels: Vec<Choice>,
    kinds: Vec<Choice>,
}

/// What of the page is not as the database says.
#[derive(Default)]
pub struct Again {
    pub head: Option<HeadForm>,
    pub publish: PublishForm,
    pub changes: ChangesForm,
    pub errors: FormErrors,
    pub missing: FieldErrors,
    pub not_moved: Option<&'static str>,
}

pub fn page(tx: &mut Tx, actor: &Actor, id: QuestionSetId, (filter, paging): (FilterForm, Paging), again: Again) -> Result<DraftPage> {
    let set = service::show_set(tx, actor, id)?;
    let names = area_names(tx, actor, set.rubric.as_deref())?;
    let slice = paging.slice::<i32>()?;
    let wanted = filter.wanted();
    let list = service::draft_questions(tx, actor, id, &wanted, &slice)?;
    let team = actor.team_id()?;
    let here = draft_url(team, id);
    let address = |cursor: &str| format!("{here}?{}", filter.query(cursor));
    let rows = list.items.iter().map(|question| Row::of(question, &set, &names, team)).collect();
    // A mistake may be in a question of another page of the list.
    let missing = if again.missing.is_empty() { Vec::new() } else { missing(&again.missing, &service::draft(tx, actor, id)?, team, id) };
    let head = match again.head {
        None => HeadForm::of(&set),
        Some(typed) if typed.version.is_empty() => HeadForm { version: set.version.to_string(), ..typed },
        Some(typed) => typed,
    };
    let filtered = filter.is_active();
    let before = slice.after.map(i64::from).unwrap_or_default();
    let previous = if filtered { None } else { page_of(before)? };
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
        practised: set.practice.clone().map(|practice| Practised::of(practice, actor)),
        news: service::upstream_news(tx, actor)?.get(&id).map(|questions| News::of(*questions, team, id)),
        urls: Urls::of(team, id),
        order_version: set.version,
        rubrics: rubrics(tx, actor, &head.rubric)?,
        head,
        publish: again.publish,
        changes: again.changes,
        errors: again.errors,
        missing,
        not_moved: again.not_moved,
        questions: rows,
        total: set.questions,
        minutes: set.minutes,
        coverage: Coverage::of(&set.coverage, &names),
        next_url: list.next_cursor.as_deref().map(address),
        previous_url: (before > 0).then(|| address(previous.as_deref().unwrap_or_default())),
        here: if before > 0 { address(&page_of(before + 1)?.unwrap_or_default()) } else { here.clone() },
        filtered,
        filter,
        choices: Choices::of(&names),
    })
}

/// What the team may use, by short name, the newest version's name; and what stands in the draft already, even where
/// no such rubric is known here: an import may have named one of another server.
fn rubrics(tx: &mut Tx, actor: &Actor, named: &str) -> Result<Vec<Choice>> {
    let mut choices: Vec<Choice> = Vec::new();
    for version in rubrics::published(tx, actor)? {
        if !choices.iter().any(|choice| choice.value == version.slug) {
            choices.push(Choice { value: version.slug.clone(), label: format!("{} ({})", version.name, version.slug) });
        }
    }
    if !named.is_empty() && !choices.iter().any(|choice| choice.value == named) {
        choices.push(Choice { value: named.to_owned(), label: format!("{named} (not among your rubrics)") });
    }
    Ok(choices)
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
            export: ExportUrls::of(&draft),
            imports: imports_url(team),
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
            url: draft_question_url(team, set.id, question.id),
            facts: facts.iter().filter(|fact| !fact.is_empty()).cloned().collect::<Vec<_>>().join(" · "),
            minutes: written.minutes,
            lacks: lacks(&question.missing),
            too_much: written.is_too_much_for_the_room(),
            first: question.position == 1,
            last: i64::from(question.position) == set.questions,
        }
    }
}

/// Each field once.
fn lacks(missing: &FieldErrors) -> Vec<String> {
    let mut fields: Vec<String> = missing.iter().map(|error| label(&error.field)).collect();
    fields.dedup();
    fields
}

impl Practised {
    fn of(practice: PracticeView, actor: &Actor) -> Self {
        let moment = |at| Moment::of(at, actor.time_zone());
        Practised {
            opened: moment(practice.opened_at),
            opened_by: practice.opened_by,
            closed: practice.closed_at.map(moment),
            closed_by: practice.closed_by,
        }
    }
}

impl Choices {
    fn of(names: &[String]) -> Self {
        let choice = |value: &str, label: &str| Choice { value: value.to_owned(), label: label.to_owned() };
        Choices {
            areas: AREA_KEYS.iter().zip(names).map(|(key, name)| choice(key, name)).collect(),
            numbered: (1..).zip(names).map(|(number, name): (u8, _)| choice(&number.to_string(), name)).collect(),
            levels: Level::ALL.iter().map(|level| choice(level.as_str(), level.label())).collect(),
            kinds: Kind::ALL.iter().map(|kind| choice(kind.as_str(), kind.label())).collect(),
        }
    }
}

impl Template for DraftPage {
    const PATH: &'static str = "question_sets/draft.html";
    const NAV: Nav = Nav::Questions;

    const PARTS: &'static [&'static str] = &["list"];

    fn title(&self) -> String {
        format!("{} (draft)", self.name)
    }

    fn samples() -> Vec<Self> {
        let (team, id) = (TeamId(uuid::Uuid::nil()), QuestionSetId(uuid::Uuid::nil()));
        let at = || Moment::of(chrono::DateTime::UNIX_EPOCH, chrono_tz::UTC);
        let row = |lacks: usize, first| Row {
            id: uuid::Uuid::from_u128(lacks as u128).to_string(),
            position: 1,
            title: "Lazy querysets".into(),
            url: draft_question_url(team, id, QuestionId(uuid::Uuid::nil())),
            facts: "Technical · Framework".into(),
            minutes: (lacks == 0).then_some(5),
            lacks: vec!["prompt".into(); lacks],
            too_much: lacks == 1,
            first,
            last: !first,
        };
        let page = |questions: Vec<Row>, published: Option<Published>, on: bool, errors| DraftPage {
            crumbs: vec![Crumb { label: "Ours".into(), url: None }],
            name: "Ours".into(),
            unpublished_changes: !on,
            retired: on,
            practice: on,
            practised: published.is_some().then(|| Practised {
                opened: at(),
                opened_by: on.then(|| "Ada".into()),
                closed: (!on).then(at),
                closed_by: Some("Ben".into()),
            }),
            published,
            news: on.then(|| News::of(2, team, id)),
            urls: Urls::of(team, id),
            order_version: 1,
            head: HeadForm { name: "Ours".into(), description: "x".into(), rubric: "five-areas".into(), version: "1".into() },
            rubrics: vec![Choice { value: "five-areas".into(), label: "Five areas (five-areas)".into() }],
            publish: PublishForm { reason: "Better words".into() },
            changes: ChangesForm::default(),
            errors,
            missing: vec![
                Missing { text: "Lazy querysets, prompt: Fill this in.".into(), url: Some("/teams/1/question-sets/1".into()) },
                Missing { text: "other, prompt: Fill this in.".into(), url: None },
            ],
            not_moved: on.then_some("Somebody was quicker."),
            filtered: on,
            here: "/teams/1/question-sets/1/draft".into(),
            coverage: Coverage::of(&[AreaCoverage { area: 1, entry: 0, mid: 3, senior: 7 }], &default_names()),
            filter: FilterForm { q: if on { "queue".into() } else { String::new() }, ..FilterForm::default() },
            total: questions.len() as i64,
            questions,
            minutes: 5,
            next_url: on.then(|| "/teams/1/question-sets/1/draft?cursor=x".into()),
            previous_url: on.then(|| "/teams/1/question-sets/1/draft".into()),
            choices: Choices::of(&default_names()),
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

//! Writing one question of a draft: every field, a preview of what candidate and interviewer will see, what is worth
//! another look. Two people who save the same question see both texts; nothing is merged silently and nothing is lost.

mod difference;
mod form;
mod preview;

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use super::super::draft::QuestionDraft;
use super::super::model::{Checklist, Kind, QuestionAnchor, QuestionId, QuestionSetId, Topic};
use super::super::service;
use super::{areas, draft_question_url, draft_url, sets_url, short_names};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{Actor, TeamId};
use crate::rubrics::{AREA_KEYS, Area, Level};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Choice, Crumb, Nav, PageResult, Template, see_other_with};
use difference::{Difference, differences, take};
use form::QuestionForm;
use preview::Preview;

#[derive(Debug, Serialize)]
pub struct EditorPage {
    crumbs: Vec<Crumb>,
    heading: String,
    action: String,
    removal_url: Option<String>,
    cancel_url: String,
    form: QuestionForm,
    errors: FormErrors,
    areas: Vec<Choice>,
    levels: Vec<Choice>,
    kinds: Vec<Choice>,
    checklists: Vec<Choice>,
    topics: Vec<Choice>,
    preview: Preview,
    /// What the form holds was typed and is saved nowhere.
    unsaved: bool,
    /// Where somebody else saved first: their words beside one's own.
    conflict: Vec<Difference>,
}

type OfSet = Path<(String, String)>;
type OfQuestion = Path<(String, String, String)>;

/// Which question: a new one of a set, or one that is there.
#[derive(Debug, Clone, Copy)]
struct Place {
    set: QuestionSetId,
    question: Option<QuestionId>,
}

fn of_set(path: &OfSet) -> Result<Place> {
    Ok(Place { set: path.1.parse().map_err(|_| Error::NotFound)?, question: None })
}

fn of_question(path: &OfQuestion) -> Result<Place> {
    let not_found = |_| Error::NotFound;
    Ok(Place { set: path.1.parse().map_err(not_found)?, question: Some(path.2.parse().map_err(not_found)?) })
}

pub async fn new_question(visitor: Visitor, path: OfSet) -> PageResult {
    let place = of_set(&path)?;
    let form = QuestionForm { minutes: "5".into(), ..QuestionForm::default() };
    visitor.page(move |tx, actor| page(tx, actor, place, form, Again::default())).await
}

pub async fn create_question(visitor: Visitor, path: OfSet, Form(form): Form<QuestionForm>) -> PageResult {
    save(visitor, of_set(&path)?, form).await
}

pub async fn edit_question(visitor: Visitor, path: OfQuestion) -> PageResult {
    let place = of_question(&path)?;
    visitor
        .page(move |tx, actor| {
            let id = place.question.ok_or(Error::NotFound)?;
            let form = QuestionForm::of(&service::show_draft_question(tx, actor, place.set, id)?);
            page(tx, actor, place, form, Again::default())
        })
        .await
}

pub async fn update_question(visitor: Visitor, path: OfQuestion, Form(form): Form<QuestionForm>) -> PageResult {
    save(visitor, of_question(&path)?, form).await
}

/// What `POST …/removal` brings: the version that was looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RemovalForm {
    version: String,
}

pub async fn remove_question(visitor: Visitor, path: OfQuestion, Form(form): Form<RemovalForm>) -> PageResult {
    let place = of_question(&path)?;
    let removed = visitor.write(move |tx, actor| {
        let version = form.version.parse().map_err(|_| Error::PreconditionRequired)?;
        service::remove_draft_question(tx, actor, place.set, place.question.ok_or(Error::NotFound)?, version)?;
        Ok(draft_url(actor.team_id()?, place.set))
    });
    match removed.await {
        Ok(url) => see_other_with(url, "saved"),
        Err(Error::Stale { current }) => conflict(visitor, place, None, current).await,
        Err(error) => Err(error.into()),
    }
}

#[derive(Default)]
struct Again {
    typed: bool,
    errors: FormErrors,
    conflict: Vec<Difference>,
}

async fn save(visitor: Visitor, place: Place, form: QuestionForm) -> PageResult {
    if !form.preview.is_empty() {
        return visitor.page(move |tx, actor| page(tx, actor, place, form, Again { typed: true, ..Again::default() })).await;
    }
    if !form.take.is_empty() {
        return taken(visitor, place, form).await;
    }
    let sent = form.clone();
    let saved = visitor.write(move |tx, actor| {
        let draft = sent.draft()?;
        match place.question {
            None => service::add_draft_question(tx, actor, place.set, draft)?,
            Some(id) => {
                let version = sent.version.parse().map_err(|_| Error::PreconditionRequired)?;
                service::update_draft_question(tx, actor, (place.set, id), version, draft)?
            }
        };
        Ok(draft_url(actor.team_id()?, place.set))
    });
    match saved.await {
        Ok(url) => see_other_with(url, "saved"),
        Err(Error::Stale { current }) => conflict(visitor, place, Some(form), current).await,
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            visitor
                .page_with(status, move |tx, actor| page(tx, actor, place, form, Again { typed: true, errors, ..Again::default() }))
                .await
        }
    }
}

/// Both texts side by side; what was typed stays in the form and is saved over the newest only by another press.
async fn conflict(visitor: Visitor, place: Place, typed: Option<QuestionForm>, current: serde_json::Value) -> PageResult {
    let current: QuestionForm = QuestionForm::of_json(current)?;
    let mut form = typed.unwrap_or_else(|| current.clone());
    let conflict = differences(&form, &current);
    form.version.clone_from(&current.version);
    let text = "Somebody else has saved this question in the meantime. Their words stand beside yours; yours are still in the form. Save again to keep yours.";
    let again = Again { typed: true, errors: FormErrors::whole(text), conflict };
    visitor.page_with(StatusCode::PRECONDITION_FAILED, move |tx, actor| page(tx, actor, place, form, again)).await
}

/// Their text of one field comes into the form; nothing is saved.
async fn taken(visitor: Visitor, place: Place, mut form: QuestionForm) -> PageResult {
    visitor
        .page(move |tx, actor| {
            let id = place.question.ok_or(Error::NotFound)?;
            let theirs = QuestionForm::of(&service::show_draft_question(tx, actor, place.set, id)?);
            let field = std::mem::take(&mut form.take);
            take(&mut form, &field, &theirs);
            let conflict = differences(&form, &theirs);
            page(tx, actor, place, form, Again { typed: true, conflict, ..Again::default() })
        })
        .await
}

fn page(tx: &mut Tx, actor: &Actor, place: Place, form: QuestionForm, again: Again) -> Result<EditorPage> {
    let set = service::show_set(tx, actor, place.set)?;
    let team = actor.team_id()?;
    let areas = areas(tx, actor, set.rubric.as_deref())?;
    let known = |id| service::show_draft_question(tx, actor, place.set, id).map(|question| question.question.title);
    let heading = place.question.map(known).transpose()?.unwrap_or_else(|| "New question".into());
    Ok(EditorPage::of(&set.name, heading, place, form, again, (&areas, team)))
}

impl EditorPage {
    fn of(set: &str, heading: String, place: Place, form: QuestionForm, again: Again, (areas, team): (&[Area], TeamId)) -> Self {
        let list = draft_url(team, place.set);
        let own = place.question.map(|id| draft_question_url(team, place.set, id));
        let (draft, unread) = form.read();
        let names = short_names(areas);
        let choice = |value: &str, label: &str| Choice { value: value.to_owned(), label: label.to_owned() };
        EditorPage {
            crumbs: vec![
                Crumb { label: "Question sets".into(), url: Some(sets_url(team)) },
                Crumb { label: set.to_owned(), url: Some(list.clone()) },
                Crumb { label: heading.clone(), url: None },
            ],
            heading,
            action: own.clone().unwrap_or_else(|| format!("{list}/questions")),
            removal_url: own.map(|own| format!("{own}/removal")),
            cancel_url: list,
            preview: Preview::of(&draft.pruned(), areas, &unread),
            unsaved: again.typed,
            areas: AREA_KEYS.iter().zip(&names).map(|(key, name)| choice(key, name)).collect(),
            levels: Level::ALL.iter().map(|level| choice(level.as_str(), level.label())).collect(),
            kinds: Kind::ALL.iter().map(|kind| choice(kind.as_str(), kind.label())).collect(),
            checklists: Checklist::ALL.iter().map(|list| choice(list.as_str(), list.label())).collect(),
            topics: Topic::ALL.iter().map(|topic| choice(topic.as_str(), topic.label())).collect(),
            form,
            errors: again.errors,
            conflict: again.conflict,
        }
    }
}

impl Template for EditorPage {
    const PATH: &'static str = "question_sets/editor.html";
    const NAV: Nav = Nav::Questions;
    const PARTS: &'static [&'static str] = &["preview"];

    fn title(&self) -> String {
        format!("{} (draft)", self.heading)
    }

    fn samples() -> Vec<Self> {
        let Some(set) = super::sample() else { return Vec::new() };
        let team = TeamId(uuid::Uuid::nil());
        let areas = super::sample_areas();
        let (set_id, id) = (QuestionSetId(uuid::Uuid::nil()), QuestionId(uuid::Uuid::nil()));
        let full = QuestionForm { version: "3".into(), ..QuestionForm::of_draft(&QuestionDraft::of(set.questions[1].to_file())) };
        let new = Place { set: set_id, question: None };
        let there = Place { set: set_id, question: Some(id) };
        let every: Vec<&str> = vec![
            "title",
            "prompt",
            "kind",
            "primary",
            "areas",
            "levels",
            "minutes",
            "tests",
            "listen_for",
            "warning_signs",
            "probes",
            "checklist",
            "topics",
            "anchors.1",
            "anchors.5",
            "strong_answer",
            "weak_answer.text",
            "weak_answer.why",
            "key",
        ];
        let theirs = QuestionForm { prompt: "Another prompt.".into(), ..full.clone() };
        let conflict = Again { typed: true, conflict: differences(&full, &theirs), errors: FormErrors::whole("Somebody was quicker.") };
        let of =
            |place, form: &QuestionForm, again| EditorPage::of("Ours", "A question".into(), place, form.clone(), again, (&areas, team));
        let mut crowded = QuestionDraft::of(set.questions[1].to_file());
        crowded.listen_for = (1..9).map(|n| format!("Point {n}")).collect();
        crowded.anchors = (1..=5).map(|level| QuestionAnchor { level, text: format!("Says what it is for, level {level}") }).collect();
        let crowded = QuestionForm { version: "1".into(), minutes: "many".into(), ..QuestionForm::of_draft(&crowded) };
        vec![
            of(new, &QuestionForm::default(), Again::default()),
            of(there, &crowded, Again { typed: true, ..Again::default() }),
            of(
                new,
                &QuestionForm { title: "Only a title".into(), ..QuestionForm::default() },
                Again { errors: FormErrors::sample(&every), ..Again::default() },
            ),
            of(there, &full, Again::default()),
            of(there, &full, conflict),
        ]
    }
}

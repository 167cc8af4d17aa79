//! Writing one question of a draft: every field, a preview of what candidate and interviewer will see, what is worth
//! another look. Two people who save the same question see both texts; nothing is merged silently and nothing is lost.

mod form;

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use super::super::draft::QuestionDraft;
use super::super::model::{Checklist, Kind, QuestionAnchor, QuestionId, QuestionSetId, Topic, WeakAnswer};
use super::super::service;
use super::{area_names, draft_question_url, draft_url, sets_url};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{Actor, TeamId};
use crate::rubrics::{AREA_KEYS, Level};
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Choice, Crumb, Nav, PageResult, Template, see_other_with};
use form::{Difference, QuestionForm};

#[derive(Debug, Serialize)]
pub struct EditorPage {
    crumbs: Vec<Crumb>,
    heading: String,
    action: String,
    removal_url: Option<String>,
    cancel_url: String,
    form: QuestionForm,
    errors: FormErrors,
    /// What it lacks to be published, and what is worth another look.
    missing: Vec<Hint>,
    advice: Vec<Hint>,
    areas: Vec<Choice>,
    levels: Vec<Choice>,
    kinds: Vec<Choice>,
    checklists: Vec<Choice>,
    topics: Vec<Choice>,
    preview: Preview,
    /// Where somebody else saved first: their words beside one's own.
    conflict: Vec<Difference>,
}

#[derive(Debug, Serialize)]
struct Hint {
    field: String,
    text: String,
}

/// The question as others will see it.
#[derive(Debug, Serialize)]
struct Preview {
    prompt: String,
    minutes: String,
    kind: &'static str,
    areas: Vec<String>,
    listen_for: Vec<String>,
    probes: Vec<String>,
    warning_signs: Vec<String>,
    anchors: Vec<QuestionAnchor>,
    strong_answer: Option<String>,
    weak_answer: Option<WeakAnswer>,
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
    errors: FormErrors,
    conflict: Vec<Difference>,
}

async fn save(visitor: Visitor, place: Place, form: QuestionForm) -> PageResult {
    if !form.preview.is_empty() {
        return visitor.page(move |tx, actor| page(tx, actor, place, form, Again::default())).await;
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
            visitor.page_with(status, move |tx, actor| page(tx, actor, place, form, Again { errors, ..Again::default() })).await
        }
    }
}

/// Both texts side by side; what was typed stays in the form and is saved over the newest only by another press.
async fn conflict(visitor: Visitor, place: Place, typed: Option<QuestionForm>, current: serde_json::Value) -> PageResult {
    let current: QuestionForm = QuestionForm::of_json(current)?;
    let mut form = typed.unwrap_or_else(|| current.clone());
    let conflict = form.differences(&current);
    form.version.clone_from(&current.version);
    let text = "Somebody else has saved this question in the meantime. Their words stand beside yours; yours are still in the form. Save again to keep yours.";
    let again = Again { errors: FormErrors::whole(text), conflict };
    visitor.page_with(StatusCode::PRECONDITION_FAILED, move |tx, actor| page(tx, actor, place, form, again)).await
}

fn page(tx: &mut Tx, actor: &Actor, place: Place, form: QuestionForm, again: Again) -> Result<EditorPage> {
    let set = service::show_set(tx, actor, place.set)?;
    let team = actor.team_id()?;
    let names = area_names(tx, actor, set.rubric.as_deref())?;
    let known = |id| service::show_draft_question(tx, actor, place.set, id).map(|question| question.question.title);
    let heading = place.question.map(known).transpose()?.unwrap_or_else(|| "New question".into());
    Ok(EditorPage::of(&set.name, heading, place, form, again, (&names, team)))
}

impl EditorPage {
    fn of(set: &str, heading: String, place: Place, form: QuestionForm, again: Again, (names, team): (&[String], TeamId)) -> Self {
        let list = draft_url(team, place.set);
        let own = place.question.map(|id| draft_question_url(team, place.set, id));
        let draft = form.draft().unwrap_or_default();
        let written = !form.title.is_empty();
        let hints = |errors: FieldErrors| -> Vec<Hint> {
            let hint =
                |error: &crate::platform::error::FieldError| Hint { field: error.field.replace('_', " "), text: error.message.clone() };
            errors.iter().filter(|_| written).map(hint).collect()
        };
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
            missing: hints(draft.missing()),
            advice: hints(draft.advice()),
            preview: Preview::of(&draft, names),
            areas: AREA_KEYS.iter().zip(names).map(|(key, name)| choice(key, name)).collect(),
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

impl Preview {
    fn of(draft: &QuestionDraft, names: &[String]) -> Self {
        let area = |key: &String| AREA_KEYS.iter().position(|known| known == key).and_then(|place| names.get(place)).cloned();
        Preview {
            prompt: draft.prompt.clone(),
            minutes: draft.minutes.map(|minutes| format!("{minutes} min")).unwrap_or_default(),
            kind: draft.kind.map(Kind::label).unwrap_or_default(),
            areas: draft.areas.iter().filter_map(area).collect(),
            listen_for: draft.listen_for.clone(),
            probes: draft.probes.clone(),
            warning_signs: draft.warning_signs.clone(),
            anchors: draft.anchors.clone(),
            strong_answer: draft.strong_answer.clone(),
            weak_answer: draft.weak_answer.clone(),
        }
    }
}

impl Template for EditorPage {
    const PATH: &'static str = "question_sets/editor.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        format!("{} (draft)", self.heading)
    }

    fn samples() -> Vec<Self> {
        let Some(set) = super::sample() else { return Vec::new() };
        let (team, names) = (TeamId(uuid::Uuid::nil()), super::default_names());
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
        let conflict = Again { conflict: full.differences(&theirs), errors: FormErrors::whole("Somebody was quicker.") };
        let of =
            |place, form: &QuestionForm, again| EditorPage::of("Ours", "A question".into(), place, form.clone(), again, (&names, team));
        vec![
            of(new, &QuestionForm::default(), Again::default()),
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

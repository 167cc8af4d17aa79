//! What changed where a set was copied from, to be taken over question by question.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use super::super::difference::{ComparedVersion, Fate};
use super::super::model::{QuestionSetId, QuestionSetVersionId};
use super::super::service;
use super::super::upstream::{Ours, Upstream, UpstreamQuestion, UpstreamVersion};
use super::marks::{FieldMarks, marks};
use super::{area_names, draft_question_url, draft_url, set_url, sets_url, version_url};
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::policy::TeamId;
use crate::web::form::{Form, FormErrors};
use crate::web::page::{Crumb, Nav, PageResult, Template, see_other_with};
use crate::web::paging::{Paging, Slice};

#[derive(Debug, Serialize)]
pub struct UpstreamPage {
    crumbs: Vec<Crumb>,
    name: String,
    errors: FormErrors,
    copied_from: Origin,
    newest: Origin,
    /// Something was published there since.
    news: bool,
    open: usize,
    untouched: usize,
    same: usize,
    questions: Vec<Card>,
    /// The version that is read, for the forms.
    version_id: QuestionSetVersionId,
    draft_url: String,
    all_url: String,
    compared_url: String,
    first_url: Option<String>,
    next_url: Option<String>,
}

#[derive(Debug, Serialize)]
struct Origin {
    name: String,
    number: i32,
    url: String,
}

#[derive(Debug, Serialize)]
struct Card {
    key: String,
    title: String,
    fate: Fate,
    ours: Ours,
    version: i32,
    there: Vec<FieldMarks>,
    here: Vec<FieldMarks>,
    take_url: String,
    /// Our own text, to be changed by hand.
    edit_url: Option<String>,
}

/// That something changed where a set was copied from, for the pages of the copy.
#[derive(Debug, Serialize)]
pub struct News {
    /// How many are not the same here.
    questions: usize,
    url: String,
}

impl News {
    pub fn of(questions: usize, team: TeamId, set: QuestionSetId) -> Self {
        News { questions, url: format!("{}/upstream", set_url(team, set)) }
    }
}

/// What the reader saw when they pressed a button.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TakeForm {
    version_id: String,
    version: String,
}

impl TakeForm {
    fn read(&self) -> Result<UpstreamVersion> {
        let unknown = |_| Error::invalid("version_id", "Choose a version of the set that this one was copied from.");
        Ok(UpstreamVersion { version_id: self.version_id.parse().map_err(unknown)? })
    }
}

fn id(text: &str) -> Result<QuestionSetId> {
    text.parse().map_err(|_| Error::NotFound)
}

pub async fn upstream(visitor: Visitor, path: Path<(String, String)>, paging: Paging) -> PageResult {
    let (id, slice) = (id(&path.1)?, paging.slice()?);
    show(visitor, id, slice, (StatusCode::OK, FormErrors::default())).await
}

pub async fn take_upstream(visitor: Visitor, path: Path<(String, String, String)>, Form(form): Form<TakeForm>) -> PageResult {
    let (id, key) = (id(&path.1)?, path.2.clone());
    let done = visitor.write(move |tx, actor| {
        let version = form.version.parse().map_err(|_| Error::PreconditionRequired)?;
        service::take_upstream(tx, actor, (id, &key), version, &form.read()?)
    });
    answer(visitor.clone(), id, done.await, "taken-over").await
}

pub async fn take_all_upstream(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<TakeForm>) -> PageResult {
    let id = id(&path.1)?;
    let done = visitor.write(move |tx, actor| service::take_all_upstream(tx, actor, id, &form.read()?));
    answer(visitor.clone(), id, done.await, "taken-over").await
}

pub async fn compared_upstream(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<TakeForm>) -> PageResult {
    let id = id(&path.1)?;
    let done = visitor.write(move |tx, actor| service::compared_upstream(tx, actor, id, &form.read()?));
    answer(visitor.clone(), id, done.await, "compared").await
}

/// On to what is left, or the page again with what was wrong.
async fn answer(visitor: Visitor, id: QuestionSetId, done: Result<Upstream>, flash: &'static str) -> PageResult {
    let shown = match done {
        Ok(_) => {
            let team = visitor.read(|_, actor| actor.team_id()).await?;
            return see_other_with(format!("{}/upstream", set_url(team, id)), flash);
        }
        Err(Error::Stale { .. }) => {
            let text = "Somebody else has changed this question here in the meantime. Nothing was taken over: look at it again.";
            (StatusCode::PRECONDITION_FAILED, FormErrors::whole(text))
        }
        Err(error) => FormErrors::shown(error)?,
    };
    show(visitor, id, Slice::first(), shown).await
}

async fn show(visitor: Visitor, id: QuestionSetId, slice: Slice<usize>, (status, errors): (StatusCode, FormErrors)) -> PageResult {
    visitor
        .page_with(status, move |tx, actor| {
            let upstream = service::upstream(tx, actor, id, &slice)?;
            let set = service::show_set(tx, actor, id)?;
            let names = area_names(tx, actor, set.rubric.as_deref())?;
            let page = UpstreamPage::of(&upstream, (actor.team_id()?, id), set.name, &names, slice.after.is_none());
            Ok(UpstreamPage { errors, ..page })
        })
        .await
}

impl UpstreamPage {
    fn of(upstream: &Upstream, (team, id): (TeamId, QuestionSetId), name: String, names: &[String], first: bool) -> Self {
        let here = format!("{}/upstream", set_url(team, id));
        let origin = |version: &ComparedVersion| Origin {
            name: version.version.name.clone(),
            number: version.version.number,
            url: version_url(team, version.id()),
        };
        let crumb = |label: &str, url| Crumb { label: label.to_owned(), url };
        UpstreamPage {
            crumbs: vec![
                crumb("Question sets", Some(sets_url(team))),
                crumb(&name, Some(draft_url(team, id))),
                crumb("Where it was copied from", None),
            ],
            name,
            errors: FormErrors::default(),
            news: upstream.copied_from.id() != upstream.newest.id(),
            copied_from: origin(&upstream.copied_from),
            newest: origin(&upstream.newest),
            open: upstream.open,
            untouched: upstream.untouched,
            same: upstream.same,
            questions: upstream.questions.iter().map(|question| Card::of(question, (team, id), names, &here)).collect(),
            version_id: upstream.newest.id(),
            draft_url: draft_url(team, id),
            all_url: format!("{here}/questions"),
            compared_url: format!("{here}/comparison"),
            first_url: (!first).then(|| here.clone()),
            next_url: upstream.next_cursor.as_ref().map(|cursor| format!("{here}?cursor={cursor}")),
        }
    }
}

impl Card {
    fn of(question: &UpstreamQuestion, (team, set): (TeamId, QuestionSetId), names: &[String], here: &str) -> Self {
        Card {
            key: question.key.clone(),
            title: question.title.clone(),
            fate: question.fate,
            ours: question.ours,
            version: question.version,
            there: marks(&question.there, names),
            here: marks(&question.here, names),
            take_url: format!("{here}/questions/{}", question.key),
            edit_url: question.draft_question_id.map(|id| draft_question_url(team, set, id)),
        }
    }
}

impl Template for UpstreamPage {
    const PATH: &'static str = "question_sets/upstream.html";
    const NAV: Nav = Nav::Questions;

    fn title(&self) -> String {
        format!("{} (where it was copied from)", self.name)
    }

    fn samples() -> Vec<Self> {
        let Some(version) = super::sample() else { return Vec::new() };
        let older = super::super::model::QuestionSetVersion { id: QuestionSetVersionId(uuid::Uuid::from_u128(1)), ..version.clone() };
        let question = |fate, ours| UpstreamQuestion {
            key: format!("queues-{fate}-{ours}").replace('_', "-"),
            title: "Queues".into(),
            fate,
            ours,
            draft_question_id: (ours != Ours::TakenOut).then_some(super::super::model::QuestionId(uuid::Uuid::nil())),
            version: 1,
            there: sample_fields("What is a queue for?"),
            here: if ours == Ours::Changed { sample_fields("Why queues?") } else { Vec::new() },
        };
        let questions = vec![
            question(Fate::Changed, Ours::AsCopied),
            question(Fate::Changed, Ours::Changed),
            question(Fate::Changed, Ours::TakenOut),
            question(Fate::Added, Ours::AsCopied),
            question(Fate::Removed, Ours::AsCopied),
            question(Fate::Removed, Ours::Changed),
        ];
        let upstream = |questions: Vec<UpstreamQuestion>, news: bool, untouched| Upstream {
            copied_from: ComparedVersion::of(&older),
            newest: ComparedVersion::of(if news { &version } else { &older }),
            open: questions.len(),
            untouched,
            same: usize::from(news),
            questions,
            next_cursor: (untouched > 0).then(|| "x".into()),
        };
        let ids = (TeamId(uuid::Uuid::nil()), QuestionSetId(uuid::Uuid::nil()));
        let page = |upstream: &Upstream, first| UpstreamPage::of(upstream, ids, "Ours".into(), &super::default_names(), first);
        vec![
            UpstreamPage { errors: FormErrors::whole("Look again."), ..page(&upstream(questions.clone(), true, 3), false) },
            page(&upstream(questions[1..2].to_vec(), true, 0), true),
            page(&upstream(Vec::new(), true, 0), true),
            page(&upstream(Vec::new(), false, 0), true),
        ]
    }
}

fn sample_fields(prompt: &str) -> Vec<super::super::difference::FieldDifference> {
    use super::super::draft::QuestionDraft;
    let old = QuestionDraft { prompt: "What is a queue?".into(), listen_for: vec!["Says why".into()], ..QuestionDraft::default() };
    let new = QuestionDraft { prompt: prompt.into(), listen_for: vec!["Says why".into(), "Names a cost".into()], ..old.clone() };
    super::super::difference::fields(&old, &new, None)
}

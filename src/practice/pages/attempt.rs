//! One attempt: which page it is depends on how far it is.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::Deserialize;

use super::super::model::{Aloud, AttemptId, AttemptPhase, AttemptView, OwnAnswer, SaveAnswer, WriteAnswer};
use super::super::service::{self, Finish, privately};
use super::answer::{AnswerPage, TypedAnswer};
use super::parts::{mock_url, practice_url};
use super::result::{ComparisonForm, ResultPage, TypedComparison};
use super::score::{Again, ScoreForm, ScorePage};
use crate::accounts::Visitor;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::Actor;
use crate::web::form::{Form, FormErrors, NoFields};
use crate::web::page::{AnyPage, PageResult, see_other, see_other_with};

type Ids = Path<(String, String)>;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    text: String,
    version: String,
    /// A recording, as scripts tell of it.
    take: String,
    duration_ms: String,
}

/// What was sent and could not be done, to be shown again.
#[derive(Debug, Default)]
struct Typed {
    answer: Option<TypedAnswer>,
    score: ScoreForm,
    comparison: Option<ComparisonForm>,
    theirs: Option<String>,
    errors: FormErrors,
}

pub async fn attempt(visitor: Visitor, ids: Ids) -> PageResult {
    let id = id_of(&ids)?;
    visitor.any_page(StatusCode::OK, None, move |tx, actor| page(tx, actor, id, Typed::default())).await
}

pub async fn begin_answer(visitor: Visitor, ids: Ids, _: Form<NoFields>) -> PageResult {
    let id = id_of(&ids)?;
    visitor.write(privately(move |tx, actor| service::begin_answer(tx, actor, id))).await?;
    see_other(here(&ids))
}

/// Saves the answer for a browser without scripts. With them the page saves through the answer's own address.
pub async fn save_answer(visitor: Visitor, ids: Ids, Form(form): Form<AnswerForm>) -> PageResult {
    let id = id_of(&ids)?;
    let sent = form.clone();
    let done = visitor
        .write_draft(move |tx, actor| {
            let save = sent.parse(tx)?;
            service::save_answer(tx, actor, id, &save).map(drop)
        })
        .await;
    match done {
        Ok(()) => see_other_with(here(&ids), "saved"),
        Err(error) => answer_again(visitor, id, form, error).await,
    }
}

pub async fn finish_answer(visitor: Visitor, ids: Ids, Form(form): Form<AnswerForm>) -> PageResult {
    let id = id_of(&ids)?;
    let sent = form.clone();
    let done = visitor
        .write(privately(move |tx, actor| {
            let with = Finish { save: Some(sent.parse(tx)?), aloud: sent.aloud()? };
            service::finish(tx, actor, id, &with)
        }))
        .await;
    match done {
        // In a mock the next question comes; it is scored when all were asked.
        Ok(AttemptView { mock_id: Some(mock), .. }) => see_other(format!("/teams/{}/practice/mocks/{mock}", ids.0)),
        Ok(_) => see_other(here(&ids)),
        Err(error) => answer_again(visitor, id, form, error).await,
    }
}

impl AnswerForm {
    fn parse(&self, tx: &Tx) -> Result<SaveAnswer> {
        let version = self.version.parse().map_err(|_| Error::PreconditionRequired)?;
        SaveAnswer::parse(version, tx.new_id(), &WriteAnswer { text: Some(self.text.clone()) })
    }

    fn aloud(&self) -> Result<Option<Aloud>> {
        if self.take.is_empty() {
            return Ok(None);
        }
        match (self.take.parse(), self.duration_ms.parse()) {
            (Ok(take), Ok(duration_ms)) => Ok(Some(Aloud { take, duration_ms })),
            _ => Err(Error::invalid("duration_ms", "This recording could not be told apart. Reload the page and try again.")),
        }
    }
}

async fn answer_again(visitor: Visitor, id: AttemptId, form: AnswerForm, error: Error) -> PageResult {
    let mut version = form.version.parse().unwrap_or_default();
    let (status, errors) = match error {
        Error::Stale { current } => {
            let there: OwnAnswer = serde_json::from_value(current).map_err(Error::from)?;
            version = there.version;
            let text = format!(
                "Your answer was saved in another tab, as: {}. What you typed here is below; saving again replaces that.",
                there.text
            );
            (StatusCode::PRECONDITION_FAILED, FormErrors::whole(text))
        }
        error => FormErrors::shown(error)?,
    };
    let typed = Typed { answer: Some(TypedAnswer { text: form.text, version }), errors, ..Typed::default() };
    visitor.any_page(status, None, move |tx, actor| page(tx, actor, id, typed)).await
}

pub async fn give_score(visitor: Visitor, ids: Ids, Form(form): Form<ScoreForm>) -> PageResult {
    let id = id_of(&ids)?;
    let sent = form.clone();
    let done = visitor.write(privately(move |tx, actor| service::score(tx, actor, id, &sent.parse()?))).await;
    match done {
        Ok(_) => see_other_with(here(&ids), "score-kept"),
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            let typed = Typed { score: form, errors, ..Typed::default() };
            visitor.any_page(status, None, move |tx, actor| page(tx, actor, id, typed)).await
        }
    }
}

pub async fn save_comparison(visitor: Visitor, ids: Ids, Form(form): Form<ComparisonForm>) -> PageResult {
    let id = id_of(&ids)?;
    let sent = form.clone();
    let done = visitor.write(privately(move |tx, actor| service::compare(tx, actor, id, sent.version()?, &sent.parse()?))).await;
    let (status, theirs, errors) = match done {
        Ok(_) => return see_other_with(format!("{}#compare", here(&ids)), "saved"),
        Err(Error::Stale { current }) => {
            let note = current.get("note").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
            let text = "This was saved in another tab meanwhile. What you ticked and wrote here is below; saving again replaces that.";
            (StatusCode::PRECONDITION_FAILED, Some(note), FormErrors::whole(text))
        }
        Err(error) => {
            let (status, errors) = FormErrors::shown(error)?;
            (status, None, errors)
        }
    };
    let typed = Typed { comparison: Some(form), theirs, errors, ..Typed::default() };
    visitor.any_page(status, None, move |tx, actor| page(tx, actor, id, typed)).await
}

pub async fn remove_attempt(visitor: Visitor, ids: Ids, _: Form<NoFields>) -> PageResult {
    let id = id_of(&ids)?;
    let url = visitor
        .write(privately(move |tx, actor| {
            let url = practice_url(actor.team_id()?);
            service::remove(tx, actor, id)?;
            Ok(url)
        }))
        .await?;
    see_other_with(url, "attempt-removed")
}

fn page(tx: &mut Tx, actor: &Actor, id: AttemptId, typed: Typed) -> Result<AnyPage> {
    let view = service::attempt(tx, actor, id)?;
    match (view.phase, &view.scale, &view.own) {
        (AttemptPhase::Scoring, Some(scale), _) => {
            let again = Again {
                form: typed.score,
                late: typed.answer.map(|answer| answer.text),
                mock_url: waiting(tx, actor, &view)?,
                errors: typed.errors,
            };
            AnyPage::of(&ScorePage::of(&view, scale, actor, again)?)
        }
        (AttemptPhase::Scored, _, Some(own)) => {
            let typed = TypedComparison { form: typed.comparison, theirs: typed.theirs, errors: typed.errors };
            AnyPage::of(&ResultPage::of(&view, own, actor, typed)?)
        }
        _ => AnyPage::of(&AnswerPage::of(&view, actor, typed.answer, typed.errors)?),
    }
}

/// The mock after which it is scored, while that goes on.
fn waiting(tx: &mut Tx, actor: &Actor, view: &AttemptView) -> Result<Option<String>> {
    let Some(mock) = view.mock_id else { return Ok(None) };
    let goes_on = service::mock(tx, actor, mock)?.ended_at.is_none();
    Ok(if goes_on { Some(mock_url(actor.team_id()?, mock)) } else { None })
}

fn here((team, id): &(String, String)) -> String {
    format!("/teams/{team}/attempts/{id}")
}

fn id_of((_, id): &(String, String)) -> Result<AttemptId> {
    id.parse().map_err(|_| Error::NotFound)
}

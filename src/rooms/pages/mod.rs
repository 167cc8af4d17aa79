//! The room's pages: one address, which shows each seat and each phase its own.

mod asks;
mod candidate;
mod console;
mod desk;
mod forms;
mod lobby;
pub mod pad;
mod parts;
mod samples;
mod words;

pub use self::asks::{put_off_break, save_own_notes, show_own_notes, update_break, update_quiet};
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use serde::Deserialize;
use uuid::Uuid;

use self::desk::Typed;
use self::forms::{MarksForm, NoteForm, PromptForm, QuestionForm, RoomForm};
use self::parts::RoomUrls;
use super::model::{Phase, closed};
use super::service::{self, Visit};
use crate::accounts::Visitor;
use crate::interviews;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, InterviewId, Mode};
use crate::scorecards::ScorecardPatch;
use crate::web::form::{Form, FormErrors, NoFields};
use crate::web::page::{AnyPage, PageResult, Sample, samples_of, see_other};

pub fn samples() -> Vec<Sample> {
    [
        samples_of::<lobby::LobbyPage>(),
        samples_of::<lobby::OverPage>(),
        samples_of::<candidate::CandidatePage>(),
        samples_of::<console::ConsolePage>(),
        samples_of::<pad::PadPage>(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Which question to look at without moving the room; a part of the page alone.
#[derive(Debug, Deserialize)]
pub struct Look {
    question: Option<String>,
    fragment: Option<String>,
}

pub async fn show(visitor: Visitor, path: Path<(String, String)>, look: Query<Look>) -> PageResult {
    let id = id_of(&path.1)?;
    let typed = Typed { look_at: look.question.as_ref().and_then(|id| id.parse().ok()), ..Typed::default() };
    visitor.any_page(StatusCode::OK, look.fragment.as_deref(), move |tx, actor| page(tx, actor, id, typed, None)).await
}

pub async fn update(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<RoomForm>) -> PageResult {
    let id = id_of(&path.1)?;
    let done = match form.parse() {
        Ok(change) => visitor.write(move |tx, actor| service::change(tx, actor, id, change).map(drop)).await,
        Err(error) => Err(error),
    };
    answer(&visitor, &path, done, Typed::default(), None).await
}

pub async fn create_skip(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<QuestionForm>) -> PageResult {
    let id = id_of(&path.1)?;
    let done = match form.parse() {
        Ok(skip) => visitor.write(move |tx, actor| service::skip(tx, actor, id, skip.question_id).map(drop)).await,
        Err(error) => Err(error),
    };
    answer(&visitor, &path, done, Typed::default(), None).await
}

pub async fn update_prompt(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<PromptForm>) -> PageResult {
    let id = id_of(&path.1)?;
    let done = match form.parse() {
        Ok(change) => visitor.write(move |tx, actor| service::set_prompt(tx, actor, id, change).map(drop)).await,
        Err(error) => Err(error),
    };
    answer(&visitor, &path, done, Typed::default(), None).await
}

pub async fn create_question(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<QuestionForm>) -> PageResult {
    let id = id_of(&path.1)?;
    let done = match form.parse() {
        Ok(add) => visitor.write(move |tx, actor| service::add_question(tx, actor, id, add).map(drop)).await,
        Err(error) => Err(error),
    };
    answer(&visitor, &path, done, Typed::default(), None).await
}

pub async fn update_driver(visitor: Visitor, path: Path<(String, String)>, _: Form<NoFields>) -> PageResult {
    let id = id_of(&path.1)?;
    let done = visitor.write(move |tx, actor| service::take_the_wheel(tx, actor, id).map(drop)).await;
    answer(&visitor, &path, done, Typed::default(), None).await
}

pub async fn create_note(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<NoteForm>) -> PageResult {
    let id = id_of(&path.1)?;
    let done = match form.parse() {
        Ok(note) => visitor.write_draft(move |tx, actor| service::add_note(tx, actor, id, note)).await,
        Err(error) => Err(error),
    };
    let typed = Typed {
        look_at: form.question_id.parse().ok(),
        sign: form.sign.parse().ok(),
        area: form.area.parse().ok(),
        text: form.text,
        ..Typed::default()
    };
    answer(&visitor, &path, done, typed, None).await
}

pub async fn delete_note(visitor: Visitor, path: Path<(String, String, String)>, _: Form<NoFields>) -> PageResult {
    let (team, id, note) = path.into_inner();
    let (interview, note) = (id_of(&id)?, note.parse::<Uuid>().map_err(|_| Error::NotFound)?);
    let done = visitor.write_draft(move |tx, actor| service::delete_note(tx, actor, interview, note)).await;
    answer(&visitor, &(team, id), done, Typed::default(), None).await
}

pub async fn update_marks(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<MarksForm>) -> PageResult {
    let id = id_of(&path.1)?;
    let typed = Typed { look_at: form.question_id.parse().ok(), ..Typed::default() };
    let (version, marks) = match form.parse() {
        Ok(parsed) => parsed,
        Err(error) => return answer(&visitor, &path, Err(error), typed, None).await,
    };
    let again = marks.clone();
    let done = visitor.write_draft(move |tx, actor| service::save_marks(tx, actor, id, version, &marks)).await;
    answer(&visitor, &path, done, typed, Some(again)).await
}

/// Back to the room, or the room again with what was typed and what is wrong with it.
async fn answer(
    visitor: &Visitor,
    path: &(String, String),
    done: Result<()>,
    mut typed: Typed,
    marks: Option<ScorecardPatch>,
) -> PageResult {
    let id = id_of(&path.1)?;
    let here = parts::here(path.0.parse().map_err(|_| Error::NotFound)?, id);
    let look_at = typed.look_at;
    let error = match done {
        Ok(()) => return see_other(look_at.map_or_else(|| here.clone(), |question| format!("{here}?question={question}"))),
        // What they wanted is so: the room's page says that it is over.
        Err(Error::Conflict { code: "already-ended", .. }) => return see_other(here),
        Err(error) => error,
    };
    let (status, errors) = shown(error, typed.stale.take())?;
    typed.errors = errors;
    visitor.any_page(status, None, move |tx, actor| page(tx, actor, id, typed, marks)).await
}

fn shown(error: Error, stale: Option<String>) -> Result<(StatusCode, FormErrors)> {
    const CARD: &str = "Your card was changed in another tab. Look at what stands here: saving again makes it so.";
    match error {
        Error::Stale { .. } => Ok((StatusCode::PRECONDITION_FAILED, FormErrors::whole(stale.unwrap_or_else(|| CARD.to_owned())))),
        error => FormErrors::shown(error),
    }
}

/// What comes after a mock; whoever led a practice of the board gives guided feedback.
fn after(tx: &mut Tx, actor: &Actor, visit: &Visit) -> Result<lobby::Next> {
    let (found, team) = (&visit.entered.found, actor.team_id()?);
    let half = interviews::next_half(tx, actor, found.brief.id)?.map(|id| parts::here(team, id));
    let peers = interviews::from_board(tx, actor, found.brief.id)?;
    Ok(lobby::Next { half, peers, guided: peers && policy::may(&found.standing, Act::GivePeerFeedback) })
}

/// The page of this reader's seat in this phase.
fn page(tx: &mut Tx, actor: &Actor, id: InterviewId, mut typed: Typed, marks: Option<ScorecardPatch>) -> Result<AnyPage> {
    let mut visit = service::visit(tx, actor, id)?;
    let team = actor.team_id()?;
    let urls = RoomUrls::of(team, id);
    let notes = visit.notes.take();
    visit.notes = typed.own_notes.take().or(notes);
    if let (Some(marks), Some(card)) = (marks, &visit.card) {
        typed.marks = Some(card.content.with(&marks.parse()?));
    }
    if closed(visit.entered.found.brief.stage()) || visit.view.phase == Phase::Ended {
        let next = match visit.view.mode {
            Mode::Mock => after(tx, actor, &visit)?,
            Mode::Hiring => lobby::Next::default(),
        };
        let here = format!("/teams/{team}/interviews/{id}");
        return AnyPage::of(&lobby::OverPage::of(&visit, actor, &here, next, (urls, &typed.errors)));
    }
    if visit.view.phase == Phase::Waiting {
        return AnyPage::of(&lobby::LobbyPage::of(&visit, actor, urls));
    }
    if visit.view.panel.is_none() {
        return AnyPage::of(&candidate::CandidatePage::of(&visit, actor, urls, &typed.errors));
    }
    AnyPage::of(&console::ConsolePage::of(&visit, actor, urls, &typed).ok_or(Error::NotFound)?)
}

/// The interview of a path; an id that is none is not found.
fn id_of(id: &str) -> Result<InterviewId> {
    id.parse().map_err(|_| Error::NotFound)
}

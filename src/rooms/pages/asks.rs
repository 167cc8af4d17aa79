//! What a candidate asks for, and keeps, on the room's page.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use super::super::model::{AskBreak, AskQuiet};
use super::super::own_notes::{OwnNotes, SaveNotes, WriteNotes};
use super::super::service;
use super::desk::Typed;
use super::{answer, id_of};
use crate::accounts::Visitor;
use crate::platform::error::{Error, Result};
use crate::web::download::attachment;
use crate::web::form::{Form, NoFields};
use crate::web::page::{PageError, PageResult};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BreakForm {
    asked: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct QuietForm {
    minutes: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OwnNotesForm {
    text: String,
    version: String,
}

pub async fn update_break(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<BreakForm>) -> PageResult {
    let id = id_of(&path.1)?;
    let done = match form.asked.parse() {
        Ok(asked) => visitor.write(move |tx, actor| service::ask_break(tx, actor, id, AskBreak { asked }).map(drop)).await,
        Err(_) => Err(Error::invalid("asked", "Say true or false.")),
    };
    answer(&visitor, &path, done, Typed::default(), None).await
}

pub async fn put_off_break(visitor: Visitor, path: Path<(String, String)>, _: Form<NoFields>) -> PageResult {
    let id = id_of(&path.1)?;
    let done = visitor.write(move |tx, actor| service::put_off_break(tx, actor, id).map(drop)).await;
    answer(&visitor, &path, done, Typed::default(), None).await
}

pub async fn update_quiet(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<QuietForm>) -> PageResult {
    let id = id_of(&path.1)?;
    let done = match form.minutes.parse() {
        Ok(minutes) => visitor.write(move |tx, actor| service::ask_quiet(tx, actor, id, AskQuiet { minutes }).map(drop)).await,
        Err(_) => Err(Error::invalid("minutes", "Write a whole number of minutes, 0 to 5.")),
    };
    answer(&visitor, &path, done, Typed::default(), None).await
}

/// The notes as a text file, to be kept.
pub async fn show_own_notes(visitor: Visitor, path: Path<(String, String)>) -> Result<HttpResponse, PageError> {
    let id = id_of(&path.1)?;
    let notes = visitor.read(move |tx, actor| service::own_notes(tx, actor, id)).await?;
    Ok(attachment("text/plain; charset=utf-8", "my-notes.txt", notes.text))
}

/// Saves the notes for a browser without scripts. With them the page saves through the notes' own address.
pub async fn save_own_notes(visitor: Visitor, path: Path<(String, String)>, Form(form): Form<OwnNotesForm>) -> PageResult {
    let id = id_of(&path.1)?;
    let write = WriteNotes { text: Some(form.text.clone()) };
    let version = form.version.parse().unwrap_or_default();
    let done = visitor
        .write_draft(move |tx, actor| {
            let save = SaveNotes::parse(version, tx.new_id(), &write)?;
            service::save_own_notes(tx, actor, id, &save).map(drop)
        })
        .await;
    let mut typed = Typed { own_notes: Some(OwnNotes { text: form.text, version }), ..Typed::default() };
    if let (Err(Error::Stale { current }), Some(notes)) = (&done, &mut typed.own_notes) {
        let there: OwnNotes = serde_json::from_value(current.clone()).map_err(Error::from)?;
        notes.version = there.version;
        typed.stale = Some(format!(
            "Your notes were changed in another tab, to: {}. What you typed is still below; saving again replaces that.",
            there.text
        ));
    }
    answer(&visitor, &path, done, typed, None).await
}

//! Writing on one's own card from the room's page, for a browser without scripts. With them the page
//! saves through the card's own address.

use uuid::Uuid;

use super::super::clock;
use super::enter;
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::policy::{Actor, InterviewId};
use crate::question_sets::QuestionId;
use crate::scorecards::{self, EvidencePatch, Save, ScorecardPatch};

/// A note as a form sends it.
pub struct NewNote {
    pub text: String,
    pub sign: String,
    pub area: Option<i64>,
    pub question_id: Option<QuestionId>,
}

/// How often a save is tried again that met another one of the same person.
const TRIES: u32 = 3;

/// Adds a note with the time of the interview's clock.
pub fn add_note(tx: &mut Tx, actor: &Actor, id: InterviewId, note: NewNote) -> Result<()> {
    if note.text.trim().is_empty() {
        return Err(Error::invalid("text", "Write what the candidate said or did."));
    }
    let room = enter(tx, actor, id)?.room;
    let evidence = EvidencePatch {
        id: tx.new_id::<Uuid>(),
        sign: Some(note.sign),
        area: note.area,
        question_id: note.question_id,
        at_seconds: Some(clock::used(&room.stretches, tx.now).num_seconds()),
        text: Some(note.text),
        deleted: false,
    };
    on_newest(tx, actor, id, &ScorecardPatch { evidence: vec![evidence], ..ScorecardPatch::default() })
}

/// Takes a note off one's own card.
pub fn delete_note(tx: &mut Tx, actor: &Actor, id: InterviewId, note: Uuid) -> Result<()> {
    let gone = EvidencePatch { id: note, sign: None, area: None, question_id: None, at_seconds: None, text: None, deleted: true };
    on_newest(tx, actor, id, &ScorecardPatch { evidence: vec![gone], ..ScorecardPatch::default() })
}

/// Saves what the page's controls say, against the version they were shown with.
pub fn save_marks(tx: &mut Tx, actor: &Actor, id: InterviewId, version: i32, marks: &ScorecardPatch) -> Result<()> {
    let save = Save::parse(version, tx.new_id(), marks)?;
    scorecards::save_form(tx, actor, id, save).map(drop)
}

/// A note of its own collides with nothing, so it goes onto whatever version the card has by now.
fn on_newest(tx: &mut Tx, actor: &Actor, id: InterviewId, patch: &ScorecardPatch) -> Result<()> {
    for _ in 0..TRIES {
        let version = scorecards::draft(tx, actor, id)?.version;
        match scorecards::save(tx, actor, id, &Save::parse(version, tx.new_id(), patch).map_err(as_in_form)?) {
            Err(Error::Stale { .. }) => {}
            done => return done.map(drop).map_err(as_in_form),
        }
    }
    Err(Error::Busy)
}

/// The form knows its fields by their last name: `text` and not `evidence.0.text`.
fn as_in_form(error: Error) -> Error {
    let Error::Invalid(errors) = error else { return error };
    let mut renamed = FieldErrors::default();
    for error in errors.iter() {
        renamed.add(error.field.rsplit('.').next().unwrap_or_default(), error.message.clone());
    }
    Error::Invalid(renamed)
}

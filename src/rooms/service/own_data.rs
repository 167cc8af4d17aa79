//! What the candidate of an interview wrote in its room.

use super::super::own_notes::OwnNotes;
use super::super::{pad, store};
use super::enter;
use crate::interviews;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, InterviewId};
use crate::question_sets::QuestionId;

/// Their own notes, and the text of each pad as it was left. Empty where there was no room.
pub fn own_writing(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<(OwnNotes, Vec<(QuestionId, String)>)> {
    let (team, found) = (actor.team_id()?, interviews::find(tx, actor, id)?);
    policy::allow(&found.standing, Act::KeepOwnNotes)?;
    let notes = store::own_notes(tx, team, id)?.unwrap_or_default();
    let pads = match enter(tx, actor, id) {
        Ok(entered) => entered.room.pads,
        Err(Error::NotFound) => Vec::new(),
        Err(error) => return Err(error),
    };
    let texts = pads.iter().map(|one| {
        let place = store::PadPlace { team, interview: id, question: one.question_id };
        let text = pad::text(store::contents(tx, place, one.last_number)?.iter().map(Vec::as_slice))?;
        Ok((one.question_id, text))
    });
    Ok((notes, texts.collect::<Result<_>>()?))
}

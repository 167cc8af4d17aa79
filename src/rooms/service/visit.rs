//! A visit to the room's page: everything it is made from.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::super::own_notes::OwnNotes;
use super::super::store;
use super::super::view::{self, RoomView};
use super::{Entered, enter};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, Act, Actor, InterviewId};
use crate::rubrics::{self, RubricVersion};
use crate::scorecards::{self, OwnCard};

/// What one reader's page shows. The card is the reader's own.
pub struct Visit {
    pub entered: Entered,
    pub view: RoomView,
    pub card: Option<OwnCard>,
    /// The candidate's own notes, for the candidate.
    pub notes: Option<OwnNotes>,
    pub rubric: Arc<RubricVersion>,
    pub now: DateTime<Utc>,
}

/// One query more for who scores or keeps notes of their own: what never changes is kept in the process.
pub fn visit(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Visit> {
    let entered = enter(tx, actor, id)?;
    let view = view::of(&entered, actor, tx.now);
    let questions: Vec<_> = entered.room.questions.iter().map(|asked| asked.question_id).collect();
    let card = scorecards::own(tx, actor, &entered.found, &questions)?;
    let rubric = rubrics::version(tx, entered.found.brief.rubric_version_id)?;
    let keeps = policy::may(&entered.found.standing, Act::KeepOwnNotes);
    let notes = if keeps { Some(store::own_notes(tx, actor.team_id()?, id)?.unwrap_or_default()) } else { None };
    Ok(Visit { entered, view, card, notes, rubric, now: tx.now })
}

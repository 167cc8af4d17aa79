//! A visit to the room's page: everything it is made from.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::super::view::{self, RoomView};
use super::{Entered, enter};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{Actor, InterviewId};
use crate::rubrics::{self, RubricVersion};
use crate::scorecards::{self, OwnCard};

/// What one reader's page shows. The card is the reader's own.
pub struct Visit {
    pub entered: Entered,
    pub view: RoomView,
    pub card: Option<OwnCard>,
    pub rubric: Arc<RubricVersion>,
    pub now: DateTime<Utc>,
}

/// Four queries for who scores, three for everybody else: what never changes is kept in the process.
pub fn visit(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Visit> {
    let entered = enter(tx, actor, id)?;
    let view = view::of(&entered, actor, tx.now);
    let questions: Vec<_> = entered.room.questions.iter().map(|asked| asked.question_id).collect();
    let card = scorecards::own(tx, actor, &entered.found, &questions)?;
    let rubric = rubrics::version(tx, entered.found.brief.rubric_version_id)?;
    Ok(Visit { entered, view, card, rubric, now: tx.now })
}

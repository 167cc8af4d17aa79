//! Questions found by words.

use super::super::found::{Asked, FoundPlace, FoundQuestion};
use super::super::store;
use super::edits;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{self, Act, Actor};

/// Up to `rows` questions in which the words are, the best first, after a place: of the newest version of each set
/// that is in use; for who writes sets of the drafts too, where they say something else.
pub fn find_questions(
    tx: &mut Tx,
    actor: &Actor,
    words: &str,
    after: Option<&FoundPlace>,
    rows: i64,
) -> Result<Vec<(FoundPlace, FoundQuestion)>> {
    policy::allow(&actor.standing(), Act::ReadLibrary)?;
    store::found::find(tx, actor.team_id()?, &Asked::of(words), edits(actor), (after, rows))
}

/// Whether this reader may look for questions.
pub fn reads_library(actor: &Actor) -> bool {
    policy::may(&actor.standing(), Act::ReadLibrary)
}

//! What one person gave to gold interviews, to take along.

use super::super::model::OwnAnswers;
use super::super::store;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::Actor;

pub use store::own_data::erase_drafts;

/// All of it, the newest first; without the experts' words, which are not one's own.
pub fn own_answers(tx: &mut Tx, actor: &Actor) -> Result<Vec<OwnAnswers>> {
    let rows = store::scores::own(tx, actor.team_id()?, actor.account()?)?;
    let ids: Vec<_> = rows.iter().map(|row| row.gold_version).collect();
    let versions = super::load(tx, &ids)?;
    let title = |id| versions.iter().find(|version| version.id == id).map(|version| version.file.title.clone()).unwrap_or_default();
    let own = |row: store::scores::ScoreRow| OwnAnswers {
        gold_interview: title(row.gold_version),
        areas: row.answers.all().to_vec(),
        started_at: row.started_at,
        submitted_at: row.submitted_at,
    };
    Ok(rows.into_iter().map(own).collect())
}

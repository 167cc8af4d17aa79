//! Revisions: the card as submitted, and each amendment after it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use uuid::Uuid;

use super::Place;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::schema::{accounts, scorecard_revisions as revisions, scorecards};
use crate::scorecards::model::{Content, Revision};

/// A revision to be written.
pub struct NewRow<'a> {
    pub card: Uuid,
    pub number: i32,
    pub content: &'a Content,
    pub author: AccountId,
    pub reason: &'a str,
    pub others_visible: bool,
}

pub fn insert_revision(tx: &mut Tx, team: TeamId, new: &NewRow) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(revisions::table)
        .values((
            revisions::team_id.eq(team),
            revisions::scorecard_id.eq(new.card),
            revisions::number.eq(new.number),
            revisions::content.eq(serde_json::to_value(new.content)?),
            revisions::author_id.eq(new.author),
            revisions::reason.eq(new.reason),
            revisions::others_visible.eq(new.others_visible),
            revisions::created_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The revisions of these cards, the blind one first. One query, whatever their number.
pub fn revisions(
    tx: &mut Tx,
    team: TeamId,
    cards: &[Uuid],
    debrief_opened_at: Option<DateTime<Utc>>,
) -> Result<HashMap<Uuid, Vec<Revision>>> {
    type Found = (Uuid, i32, serde_json::Value, AccountId, String, String, bool, DateTime<Utc>);
    let mut all: HashMap<Uuid, Vec<Revision>> = HashMap::new();
    if cards.is_empty() {
        return Ok(all);
    }
    let rows: Vec<Found> = revisions::table
        .inner_join(accounts::table.on(accounts::id.eq(revisions::author_id)))
        .filter(revisions::team_id.eq(team).and(revisions::scorecard_id.eq_any(cards)))
        .order((revisions::scorecard_id, revisions::number))
        .select((
            revisions::scorecard_id,
            revisions::number,
            revisions::content,
            revisions::author_id,
            accounts::name,
            revisions::reason,
            revisions::others_visible,
            revisions::created_at,
        ))
        .load(tx.conn())?;
    for (card, number, content, author_id, author, reason, others_visible, created_at) in rows {
        all.entry(card).or_default().push(Revision {
            number,
            blind: number == 1,
            author_id,
            author,
            created_at,
            reason,
            others_visible,
            // The blind one may be submitted into a debrief that was opened early; it stays a first score.
            after_debrief: number > 1 && debrief_opened_at.is_some_and(|opened| opened <= created_at),
            content: serde_json::from_value(content)?,
        });
    }
    Ok(all)
}

/// Somebody else's card of this interview is in.
pub fn others_submitted(tx: &mut Tx, (team, interview, account): Place) -> Result<bool> {
    let others = scorecards::table
        .filter(scorecards::team_id.eq(team).and(scorecards::interview_id.eq(interview)).and(scorecards::account_id.ne(account)))
        .filter(scorecards::submitted_at.is_not_null());
    Ok(diesel::select(exists(others)).get_result(tx.conn())?)
}

//! SQL of résumés. One's own is reached through the account's door, a copy that was sent through its team's.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use super::model::{OwnResume, Resume, ResumeTemplate, Sending, SendingId, SentResume};
use crate::platform::db::Tx;
use crate::platform::error::{Error, OnConstraint as _, Result};
use crate::policy::{AccountId, TeamId};
use crate::schema::{resumes, sent_resumes, teams};

type SendingRow = (SendingId, TeamId, Option<String>, DateTime<Utc>, Option<DateTime<Utc>>);
type OwnRow = (Value, ResumeTemplate, i32, Option<DateTime<Utc>>);

pub fn find(tx: &mut Tx, account: AccountId) -> Result<Option<OwnResume>> {
    let row: Option<OwnRow> = resumes::table
        .find(account.0)
        .select((resumes::content, resumes::template, resumes::version, resumes::saved_at))
        .first(tx.conn())
        .optional()?;
    row.map(own).transpose()
}

fn own((content, template, version, saved_at): OwnRow) -> Result<OwnResume> {
    Ok(OwnResume { resume: serde_json::from_value(content)?, template, version, saved_at })
}

/// Makes the row that saves and choices are written into, and holds it until the commit.
pub fn hold(tx: &mut Tx, account: AccountId) -> Result<OwnResume> {
    let nothing = serde_json::to_value(Resume::default())?;
    diesel::insert_into(resumes::table)
        .values((resumes::account_id.eq(account), resumes::content.eq(nothing), resumes::template.eq(ResumeTemplate::ByTime)))
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    let row: OwnRow = resumes::table
        .find(account.0)
        .select((resumes::content, resumes::template, resumes::version, resumes::saved_at))
        .for_update()
        .first(tx.conn())?;
    own(row)
}

/// Writes it as the next version; the row is held by the caller.
pub fn save(tx: &mut Tx, account: AccountId, resume: &Resume) -> Result<()> {
    let (content, now) = (serde_json::to_value(resume)?, tx.now);
    diesel::update(resumes::table.find(account.0))
        .set((resumes::content.eq(content), resumes::version.eq(resumes::version + 1), resumes::saved_at.eq(now)))
        .execute(tx.conn())?;
    Ok(())
}

pub fn choose(tx: &mut Tx, account: AccountId, template: ResumeTemplate) -> Result<()> {
    diesel::update(resumes::table.find(account.0)).set(resumes::template.eq(template)).execute(tx.conn())?;
    Ok(())
}

pub fn delete(tx: &mut Tx, account: AccountId) -> Result<()> {
    diesel::delete(resumes::table.find(account.0)).execute(tx.conn())?;
    Ok(())
}

/// As many as a page shows; more are history.
const SENDINGS: i64 = 100;

/// Where it went, the newest first.
pub fn sendings(tx: &mut Tx, account: AccountId) -> Result<Vec<Sending>> {
    let saved_at: Option<DateTime<Utc>> = resumes::table.find(account.0).select(resumes::saved_at).first(tx.conn()).optional()?.flatten();
    let rows: Vec<SendingRow> = sent_resumes::table
        .left_join(teams::table.on(teams::id.eq(sent_resumes::team_id)))
        .filter(sent_resumes::account_id.eq(account))
        .order((sent_resumes::sent_at.desc(), sent_resumes::id.desc()))
        .limit(SENDINGS)
        .select((sent_resumes::id, sent_resumes::team_id, teams::name.nullable(), sent_resumes::sent_at, sent_resumes::withdrawn_at))
        .load(tx.conn())?;
    let sending = |(id, team_id, team, sent_at, withdrawn_at)| Sending {
        id,
        team_id,
        team,
        sent_at,
        withdrawn_at,
        changed_since: saved_at.is_some_and(|saved_at| saved_at > sent_at),
    };
    Ok(rows.into_iter().map(sending).collect())
}

/// The teams that have a copy now.
pub fn teams_with_copy(tx: &mut Tx, account: AccountId) -> Result<Vec<TeamId>> {
    Ok(sent_resumes::table
        .filter(sent_resumes::account_id.eq(account).and(sent_resumes::withdrawn_at.is_null()))
        .select(sent_resumes::team_id)
        .load(tx.conn())?)
}

/// The team of one of one's own sendings.
pub fn team_of_sending(tx: &mut Tx, account: AccountId, id: SendingId) -> Result<Option<TeamId>> {
    Ok(sent_resumes::table
        .filter(sent_resumes::account_id.eq(account).and(sent_resumes::id.eq(id)))
        .select(sent_resumes::team_id)
        .first(tx.conn())
        .optional()?)
}

/// Takes the copy of this account back from the team whose door is open: what it said is gone.
pub fn withdraw(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    let now = tx.now;
    diesel::update(
        sent_resumes::table
            .filter(sent_resumes::team_id.eq(team).and(sent_resumes::account_id.eq(account)).and(sent_resumes::withdrawn_at.is_null())),
    )
    .set((sent_resumes::withdrawn_at.eq(now), sent_resumes::content.eq(None::<Value>)))
    .execute(tx.conn())?;
    Ok(())
}

pub fn insert_sending(tx: &mut Tx, team: TeamId, account: AccountId, own: &OwnResume) -> Result<SendingId> {
    let (id, now, content) = (tx.new_id::<SendingId>(), tx.now, serde_json::to_value(&own.resume)?);
    diesel::insert_into(sent_resumes::table)
        .values((
            sent_resumes::team_id.eq(team),
            sent_resumes::id.eq(id),
            sent_resumes::account_id.eq(account),
            sent_resumes::content.eq(content),
            sent_resumes::template.eq(own.template),
            sent_resumes::sent_at.eq(now),
        ))
        .execute(tx.conn())
        .on_constraint("sent_resumes_one_each", Error::conflict("resume-sent", "It was sent from another window just now. Look again."))?;
    Ok(id)
}

/// The copy that the team has of this account's, if it has one.
pub fn sent(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Option<SentResume>> {
    let row: Option<(Option<Value>, ResumeTemplate, DateTime<Utc>)> = sent_resumes::table
        .filter(sent_resumes::team_id.eq(team).and(sent_resumes::account_id.eq(account)).and(sent_resumes::withdrawn_at.is_null()))
        .select((sent_resumes::content, sent_resumes::template, sent_resumes::sent_at))
        .first(tx.conn())
        .optional()?;
    let Some((Some(content), template, sent_at)) = row else { return Ok(None) };
    Ok(Some(SentResume { resume: serde_json::from_value(content)?, template, sent_at }))
}

/// Deletes every copy that went to the team whose door is open, with the dates on which it did.
pub fn erase_sent(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<()> {
    diesel::delete(sent_resumes::table.filter(sent_resumes::team_id.eq(team).and(sent_resumes::account_id.eq(account))))
        .execute(tx.conn())?;
    Ok(())
}

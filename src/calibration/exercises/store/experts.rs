//! SQL of the experts who score a gold interview before it is published.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::model::{Answers, GoldId};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, TeamId};
use crate::schema::{accounts, gold_expert_scores as experts, gold_interviews as golds};

#[derive(Debug, Clone)]
pub struct ExpertRow {
    pub account: AccountId,
    pub name: String,
    pub answers: Answers,
    pub version: i32,
    pub submitted_at: Option<DateTime<Utc>>,
}

type Columns = (AccountId, String, serde_json::Value, i32, Option<DateTime<Utc>>);

fn read((account, name, answers, version, submitted_at): Columns) -> Result<ExpertRow> {
    Ok(ExpertRow { account, name, answers: Answers::read(answers)?, version, submitted_at })
}

/// Who was asked, by name.
pub fn list(tx: &mut Tx, team: TeamId, gold: GoldId) -> Result<Vec<ExpertRow>> {
    let rows: Vec<Columns> = experts::table
        .inner_join(accounts::table.on(accounts::id.eq(experts::account_id)))
        .filter(experts::team_id.eq(team).and(experts::gold_interview_id.eq(gold)))
        .order((accounts::name, accounts::id))
        .select((experts::account_id, accounts::name, experts::answers, experts::version, experts::submitted_at))
        .load(tx.conn())?;
    rows.into_iter().map(read).collect()
}

/// One's own answers, their version, and when they were submitted.
type Held = (Answers, i32, Option<DateTime<Utc>>);

/// One's own, held until the commit.
pub fn lock(tx: &mut Tx, team: TeamId, gold: GoldId, account: AccountId) -> Result<Option<Held>> {
    let row: Option<(serde_json::Value, i32, Option<DateTime<Utc>>)> = experts::table
        .find((team.0, gold.0, account.0))
        .select((experts::answers, experts::version, experts::submitted_at))
        .for_no_key_update()
        .first(tx.conn())
        .optional()?;
    row.map(|(answers, version, submitted_at)| Ok((Answers::read(answers)?, version, submitted_at))).transpose()
}

/// A gold interview with its draft, and when one's own scores were submitted.
type Asked = (GoldId, serde_json::Value, Option<DateTime<Utc>>);

/// What this person was asked to score, the newest first.
pub fn asked(tx: &mut Tx, team: TeamId, account: AccountId) -> Result<Vec<Asked>> {
    Ok(experts::table
        .inner_join(golds::table.on(golds::team_id.eq(experts::team_id).and(golds::id.eq(experts::gold_interview_id))))
        .filter(experts::team_id.eq(team).and(experts::account_id.eq(account)).and(golds::retired_at.is_null()))
        .order((experts::asked_at.desc(), experts::gold_interview_id))
        .select((golds::id, golds::draft, experts::submitted_at))
        .load(tx.conn())?)
}

pub fn ask(tx: &mut Tx, team: TeamId, gold: GoldId, accounts: &[AccountId], by: Option<AccountId>) -> Result<()> {
    let now = tx.now;
    let rows: Vec<_> = accounts
        .iter()
        .map(|account| {
            (
                experts::team_id.eq(team),
                experts::gold_interview_id.eq(gold),
                experts::account_id.eq(*account),
                experts::asked_by.eq(by),
                experts::asked_at.eq(now),
            )
        })
        .collect();
    diesel::insert_into(experts::table).values(rows).on_conflict_do_nothing().execute(tx.conn())?;
    Ok(())
}

/// Asks these no more, if they are not in.
pub fn spare(tx: &mut Tx, team: TeamId, gold: GoldId, accounts: &[AccountId]) -> Result<()> {
    let these = experts::team_id.eq(team).and(experts::gold_interview_id.eq(gold)).and(experts::account_id.eq_any(accounts));
    diesel::delete(experts::table.filter(these.and(experts::submitted_at.is_null()))).execute(tx.conn())?;
    Ok(())
}

pub fn save(tx: &mut Tx, team: TeamId, gold: GoldId, account: AccountId, answers: &Answers) -> Result<()> {
    diesel::update(experts::table.find((team.0, gold.0, account.0)).filter(experts::submitted_at.is_null()))
        .set((experts::answers.eq(answers.json()?), experts::version.eq(experts::version + 1)))
        .execute(tx.conn())?;
    Ok(())
}

pub fn submit(tx: &mut Tx, team: TeamId, gold: GoldId, account: AccountId) -> Result<()> {
    let now = tx.now;
    diesel::update(experts::table.find((team.0, gold.0, account.0)).filter(experts::submitted_at.is_null()))
        .set(experts::submitted_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}

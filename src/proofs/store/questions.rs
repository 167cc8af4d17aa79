//! SQL of questions to ask.

use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;

use super::super::model::{NewQuestion, OwnQuestion, OwnQuestionId, QuestionChange, Theme};
use crate::platform::db::Tx;
use crate::platform::error::{Error, OnConstraint as _, Result};
use crate::policy::AccountId;
use crate::schema::own_questions as questions;

type Columns = (questions::id, questions::text, questions::theme, questions::heard, questions::version, questions::saved_at);
type Row = (OwnQuestionId, String, Option<Theme>, String, i32, DateTime<Utc>);

const COLUMNS: Columns = (questions::id, questions::text, questions::theme, questions::heard, questions::version, questions::saved_at);

fn question((id, text, theme, heard, version, saved_at): Row) -> OwnQuestion {
    OwnQuestion { id, text, theme, heard, version, saved_at }
}

/// All, in their order.
pub fn list(tx: &mut Tx, account: AccountId) -> Result<Vec<OwnQuestion>> {
    let rows: Vec<Row> = questions::table
        .filter(questions::account_id.eq(account))
        .order((questions::position, questions::id))
        .select(COLUMNS)
        .load(tx.conn())?;
    Ok(rows.into_iter().map(question).collect())
}

/// Their order, held until the commit.
pub fn hold(tx: &mut Tx, account: AccountId) -> Result<Vec<OwnQuestionId>> {
    Ok(questions::table
        .filter(questions::account_id.eq(account))
        .order((questions::position, questions::id))
        .select(questions::id)
        .for_update()
        .load(tx.conn())?)
}

pub fn find(tx: &mut Tx, account: AccountId, id: OwnQuestionId) -> Result<Option<OwnQuestion>> {
    let row: Option<Row> = questions::table.find((account.0, id.0)).select(COLUMNS).first(tx.conn()).optional()?;
    Ok(row.map(question))
}

/// The same, held until the commit.
pub fn lock(tx: &mut Tx, account: AccountId, id: OwnQuestionId) -> Result<Option<OwnQuestion>> {
    let row: Option<Row> = questions::table.find((account.0, id.0)).select(COLUMNS).for_update().first(tx.conn()).optional()?;
    Ok(row.map(question))
}

/// Puts it last.
pub fn insert(tx: &mut Tx, account: AccountId, new: &NewQuestion) -> Result<OwnQuestion> {
    let (id, now) = (tx.new_id::<OwnQuestionId>(), tx.now);
    let last: Option<i32> = questions::table.filter(questions::account_id.eq(account)).select(max(questions::position)).first(tx.conn())?;
    let row: Row = diesel::insert_into(questions::table)
        .values((
            questions::account_id.eq(account),
            questions::id.eq(id),
            questions::position.eq(last.unwrap_or_default() + 1),
            questions::text.eq(&new.text),
            questions::theme.eq(new.theme),
            questions::saved_at.eq(now),
        ))
        .returning(COLUMNS)
        .get_result(tx.conn())
        .on_constraint("own_questions_one_per_theme", Error::conflict("already-taken", "This one is on your list already."))?;
    Ok(question(row))
}

pub fn update(tx: &mut Tx, account: AccountId, (id, heard): (OwnQuestionId, &str), change: &QuestionChange) -> Result<OwnQuestion> {
    let now = tx.now;
    let row: Row = diesel::update(questions::table.find((account.0, id.0)))
        .set((
            questions::text.eq(&change.text),
            questions::heard.eq(heard),
            questions::version.eq(questions::version + 1),
            questions::saved_at.eq(now),
        ))
        .returning(COLUMNS)
        .get_result(tx.conn())?;
    Ok(question(row))
}

/// Gives each its place in this order; what they say stays as it is, with its version.
pub fn order(tx: &mut Tx, account: AccountId, order: &[OwnQuestionId]) -> Result<()> {
    for (place, id) in (1..).zip(order) {
        diesel::update(questions::table.find((account.0, id.0))).set(questions::position.eq(place)).execute(tx.conn())?;
    }
    Ok(())
}

pub fn delete(tx: &mut Tx, account: AccountId, id: OwnQuestionId) -> Result<usize> {
    Ok(diesel::delete(questions::table.find((account.0, id.0))).execute(tx.conn())?)
}

/// All that is one's own.
pub fn erase(tx: &mut Tx, account: AccountId) -> Result<()> {
    diesel::delete(questions::table.filter(questions::account_id.eq(account))).execute(tx.conn())?;
    Ok(())
}

//! SQL of attempts at one question.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use super::super::model::{AnswerKind, AttemptId};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::AccountId;
use crate::question_sets::QuestionId;
use crate::rubrics::Level;
use crate::schema::practice_attempts as attempts;

/// A scored attempt without its texts.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = attempts)]
pub struct PastRow {
    pub id: AttemptId,
    pub kind: AnswerKind,
    pub level: Level,
    pub minutes: i32,
    pub started_at: DateTime<Utc>,
    pub answering_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub scored_at: Option<DateTime<Utc>>,
    pub score: Option<i16>,
    pub area_score: Option<i16>,
    pub would_pass: Option<i16>,
    pub compared: Option<Value>,
}

/// The newest so many at a question, wherever they were made, the oldest of them first.
pub fn of_question(tx: &mut Tx, account: AccountId, question: QuestionId, rows: i64) -> Result<Vec<PastRow>> {
    let mut newest: Vec<PastRow> = attempts::table
        .filter(attempts::account_id.eq(account).and(attempts::question_id.eq(question)).and(attempts::scored_at.is_not_null()))
        .order((attempts::scored_at.desc(), attempts::id.desc()))
        .limit(rows)
        .select(PastRow::as_select())
        .load(tx.conn())?;
    newest.reverse();
    Ok(newest)
}

/// Answer and note of one's own attempt, wherever it was made.
pub fn texts(tx: &mut Tx, account: AccountId, id: AttemptId) -> Result<Option<(String, String)>> {
    Ok(attempts::table
        .filter(attempts::account_id.eq(account).and(attempts::id.eq(id)))
        .select((attempts::answer, attempts::note))
        .first(tx.conn())
        .optional()?)
}

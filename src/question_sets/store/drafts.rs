//! SQL of the questions of a draft.

use chrono::{DateTime, Utc};
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use serde_json::Value;

use super::super::draft::{QuestionDraft, Wanted};
use super::super::model::{QuestionId, QuestionSetId};
use crate::platform::db::Tx;
use crate::platform::error::{Error, OnConstraint as _, Result};
use crate::policy::{AccountId, TeamId};
use crate::schema::draft_questions as drafts;
use crate::web::paging::Slice;

/// A question of a draft as its row says.
#[derive(Debug, Clone)]
pub struct DraftRow {
    pub id: QuestionId,
    pub position: i32,
    pub version: i32,
    pub question: QuestionDraft,
    pub changed_at: DateTime<Utc>,
    /// By which key it goes in the set that its set was copied from.
    pub copied_key: Option<String>,
}

type Row = (QuestionId, i32, i32, Value, DateTime<Utc>, Option<String>);
type Columns = (drafts::id, drafts::position, drafts::version, drafts::content, drafts::changed_at, drafts::copied_key);
const COLUMNS: Columns = (drafts::id, drafts::position, drafts::version, drafts::content, drafts::changed_at, drafts::copied_key);

fn read((id, position, version, content, changed_at, copied_key): Row) -> Result<DraftRow> {
    Ok(DraftRow { id, position, version, question: serde_json::from_value(content)?, changed_at, copied_key })
}

/// One page in the set's order.
pub fn list(tx: &mut Tx, team: TeamId, set: QuestionSetId, wanted: &Wanted, slice: &Slice<i32>) -> Result<Vec<DraftRow>> {
    let mut query = drafts::table
        .filter(drafts::team_id.eq(team).and(drafts::set_id.eq(set)).and(drafts::position.gt(slice.after.unwrap_or(0))))
        .order(drafts::position)
        .limit(slice.rows())
        .select(COLUMNS)
        .into_boxed();
    if !wanted.words.is_empty() {
        query = query.filter(sql::<Bool>("words @@ websearch_to_tsquery('english', ").bind::<Text, _>(wanted.words.to_owned()).sql(")"));
    }
    for (member, value) in [("areas", wanted.area), ("levels", wanted.level)] {
        if let Some(value) = value {
            query = query.filter(sql::<Bool>(&format!("content -> '{member}' ? ")).bind::<Text, _>(value.to_owned()));
        }
    }
    if let Some(kind) = wanted.kind {
        query = query.filter(sql::<Bool>("content ->> 'kind' = ").bind::<Text, _>(kind.to_owned()));
    }
    query.load::<Row>(tx.conn())?.into_iter().map(read).collect()
}

/// The whole draft in order.
pub fn all(tx: &mut Tx, team: TeamId, set: QuestionSetId) -> Result<Vec<DraftRow>> {
    let rows: Vec<Row> = drafts::table
        .filter(drafts::team_id.eq(team).and(drafts::set_id.eq(set)))
        .order(drafts::position)
        .select(COLUMNS)
        .load(tx.conn())?;
    rows.into_iter().map(read).collect()
}

pub fn find(tx: &mut Tx, team: TeamId, set: QuestionSetId, id: QuestionId) -> Result<Option<DraftRow>> {
    let row: Option<Row> = drafts::table.find((team.0, set.0, id.0)).select(COLUMNS).first(tx.conn()).optional()?;
    row.map(read).transpose()
}

/// The same, which nobody else changes until this transaction ends.
pub fn lock(tx: &mut Tx, team: TeamId, set: QuestionSetId, id: QuestionId) -> Result<DraftRow> {
    let row: Option<Row> = drafts::table.find((team.0, set.0, id.0)).select(COLUMNS).for_update().first(tx.conn()).optional()?;
    row.map(read).transpose()?.ok_or(Error::NotFound)
}

/// How many questions each draft of the team has, and their minutes.
pub fn counts(tx: &mut Tx, team: TeamId) -> Result<Vec<(QuestionSetId, i64, i64)>> {
    Ok(drafts::table
        .filter(drafts::team_id.eq(team))
        .group_by(drafts::set_id)
        .select((drafts::set_id, count_star(), sql::<BigInt>("coalesce(sum((content ->> 'minutes')::int), 0)")))
        .load(tx.conn())?)
}

/// How many questions reach each area at each level: area's key, level, how many.
pub fn coverage(tx: &mut Tx, team: TeamId, set: QuestionSetId) -> Result<Vec<(String, String, i64)>> {
    #[derive(QueryableByName)]
    struct Reached {
        #[diesel(sql_type = Text)]
        area: String,
        #[diesel(sql_type = Text)]
        level: String,
        #[diesel(sql_type = BigInt)]
        questions: i64,
    }
    let rows: Vec<Reached> = diesel::sql_query(
        "SELECT area, level, count(*) AS questions
         FROM draft_questions d, jsonb_array_elements_text(d.content -> 'areas') AS area,
              jsonb_array_elements_text(d.content -> 'levels') AS level
         WHERE d.team_id = $1 AND d.set_id = $2 GROUP BY area, level",
    )
    .bind::<diesel::sql_types::Uuid, _>(team)
    .bind::<diesel::sql_types::Uuid, _>(set)
    .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| (row.area, row.level, row.questions)).collect())
}

/// The ids of all questions in order.
pub fn ids(tx: &mut Tx, team: TeamId, set: QuestionSetId) -> Result<Vec<QuestionId>> {
    Ok(drafts::table
        .filter(drafts::team_id.eq(team).and(drafts::set_id.eq(set)))
        .order(drafts::position)
        .select(drafts::id)
        .load(tx.conn())?)
}

/// New questions behind `position`, in order.
pub fn insert(
    tx: &mut Tx,
    team: TeamId,
    set: QuestionSetId,
    position: i32,
    questions: &[(QuestionId, QuestionDraft)],
    by: Option<AccountId>,
) -> Result<()> {
    let now = tx.now;
    let row = |(place, (id, question)): (i32, &(QuestionId, QuestionDraft))| {
        Ok((
            drafts::team_id.eq(team),
            drafts::set_id.eq(set),
            drafts::id.eq(*id),
            drafts::key.eq(question.key.clone()),
            drafts::position.eq(position + place),
            drafts::content.eq(serde_json::to_value(question)?),
            drafts::changed_by.eq(by),
            drafts::changed_at.eq(now),
        ))
    };
    let rows = (1..).zip(questions).map(row).collect::<Result<Vec<_>>>()?;
    for some in rows.chunks(1_000) {
        diesel::insert_into(drafts::table).values(some).execute(tx.conn()).on_constraint("draft_questions_keys_differ", key_taken())?;
    }
    Ok(())
}

pub fn update(
    tx: &mut Tx,
    team: TeamId,
    set: QuestionSetId,
    id: QuestionId,
    question: &QuestionDraft,
    by: Option<AccountId>,
) -> Result<()> {
    let now = tx.now;
    diesel::update(drafts::table.find((team.0, set.0, id.0)))
        .set((
            drafts::key.eq(&question.key),
            drafts::content.eq(serde_json::to_value(question)?),
            drafts::version.eq(drafts::version + 1),
            drafts::changed_by.eq(by),
            drafts::changed_at.eq(now),
        ))
        .execute(tx.conn())
        .on_constraint("draft_questions_keys_differ", key_taken())?;
    Ok(())
}

/// Other texts for several questions, in one statement.
pub fn replace(
    tx: &mut Tx,
    team: TeamId,
    set: QuestionSetId,
    questions: &[(QuestionId, QuestionDraft)],
    by: Option<AccountId>,
) -> Result<()> {
    use diesel::sql_types::{Array, Jsonb, Nullable, Timestamptz, Uuid};
    let (now, ids): (_, Vec<QuestionId>) = (tx.now, questions.iter().map(|(id, _)| *id).collect());
    let contents = questions.iter().map(|(_, question)| serde_json::to_value(question)).collect::<Result<Vec<_>, _>>()?;
    diesel::sql_query(
        "UPDATE draft_questions d
         SET key = n.content ->> 'key', content = n.content, version = d.version + 1, changed_by = $5, changed_at = $6
         FROM unnest($3::uuid[], $4::jsonb[]) AS n (id, content)
         WHERE d.team_id = $1 AND d.set_id = $2 AND d.id = n.id",
    )
    .bind::<Uuid, _>(team)
    .bind::<Uuid, _>(set)
    .bind::<Array<Uuid>, _>(ids)
    .bind::<Array<Jsonb>, _>(contents)
    .bind::<Nullable<Uuid>, _>(by)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())
    .on_constraint("draft_questions_keys_differ", key_taken())?;
    Ok(())
}

/// Says by which keys questions go in the set that theirs was copied from.
pub fn note_copied(tx: &mut Tx, team: TeamId, set: QuestionSetId, questions: &[(QuestionId, String)]) -> Result<()> {
    use diesel::sql_types::{Array, Uuid};
    let (ids, keys): (Vec<QuestionId>, Vec<String>) = questions.iter().cloned().unzip();
    diesel::sql_query(
        "UPDATE draft_questions d SET copied_key = n.key FROM unnest($3::uuid[], $4::text[]) AS n (id, key)
         WHERE d.team_id = $1 AND d.set_id = $2 AND d.id = n.id AND d.copied_key IS DISTINCT FROM n.key",
    )
    .bind::<Uuid, _>(team)
    .bind::<Uuid, _>(set)
    .bind::<Array<Uuid>, _>(ids)
    .bind::<Array<Text>, _>(keys)
    .execute(tx.conn())?;
    Ok(())
}

/// Those questions of drafts that have these keys, or were copied from questions that have.
pub fn by_keys(tx: &mut Tx, team: TeamId, wanted: &[(QuestionSetId, String)]) -> Result<Vec<(QuestionSetId, DraftRow)>> {
    use diesel::sql_types::{Array, Uuid};
    let (sets, keys): (Vec<QuestionSetId>, Vec<String>) = wanted.iter().cloned().unzip();
    let asked = |column: &str| {
        sql::<Bool>(&format!("(set_id, {column}) IN (SELECT * FROM unnest("))
            .bind::<Array<Uuid>, _>(sets.clone())
            .sql(", ")
            .bind::<Array<Text>, _>(keys.clone())
            .sql("))")
    };
    let rows: Vec<(QuestionSetId, Row)> = drafts::table
        .filter(drafts::team_id.eq(team))
        .filter(asked("key").or(asked("copied_key")))
        .select((drafts::set_id, COLUMNS))
        .load(tx.conn())?;
    rows.into_iter().map(|(set, row)| Ok((set, read(row)?))).collect()
}

/// Another text after every change of the draft or of its order.
pub fn stamp(tx: &mut Tx, team: TeamId, set: QuestionSetId) -> Result<String> {
    let of_questions = drafts::table.filter(drafts::team_id.eq(team).and(drafts::set_id.eq(set)));
    let stamp = sql::<Text>("coalesce(md5(string_agg(id::text || ' ' || version || ' ' || position, ',' ORDER BY position)), '')");
    Ok(of_questions.select(stamp).first(tx.conn())?)
}

fn key_taken() -> Error {
    Error::invalid("key", "Another question of this set has this key.")
}

/// Takes questions out and closes the ranks.
pub fn delete(tx: &mut Tx, team: TeamId, set: QuestionSetId, out: &[QuestionId]) -> Result<()> {
    diesel::delete(drafts::table.filter(drafts::team_id.eq(team).and(drafts::set_id.eq(set)).and(drafts::id.eq_any(out))))
        .execute(tx.conn())?;
    let left = ids(tx, team, set)?;
    order(tx, team, set, &left)
}

/// Puts all questions of the set into this order, in one statement.
pub fn order(tx: &mut Tx, team: TeamId, set: QuestionSetId, ids: &[QuestionId]) -> Result<()> {
    use diesel::sql_types::{Array, Uuid};
    diesel::sql_query(
        "UPDATE draft_questions d SET position = o.place FROM unnest($3::uuid[]) WITH ORDINALITY AS o (id, place)
         WHERE d.team_id = $1 AND d.set_id = $2 AND d.id = o.id AND d.position <> o.place",
    )
    .bind::<Uuid, _>(team)
    .bind::<Uuid, _>(set)
    .bind::<Array<Uuid>, _>(ids)
    .execute(tx.conn())?;
    Ok(())
}

pub fn last_position(tx: &mut Tx, team: TeamId, set: QuestionSetId) -> Result<i32> {
    let last: Option<i32> = drafts::table
        .filter(drafts::team_id.eq(team).and(drafts::set_id.eq(set)))
        .select(diesel::dsl::max(drafts::position))
        .first(tx.conn())?;
    Ok(last.unwrap_or(0))
}

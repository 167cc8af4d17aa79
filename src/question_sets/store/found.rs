//! SQL of what is found by words: the questions of the newest versions, and of drafts where they say something else.
//! Built-in questions are searched by the same statement: the same forms of words, one order for all.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
use uuid::Uuid;

use super::super::found::{Asked, FoundPlace, FoundQuestion, MARKS, pieces};
use super::super::model::{QuestionId, QuestionSetId, QuestionSetVersionId};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::TeamId;
use crate::schema::published_questions as published;

/// Each source is read by the key of its team, since behind row security no index of words is asked before the wall
/// is. `$5` says whether drafts may be seen.
const FIND: &str = "
WITH asked AS (
    SELECT websearch_to_tsquery('english', $2) || (websearch_to_tsquery('english', $3) && to_tsquery('simple', $4)) AS words
), hits AS (
    SELECT 0 AS source, NULL AS slug, p.set_id, p.version_id, p.number, p.set_name, p.id, p.title, p.prompt,
           (ts_rank(p.words, asked.words) * 1000000)::bigint AS rank
    FROM asked, published_questions p JOIN question_sets s ON s.team_id = p.team_id AND s.id = p.set_id
    WHERE p.team_id = $1 AND p.words @@ asked.words AND s.retired_at IS NULL
    UNION ALL
    SELECT 1, NULL, d.set_id, NULL, NULL, s.name, d.id, d.content ->> 'title', d.content ->> 'prompt',
           (ts_rank(d.words, asked.words) * 1000000)::bigint
    FROM asked, draft_questions d JOIN question_sets s ON s.team_id = d.team_id AND s.id = d.set_id
         LEFT JOIN published_questions p ON p.team_id = d.team_id AND p.set_id = d.set_id AND p.id = d.id
    WHERE $5 AND d.team_id = $1 AND s.retired_at IS NULL
          AND (p.id IS NULL OR d.changed_at > p.published_at AND p.words <> d.words) AND d.words @@ asked.words
    UNION ALL
    SELECT 2, l.slug, NULL, l.version_id, l.number, l.set_name, l.id, l.title, l.prompt,
           (ts_rank(l.words, asked.words) * 1000000)::bigint
    FROM asked, library_questions l WHERE l.words @@ asked.words
), page AS (
    SELECT * FROM hits
    WHERE $7 IS NULL OR (-rank, title, id, source) > (-$7, $8, $9, $10)
    ORDER BY -rank, title, id, source LIMIT $6
)
SELECT page.*, ts_headline('english', page.prompt, asked.words, $11) AS marked
FROM page, asked ORDER BY -rank, title, id, source";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Integer)]
    source: i32,
    #[diesel(sql_type = Nullable<Text>)]
    slug: Option<String>,
    #[diesel(sql_type = Nullable<diesel::sql_types::Uuid>)]
    set_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<diesel::sql_types::Uuid>)]
    version_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Integer>)]
    number: Option<i32>,
    #[diesel(sql_type = Text)]
    set_name: String,
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    marked: String,
    #[diesel(sql_type = BigInt)]
    rank: i64,
}

/// Those after a place, the best first; drafts only where they may be seen.
pub fn find(
    tx: &mut Tx,
    team: TeamId,
    asked: &Asked,
    drafts: bool,
    (after, rows): (Option<&FoundPlace>, i64),
) -> Result<Vec<(FoundPlace, FoundQuestion)>> {
    use diesel::sql_types::Uuid as Id;
    let [open, close] = MARKS;
    let found: Vec<Row> = diesel::sql_query(FIND)
        .bind::<Id, _>(team)
        .bind::<Text, _>(&asked.whole)
        .bind::<Text, _>(&asked.rest)
        .bind::<Text, _>(&asked.begun)
        .bind::<Bool, _>(drafts)
        .bind::<BigInt, _>(rows)
        .bind::<Nullable<BigInt>, _>(after.map(|after| after.rank))
        .bind::<Nullable<Text>, _>(after.map(|after| after.title.as_str()))
        .bind::<Nullable<Id>, _>(after.map(|after| after.id))
        .bind::<Nullable<Integer>, _>(after.map(|after| after.source))
        .bind::<Text, _>(format!("HighlightAll=true, StartSel={open}, StopSel={close}"))
        .load(tx.conn())?;
    Ok(found.into_iter().map(Row::read).collect())
}

impl Row {
    fn read(self) -> (FoundPlace, FoundQuestion) {
        let place = FoundPlace { rank: self.rank, title: self.title.clone(), id: self.id, source: self.source };
        let set = self.slug.as_deref().map(QuestionSetId::built_in).or(self.set_id.map(QuestionSetId));
        let question = FoundQuestion {
            id: QuestionId(self.id),
            question_set_id: set.unwrap_or(QuestionSetId(Uuid::nil())),
            version_id: self.version_id.map(QuestionSetVersionId),
            version_number: self.number,
            question_set_name: self.set_name,
            built_in: self.slug.is_some(),
            title: self.title,
            prompt: pieces(&self.marked),
        };
        (place, question)
    }
}

/// The draft has just become this version: from now on its questions are found as they are in it.
pub fn publish(tx: &mut Tx, team: TeamId, set: QuestionSetId, (version, number): (QuestionSetVersionId, i32)) -> Result<()> {
    use diesel::sql_types::{Timestamptz, Uuid as Id};
    let now = tx.now;
    diesel::delete(published::table.filter(published::team_id.eq(team).and(published::set_id.eq(set)))).execute(tx.conn())?;
    diesel::sql_query(
        "INSERT INTO published_questions (team_id, set_id, id, version_id, number, set_name, title, prompt, content, published_at)
         SELECT d.team_id, d.set_id, d.id, $3, $4, s.name, d.content ->> 'title', d.content ->> 'prompt', d.content, $5
         FROM draft_questions d JOIN question_sets s ON s.team_id = d.team_id AND s.id = d.set_id
         WHERE d.team_id = $1 AND d.set_id = $2",
    )
    .bind::<Id, _>(team)
    .bind::<Id, _>(set)
    .bind::<Id, _>(version)
    .bind::<Integer, _>(number)
    .bind::<Timestamptz, _>(now)
    .execute(tx.conn())?;
    Ok(())
}

/// The same for a built-in version, which the tables' owner has just written.
pub fn publish_built_in(tx: &mut Tx, version: QuestionSetVersionId) -> Result<()> {
    use diesel::sql_types::Uuid as Id;
    diesel::sql_query("DELETE FROM library_questions WHERE slug = (SELECT slug FROM library_question_set_versions WHERE id = $1)")
        .bind::<Id, _>(version)
        .execute(tx.conn())?;
    diesel::sql_query(
        "INSERT INTO library_questions (slug, id, version_id, number, set_name, title, prompt, content)
         SELECT v.slug, (q ->> 'id')::uuid, v.id, v.number, v.name, q ->> 'title', q ->> 'prompt', q - 'id'
         FROM library_question_set_versions v, jsonb_array_elements(v.content -> 'questions') q WHERE v.id = $1",
    )
    .bind::<Id, _>(version)
    .execute(tx.conn())?;
    Ok(())
}

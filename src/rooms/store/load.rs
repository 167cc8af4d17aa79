//! The whole room in one query: it is read by every page and every act.

use chrono::{DateTime, Utc};
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Bool, Int8, Jsonb, Nullable, Timestamptz, Uuid};

use super::super::model::Room;
use super::super::presence::{HOLDS, Present};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, InterviewId, TeamId};
use crate::question_sets::QuestionId;

/// A statement of its own type, so that Diesel keeps it prepared.
#[derive(Debug, QueryId)]
struct Load {
    team: TeamId,
    interview: InterviewId,
    said_after: DateTime<Utc>,
}

const SELECT: &str = "
    SELECT r.driver_id, r.started_at, r.ended_at, r.question_id, coalesce(r.prompt_hidden, false), coalesce(r.last_seq, 0),
        r.break_asked_at, r.quiet_until,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('question_id', s.question_id, 'began_at', s.began_at, 'ended_at', s.ended_at)
            ORDER BY s.number), '[]')
         FROM room_stretches s WHERE s.team_id = i.team_id AND s.interview_id = i.id),
        (SELECT coalesce(jsonb_agg(jsonb_build_object('question_id', q.question_id, 'added_in_room', q.added_in_room,
            'skipped', k.question_id IS NOT NULL) ORDER BY q.position), '[]')
         FROM interview_questions q
         LEFT JOIN room_skips k ON k.team_id = q.team_id AND k.interview_id = q.interview_id AND k.question_id = q.question_id
         WHERE q.team_id = i.team_id AND q.interview_id = i.id),
        (SELECT coalesce(jsonb_agg(jsonb_build_object('question_id', p.question_id, 'language', p.language, 'last_number', p.last_number)
            ORDER BY p.opened_at, p.question_id), '[]')
         FROM pads p WHERE p.team_id = i.team_id AND p.interview_id = i.id), ";
const FROM: &str = "
    FROM interviews i LEFT JOIN rooms r ON r.team_id = i.team_id AND r.interview_id = i.id
    WHERE i.team_id = ";

impl QueryFragment<Pg> for Load {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(SELECT);
        super::presence::push(&mut out, &self.said_after)?;
        out.push_sql(FROM);
        out.push_bind_param::<Uuid, _>(&self.team)?;
        out.push_sql(" AND i.id = ");
        out.push_bind_param::<Uuid, _>(&self.interview)
    }
}

impl Query for Load {
    type SqlType = (
        (Nullable<Uuid>, Nullable<Timestamptz>, Nullable<Timestamptz>, Nullable<Uuid>, Bool, Int8),
        (Nullable<Timestamptz>, Nullable<Timestamptz>),
        (Jsonb, Jsonb, Jsonb, Jsonb),
    );
}

impl RunQueryDsl<PgConnection> for Load {}

type Time = Option<DateTime<Utc>>;
type Columns = (Option<AccountId>, Time, Time, Option<QuestionId>, bool, i64);
type Lists = (serde_json::Value, serde_json::Value, serde_json::Value, serde_json::Value);

/// The room of an interview that the caller may see.
pub fn load(tx: &mut Tx, team: TeamId, interview: InterviewId) -> Result<Room> {
    let now = tx.now;
    let row: Option<(Columns, (Time, Time), Lists)> = Load { team, interview, said_after: now - HOLDS }.get_result(tx.conn()).optional()?;
    let (columns, (break_asked_at, quiet_until), (stretches, questions, pads, said)) = row.ok_or(Error::NotFound)?;
    let (driver_id, started_at, ended_at, question_id, prompt_hidden, last_seq) = columns;
    Ok(Room {
        driver_id,
        started_at,
        ended_at,
        question_id,
        prompt_hidden,
        last_seq,
        break_asked_at,
        quiet_until,
        present: Present::of(&serde_json::from_value::<Vec<_>>(said)?, now),
        stretches: serde_json::from_value(stretches)?,
        questions: serde_json::from_value(questions)?,
        pads: serde_json::from_value(pads)?,
    })
}

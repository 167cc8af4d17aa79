//! The candidate's own notes.

use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Int4, Text, Timestamptz, Uuid};

use super::super::own_notes::{OwnNotes, SaveNotes};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{InterviewId, TeamId};
use crate::schema::own_notes as notes;

pub fn own_notes(tx: &mut Tx, team: TeamId, interview: InterviewId) -> Result<Option<OwnNotes>> {
    let row: Option<(String, i32)> =
        notes::table.find((team.0, interview.0)).select((notes::text, notes::version)).first(tx.conn()).optional()?;
    Ok(row.map(|(text, version)| OwnNotes { text, version }))
}

/// One statement, so that two at once meet in the row and nowhere else. The new version, or that of the
/// same save before; none when the notes are at another version.
pub fn save_own_notes(tx: &mut Tx, team: TeamId, interview: InterviewId, save: &SaveNotes) -> Result<Option<i32>> {
    let now = tx.now;
    let statement = Write { team: team.0, interview: interview.0, save: save.clone(), now };
    let written: Option<i32> = statement.get_result(tx.conn()).optional()?;
    if written.is_some() {
        return Ok(written);
    }
    let known = notes::table.find((team.0, interview.0)).filter(notes::keys.contains(vec![Some(save.key)]));
    Ok(known.select(notes::version).first(tx.conn()).optional()?)
}

#[derive(Debug, QueryId)]
struct Write {
    team: uuid::Uuid,
    interview: uuid::Uuid,
    save: SaveNotes,
    now: chrono::DateTime<chrono::Utc>,
}

impl QueryFragment<Pg> for Write {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO own_notes AS mine (team_id, interview_id, text, version, keys, saved_at) SELECT ");
        out.push_bind_param::<Uuid, _>(&self.team)?;
        out.push_sql(", ");
        out.push_bind_param::<Uuid, _>(&self.interview)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(&self.save.text)?;
        out.push_sql(", 1, ARRAY[");
        out.push_bind_param::<Uuid, _>(&self.save.key)?;
        out.push_sql("], ");
        out.push_bind_param::<Timestamptz, _>(&self.now)?;
        // The first save is of version 0; later ones find the row.
        out.push_sql(" WHERE ");
        out.push_bind_param::<Int4, _>(&self.save.version)?;
        out.push_sql(" = 0 OR EXISTS (SELECT FROM own_notes known WHERE known.team_id = ");
        out.push_bind_param::<Uuid, _>(&self.team)?;
        out.push_sql(" AND known.interview_id = ");
        out.push_bind_param::<Uuid, _>(&self.interview)?;
        out.push_sql(
            ") ON CONFLICT ON CONSTRAINT own_notes_pkey DO UPDATE SET
                text = excluded.text, version = mine.version + 1, keys = (excluded.keys || mine.keys)[1:20], saved_at = excluded.saved_at
             WHERE mine.version = ",
        );
        out.push_bind_param::<Int4, _>(&self.save.version)?;
        out.push_sql(" AND NOT mine.keys @> excluded.keys RETURNING version");
        Ok(())
    }
}

impl Query for Write {
    type SqlType = Int4;
}

impl RunQueryDsl<PgConnection> for Write {}

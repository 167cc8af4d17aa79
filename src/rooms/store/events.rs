//! What a stream has not told yet.

use chrono::{DateTime, Utc};
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, Int8, Jsonb, Nullable, Text, Timestamptz, Uuid};

use super::super::model::Audience;
use super::super::presence::{HOLDS, Present};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{InterviewId, TeamId};

/// More than these come with the next look.
const AT_ONCE: usize = 200;

/// The log after a number, for one audience, and who is there.
#[derive(Debug, Default)]
pub struct Seen {
    pub last: i64,
    pub ended: bool,
    /// Number, kind, detail.
    pub events: Vec<(i64, String, serde_json::Value)>,
    /// There are more than could be taken at once.
    pub more: bool,
    pub present: Present,
    /// It grows with each change of a pad.
    pub pads: i64,
}

/// A statement of its own type, so that Diesel keeps it prepared: every stream asks it every two seconds.
#[derive(Debug, QueryId)]
struct Since {
    team: TeamId,
    interview: InterviewId,
    after: i64,
    audiences: Vec<&'static str>,
    said_after: DateTime<Utc>,
}

impl QueryFragment<Pg> for Since {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "SELECT coalesce(r.last_seq, 0), r.ended_at,
                (SELECT coalesce(jsonb_agg(jsonb_build_array(e.seq, e.kind, e.detail) ORDER BY e.seq), '[]')
                 FROM (SELECT seq, kind, detail FROM room_events
                       WHERE team_id = i.team_id AND interview_id = i.id AND seq > ",
        );
        out.push_bind_param::<Int8, _>(&self.after)?;
        out.push_sql(" AND audience = ANY (");
        out.push_bind_param::<Array<Text>, _>(&self.audiences)?;
        out.push_sql(&format!(
            ") ORDER BY seq LIMIT {AT_ONCE}) e),
                (SELECT coalesce(sum(p.last_number), 0)::bigint FROM pads p WHERE p.team_id = i.team_id AND p.interview_id = i.id), "
        ));
        super::presence::push(&mut out, &self.said_after)?;
        out.push_sql(
            " FROM interviews i LEFT JOIN rooms r ON r.team_id = i.team_id AND r.interview_id = i.id
             WHERE i.team_id = ",
        );
        out.push_bind_param::<Uuid, _>(&self.team)?;
        out.push_sql(" AND i.id = ");
        out.push_bind_param::<Uuid, _>(&self.interview)
    }
}

impl Query for Since {
    type SqlType = (Int8, Nullable<Timestamptz>, Jsonb, Int8, Jsonb);
}

impl RunQueryDsl<PgConnection> for Since {}

type Row = (i64, Option<DateTime<Utc>>, serde_json::Value, i64, serde_json::Value);

/// One query. A candidate gets the events for all; the panel gets every one.
pub fn since(tx: &mut Tx, team: TeamId, interview: InterviewId, after: i64, audience: Audience) -> Result<Seen> {
    let audiences = match audience {
        Audience::All => vec![Audience::All.as_str()],
        Audience::Panel => vec![Audience::All.as_str(), Audience::Panel.as_str()],
    };
    let now = tx.now;
    let row: Option<Row> = Since { team, interview, after, audiences, said_after: now - HOLDS }.get_result(tx.conn()).optional()?;
    let Some((last, ended_at, events, pads, said)) = row else { return Ok(Seen::default()) };
    let events: Vec<(i64, String, serde_json::Value)> = serde_json::from_value(events)?;
    Ok(Seen {
        last,
        ended: ended_at.is_some(),
        more: events.len() == AT_ONCE,
        events,
        present: Present::of(&serde_json::from_value::<Vec<_>>(said)?, now),
        pads,
    })
}

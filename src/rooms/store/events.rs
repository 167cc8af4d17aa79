//! What a stream has not told yet.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::model::Audience;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{InterviewId, TeamId};
use crate::schema::{room_events, rooms};

/// More than these come with the next look.
const AT_ONCE: i64 = 200;

/// The log after a number, for one audience.
#[derive(Debug, Default)]
pub struct Seen {
    pub last: i64,
    pub ended: bool,
    /// Number, kind, detail.
    pub events: Vec<(i64, String, serde_json::Value)>,
    /// There are more than could be taken at once.
    pub more: bool,
}

/// One query. A candidate gets the events for all; the panel gets every one.
pub fn since(tx: &mut Tx, team: TeamId, interview: InterviewId, after: i64, audience: Audience) -> Result<Seen> {
    type Event = Option<(i64, String, serde_json::Value)>;
    let audiences = match audience {
        Audience::All => vec![Audience::All],
        Audience::Panel => vec![Audience::All, Audience::Panel],
    };
    let of_room = room_events::team_id.eq(rooms::team_id).and(room_events::interview_id.eq(rooms::interview_id));
    let unseen = of_room.and(room_events::seq.gt(after)).and(room_events::audience.eq_any(audiences));
    let rows: Vec<(i64, Option<DateTime<Utc>>, Event)> = rooms::table
        .left_join(room_events::table.on(unseen))
        .filter(rooms::team_id.eq(team).and(rooms::interview_id.eq(interview)))
        .order(room_events::seq)
        .limit(AT_ONCE)
        .select((rooms::last_seq, rooms::ended_at, (room_events::seq, room_events::kind, room_events::detail).nullable()))
        .load(tx.conn())?;
    let Some((last, ended_at, _)) = rows.first() else { return Ok(Seen::default()) };
    Ok(Seen {
        last: *last,
        ended: ended_at.is_some(),
        more: rows.len() as i64 == AT_ONCE,
        events: rows.into_iter().filter_map(|(.., event)| event).collect(),
    })
}

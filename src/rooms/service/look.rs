//! What a stream asks: did anything happen?

use super::super::model::{self, Audience};
use super::super::store;
use crate::interviews;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{self, Act, Actor, InterviewId, Seat};
use crate::web::events::{Look, Signal};

/// The log after a number, as thin signals, who is there, and whether a pad changed, for who may be in the room. Two queries: the scope, the log.
pub fn look(tx: &mut Tx, actor: &Actor, id: InterviewId, after: i64) -> Result<Look> {
    let found = interviews::find(tx, actor, id)?;
    policy::allow(&found.standing, Act::EnterRoom)?;
    if model::closed(found.brief.stage()) {
        return Err(Error::NotFound);
    }
    let audience = if found.standing.seat == Some(Seat::Candidate) { Audience::All } else { Audience::Panel };
    let seen = store::since(tx, actor.team_id()?, id, after, audience)?;
    let reader = actor.reader().ok_or(Error::Unauthenticated)?;
    let present = if audience == Audience::All { seen.present.without_away() } else { seen.present };
    let mut prev = after;
    let signals = seen.events.into_iter().map(|(seq, kind, ids)| {
        let signal = Signal { seq, prev, kind, ids, version: seq };
        prev = seq;
        signal
    });
    Ok(Look {
        reader,
        signals: signals.collect(),
        last: seen.last,
        over: seen.ended && !seen.more,
        beside: vec![("presence", present.to_string()), ("pad", seen.pads.to_string())],
    })
}

//! What open pages said. Words that no longer hold are taken away by the next page of the same person, or within the hour.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::AstPass;
use diesel::sql_types::Timestamptz;
use uuid::Uuid;

use super::super::presence::{HOLDS, PageId, Presence, Present, Said};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{InterviewId, TeamId};
use crate::schema::room_presence as said;

/// Puts the words that still hold, in a statement in which `i` is the interview.
pub fn push<'b>(out: &mut AstPass<'_, 'b, Pg>, said_after: &'b DateTime<Utc>) -> QueryResult<()> {
    out.push_sql(
        "(SELECT coalesce(jsonb_agg(jsonb_build_object('person_id', p.person_id, 'candidate', p.candidate, 'away', p.away,
            'seen_at', p.seen_at)), '[]')
         FROM room_presence p WHERE p.team_id = i.team_id AND p.interview_id = i.id AND p.seen_at > ",
    );
    out.push_bind_param::<Timestamptz, _>(said_after)?;
    out.push_sql(")");
    Ok(())
}

/// Whether no page has said anything here, not even long ago.
pub fn nobody_said(tx: &mut Tx, (team, interview): (TeamId, InterviewId)) -> Result<bool> {
    let words = said::table.filter(said::team_id.eq(team).and(said::interview_id.eq(interview)));
    Ok(!diesel::select(diesel::dsl::exists(words)).get_result::<bool>(tx.conn())?)
}

/// Takes away what no longer holds; whether something is left.
pub fn forget_presence(tx: &mut Tx, (team, interview): (TeamId, InterviewId)) -> Result<bool> {
    let words = said::table.filter(said::team_id.eq(team).and(said::interview_id.eq(interview)));
    diesel::delete(words.filter(said::seen_at.le(tx.now - HOLDS))).execute(tx.conn())?;
    nobody_said(tx, (team, interview)).map(|nobody| !nobody)
}

/// Writes one page's word; whether that changes what is known of the person.
pub fn say_presence(
    tx: &mut Tx,
    (team, interview): (TeamId, InterviewId),
    page: PageId,
    (person, candidate): (Uuid, bool),
    presence: Presence,
) -> Result<bool> {
    let before = of_person(tx, (team, interview), (person, candidate))?;
    let now = tx.now;
    let of = said::team_id.eq(team).and(said::interview_id.eq(interview)).and(said::person_id.eq(person));
    diesel::delete(said::table.filter(of).filter(said::seen_at.le(now - HOLDS))).execute(tx.conn())?;
    if presence == Presence::Left {
        diesel::delete(said::table.filter(of).filter(said::page_id.eq(page))).execute(tx.conn())?;
    } else {
        let says =
            (said::person_id.eq(person), said::candidate.eq(candidate), said::away.eq(presence == Presence::Away), said::seen_at.eq(now));
        diesel::insert_into(said::table)
            .values((said::team_id.eq(team), said::interview_id.eq(interview), said::page_id.eq(page), says))
            .on_conflict((said::team_id, said::interview_id, said::person_id, said::page_id))
            .do_update()
            .set(says)
            .execute(tx.conn())?;
    }
    Ok(before != of_person(tx, (team, interview), (person, candidate))?)
}

fn of_person(tx: &mut Tx, (team, interview): (TeamId, InterviewId), (person, candidate): (Uuid, bool)) -> Result<Present> {
    let now = tx.now;
    let of = said::team_id.eq(team).and(said::interview_id.eq(interview)).and(said::person_id.eq(person));
    let rows: Vec<(bool, DateTime<Utc>)> = said::table.filter(of).select((said::away, said::seen_at)).load(tx.conn())?;
    let words: Vec<Said> = rows.into_iter().map(|(away, seen_at)| Said { person_id: person, candidate, away, seen_at }).collect();
    Ok(Present::of(&words, now))
}

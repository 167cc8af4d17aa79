//! The blind rule as SQL (R2): what `visibility` says of one reader, for all cards of an interview.

use std::collections::HashMap;

use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, Bool, Text, Uuid as SqlUuid};

use super::stored::Row;
use super::{Place, SOMEBODY_READS, card_expected};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, InterviewId, Seat, TeamId};
use crate::schema::{accounts, candidates, debriefs, interviews, rooms, scorecards, seats};
use crate::scorecards::model::Submission;

/// The reader owes a card for this interview. `$1` team, `$3` reader, as everywhere here; the interview is
/// named where it is used.
macro_rules! owes {
    ($interview:literal) => {
        concat!(
            "EXISTS (SELECT FROM seats
                     LEFT JOIN rooms ON rooms.team_id = seats.team_id AND rooms.interview_id = seats.interview_id
                     WHERE seats.team_id = $1 AND seats.interview_id = ",
            $interview,
            " AND seats.account_id = $3 AND ",
            card_expected!(),
            " AND NOT ",
            has_submitted!($interview),
            ")"
        )
    };
}
pub(super) use owes;

macro_rules! has_submitted {
    ($interview:literal) => {
        concat!(
            "EXISTS (SELECT FROM scorecards own
                     WHERE own.team_id = $1 AND own.interview_id = ",
            $interview,
            " AND own.account_id = $3 AND own.submitted_at IS NOT NULL)"
        )
    };
}
pub(super) use has_submitted;

/// The interviews for which the reader owes a card, looked up once for a whole query: it stands before the
/// `SELECT` that says [`owes_later`]. Asked anew for each interview, a reader with many would wait for seconds.
macro_rules! with_owed {
    () => {
        concat!(
            "WITH owed AS MATERIALIZED (
                 SELECT interviews.id, interviews.candidate_id, interviews.starts_at
                 FROM seats
                 JOIN interviews ON interviews.team_id = seats.team_id AND interviews.id = seats.interview_id
                 LEFT JOIN rooms ON rooms.team_id = seats.team_id AND rooms.interview_id = seats.interview_id
                 WHERE seats.team_id = $1 AND seats.account_id = $3
                   AND interviews.scheduled_at IS NOT NULL AND interviews.cancelled_at IS NULL AND interviews.no_show_at IS NULL
                   AND ",
            card_expected!(),
            "      AND NOT ",
            has_submitted!("seats.interview_id"),
            ") "
        )
    };
}
pub(super) use with_owed;

/// The reader owes a card for another interview of this one's candidate that does not begin before it.
macro_rules! owes_later {
    ($interview:literal) => {
        concat!(
            "EXISTS (SELECT FROM interviews this
                     JOIN owed later ON later.candidate_id = this.candidate_id AND later.id <> this.id AND later.starts_at >= this.starts_at
                     WHERE this.team_id = $1 AND this.id = ",
            $interview,
            ")"
        )
    };
}
pub(super) use owes_later;

/// The reader is the one who was interviewed.
macro_rules! is_candidate {
    ($interview:literal) => {
        concat!(
            "EXISTS (SELECT FROM interviews this
                     JOIN candidates ON candidates.team_id = this.team_id AND candidates.id = this.candidate_id
                     WHERE this.team_id = $1 AND this.id = ",
            $interview,
            " AND candidates.account_id = $3)"
        )
    };
}
pub(super) use is_candidate;

/// The facts that make a reader, for the pure rule.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct ReaderRow {
    #[diesel(sql_type = SqlUuid)]
    pub interview: uuid::Uuid,
    #[diesel(sql_type = Bool)]
    pub is_candidate: bool,
    #[diesel(sql_type = Bool)]
    pub has_submitted: bool,
    #[diesel(sql_type = Bool)]
    pub owes: bool,
    #[diesel(sql_type = Bool)]
    pub owes_later: bool,
}

/// The reader's part in several interviews, in one query.
pub fn readers(tx: &mut Tx, team: TeamId, interviews: &[InterviewId], reader: AccountId) -> Result<Vec<ReaderRow>> {
    let query = concat!(
        with_owed!(),
        "SELECT asked.id AS interview, ",
        is_candidate!("asked.id"),
        " AS is_candidate, ",
        has_submitted!("asked.id"),
        " AS has_submitted, ",
        owes!("asked.id"),
        " AS owes, ",
        owes_later!("asked.id"),
        " AS owes_later FROM unnest($2) AS asked (id)"
    );
    let ids: Vec<_> = interviews.iter().map(|id| id.0).collect();
    Ok(sql_query(query).bind::<SqlUuid, _>(team.0).bind::<Array<SqlUuid>, _>(ids).bind::<SqlUuid, _>(reader.0).load(tx.conn())?)
}

/// A card with whose it is.
#[derive(Debug, QueryableByName)]
pub struct Seen {
    #[diesel(embed)]
    pub card: Row,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub seat: Seat,
}

/// Every card of the interview that this reader may see, in the panel's order. The seat may have ended;
/// what was submitted from it stays.
pub fn visible(tx: &mut Tx, (team, interview, reader): Place) -> Result<Vec<Seen>> {
    let query = concat!(
        with_owed!(),
        "SELECT c.id, c.account_id, c.version, c.area_values, c.area_reasons, c.question_values, c.evidence, c.ticks,
                c.warning_signs, c.claim_verdicts, c.claim_evidence, c.recommendation, c.confidence, c.next_step, c.submitted_at, accounts.name, seat.seat
         FROM scorecards c
         JOIN seats seat ON seat.team_id = c.team_id AND seat.interview_id = c.interview_id AND seat.account_id = c.account_id
         JOIN accounts ON accounts.id = c.account_id
         WHERE c.team_id = $1 AND c.interview_id = $2 AND NOT ",
        is_candidate!("$2"),
        "  AND (c.account_id = $3
                OR (c.submitted_at IS NOT NULL
                    AND NOT ",
        owes_later!("$2"),
        "           AND (",
        has_submitted!("$2"),
        "                OR (EXISTS (SELECT FROM debriefs WHERE debriefs.team_id = $1 AND debriefs.interview_id = $2) AND NOT ",
        owes!("$2"),
        "))))
         ORDER BY seat.added_at, accounts.name, c.id"
    );
    let mut seen: Vec<Seen> =
        sql_query(query).bind::<SqlUuid, _>(team.0).bind::<SqlUuid, _>(interview.0).bind::<SqlUuid, _>(reader.0).load(tx.conn())?;
    seen.sort_by_key(|seen| seen.seat);
    Ok(seen)
}

/// Of whom a card is expected in each of these interviews, and whether it is in: no time, no content.
pub fn submissions(tx: &mut Tx, team: TeamId, interviews: &[InterviewId]) -> Result<HashMap<InterviewId, Vec<Submission>>> {
    let submitted = exists(
        scorecards::table.filter(
            scorecards::team_id
                .eq(seats::team_id)
                .and(scorecards::interview_id.eq(seats::interview_id))
                .and(scorecards::account_id.eq(seats::account_id))
                .and(scorecards::submitted_at.is_not_null()),
        ),
    );
    let rows: Vec<(InterviewId, AccountId, String, Seat, bool)> = seats::table
        .inner_join(accounts::table.on(accounts::id.eq(seats::account_id)))
        .left_join(rooms::table.on(rooms::team_id.eq(seats::team_id).and(rooms::interview_id.eq(seats::interview_id))))
        .filter(seats::team_id.eq(team).and(seats::interview_id.eq_any(interviews)))
        .filter(sql::<Bool>(card_expected!()))
        .order((seats::added_at, accounts::name))
        .select((seats::interview_id, seats::account_id, accounts::name, seats::seat, submitted))
        .load(tx.conn())?;
    let mut panels: HashMap<InterviewId, Vec<Submission>> = HashMap::new();
    for (interview, account_id, name, seat, submitted) in rows {
        panels.entry(interview).or_default().push(Submission { account_id, name, seat, submitted });
    }
    panels.values_mut().for_each(|panel| panel.sort_by_key(|submission| submission.seat));
    Ok(panels)
}

/// The interviews that are over, or whose debrief was opened, in which this person owes a card; the one that
/// waits longest first.
pub fn owed(tx: &mut Tx, team: TeamId, reader: AccountId, rows: i64) -> Result<Vec<InterviewId>> {
    let submitted = scorecards::table.filter(
        scorecards::team_id
            .eq(seats::team_id)
            .and(scorecards::interview_id.eq(seats::interview_id))
            .and(scorecards::account_id.eq(seats::account_id))
            .and(scorecards::submitted_at.is_not_null()),
    );
    Ok(seats::table
        .inner_join(interviews::table.on(interviews::team_id.eq(seats::team_id).and(interviews::id.eq(seats::interview_id))))
        .inner_join(candidates::table.on(candidates::team_id.eq(interviews::team_id).and(candidates::id.eq(interviews::candidate_id))))
        .left_join(rooms::table.on(rooms::team_id.eq(seats::team_id).and(rooms::interview_id.eq(seats::interview_id))))
        .left_join(debriefs::table.on(debriefs::team_id.eq(seats::team_id).and(debriefs::interview_id.eq(seats::interview_id))))
        .filter(seats::team_id.eq(team).and(seats::account_id.eq(reader)))
        .filter(candidates::account_id.is_distinct_from(Some(reader)))
        .filter(interviews::scheduled_at.is_not_null())
        .filter(interviews::cancelled_at.is_null().and(interviews::no_show_at.is_null()))
        .filter(rooms::ended_at.nullable().is_not_null().or(debriefs::opened_at.nullable().is_not_null()))
        .filter(sql::<Bool>(card_expected!()))
        .filter(sql::<Bool>(SOMEBODY_READS))
        .filter(not(exists(submitted)))
        .order((interviews::starts_at, interviews::id))
        .limit(rows)
        .select(interviews::id)
        .load(tx.conn())?)
}

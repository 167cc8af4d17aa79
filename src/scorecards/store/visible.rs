//! The blind rule as SQL (R2): what `visibility` says of one reader, for all cards of an interview.

use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Bool, Text, Uuid as SqlUuid};

use super::stored::Row;
use super::{Place, card_expected};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{InterviewId, Seat, TeamId};
use crate::schema::{accounts, rooms, scorecards, seats};
use crate::scorecards::model::Submission;

/// The reader owes a card for this interview. `$1` team, `$2` interview, `$3` reader, as everywhere here.
macro_rules! owes {
    () => {
        concat!(
            "EXISTS (SELECT FROM seats
                     LEFT JOIN rooms ON rooms.team_id = seats.team_id AND rooms.interview_id = seats.interview_id
                     WHERE seats.team_id = $1 AND seats.interview_id = $2 AND seats.account_id = $3 AND ",
            card_expected!(),
            " AND NOT ",
            has_submitted!(),
            ")"
        )
    };
}

macro_rules! has_submitted {
    () => {
        "EXISTS (SELECT FROM scorecards own
                 WHERE own.team_id = $1 AND own.interview_id = $2 AND own.account_id = $3 AND own.submitted_at IS NOT NULL)"
    };
}

/// The reader owes a card for another interview of this one's candidate that does not begin before it.
macro_rules! owes_later {
    () => {
        concat!(
            "EXISTS (SELECT FROM interviews this
                     JOIN interviews later ON later.team_id = this.team_id AND later.candidate_id = this.candidate_id
                         AND later.id <> this.id AND later.starts_at >= this.starts_at
                     JOIN seats ON seats.team_id = later.team_id AND seats.interview_id = later.id AND seats.account_id = $3
                     LEFT JOIN rooms ON rooms.team_id = later.team_id AND rooms.interview_id = later.id
                     WHERE this.team_id = $1 AND this.id = $2
                       AND later.scheduled_at IS NOT NULL AND later.cancelled_at IS NULL AND later.no_show_at IS NULL
                       AND ",
            card_expected!(),
            "          AND NOT EXISTS (SELECT FROM scorecards own
                                       WHERE own.team_id = later.team_id AND own.interview_id = later.id
                                         AND own.account_id = $3 AND own.submitted_at IS NOT NULL))"
        )
    };
}

/// The reader is the one who was interviewed.
macro_rules! is_candidate {
    () => {
        "EXISTS (SELECT FROM interviews this
                 JOIN candidates ON candidates.team_id = this.team_id AND candidates.id = this.candidate_id
                 WHERE this.team_id = $1 AND this.id = $2 AND candidates.account_id = $3)"
    };
}

/// The facts that make a reader, for the pure rule.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct ReaderRow {
    #[diesel(sql_type = Bool)]
    pub is_candidate: bool,
    #[diesel(sql_type = Bool)]
    pub has_submitted: bool,
    #[diesel(sql_type = Bool)]
    pub owes: bool,
    #[diesel(sql_type = Bool)]
    pub owes_later: bool,
}

pub fn reader(tx: &mut Tx, (team, interview, reader): Place) -> Result<ReaderRow> {
    let query = concat!(
        "SELECT ",
        is_candidate!(),
        " AS is_candidate, ",
        has_submitted!(),
        " AS has_submitted, ",
        owes!(),
        " AS owes, ",
        owes_later!(),
        " AS owes_later"
    );
    Ok(sql_query(query).bind::<SqlUuid, _>(team.0).bind::<SqlUuid, _>(interview.0).bind::<SqlUuid, _>(reader.0).get_result(tx.conn())?)
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
        "SELECT c.id, c.account_id, c.version, c.area_values, c.area_reasons, c.question_values, c.evidence, c.ticks,
                c.warning_signs, c.recommendation, c.confidence, c.next_step, c.submitted_at, accounts.name, seat.seat
         FROM scorecards c
         JOIN seats seat ON seat.team_id = c.team_id AND seat.interview_id = c.interview_id AND seat.account_id = c.account_id
         JOIN accounts ON accounts.id = c.account_id
         WHERE c.team_id = $1 AND c.interview_id = $2 AND NOT ",
        is_candidate!(),
        "  AND (c.account_id = $3
                OR (c.submitted_at IS NOT NULL
                    AND NOT ",
        owes_later!(),
        "           AND (",
        has_submitted!(),
        "                OR (EXISTS (SELECT FROM debriefs WHERE debriefs.team_id = $1 AND debriefs.interview_id = $2) AND NOT ",
        owes!(),
        "))))
         ORDER BY seat.added_at, accounts.name, c.id"
    );
    let mut seen: Vec<Seen> =
        sql_query(query).bind::<SqlUuid, _>(team.0).bind::<SqlUuid, _>(interview.0).bind::<SqlUuid, _>(reader.0).load(tx.conn())?;
    seen.sort_by_key(|seen| seen.seat);
    Ok(seen)
}

/// Of whom a card is expected, and whether it is in: no time, no content.
pub fn submissions(tx: &mut Tx, team: TeamId, interview: InterviewId) -> Result<Vec<Submission>> {
    let submitted = exists(
        scorecards::table.filter(
            scorecards::team_id
                .eq(seats::team_id)
                .and(scorecards::interview_id.eq(seats::interview_id))
                .and(scorecards::account_id.eq(seats::account_id))
                .and(scorecards::submitted_at.is_not_null()),
        ),
    );
    let rows: Vec<(crate::policy::AccountId, String, Seat, bool)> = seats::table
        .inner_join(accounts::table.on(accounts::id.eq(seats::account_id)))
        .left_join(rooms::table.on(rooms::team_id.eq(seats::team_id).and(rooms::interview_id.eq(seats::interview_id))))
        .filter(seats::team_id.eq(team).and(seats::interview_id.eq(interview)))
        .filter(sql::<Bool>(card_expected!()))
        .order((seats::added_at, accounts::name))
        .select((seats::account_id, accounts::name, seats::seat, submitted))
        .load(tx.conn())?;
    let mut submissions: Vec<_> =
        rows.into_iter().map(|(account_id, name, seat, submitted)| Submission { account_id, name, seat, submitted }).collect();
    submissions.sort_by_key(|submission| submission.seat);
    Ok(submissions)
}

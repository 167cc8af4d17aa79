//! SQL of scorecards: the draft and its saves, revisions, and what of them a reader may see.

mod autosave;
mod blind;
mod own_data;
mod reminders;
mod revisions;
mod stored;
mod visible;

pub use autosave::Autosave;
pub use blind::blind;
pub use own_data::{erase_drafts, of_author};
pub use reminders::{Reminder, reminders};
pub use revisions::{NewRow, insert_revision, others_submitted, revisions};
pub use stored::Row;
pub use visible::{Seen, owed, readers, submissions, visible};

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, InterviewId, Mode, TeamId};
use crate::schema::{interviews, rooms, scorecard_saves, scorecards, seats};

/// A card is expected of the seat: it scores, and it was there before the interview's end. For queries
/// over `seats` that have joined `rooms`.
macro_rules! card_expected {
    () => {
        "(seats.removed_at IS NULL AND seats.seat IN ('lead_interviewer', 'interviewer', 'shadow') \
          AND (rooms.ended_at IS NULL OR seats.added_at <= rooms.ended_at))"
    };
}
use card_expected;

/// Nobody is asked to write to an account that is gone: what two booked on the board of peer practice had one reader. For
/// queries over `interviews` and `candidates`.
const SOMEBODY_READS: &str = "(candidates.account_id IS NOT NULL OR NOT EXISTS (SELECT FROM practice_offers o
    WHERE o.team_id = interviews.team_id AND o.interview_id IN (interviews.id, interviews.swap_of)))";

/// What notes, ticks and signs of a card take, compressed as the database keeps them,
macro_rules! stored_bytes {
    ($card:literal) => {
        concat!(
            "(pg_column_size(",
            $card,
            ".evidence) + pg_column_size(",
            $card,
            ".ticks) + pg_column_size(",
            $card,
            ".warning_signs) \
              + pg_column_size(",
            $card,
            ".claim_evidence))"
        )
    };
}
use stored_bytes;

/// and how much that may be before the next save is refused.
macro_rules! max_stored {
    () => {
        "1000000"
    };
}
use max_stored;

/// Whose card of which interview.
pub type Place = (TeamId, InterviewId, AccountId);

/// Whether a card is expected of this seat, and the card if it was begun. None: no seat.
pub fn own_seat(tx: &mut Tx, (team, interview, account): Place) -> Result<Option<(bool, Option<Row>)>> {
    Ok(seats::table
        .left_join(rooms::table.on(rooms::team_id.eq(seats::team_id).and(rooms::interview_id.eq(seats::interview_id))))
        .left_join(
            scorecards::table.on(scorecards::team_id
                .eq(seats::team_id)
                .and(scorecards::interview_id.eq(seats::interview_id))
                .and(scorecards::account_id.eq(seats::account_id))),
        )
        .filter(seats::team_id.eq(team).and(seats::interview_id.eq(interview)).and(seats::account_id.eq(account)))
        .select((sql::<Bool>(card_expected!()), Option::<Row>::as_select()))
        .first(tx.conn())
        .optional()?)
}

/// One's own card, held until the commit: a save that is under way is waited for, the next waits for us.
pub fn own_card_locked(tx: &mut Tx, (team, interview, account): Place) -> Result<Option<Row>> {
    Ok(scorecards::table
        .filter(scorecards::team_id.eq(team).and(scorecards::interview_id.eq(interview)).and(scorecards::account_id.eq(account)))
        .select(Row::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .optional()?)
}

/// What stands against a save that wrote nothing.
pub struct Refusal {
    /// A card is expected of this seat.
    pub expected: bool,
    pub mode: Mode,
    pub card: Option<Row>,
    /// The card holds as much as a card may.
    pub full: bool,
    /// Hash and answer of an earlier save with the same key.
    pub earlier: Option<(Vec<u8>, i32)>,
}

/// The one more read after a save that wrote nothing. None: no seat.
pub fn refusal(tx: &mut Tx, (team, interview, account): Place, key: Uuid) -> Result<Option<Refusal>> {
    type Found = (bool, Mode, Option<Row>, bool, Option<(Vec<u8>, i32)>);
    let full = sql::<Bool>(concat!("coalesce(", stored_bytes!("scorecards"), " >= ", max_stored!(), ", false)"));
    let found: Option<Found> = seats::table
        .inner_join(interviews::table.on(interviews::team_id.eq(seats::team_id).and(interviews::id.eq(seats::interview_id))))
        .left_join(rooms::table.on(rooms::team_id.eq(seats::team_id).and(rooms::interview_id.eq(seats::interview_id))))
        .left_join(
            scorecards::table.on(scorecards::team_id
                .eq(seats::team_id)
                .and(scorecards::interview_id.eq(seats::interview_id))
                .and(scorecards::account_id.eq(seats::account_id))),
        )
        .left_join(
            scorecard_saves::table.on(scorecard_saves::team_id
                .eq(scorecards::team_id)
                .and(scorecard_saves::scorecard_id.eq(scorecards::id))
                .and(scorecard_saves::key.eq(key))),
        )
        .filter(seats::team_id.eq(team).and(seats::interview_id.eq(interview)).and(seats::account_id.eq(account)))
        .select((
            sql::<Bool>(card_expected!()),
            interviews::mode,
            Option::<Row>::as_select(),
            full,
            (scorecard_saves::body_hash, scorecard_saves::version).nullable(),
        ))
        .first(tx.conn())
        .optional()?;
    Ok(found.map(|(expected, mode, card, full, earlier)| Refusal { expected, mode, card, full, earlier }))
}

/// Freezes the card: from here on it changes by revisions only.
pub fn mark_submitted(tx: &mut Tx, team: TeamId, card: Uuid) -> Result<()> {
    let now = tx.now;
    diesel::update(scorecards::table.find((team.0, card))).set(scorecards::submitted_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

//! The autosave: one statement, prepared once for each connection.
//!
//! Diesel does not keep the plan of an upsert written in its own words, and this is the busiest write of
//! the product; so it is a fragment of its own that says it may be kept.

use chrono::{DateTime, Utc};
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, Bytea, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::stored::Maps;
use super::{Place, card_expected, max_stored, stored_bytes};
use crate::platform::db::Tx;
use crate::platform::error::{Error, OnConstraint as _, Result};
use crate::policy::{AccountId, InterviewId, Mode, TeamId};
use crate::scorecards::model::Save;

/// Everything the statement needs; it is bound in the order of the `?` in [`STATEMENT`].
pub struct Autosave {
    card_id: Uuid,
    maps: Maps,
    recommendation: Option<&'static str>,
    confidence: Option<&'static str>,
    next_step: String,
    /// Which of the three above are given at all.
    given: Vec<String>,
    now: DateTime<Utc>,
    team: TeamId,
    interview: InterviewId,
    account: AccountId,
    /// The kinds of interview that have this recommendation among their words.
    modes: Vec<&'static str>,
    version: i32,
    questions: Vec<Uuid>,
    claims: Vec<Uuid>,
    key: Uuid,
    body_hash: Vec<u8>,
}

impl Autosave {
    pub fn new(tx: &Tx, (team, interview, account): Place, save: &Save) -> Result<Self> {
        let changes = &save.changes;
        let recommendation = changes.recommendation.flatten();
        let fits = |mode: &&Mode| recommendation.is_none_or(|word| word.fits(**mode));
        let mut given = Vec::new();
        for (name, is_given) in [
            ("recommendation", changes.recommendation.is_some()),
            ("confidence", changes.confidence.is_some()),
            ("next_step", changes.next_step.is_some()),
        ] {
            given.extend(is_given.then(|| name.to_owned()));
        }
        Ok(Autosave {
            card_id: tx.new_id(),
            maps: Maps::of(changes)?,
            recommendation: recommendation.map(|word| word.as_str()),
            confidence: changes.confidence.flatten().map(|word| word.as_str()),
            next_step: changes.next_step.clone().unwrap_or_default(),
            given,
            now: tx.now,
            team,
            interview,
            account,
            modes: Mode::ALL.iter().filter(fits).map(|mode| mode.as_str()).collect(),
            version: save.version,
            questions: changes.questions().into_iter().map(|id| id.0).collect(),
            claims: changes.claims().into_iter().map(|id| id.0).collect(),
            key: save.key,
            body_hash: save.body_hash.clone(),
        })
    }

    /// The new version; none when anything stands against it, which the caller asks in one more read.
    pub fn run(self, tx: &mut Tx) -> Result<Option<i32>> {
        let same_key_at_once =
            Error::conflict("idempotency-in-progress", "The same save is being written right now. Try again in a moment.");
        self.get_result(tx.conn()).optional().on_constraint("scorecard_saves_pkey", same_key_at_once)
    }
}

/// Who may write is asked here (R2: a seat that owes a card), and so is the version it is based on, that
/// the card is not submitted (R5), that the questions are this interview's and the claims its candidate's, and that the key is new.
/// A card that is not there yet is begun by version 0. The save itself is noted in the same statement,
/// so that an answer that was lost can be given again (R8).
///
/// `?` binds the next value and gives it the next number; `$n` refers to it again.
const STATEMENT: &str = concat!(
    "
WITH card AS (
    INSERT INTO scorecards AS mine
        (team_id, id, interview_id, account_id, version, area_values, area_reasons, question_values, evidence,
         ticks, warning_signs, recommendation, confidence, next_step, created_at, saved_at, claim_verdicts, claim_evidence)
    SELECT seats.team_id, ?, seats.interview_id, seats.account_id, 1,
           jsonb_strip_nulls(?), jsonb_strip_nulls(?), jsonb_strip_nulls(?), jsonb_strip_nulls(?),
           jsonb_strip_nulls(?), jsonb_strip_nulls(?), ?, ?, ?, ?, $11, jsonb_strip_nulls(?), jsonb_strip_nulls(?)
    FROM seats
    JOIN interviews ON interviews.team_id = seats.team_id AND interviews.id = seats.interview_id
    LEFT JOIN rooms ON rooms.team_id = seats.team_id AND rooms.interview_id = seats.interview_id
    WHERE seats.team_id = ? AND seats.interview_id = ? AND seats.account_id = ?
      AND ",
    card_expected!(),
    "
      AND interviews.mode = ANY (?)
      AND (? = 0 OR EXISTS (
          SELECT FROM scorecards known
          WHERE known.team_id = seats.team_id AND known.interview_id = seats.interview_id AND known.account_id = seats.account_id))
      AND cardinality(?) = (
          SELECT count(*) FROM interview_questions asked
          WHERE asked.team_id = seats.team_id AND asked.interview_id = seats.interview_id AND asked.question_id = ANY ($19))
      AND cardinality(?) = (
          SELECT count(*) FROM candidate_claims claim
          WHERE claim.team_id = interviews.team_id AND claim.candidate_id = interviews.candidate_id AND claim.id = ANY ($20))
      AND NOT EXISTS (
          SELECT FROM scorecards known
          JOIN scorecard_saves save ON save.team_id = known.team_id AND save.scorecard_id = known.id
          WHERE known.team_id = seats.team_id AND known.interview_id = seats.interview_id AND known.account_id = seats.account_id
            AND save.key = ?)
    ON CONFLICT ON CONSTRAINT scorecards_one_per_seat DO UPDATE SET
        version = mine.version + 1,
        area_values = jsonb_strip_nulls(mine.area_values || $2),
        area_reasons = jsonb_strip_nulls(mine.area_reasons || $3),
        question_values = jsonb_strip_nulls(mine.question_values || $4),
        -- The long ones are not unpacked and written anew for a save that leaves them alone.
        evidence = CASE WHEN $5 = '{}' THEN mine.evidence ELSE jsonb_strip_nulls(mine.evidence || $5) END,
        ticks = CASE WHEN $6 = '{}' THEN mine.ticks ELSE jsonb_strip_nulls(mine.ticks || $6) END,
        warning_signs = CASE WHEN $7 = '{}' THEN mine.warning_signs ELSE jsonb_strip_nulls(mine.warning_signs || $7) END,
        claim_verdicts = jsonb_strip_nulls(mine.claim_verdicts || $12),
        claim_evidence = CASE WHEN $13 = '{}' THEN mine.claim_evidence ELSE jsonb_strip_nulls(mine.claim_evidence || $13) END,
        recommendation = CASE WHEN 'recommendation' = ANY (?) THEN $8 ELSE mine.recommendation END,
        confidence = CASE WHEN 'confidence' = ANY ($22) THEN $9 ELSE mine.confidence END,
        next_step = CASE WHEN 'next_step' = ANY ($22) THEN $10 ELSE mine.next_step END,
        saved_at = $11
    WHERE mine.version = $18 AND mine.submitted_at IS NULL
      AND ",
    stored_bytes!("mine"),
    " < ",
    max_stored!(),
    "
    RETURNING mine.team_id, mine.id, mine.version
), noted AS (
    INSERT INTO scorecard_saves (team_id, scorecard_id, key, body_hash, version, saved_at)
    SELECT card.team_id, card.id, $21, ?, card.version, $11 FROM card
)
SELECT version FROM card"
);

impl QueryFragment<Pg> for Autosave {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let mut pieces = STATEMENT.split('?');
        macro_rules! bind {
            ($($kind:ty: $value:expr),+ $(,)?) => {$(
                out.push_sql(pieces.next().unwrap_or_default());
                out.push_bind_param::<$kind, _>(&$value)?;
            )+};
        }
        bind!(
            SqlUuid: self.card_id,
            Jsonb: self.maps.area_values,
            Jsonb: self.maps.area_reasons,
            Jsonb: self.maps.question_values,
            Jsonb: self.maps.evidence,
            Jsonb: self.maps.ticks,
            Jsonb: self.maps.warning_signs,
            Nullable<Text>: self.recommendation,
            Nullable<Text>: self.confidence,
            Text: self.next_step,
            Timestamptz: self.now,
            Jsonb: self.maps.claim_verdicts,
            Jsonb: self.maps.claim_evidence,
            SqlUuid: self.team.0,
            SqlUuid: self.interview.0,
            SqlUuid: self.account.0,
            Array<Text>: self.modes,
            Integer: self.version,
            Array<SqlUuid>: self.questions,
            Array<SqlUuid>: self.claims,
            SqlUuid: self.key,
            Array<Text>: self.given,
            Bytea: self.body_hash,
        );
        out.push_sql(pieces.next().unwrap_or_default());
        Ok(())
    }
}

impl QueryId for Autosave {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for Autosave {
    type SqlType = Integer;
}

impl RunQueryDsl<PgConnection> for Autosave {}

//! The blind scores of many interviews, for statistics across them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::card_expected;
use super::visible::{has_submitted, is_candidate, owes, owes_later, with_owed};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, InterviewId, TeamId};
use crate::rubrics::{Level, RubricVersionId};
use crate::scorecards::model::BlindCard;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    interview: Uuid,
    #[diesel(sql_type = Text)]
    candidate: String,
    #[diesel(sql_type = Timestamptz)]
    starts_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    level: Level,
    #[diesel(sql_type = SqlUuid)]
    rubric_version: Uuid,
    #[diesel(sql_type = SqlUuid)]
    rater: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Timestamptz)]
    submitted_at: DateTime<Utc>,
    #[diesel(sql_type = Array<Nullable<SmallInt>>)]
    areas: Vec<Option<i16>>,
}

/// The first revisions of interviewers' cards (no shadow's) of the interviews that began since, whose debrief is
/// open, in which the reader owes no card and is not the candidate; the oldest first. One query.
pub fn blind(tx: &mut Tx, team: TeamId, reader: AccountId, since: Option<DateTime<Utc>>) -> Result<Vec<BlindCard>> {
    let query = concat!(
        with_owed!(),
        ", open AS MATERIALIZED (
             SELECT i.id, i.starts_at, i.level, i.rubric_version_id, person.name AS candidate
             FROM interviews i
             JOIN debriefs ON debriefs.team_id = i.team_id AND debriefs.interview_id = i.id
             JOIN candidates person ON person.team_id = i.team_id AND person.id = i.candidate_id
             WHERE i.team_id = $1 AND i.starts_at >= coalesce($2, '-infinity'::timestamptz)
               AND i.cancelled_at IS NULL AND i.no_show_at IS NULL
               AND NOT ",
        is_candidate!("i.id"),
        "      AND NOT ",
        owes!("i.id"),
        "      AND NOT ",
        owes_later!("i.id"),
        ")
         SELECT open.id AS interview, open.candidate, open.starts_at, open.level, open.rubric_version_id AS rubric_version,
                c.account_id AS rater, accounts.name, c.submitted_at,
                ARRAY(SELECT CASE WHEN jsonb_typeof(area -> 'value') = 'number' THEN (area ->> 'value')::smallint END
                      FROM jsonb_array_elements(first.content -> 'areas') AS area
                      ORDER BY (area ->> 'area')::smallint) AS areas
         FROM open
         JOIN scorecards c ON c.team_id = $1 AND c.interview_id = open.id AND c.submitted_at IS NOT NULL
         JOIN scorecard_revisions first ON first.team_id = $1 AND first.scorecard_id = c.id AND first.number = 1
         JOIN seats seat ON seat.team_id = $1 AND seat.interview_id = open.id AND seat.account_id = c.account_id
              AND seat.seat IN ('lead_interviewer', 'interviewer')
         JOIN accounts ON accounts.id = c.account_id
         ORDER BY open.starts_at, open.id, c.account_id"
    );
    let rows: Vec<Row> =
        sql_query(query).bind::<SqlUuid, _>(team.0).bind::<Nullable<Timestamptz>, _>(since).bind::<SqlUuid, _>(reader.0).load(tx.conn())?;
    Ok(rows.into_iter().map(Row::card).collect())
}

impl Row {
    fn card(self) -> BlindCard {
        let area = |place: usize| self.areas.get(place).copied().flatten().and_then(|value| u8::try_from(value).ok());
        let areas = [0, 1, 2, 3, 4].map(area);
        BlindCard {
            interview: InterviewId(self.interview),
            candidate: self.candidate,
            starts_at: self.starts_at,
            level: self.level,
            rubric_version: RubricVersionId(self.rubric_version),
            rater: AccountId(self.rater),
            rater_name: self.name,
            submitted_at: self.submitted_at,
            areas,
        }
    }
}

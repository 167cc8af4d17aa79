//! SQL of debriefs and decisions.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde_json::Value as Json;

use super::model::{DecisionView, ParsedDecision};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, InterviewId, Mode, Seat, TeamId};
use crate::schema::{accounts, candidates, debriefs, decisions, interviews, rooms, seats, self_scores};
use crate::scorecards::Recommendation;

/// When it opened, and why early if it did.
pub fn find(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<Option<(DateTime<Utc>, Option<String>)>> {
    Ok(debriefs::table.find((team.0, id.0)).select((debriefs::opened_at, debriefs::early_reason)).first(tx.conn()).optional()?)
}

/// Interviews that are over and not decided, whose debrief is open or is not, the longest first. All of the team
/// where `all`, else the mock ones that this person leads; never one in which they were interviewed.
pub fn undecided(tx: &mut Tx, (team, reader): (TeamId, AccountId), open: bool, all: bool, rows: i64) -> Result<Vec<InterviewId>> {
    let led = seats::table.filter(
        seats::team_id
            .eq(interviews::team_id)
            .and(seats::interview_id.eq(interviews::id))
            .and(seats::account_id.eq(reader))
            .and(seats::removed_at.is_null())
            .and(seats::seat.eq(Seat::LeadInterviewer)),
    );
    let mut query = interviews::table
        .inner_join(candidates::table.on(candidates::team_id.eq(interviews::team_id).and(candidates::id.eq(interviews::candidate_id))))
        .left_join(rooms::table.on(rooms::team_id.eq(interviews::team_id).and(rooms::interview_id.eq(interviews::id))))
        .left_join(debriefs::table.on(debriefs::team_id.eq(interviews::team_id).and(debriefs::interview_id.eq(interviews::id))))
        .filter(interviews::team_id.eq(team))
        .filter(interviews::cancelled_at.is_null().and(interviews::no_show_at.is_null()))
        .filter(not(exists(
            decisions::table.filter(decisions::team_id.eq(interviews::team_id).and(decisions::interview_id.eq(interviews::id))),
        )))
        .filter(candidates::account_id.is_distinct_from(Some(reader)))
        .order((interviews::starts_at, interviews::id))
        .limit(rows)
        .select(interviews::id)
        .into_boxed();
    let opened_at = debriefs::opened_at.nullable();
    query = match open {
        true => query.filter(opened_at.is_not_null()),
        false => query.filter(opened_at.is_null().and(rooms::ended_at.nullable().is_not_null())),
    };
    if !all {
        query = query.filter(interviews::mode.eq(Mode::Mock).and(exists(led)));
    }
    Ok(query.load(tx.conn())?)
}

/// True when it opened now, false when it was open.
pub fn open(tx: &mut Tx, team: TeamId, id: InterviewId, by: AccountId, early_reason: Option<&str>) -> Result<bool> {
    let now = tx.now;
    let opened = diesel::insert_into(debriefs::table)
        .values((
            debriefs::team_id.eq(team),
            debriefs::interview_id.eq(id),
            debriefs::opened_at.eq(now),
            debriefs::opened_by.eq(by),
            debriefs::early_reason.eq(early_reason),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    Ok(opened == 1)
}

/// The newest first.
pub fn decisions(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<Vec<DecisionView>> {
    type Row = (i32, Recommendation, String, Option<Recommendation>, String, Json, String, DateTime<Utc>);
    let rows: Vec<Row> = decisions::table
        .inner_join(accounts::table.on(accounts::id.eq(decisions::decided_by)))
        .filter(decisions::team_id.eq(team).and(decisions::interview_id.eq(id)))
        .order(decisions::number.desc())
        .select((
            decisions::number,
            decisions::outcome,
            decisions::reason,
            decisions::proposed_outcome,
            decisions::override_reason,
            decisions::dissents,
            accounts::name,
            decisions::decided_at,
        ))
        .load(tx.conn())?;
    let names = names(tx, rows.iter().flat_map(|row| accounts_of(&row.5)).collect())?;
    Ok(rows
        .into_iter()
        .map(|(number, outcome, reason, proposed_outcome, override_reason, dissents, decided_by, decided_at)| DecisionView {
            number,
            outcome,
            reason,
            proposed_outcome,
            override_reason,
            dissents: accounts_of(&dissents)
                .into_iter()
                .filter_map(|id| names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone()))
                .collect(),
            decided_by,
            decided_at,
        })
        .collect())
}

/// The caller holds the interview's lock, so the number is free.
pub fn insert_decision(
    tx: &mut Tx,
    team: TeamId,
    id: InterviewId,
    by: AccountId,
    number: i32,
    decision: &ParsedDecision,
    proposed: Option<Recommendation>,
) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(decisions::table)
        .values((
            decisions::team_id.eq(team),
            decisions::interview_id.eq(id),
            decisions::number.eq(number),
            decisions::outcome.eq(decision.outcome),
            decisions::reason.eq(&decision.reason),
            decisions::proposed_outcome.eq(proposed),
            decisions::override_reason.eq(&decision.override_reason),
            decisions::dissents.eq(serde_json::to_value(&decision.dissents)?),
            decisions::decided_by.eq(by),
            decisions::decided_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The candidate's own scores: none when they were not given; area and value.
pub fn self_scores(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<Option<Vec<(u8, u8)>>> {
    let given: Option<Json> = self_scores::table.find((team.0, id.0)).select(self_scores::area_values).first(tx.conn()).optional()?;
    Ok(given.map(|given| {
        let values = given.as_object().into_iter().flatten();
        values.filter_map(|(area, value)| Some((area.parse().ok()?, u8::try_from(value.as_u64()?).ok()?))).collect()
    }))
}

fn names(tx: &mut Tx, ids: Vec<AccountId>) -> Result<Vec<(AccountId, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(accounts::table.filter(accounts::id.eq_any(ids)).select((accounts::id, accounts::name)).load(tx.conn())?)
}

fn accounts_of(dissents: &Json) -> Vec<AccountId> {
    serde_json::from_value(dissents.clone()).unwrap_or_default()
}

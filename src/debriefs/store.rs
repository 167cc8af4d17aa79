//! SQL of debriefs and decisions.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde_json::Value as Json;

use super::combination::Variance;
use super::components::TeamVariance;
use super::model::{DecisionView, ParsedDecision};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, InterviewId, Mode, Seat, TeamId};
use crate::rubrics::RubricVersionId;
use crate::schema::{accounts, candidates, debriefs, decisions, interviews, rooms, seats, self_scores, variance_components as kept};
use crate::scorecards::Recommendation;

/// A debrief that is open: since when, why early if it was, and the team's own components if its band rests on them.
pub struct Opening {
    pub opened_at: DateTime<Utc>,
    pub early_reason: Option<String>,
    pub variance: Option<TeamVariance>,
}

pub fn find(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<Option<Opening>> {
    type Row = (DateTime<Utc>, Option<String>, Option<f64>, Option<f64>, Option<i32>);
    let row: Option<Row> = debriefs::table
        .find((team.0, id.0))
        .select((
            debriefs::opened_at,
            debriefs::early_reason,
            debriefs::variance_interviewer,
            debriefs::variance_rest,
            debriefs::variance_interviews,
        ))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(opened_at, early_reason, interviewer, rest, interviews)| {
        let own = |((interviewer, rest), interviews)| TeamVariance { variance: Variance { interviewer, rest }, interviews };
        Opening { opened_at, early_reason, variance: interviewer.zip(rest).zip(interviews).map(own) }
    }))
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
pub fn open(
    tx: &mut Tx,
    (team, id): (TeamId, InterviewId),
    by: AccountId,
    early_reason: Option<&str>,
    own: Option<TeamVariance>,
) -> Result<bool> {
    let now = tx.now;
    let opened = diesel::insert_into(debriefs::table)
        .values((
            debriefs::team_id.eq(team),
            debriefs::interview_id.eq(id),
            debriefs::opened_at.eq(now),
            debriefs::opened_by.eq(by),
            debriefs::early_reason.eq(early_reason),
            debriefs::variance_interviewer.eq(own.map(|own| own.variance.interviewer)),
            debriefs::variance_rest.eq(own.map(|own| own.variance.rest)),
            debriefs::variance_interviews.eq(own.map(|own| own.interviews)),
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

/// The team's own components for this interview's rubric, where there are any.
pub fn variance(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<Option<TeamVariance>> {
    let same = interviews::team_id.eq(kept::team_id).and(interviews::rubric_version_id.eq(kept::rubric_version_id));
    let found: Option<(f64, f64, i32)> = kept::table
        .inner_join(interviews::table.on(same))
        .filter(interviews::team_id.eq(team).and(interviews::id.eq(id)))
        .select((kept::interviewer, kept::rest, kept::interviews))
        .first(tx.conn())
        .optional()?;
    Ok(found.map(|(interviewer, rest, interviews)| TeamVariance { variance: Variance { interviewer, rest }, interviews }))
}

/// This interview's version of a rubric, and how many debriefs of it the team has opened.
pub fn opened_like(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<(RubricVersionId, i64)> {
    let of_team = interviews::table.filter(interviews::team_id.eq(team));
    let version: RubricVersionId = of_team.filter(interviews::id.eq(id)).select(interviews::rubric_version_id).first(tx.conn())?;
    let same = debriefs::team_id.eq(interviews::team_id).and(debriefs::interview_id.eq(interviews::id));
    let opened = of_team.inner_join(debriefs::table.on(same)).filter(interviews::rubric_version_id.eq(version)).count();
    Ok((version, opened.get_result(tx.conn())?))
}

pub fn keep_variance(tx: &mut Tx, team: TeamId, rubric_version: RubricVersionId, found: TeamVariance) -> Result<()> {
    let values = (
        kept::interviewer.eq(found.variance.interviewer),
        kept::rest.eq(found.variance.rest),
        kept::interviews.eq(found.interviews),
        kept::computed_at.eq(tx.now),
    );
    diesel::insert_into(kept::table)
        .values((kept::team_id.eq(team), kept::rubric_version_id.eq(rubric_version), values))
        .on_conflict((kept::team_id, kept::rubric_version_id))
        .do_update()
        .set(values)
        .execute(tx.conn())?;
    Ok(())
}

pub fn forget_variance(tx: &mut Tx, team: TeamId, rubric_version: RubricVersionId) -> Result<()> {
    diesel::delete(kept::table.filter(kept::team_id.eq(team).and(kept::rubric_version_id.eq(rubric_version)))).execute(tx.conn())?;
    Ok(())
}

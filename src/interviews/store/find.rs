//! The scope: which interviews a reader sees at all, and what they are in them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::model::{Brief, Facts, Found};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, Actor, CandidateId, InterviewId, Mode, Person, Seat, Standing, TeamId};
use crate::question_sets::QuestionSetVersionId;
use crate::rubrics::{Level, RubricVersionId};
use crate::schema::{candidates, debriefs, decisions, interviews, rooms, seats};

type Plan =
    (InterviewId, Mode, Level, QuestionSetVersionId, RubricVersionId, DateTime<Utc>, String, i32, i32, String, String, i32, i32, AccountId);
type PlanFacts = (Option<DateTime<Utc>>, Option<DateTime<Utc>>, Option<DateTime<Utc>>);
type LaterFacts = (Option<DateTime<Utc>>, Option<DateTime<Utc>>, Option<DateTime<Utc>>, Option<DateTime<Utc>>);
type Candidate = (CandidateId, String, Option<String>, Option<AccountId>);

/// One query: the interview, its candidate, the facts of room, debrief and decision, and the reader's seat.
pub fn find(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Option<Found>> {
    let team = actor.team_id()?;
    // Nobody's id is nil, so a guest joins no seat.
    let reader = actor.account_or_none().unwrap_or(AccountId(uuid::Uuid::nil()));
    let row: Option<(Plan, PlanFacts, Candidate, LaterFacts, Option<Seat>)> = interviews::table
        .inner_join(candidates::table.on(candidates::team_id.eq(interviews::team_id).and(candidates::id.eq(interviews::candidate_id))))
        .left_join(rooms::table.on(rooms::team_id.eq(interviews::team_id).and(rooms::interview_id.eq(interviews::id))))
        .left_join(debriefs::table.on(debriefs::team_id.eq(interviews::team_id).and(debriefs::interview_id.eq(interviews::id))))
        .left_join(
            decisions::table.on(decisions::team_id
                .eq(interviews::team_id)
                .and(decisions::interview_id.eq(interviews::id))
                .and(decisions::number.eq(1))),
        )
        .left_join(
            seats::table.on(seats::team_id
                .eq(interviews::team_id)
                .and(seats::interview_id.eq(interviews::id))
                .and(seats::account_id.eq(reader))
                .and(seats::removed_at.is_null())),
        )
        .filter(interviews::team_id.eq(team).and(interviews::id.eq(id)))
        .select((
            (
                interviews::id,
                interviews::mode,
                interviews::level,
                interviews::question_set_version_id,
                interviews::rubric_version_id,
                interviews::starts_at,
                interviews::time_zone,
                interviews::minutes,
                interviews::extra_minutes,
                interviews::place,
                interviews::instructions,
                interviews::version,
                interviews::calendar_sequence,
                interviews::created_by,
            ),
            (interviews::scheduled_at, interviews::cancelled_at, interviews::no_show_at),
            (candidates::id, candidates::name, candidates::email, candidates::account_id),
            (rooms::started_at.nullable(), rooms::ended_at.nullable(), debriefs::opened_at.nullable(), decisions::decided_at.nullable()),
            seats::seat.nullable(),
        ))
        .first(tx.conn())
        .optional()?;
    let Some((plan, plan_facts, candidate, later, seat)) = row else { return Ok(None) };
    let brief = brief(plan, plan_facts, candidate, later);
    let seat = seat.or_else(|| candidate_seat(actor, &brief));
    let visible = actor.leads() || seat.is_some();
    let standing = Standing { role: actor.role(), seat, mode: brief.mode };
    Ok(visible.then_some(Found { brief, standing }))
}

pub fn lock(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<()> {
    let locked: Option<InterviewId> = interviews::table
        .filter(interviews::team_id.eq(team).and(interviews::id.eq(id)))
        .select(interviews::id)
        .for_update()
        .first(tx.conn())
        .optional()?;
    locked.map(|_| ()).ok_or(Error::NotFound)
}

/// The candidate has no row among the seats: the record says who it is, or the link a guest came by.
/// A draft is not theirs to see yet.
fn candidate_seat(actor: &Actor, brief: &Brief) -> Option<Seat> {
    let is_candidate = match &actor.person {
        Person::Account { id, .. } => brief.candidate_account == Some(*id),
        Person::Guest { interview, .. } => *interview == brief.id,
        Person::Nobody | Person::System => false,
    };
    (is_candidate && brief.facts.scheduled_at.is_some()).then_some(Seat::Candidate)
}

fn brief(plan: Plan, plan_facts: PlanFacts, candidate: Candidate, later: LaterFacts) -> Brief {
    let (
        id,
        mode,
        level,
        question_set_version_id,
        rubric_version_id,
        starts_at,
        time_zone,
        minutes,
        extra_minutes,
        place,
        instructions,
        version,
        calendar_sequence,
        created_by,
    ) = plan;
    let (scheduled_at, cancelled_at, no_show_at) = plan_facts;
    let (candidate_id, candidate_name, candidate_email, candidate_account) = candidate;
    let (started_at, ended_at, debrief_opened_at, decided_at) = later;
    Brief {
        id,
        candidate_id,
        candidate_name,
        candidate_email,
        candidate_account,
        mode,
        level,
        question_set_version_id,
        rubric_version_id,
        starts_at,
        time_zone: time_zone.parse().unwrap_or(chrono_tz::UTC),
        minutes,
        extra_minutes,
        place,
        instructions,
        version,
        calendar_sequence,
        created_by,
        facts: Facts { scheduled_at, cancelled_at, no_show_at, started_at, ended_at, debrief_opened_at, decided_at },
    }
}

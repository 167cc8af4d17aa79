//! Writing plans, seats and what happened to them.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use serde_json::Value;

use super::super::model::{ChangeKind, ChangeView, PersonRef, Plan};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::policy::{AccountId, CandidateId, InterviewId, Seat, TeamId};
use crate::question_sets::QuestionId;
use crate::schema::{accounts, interview_changes, interview_questions, interviews, seats};

pub fn insert(tx: &mut Tx, team: TeamId, id: InterviewId, candidate: CandidateId, plan: &Plan, author: AccountId) -> Result<()> {
    let now = tx.now;
    diesel::insert_into(interviews::table)
        .values((
            interviews::team_id.eq(team),
            interviews::id.eq(id),
            interviews::created_by.eq(author),
            interviews::created_at.eq(now),
            interviews::scheduled_at.eq((!plan.draft).then_some(now)),
            columns(candidate, plan),
        ))
        .execute(tx.conn())?;
    insert_questions(tx, team, id, &plan.questions)?;
    for seat in &plan.seats {
        put_seat(tx, team, id, seat.account_id, seat.seat, &seat.areas)?;
    }
    Ok(())
}

/// Writes a draft anew, and plans it unless it stays one.
pub fn update_draft(tx: &mut Tx, team: TeamId, id: InterviewId, candidate: CandidateId, plan: &Plan) -> Result<()> {
    let now = tx.now;
    diesel::update(interviews::table.find((team.0, id.0)))
        .set((
            columns(candidate, plan),
            interviews::version.eq(interviews::version + 1),
            interviews::scheduled_at.eq((!plan.draft).then_some(now)),
        ))
        .execute(tx.conn())?;
    diesel::delete(interview_questions::table.filter(interview_questions::team_id.eq(team).and(interview_questions::interview_id.eq(id))))
        .execute(tx.conn())?;
    insert_questions(tx, team, id, &plan.questions)?;
    // Nobody was told of a draft's panel, so nothing of it has to stay.
    diesel::delete(seats::table.filter(seats::team_id.eq(team).and(seats::interview_id.eq(id)))).execute(tx.conn())?;
    for seat in &plan.seats {
        put_seat(tx, team, id, seat.account_id, seat.seat, &seat.areas)?;
    }
    Ok(())
}

type Columns<'p> = (
    diesel::dsl::Eq<interviews::candidate_id, CandidateId>,
    diesel::dsl::Eq<interviews::mode, crate::policy::Mode>,
    diesel::dsl::Eq<interviews::level, crate::rubrics::Level>,
    diesel::dsl::Eq<interviews::question_set_version_id, crate::question_sets::QuestionSetVersionId>,
    diesel::dsl::Eq<interviews::question_set_built_in, bool>,
    diesel::dsl::Eq<interviews::rubric_version_id, crate::rubrics::RubricVersionId>,
    diesel::dsl::Eq<interviews::rubric_built_in, bool>,
    diesel::dsl::Eq<interviews::starts_at, DateTime<Utc>>,
    diesel::dsl::Eq<interviews::time_zone, &'static str>,
    diesel::dsl::Eq<interviews::minutes, i32>,
    diesel::dsl::Eq<interviews::extra_minutes, i32>,
    diesel::dsl::Eq<interviews::place, &'p str>,
    diesel::dsl::Eq<interviews::instructions, &'p str>,
    diesel::dsl::Eq<interviews::swap_roles, bool>,
);

fn columns(candidate: CandidateId, plan: &Plan) -> Columns<'_> {
    (
        interviews::candidate_id.eq(candidate),
        interviews::mode.eq(plan.mode),
        interviews::level.eq(plan.level),
        interviews::question_set_version_id.eq(plan.question_set.id),
        interviews::question_set_built_in.eq(plan.question_set.built_in),
        interviews::rubric_version_id.eq(plan.rubric.id),
        interviews::rubric_built_in.eq(plan.rubric.built_in),
        interviews::starts_at.eq(plan.starts_at),
        interviews::time_zone.eq(plan.time_zone.name()),
        interviews::minutes.eq(plan.minutes),
        interviews::extra_minutes.eq(plan.extra_minutes),
        interviews::place.eq(plan.place.as_str()),
        interviews::instructions.eq(plan.instructions.as_str()),
        interviews::swap_roles.eq(plan.swap_roles),
    )
}

fn insert_questions(tx: &mut Tx, team: TeamId, id: InterviewId, questions: &[QuestionId]) -> Result<()> {
    let rows: Vec<_> = (1_i32..)
        .zip(questions)
        .map(|(position, question)| {
            (
                interview_questions::team_id.eq(team),
                interview_questions::interview_id.eq(id),
                interview_questions::question_id.eq(*question),
                interview_questions::position.eq(position),
            )
        })
        .collect();
    diesel::insert_into(interview_questions::table).values(rows).execute(tx.conn())?;
    Ok(())
}

/// Gives somebody a seat, or another one; who had left takes their place again.
pub fn put_seat(tx: &mut Tx, team: TeamId, id: InterviewId, account: AccountId, seat: Seat, areas: &[i16]) -> Result<()> {
    let (now, row) = (tx.now, tx.new_id::<uuid::Uuid>());
    let areas: Vec<Option<i16>> = areas.iter().copied().map(Some).collect();
    let back = diesel::update(
        seats::table
            .filter(seats::team_id.eq(team).and(seats::interview_id.eq(id)).and(seats::account_id.eq(account)))
            .filter(seats::removed_at.is_not_null()),
    )
    .set((seats::seat.eq(seat), seats::areas.eq(&areas), seats::added_at.eq(now), seats::removed_at.eq(None::<DateTime<Utc>>)))
    .execute(tx.conn())?;
    if back == 1 {
        return Ok(());
    }
    diesel::insert_into(seats::table)
        .values((
            seats::team_id.eq(team),
            seats::id.eq(row),
            seats::interview_id.eq(id),
            seats::account_id.eq(account),
            seats::seat.eq(seat),
            seats::areas.eq(&areas),
            seats::added_at.eq(now),
        ))
        .on_conflict((seats::team_id, seats::interview_id, seats::account_id))
        .do_update()
        .set((seats::seat.eq(seat), seats::areas.eq(&areas)))
        .execute(tx.conn())?;
    Ok(())
}

pub fn remove_seat(tx: &mut Tx, team: TeamId, id: InterviewId, account: AccountId) -> Result<()> {
    let now = tx.now;
    diesel::update(seats::table.filter(seats::team_id.eq(team).and(seats::interview_id.eq(id)).and(seats::account_id.eq(account))))
        .set(seats::removed_at.eq(now))
        .execute(tx.conn())?;
    tx.ring(account.0);
    Ok(())
}

/// The version and the calendars' sequence rise together with what was changed.
pub fn bump(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<()> {
    diesel::update(interviews::table.find((team.0, id.0)))
        .set((interviews::version.eq(interviews::version + 1), interviews::calendar_sequence.eq(interviews::calendar_sequence + 1)))
        .execute(tx.conn())?;
    Ok(())
}

/// A new time and place.
pub struct Schedule<'p> {
    pub starts_at: DateTime<Utc>,
    pub time_zone: Tz,
    pub minutes: i32,
    pub extra_minutes: i32,
    pub place: &'p str,
}

pub fn reschedule(tx: &mut Tx, team: TeamId, id: InterviewId, to: &Schedule) -> Result<()> {
    diesel::update(interviews::table.find((team.0, id.0)))
        .set((
            interviews::starts_at.eq(to.starts_at),
            interviews::time_zone.eq(to.time_zone.name()),
            interviews::minutes.eq(to.minutes),
            interviews::extra_minutes.eq(to.extra_minutes),
            interviews::place.eq(to.place),
            interviews::version.eq(interviews::version + 1),
            interviews::calendar_sequence.eq(interviews::calendar_sequence + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub fn cancel(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<()> {
    let now = tx.now;
    diesel::update(interviews::table.find((team.0, id.0)))
        .set((
            interviews::cancelled_at.eq(now),
            interviews::version.eq(interviews::version + 1),
            interviews::calendar_sequence.eq(interviews::calendar_sequence + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub fn mark_no_show(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<()> {
    let now = tx.now;
    diesel::update(interviews::table.find((team.0, id.0)))
        .set((interviews::no_show_at.eq(now), interviews::version.eq(interviews::version + 1)))
        .execute(tx.conn())?;
    Ok(())
}

/// Remembers what happened to a plan.
pub fn note(tx: &mut Tx, team: TeamId, id: InterviewId, author: AccountId, change: &NewChange) -> Result<()> {
    let (now, row) = (tx.now, tx.new_id::<uuid::Uuid>());
    diesel::insert_into(interview_changes::table)
        .values((
            interview_changes::team_id.eq(team),
            interview_changes::id.eq(row),
            interview_changes::interview_id.eq(id),
            interview_changes::kind.eq(change.kind),
            interview_changes::reason.eq(&change.reason),
            interview_changes::detail.eq(&change.detail),
            interview_changes::changed_by.eq(author),
            interview_changes::changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub struct NewChange {
    pub kind: ChangeKind,
    pub reason: String,
    pub detail: Value,
}

/// Newest first.
pub fn changes(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<Vec<ChangeView>> {
    let rows: Vec<(ChangeKind, String, Value, AccountId, String, DateTime<Utc>)> = interview_changes::table
        .inner_join(accounts::table.on(accounts::id.eq(interview_changes::changed_by)))
        .filter(interview_changes::team_id.eq(team).and(interview_changes::interview_id.eq(id)))
        .order((interview_changes::changed_at.desc(), interview_changes::id.desc()))
        .select((
            interview_changes::kind,
            interview_changes::reason,
            interview_changes::detail,
            accounts::id,
            accounts::name,
            interview_changes::changed_at,
        ))
        .load(tx.conn())?;
    let view = |(kind, reason, detail, id, name, at)| ChangeView { kind, by: PersonRef { id, name }, at, reason, about: None, detail };
    Ok(rows.into_iter().map(view).collect())
}

//! The scope: which interviews a reader sees at all, and what they are in them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::model::{Brief, Facts, Filter, Found};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, Actor, CandidateId, InterviewId, Mode, Person, Seat, Standing, TeamId};
use crate::question_sets::QuestionSetVersionId;
use crate::rubrics::{Level, RubricVersionId};
use crate::schema::{candidates, debriefs, decisions, interviews, rooms, seats};

type Plan = (
    InterviewId,
    Mode,
    Level,
    QuestionSetVersionId,
    RubricVersionId,
    DateTime<Utc>,
    String,
    i32,
    i32,
    String,
    String,
    bool,
    i32,
    i32,
    AccountId,
);
type PlanFacts = (Option<DateTime<Utc>>, Option<DateTime<Utc>>, Option<DateTime<Utc>>);
type LaterFacts = (Option<DateTime<Utc>>, Option<DateTime<Utc>>, Option<DateTime<Utc>>, Option<DateTime<Utc>>);
type Candidate = (CandidateId, String, Option<String>, Option<AccountId>);
type Row = (Plan, PlanFacts, Candidate, LaterFacts, Option<Seat>);

/// The interviews of a team with their candidates, the facts of room, debrief and decision, and the
/// reader's seat.
macro_rules! of_team {
    ($team:expr, $reader:expr) => {
        interviews::table
            .inner_join(candidates::table.on(candidates::team_id.eq(interviews::team_id).and(candidates::id.eq(interviews::candidate_id))))
            .left_join(rooms::table.on(rooms::team_id.eq(interviews::team_id).and(rooms::interview_id.eq(interviews::id))))
            .left_join(debriefs::table.on(debriefs::team_id.eq(interviews::team_id).and(debriefs::interview_id.eq(interviews::id))))
            .left_join(decisions::table.on(
                decisions::team_id.eq(interviews::team_id).and(decisions::interview_id.eq(interviews::id)).and(decisions::number.eq(1)),
            ))
            .left_join(
                seats::table.on(seats::team_id
                    .eq(interviews::team_id)
                    .and(seats::interview_id.eq(interviews::id))
                    .and(seats::account_id.eq($reader))
                    .and(seats::removed_at.is_null())),
            )
            .filter(interviews::team_id.eq($team))
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
                    interviews::swap_roles,
                    interviews::version,
                    interviews::calendar_sequence,
                    interviews::created_by,
                ),
                (interviews::scheduled_at, interviews::cancelled_at, interviews::no_show_at),
                (candidates::id, candidates::name, candidates::email, candidates::account_id),
                (
                    rooms::started_at.nullable(),
                    rooms::ended_at.nullable(),
                    debriefs::opened_at.nullable(),
                    decisions::decided_at.nullable(),
                ),
                seats::seat.nullable(),
            ))
    };
}

/// One query: the interview if this reader sees it, and what they are in it.
pub fn find(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Option<Found>> {
    let row: Option<Row> = of_team!(actor.team_id()?, reader(actor)).filter(interviews::id.eq(id)).first(tx.conn()).optional()?;
    Ok(row.map(|row| found(row, actor)).filter(|found| actor.leads() || found.standing.seat.is_some()))
}

/// The interview whoever asks: for what the server does by itself.
pub fn brief(tx: &mut Tx, team: TeamId, id: InterviewId) -> Result<Option<Brief>> {
    let row: Option<Row> = of_team!(team, NOBODY).filter(interviews::id.eq(id)).first(tx.conn()).optional()?;
    Ok(row.map(|(plan, plan_facts, candidate, later, _)| to_brief(plan, plan_facts, candidate, later)))
}

/// A part of the list: what the reader sees, in its order, after a place. What a candidate sees of an
/// interview that is over does not tell how far its scoring is, so neither does where it stands.
pub fn list(tx: &mut Tx, actor: &Actor, filter: Filter, after: Option<(DateTime<Utc>, InterviewId)>, rows: i64) -> Result<Vec<Found>> {
    let me = reader(actor);
    let mine = || candidates::account_id.is_not_distinct_from(Some(me)).and(interviews::scheduled_at.is_not_null());
    let as_candidate = || mine().and(seats::seat.nullable().is_null());
    let ended = || rooms::ended_at.nullable().is_not_null();
    let off = || interviews::cancelled_at.is_not_null().or(interviews::no_show_at.is_not_null());
    let open = || debriefs::opened_at.nullable().is_not_null();
    let decided = || decisions::decided_at.nullable().is_not_null();

    let mut query = of_team!(actor.team_id()?, me).limit(rows).into_boxed();
    if !actor.leads() {
        query = query.filter(seats::seat.nullable().is_not_null().or(mine()));
    }
    use diesel::dsl::not;
    query = match filter {
        Filter::All => query,
        Filter::Upcoming => query.filter(not(off()).and(not(ended())).and(not(open()))),
        Filter::Scoring => query.filter(not(off()).and(ended()).and(not(open())).and(not(as_candidate()))),
        Filter::Debrief => query.filter(not(off()).and(open()).and(not(decided())).and(not(as_candidate()))),
        Filter::Done => query.filter(off().or(decided()).or(as_candidate().and(ended()))),
    };
    let later = filter == Filter::Upcoming;
    if let Some((starts_at, id)) = after {
        query = match later {
            true => query.filter(interviews::starts_at.gt(starts_at).or(interviews::starts_at.eq(starts_at).and(interviews::id.gt(id)))),
            false => query.filter(interviews::starts_at.lt(starts_at).or(interviews::starts_at.eq(starts_at).and(interviews::id.lt(id)))),
        };
    }
    query = match later {
        true => query.order((interviews::starts_at.asc(), interviews::id.asc())),
        false => query.order((interviews::starts_at.desc(), interviews::id.desc())),
    };
    let rows: Vec<Row> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|row| found(row, actor)).collect())
}

/// What the reader sees of the interviews with candidates in whose name this is, newest first, after a place.
pub fn named(tx: &mut Tx, actor: &Actor, name: &str, after: Option<(DateTime<Utc>, InterviewId)>, rows: i64) -> Result<Vec<Found>> {
    let me = reader(actor);
    let has_name = diesel::dsl::sql::<diesel::sql_types::Bool>("strpos(lower(candidates.name), lower(")
        .bind::<diesel::sql_types::Text, _>(name.to_owned())
        .sql(")) > 0");
    let mut query = of_team!(actor.team_id()?, me)
        .filter(has_name)
        .order((interviews::starts_at.desc(), interviews::id.desc()))
        .limit(rows)
        .into_boxed();
    if !actor.leads() {
        let mine = candidates::account_id.is_not_distinct_from(Some(me)).and(interviews::scheduled_at.is_not_null());
        query = query.filter(seats::seat.nullable().is_not_null().or(mine));
    }
    if let Some((starts_at, id)) = after {
        query = query.filter(interviews::starts_at.lt(starts_at).or(interviews::starts_at.eq(starts_at).and(interviews::id.lt(id))));
    }
    let rows: Vec<Row> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|row| found(row, actor)).collect())
}

/// Those of these interviews that the reader sees.
pub fn find_all(tx: &mut Tx, actor: &Actor, ids: &[InterviewId]) -> Result<Vec<Found>> {
    let rows: Vec<Row> = of_team!(actor.team_id()?, reader(actor)).filter(interviews::id.eq_any(ids)).load(tx.conn())?;
    let visible = |found: &Found| actor.leads() || found.standing.seat.is_some();
    Ok(rows.into_iter().map(|row| found(row, actor)).filter(visible).collect())
}

/// The rooms that are open now: for leads and owners all of the team, for others those they are part of.
pub fn live(tx: &mut Tx, actor: &Actor, rows: i64) -> Result<Vec<Found>> {
    let me = reader(actor);
    let mut query = of_team!(actor.team_id()?, me)
        .filter(interviews::cancelled_at.is_null().and(interviews::no_show_at.is_null()))
        .filter(rooms::started_at.nullable().is_not_null().and(rooms::ended_at.nullable().is_null()))
        .filter(debriefs::opened_at.nullable().is_null())
        .order((interviews::starts_at.asc(), interviews::id.asc()))
        .limit(rows)
        .into_boxed();
    if !actor.leads() {
        query = query.filter(seats::seat.nullable().is_not_null().or(candidates::account_id.is_not_distinct_from(Some(me))));
    }
    let rows: Vec<Row> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|row| found(row, actor)).collect())
}

/// What this person is part of that has not begun and was planned for no earlier than `since`, the next first.
pub fn next(tx: &mut Tx, actor: &Actor, since: DateTime<Utc>, rows: i64) -> Result<Vec<Found>> {
    let me = reader(actor);
    let rows: Vec<Row> = of_team!(actor.team_id()?, me)
        .filter(interviews::scheduled_at.is_not_null().and(interviews::starts_at.ge(since)))
        .filter(interviews::cancelled_at.is_null().and(interviews::no_show_at.is_null()))
        .filter(rooms::started_at.nullable().is_null().and(debriefs::opened_at.nullable().is_null()))
        .filter(seats::seat.nullable().is_not_null().or(candidates::account_id.is_not_distinct_from(Some(me))))
        .order((interviews::starts_at.asc(), interviews::id.asc()))
        .limit(rows)
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| found(row, actor)).collect())
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

/// Nobody's id is nil, so it joins no seat.
const NOBODY: AccountId = AccountId(uuid::Uuid::nil());

fn reader(actor: &Actor) -> AccountId {
    actor.account_or_none().unwrap_or(NOBODY)
}

fn found((plan, plan_facts, candidate, later, seat): Row, actor: &Actor) -> Found {
    let brief = to_brief(plan, plan_facts, candidate, later);
    let seat = seat.or_else(|| candidate_seat(actor, &brief));
    let standing = Standing { role: actor.role(), seat, mode: brief.mode };
    Found { brief, standing }
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

fn to_brief(plan: Plan, plan_facts: PlanFacts, candidate: Candidate, later: LaterFacts) -> Brief {
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
        swap_roles,
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
        swap_roles,
        version,
        calendar_sequence,
        created_by,
        facts: Facts { scheduled_at, cancelled_at, no_show_at, started_at, ended_at, debrief_opened_at, decided_at },
    }
}

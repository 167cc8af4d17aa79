//! Two people who interview each other, one after the other: one booking, two interviews.

use super::super::model::{Brief, ChangeKind, Found, Half, InterviewView, NewInterview, NewSeat, Stage};
use super::super::read;
use super::super::store::{self, NewChange};
use super::{change, plan, show, state};
use crate::candidates::{self, NewCandidate};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::policy::{AccountId, Actor, CandidateId, InterviewId, Seat};
use crate::question_sets::{self, QuestionId, QuestionSetVersion};

/// Plans the second half: it follows on the first, its candidate is who leads the first, and the first's
/// candidate leads it. Its questions are others, since both have heard those of the first.
pub fn swap(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<InterviewView> {
    let first = show::for_change(tx, actor, id, None)?;
    state::swappable(&first)?;
    let (team, author) = (actor.team_id()?, actor.account()?);
    if store::other_half(tx, team, id)?.is_some() {
        return Err(Error::conflict("swapped", "This interview has two halves already."));
    }
    let leads = store::seats(tx, team, id)?.into_iter().find(|seat| seat.seat == Seat::LeadInterviewer).ok_or_else(state::no_account)?;
    let candidate = first.candidate_account.ok_or_else(state::no_account)?;
    let record = record_of(tx, actor, leads.account_id, (leads.name, leads.email))?;
    let questions = others(tx, actor, &first)?;
    let seat = NewSeat { account_id: candidate, seat: Seat::LeadInterviewer, areas: Vec::new() };
    let second = plan::put(tx, actor, second(&first, record, seat, questions)).map_err(in_words)?;
    store::link_halves(tx, team, id, second)?;
    let note = NewChange { kind: ChangeKind::SwapPlanned, reason: String::new(), detail: serde_json::json!({"interview_id": second}) };
    store::note(tx, team, id, author, &note)?;
    plan::announce(tx, team, second)?;
    show::show(tx, actor, second)
}

/// The record of a member, made where there is none yet. In a team that hires, records point at members with the role
/// candidate alone.
pub fn record_of(tx: &mut Tx, actor: &Actor, account: AccountId, (name, email): (String, String)) -> Result<CandidateId> {
    if let Some(record) = store::record_of(tx, actor.team_id()?, account)? {
        return Ok(record);
    }
    if candidates::linkable(tx, actor)?.iter().all(|member| member.id != account) {
        let why = format!(
            "{name} cannot be a candidate of this team, which hires. Swap roles between its candidates, or in a team for practice."
        );
        return Err(Error::conflict("no-candidate", why));
    }
    let person = NewCandidate { name, email: Some(email), account: Some(account) };
    Ok(candidates::create(tx, actor, person).map_err(in_words)?.id)
}

/// Nobody typed the plan of a second half, so no field of it can be pointed at.
fn in_words(error: Error) -> Error {
    match error {
        Error::Invalid(wrong) => {
            let words: Vec<_> = wrong.iter().map(|error| error.message.as_str()).collect();
            Error::conflict("no-second-half", format!("The second half cannot be planned. {}", words.join(" ")))
        }
        other => other,
    }
}

/// The other half, if this reader sees it.
pub fn other_half(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Option<Half>> {
    let half = store::other_half(tx, actor.team_id()?, id)?;
    let Some(half) = half else { return Ok(None) };
    let found = store::find(tx, actor, half.interview_id)?;
    Ok(found.filter(|found| !matches!(found.brief.stage(), Stage::Cancelled | Stage::NoShow)).map(|_| half))
}

/// The second half, for who comes out of the first and sees it, as long as it is not over.
pub fn next_half(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<Option<InterviewId>> {
    let half = store::other_half(tx, actor.team_id()?, id)?.filter(|half| !half.comes_first);
    let Some(half) = half else { return Ok(None) };
    let found = store::find(tx, actor, half.interview_id)?;
    let takes_part = |found: &Found| found.standing.seat.is_some() && matches!(found.brief.stage(), Stage::Scheduled | Stage::Live);
    Ok(found.filter(takes_part).map(|_| half.interview_id))
}

/// The second half goes where the first goes, as long as it has not begun.
pub fn follow(tx: &mut Tx, actor: &Actor, first: &Brief, reason: &str) -> Result<()> {
    let Some(second) = second_of(tx, actor, first)? else { return Ok(()) };
    if first.stage() == Stage::Cancelled {
        return change::call_off(tx, actor, &second, reason.to_owned());
    }
    let to = change::Slot {
        starts_at: first.planned_end(),
        time_zone: first.time_zone,
        place: first.place.clone(),
        ..change::Slot::before(&second)
    };
    if to == change::Slot::before(&second) { Ok(()) } else { change::move_to(tx, actor, second, &to, reason.to_owned()) }
}

/// Whether two booked it on the board of peer practice, where there is one.
pub fn from_board(tx: &mut Tx, actor: &Actor, id: InterviewId) -> Result<bool> {
    let team = actor.team()?;
    Ok(team.has_peers() && !store::from_board(tx, team.id, &[id])?.is_empty())
}

/// Of several that the reader was found to see, those of the board.
pub fn all_from_board(tx: &mut Tx, actor: &Actor, ids: &[InterviewId]) -> Result<Vec<InterviewId>> {
    store::from_board(tx, actor.team_id()?, ids)
}

fn second_of(tx: &mut Tx, actor: &Actor, first: &Brief) -> Result<Option<Brief>> {
    let team = actor.team_id()?;
    let Some(half) = store::other_half(tx, team, first.id)?.filter(|half| !half.comes_first) else { return Ok(None) };
    read::lock(tx, actor, half.interview_id)?;
    Ok(store::brief(tx, team, half.interview_id)?.filter(|second| second.stage() == Stage::Scheduled))
}

fn second(first: &Brief, candidate: CandidateId, seat: NewSeat, questions: Vec<QuestionId>) -> NewInterview {
    NewInterview {
        candidate_id: Some(candidate),
        candidate: None,
        mode: Some(first.mode),
        level: first.level,
        question_set_version_id: first.question_set_version_id,
        rubric_version_id: first.rubric_version_id,
        question_ids: Some(questions),
        seats: vec![seat],
        starts_at: first.planned_end().to_rfc3339(),
        time_zone: first.time_zone.name().to_owned(),
        minutes: first.minutes,
        extra_minutes: 0,
        place: first.place.clone(),
        instructions: first.instructions.clone(),
        swap_roles: false,
        draft: false,
    }
}

fn others(tx: &mut Tx, actor: &Actor, first: &Brief) -> Result<Vec<QuestionId>> {
    let asked: Vec<_> = store::questions(tx, actor.team_id()?, first.id)?.iter().map(|planned| planned.question_id).collect();
    let set = question_sets::version(tx, first.question_set_version_id)?;
    let rest = set.questions.iter().filter(|question| !asked.contains(&question.id)).cloned().collect();
    let rest = QuestionSetVersion { questions: rest, ..(*set).clone() };
    let questions = question_sets::suggest(&rest, first.level, super::check::suggestable(first.minutes));
    if questions.is_empty() {
        return Err(Error::conflict(
            "no-other-questions",
            "This set has no other questions for the second half. Plan it by itself with another set.",
        ));
    }
    Ok(questions)
}

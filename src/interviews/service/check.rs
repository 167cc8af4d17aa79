//! The rules of a plan that need the database: what it refers to must be there, and be this team's.

use std::sync::Arc;

use crate::candidates::{CandidateInput, NewCandidate};
use crate::platform::db::Tx;
use crate::platform::error::{Error, FieldErrors, Result};
use crate::platform::parse;
use crate::policy::{AccountId, Actor, CandidateId, Mode, Role, Seat};
use crate::question_sets::{self, QuestionId, QuestionSetVersion};
use crate::rubrics;

use super::super::model::{NewInterview, NewSeat, Plan, PlannedSeat, areas, start};
use super::super::store::{self, Member};
use super::state;

/// Most people a panel may have.
const PANEL: usize = 20;

/// Whom the interview is for.
pub enum Whom {
    Record(CandidateId, Option<AccountId>),
    New(NewCandidate),
}

/// Every field is looked at, so that all that is wrong is said at once.
pub fn check(tx: &mut Tx, actor: &Actor, new: &NewInterview) -> Result<(Plan, Whom)> {
    let mut errors = FieldErrors::default();
    let mode = new.mode.unwrap_or(actor.team()?.mode);
    let whom = whom(tx, actor, new, &mut errors)?;
    let question_set = referred(&mut errors, "question_set_version_id", question_sets::version(tx, new.question_set_version_id))?;
    let rubric = referred(&mut errors, "rubric_version_id", rubrics::version(tx, new.rubric_version_id))?;
    let questions = question_set.as_ref().map(|set| questions(set, new, &mut errors));
    let candidate_account = match whom {
        Some(Whom::Record(_, account)) => account,
        _ => None,
    };
    let members = store::members(tx, actor.team_id()?, Some(&new.seats.iter().map(|seat| seat.account_id).collect::<Vec<_>>()))?;
    let seats = panel(&new.seats, &Panel { members: &members, mode, candidate_account, draft: new.draft }, &mut errors);
    let time_zone = errors.take("time_zone", parse::time_zone(&new.time_zone));
    let starts_at = time_zone.and_then(|zone| {
        let parsed = start::parse(&new.starts_at, zone).and_then(|at| start::check(at, tx.now, new.draft).map(|()| at));
        errors.take("starts_at", parsed)
    });
    let minutes = errors.take("minutes", within(new.minutes, 5, 480));
    let extra_minutes = errors.take("extra_minutes", within(new.extra_minutes, 0, 240));
    let place = errors.take("place", parse::line(&new.place, 0, 500));
    let instructions = errors.take("instructions", parse::text(&new.instructions, 4_000));
    if new.swap_roles {
        check_swap(mode, candidate_account, new.draft, &mut errors);
    }
    let refused = || Error::Invalid(FieldErrors::default());
    errors.check()?;
    Ok((
        Plan {
            mode,
            level: new.level,
            question_set: question_set.ok_or_else(refused)?,
            rubric: rubric.ok_or_else(refused)?,
            questions: questions.ok_or_else(refused)?,
            seats,
            starts_at: starts_at.ok_or_else(refused)?,
            time_zone: time_zone.ok_or_else(refused)?,
            minutes: minutes.ok_or_else(refused)?,
            extra_minutes: extra_minutes.ok_or_else(refused)?,
            place: place.ok_or_else(refused)?,
            instructions: instructions.ok_or_else(refused)?,
            swap_roles: new.swap_roles,
            draft: new.draft,
        },
        whom.ok_or_else(refused)?,
    ))
}

/// A draft may wait for the candidate's account, but never for another kind of interview.
fn check_swap(mode: Mode, candidate: Option<AccountId>, draft: bool, errors: &mut FieldErrors) {
    if mode == Mode::Hiring {
        errors.add("swap_roles", state::NOT_MOCK);
    } else if candidate.is_none() && !draft {
        errors.add("swap_roles", state::NO_ACCOUNT);
    }
}

fn whom(tx: &mut Tx, actor: &Actor, new: &NewInterview, errors: &mut FieldErrors) -> Result<Option<Whom>> {
    match (&new.candidate_id, &new.candidate) {
        (Some(id), None) => {
            let account = store::candidate_account(tx, actor.team_id()?, *id)?;
            if account.is_none() {
                errors.add("candidate_id", "Choose a candidate of this team.");
            }
            Ok(account.map(|account| Whom::Record(*id, account)))
        }
        (None, Some(person)) => {
            match NewCandidate::parse(&CandidateInput { name: person.name.clone(), email: person.email.clone(), account_id: None }) {
                Ok(person) => return Ok(Some(Whom::New(person))),
                Err(Error::Invalid(wrong)) => {
                    wrong.iter().for_each(|error| errors.add(format!("candidate.{}", error.field), &error.message))
                }
                Err(other) => return Err(other),
            }
            Ok(None)
        }
        (None, None) => {
            errors.add("candidate_id", "Choose a candidate, or write the name of a new one.");
            Ok(None)
        }
        (Some(_), Some(_)) => {
            errors.add("candidate_id", "Choose a candidate or write a new one's name, not both.");
            Ok(None)
        }
    }
}

/// What is not there is an error of the field that named it; anything else that goes wrong is not.
fn referred<T>(errors: &mut FieldErrors, field: &str, found: Result<Arc<T>>) -> Result<Option<Arc<T>>> {
    match found {
        Err(Error::NotFound) => {
            errors.add(field, "Choose one from the list.");
            Ok(None)
        }
        other => other.map(Some),
    }
}

fn questions(set: &QuestionSetVersion, new: &NewInterview, errors: &mut FieldErrors) -> Vec<QuestionId> {
    let Some(ids) = &new.question_ids else {
        return question_sets::suggest(set, new.level, suggestable(new.minutes));
    };
    if ids.is_empty() && !new.draft {
        errors.add("question_ids", "Choose at least one question.");
    }
    for (i, id) in ids.iter().enumerate() {
        if set.question(*id).is_none() {
            errors.add(format!("question_ids.{i}"), "This question is not of this set's version.");
        } else if ids[..i].contains(id) {
            errors.add(format!("question_ids.{i}"), "This question is there twice.");
        }
    }
    ids.clone()
}

/// What a panel is checked against.
pub struct Panel<'p> {
    pub members: &'p [Member],
    pub mode: Mode,
    pub candidate_account: Option<AccountId>,
    pub draft: bool,
}

/// The seats with every area owned. An error names the seat by its place in the list.
pub fn panel(seats: &[NewSeat], world: &Panel, errors: &mut FieldErrors) -> Vec<PlannedSeat> {
    for (i, seat) in seats.iter().enumerate() {
        check_seat(&format!("seats.{i}."), seat, world, errors);
        if seats[..i].iter().any(|other| other.account_id == seat.account_id) {
            errors.add(format!("seats.{i}.account_id"), "This person has a seat already.");
        }
    }
    let leads: Vec<usize> = (0..seats.len()).filter(|i| seats[*i].seat == Seat::LeadInterviewer).collect();
    match leads[..] {
        [] if !world.draft => errors.add("seats", "One person must be the lead interviewer, who drives the room."),
        [] | [_] => {}
        [_, second, ..] => errors.add(format!("seats.{second}.seat"), "There is one lead interviewer, not two."),
    }
    if seats.len() > PANEL {
        errors.add("seats", format!("A panel has at most {PANEL} people."));
    }
    let mut owned: Vec<_> = seats.iter().map(|seat| (seat.seat, sorted(&seat.areas))).collect();
    areas::share_out(&mut owned);
    seats.iter().zip(owned).map(|(seat, (_, areas))| PlannedSeat { account_id: seat.account_id, seat: seat.seat, areas }).collect()
}

/// One seat by itself; `at` stands before the names of its fields.
pub fn check_seat(at: &str, seat: &NewSeat, world: &Panel, errors: &mut FieldErrors) {
    let member = world.members.iter().find(|member| member.account_id == seat.account_id);
    let account = format!("{at}account_id");
    match member {
        None => errors.add(account, "Choose somebody who is in this team."),
        Some(_) if world.candidate_account == Some(seat.account_id) => errors.add(account, "This is the candidate."),
        Some(member) if !role_sits(member.role, world.mode) => {
            errors.add(account, "Somebody with the role candidate sits in a panel in mock interviews only.");
        }
        Some(_) => {}
    }
    if seat.seat == Seat::Candidate {
        errors.add(format!("{at}seat"), "The candidate is chosen as the candidate, not given a seat.");
    }
    if seat.areas.iter().any(|area| !areas::AREAS.contains(area)) {
        errors.add(format!("{at}areas"), "Areas are numbered 1 to 5.");
    } else if seat.seat == Seat::Observer && !seat.areas.is_empty() {
        errors.add(format!("{at}areas"), "An observer scores nothing and owns no area.");
    }
}

/// Somebody with the role candidate sits in a panel where people practise with each other, and nowhere else.
pub fn role_sits(role: Role, mode: Mode) -> bool {
    role != Role::Candidate || mode == Mode::Mock
}

fn sorted(areas: &[i16]) -> Vec<i16> {
    let mut areas = areas.to_vec();
    areas.sort_unstable();
    areas.dedup();
    areas
}

/// The minutes a suggestion is made for; what is out of bounds is an error of its own.
pub fn suggestable(minutes: i32) -> u16 {
    u16::try_from(minutes.clamp(5, 480)).unwrap_or(60)
}

pub fn within(number: i32, least: i32, most: i32) -> Result<i32, String> {
    if (least..=most).contains(&number) { Ok(number) } else { Err(format!("Give {least} to {most} minutes.")) }
}

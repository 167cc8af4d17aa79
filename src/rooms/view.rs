//! What each seat is given. The candidate's view is built from the shared part alone: what is for the
//! panel stands in one member that a candidate's view does not have.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::clock::{self, ClockView};
use super::model::{Phase, budget};
use super::pad::Pad;
use super::presence::Presence;
use super::service::Entered;
use crate::policy::{self, AccountId, Act, Actor, InterviewId, Mode, Seat};
use crate::question_sets::{Checklist, Kind, Question, QuestionId};

/// The room as one reader sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoomView {
    pub interview_id: InterviewId,
    pub mode: Mode,
    pub phase: Phase,
    pub candidate_name: String,
    pub candidate_presence: Presence,
    pub starts_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub clock: ClockView,
    /// The candidate asked for a break, then; null when it came, was put off or taken back.
    pub break_asked_at: Option<DateTime<Utc>>,
    /// The candidate thinks in quiet until then.
    pub quiet_until: Option<DateTime<Utc>>,
    /// What is asked right now; null before the start, after the end, and for a candidate while it is hidden.
    pub prompt: Option<PromptView>,
    /// Who is there beside the candidate, by name.
    pub people: Vec<PersonView>,
    /// In the order in which they were opened.
    pub pads: Vec<Pad>,
    /// The newest event; ask the stream for what comes after it.
    pub last_seq: i64,
    /// For interviewers, shadows and observers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub panel: Option<PanelView>,
}

/// The question that is asked.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PromptView {
    pub question_id: QuestionId,
    /// Counted in the order in which questions came up.
    pub number: usize,
    pub kind: Kind,
    pub minutes: u16,
    pub text: String,
}

/// A person, and nothing of what they do here.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonView {
    pub name: String,
    pub you: bool,
    /// To the candidate, somebody who is away is here.
    pub presence: Presence,
}

/// What the panel shares.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PanelView {
    pub queue: Vec<QueueItem>,
    /// How many questions have come up.
    pub asked: usize,
    pub next_question_id: Option<QuestionId>,
    pub previous_question_id: Option<QuestionId>,
    /// The candidate does not see the prompt.
    pub prompt_hidden: bool,
    pub driver_id: Option<AccountId>,
    pub you_drive: bool,
    /// Somebody else drives, and you may.
    pub may_take_the_wheel: bool,
    pub seats: Vec<PanelSeat>,
    /// For who scores: what to listen for in the current question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guidance: Option<GuidanceView>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PanelSeat {
    pub account_id: AccountId,
    pub name: String,
    pub seat: Seat,
    pub you: bool,
    pub drives: bool,
    pub presence: Presence,
}

/// One question of the interview, in its place.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QueueItem {
    pub question_id: QuestionId,
    pub number: usize,
    pub title: String,
    pub kind: Kind,
    /// Numbers of the areas, the primary one first.
    pub areas: Vec<u8>,
    pub minutes: u16,
    pub used_seconds: i64,
    pub current: bool,
    /// It came up, now or before.
    pub asked: bool,
    pub skipped: bool,
    pub added_in_room: bool,
}

/// What stands beside a question for who scores.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GuidanceView {
    pub question_id: QuestionId,
    pub tests: String,
    pub listen_for: Vec<String>,
    pub probes: Vec<String>,
    pub warning_signs: Vec<String>,
    pub areas: Vec<u8>,
    pub checklist: Option<Checklist>,
}

/// The view of this reader, who is in the room.
pub fn of(entered: &Entered, actor: &Actor, now: DateTime<Utc>) -> RoomView {
    let Entered { found, room, .. } = entered;
    let phase = room.phase();
    let candidate = found.standing.seat == Some(Seat::Candidate);
    let current = current(entered);
    RoomView {
        interview_id: found.brief.id,
        mode: found.brief.mode,
        phase,
        candidate_name: found.brief.candidate_name.clone(),
        candidate_presence: room.present.candidate(),
        starts_at: found.brief.starts_at,
        started_at: room.started_at,
        ended_at: room.ended_at,
        clock: clock(entered, current, now),
        break_asked_at: room.break_asked_at,
        quiet_until: room.quiet_until.filter(|until| *until > now),
        prompt: current.filter(|_| !(candidate && room.prompt_hidden)).map(|question| prompt(entered, question)),
        people: people(entered, actor),
        pads: room.pads.clone(),
        last_seq: room.last_seq,
        panel: (!candidate).then(|| panel(entered, actor, current, now)),
    }
}

/// The question that is asked right now.
fn current(entered: &Entered) -> Option<&Question> {
    let runs = matches!(entered.room.phase(), Phase::Live | Phase::Paused);
    entered.room.question_id.filter(|_| runs).and_then(|id| entered.set.question(id))
}

fn clock(entered: &Entered, current: Option<&Question>, now: DateTime<Utc>) -> ClockView {
    let stands = matches!(entered.room.phase(), Phase::Live | Phase::Paused);
    let question = current.map(|question| (question.id, TimeDelta::minutes(i64::from(question.minutes))));
    clock::read(&entered.room.stretches, budget(&entered.found.brief), question, stands, now)
}

fn prompt(entered: &Entered, question: &Question) -> PromptView {
    PromptView {
        question_id: question.id,
        number: entered.room.number().unwrap_or(1),
        kind: question.kind,
        minutes: question.minutes,
        text: question.prompt.clone(),
    }
}

/// In the order of the alphabet: any other would tell seats.
fn people(entered: &Entered, actor: &Actor) -> Vec<PersonView> {
    let me = actor.account_or_none();
    let mut people: Vec<_> = entered
        .seats
        .iter()
        .map(|seat| PersonView {
            name: seat.name.clone(),
            you: Some(seat.account_id) == me,
            presence: entered.room.present.person(seat.account_id.0),
        })
        .collect();
    people.sort_by(|one, other| one.name.cmp(&other.name));
    people
}

fn panel(entered: &Entered, actor: &Actor, current: Option<&Question>, now: DateTime<Utc>) -> PanelView {
    let (room, standing) = (&entered.room, &entered.found.standing);
    let (driver, me) = (entered.driver(), actor.account_or_none());
    let runs = room.phase() != Phase::Ended;
    let you_drive = driver.is_some() && driver == me;
    PanelView {
        queue: queue(entered, now),
        asked: room.asked(),
        next_question_id: current.and_then(|_| room.next()),
        previous_question_id: current.and_then(|_| room.previous()),
        prompt_hidden: room.prompt_hidden,
        driver_id: driver,
        you_drive: you_drive && runs,
        may_take_the_wheel: !you_drive && runs && policy::may(standing, Act::DriveRoom),
        seats: seats(entered, me, driver),
        guidance: current.filter(|_| policy::may(standing, Act::WriteScorecard)).map(guidance),
    }
}

fn seats(entered: &Entered, me: Option<AccountId>, driver: Option<AccountId>) -> Vec<PanelSeat> {
    let of = |seat: &crate::interviews::SeatView| PanelSeat {
        account_id: seat.account_id,
        name: seat.name.clone(),
        seat: seat.seat,
        you: Some(seat.account_id) == me,
        drives: Some(seat.account_id) == driver,
        presence: entered.room.present.person(seat.account_id.0),
    };
    entered.seats.iter().map(of).collect()
}

fn queue(entered: &Entered, now: DateTime<Utc>) -> Vec<QueueItem> {
    let room = &entered.room;
    let items = room.questions.iter().enumerate().filter_map(|(place, asked)| {
        let question = entered.set.question(asked.question_id)?;
        Some(QueueItem {
            question_id: question.id,
            number: place + 1,
            title: question.title.clone(),
            kind: question.kind,
            areas: question.areas.clone(),
            minutes: question.minutes,
            used_seconds: clock::used_on(&room.stretches, question.id, now).num_seconds(),
            current: room.question_id == Some(question.id) && room.ended_at.is_none(),
            asked: room.came_up(question.id),
            skipped: asked.skipped,
            added_in_room: asked.added_in_room,
        })
    });
    items.collect()
}

fn guidance(question: &Question) -> GuidanceView {
    GuidanceView {
        question_id: question.id,
        tests: question.tests.clone(),
        listen_for: question.listen_for.clone(),
        probes: question.probes.clone(),
        warning_signs: question.warning_signs.clone(),
        areas: question.areas.clone(),
        checklist: question.checklist,
    }
}

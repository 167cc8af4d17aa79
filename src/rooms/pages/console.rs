//! The console: queue, prompt and clock for the whole panel; guidance, notes and scores for who scores.

use serde::Serialize;

use super::super::clock;
use super::super::model::Phase;
use super::super::service::Visit;
use super::super::view::{PanelView, QueueItem};
use super::desk::{Desk, Typed};
use super::pad::PadPart;
use super::parts::{PersonPart, QuestionTimer, QuietPart, RoomUrls, TimerPart};
use super::words;
use crate::policy::Actor;
use crate::question_sets::{Question, QuestionId};
use crate::rubrics::RubricVersion;
use crate::scorecards::{OwnCard, Value};
use crate::web::form::FormErrors;
use crate::web::page::Template;

#[derive(Debug, Serialize)]
pub struct ConsolePage {
    candidate: String,
    candidate_first: String,
    about: String,
    timer: TimerPart,
    people: Vec<PersonPart>,
    paused: bool,
    /// The candidate asked for a break that has not come yet.
    break_asked: bool,
    quiet: Option<QuietPart>,
    /// `live` or `paused`, for a move that keeps it.
    phase: &'static str,
    you_drive: bool,
    may_take_the_wheel: bool,
    queue: Vec<QueuePart>,
    asked: usize,
    total: usize,
    question: Option<QuestionPart>,
    /// Of the shown question.
    pad: Option<PadPart>,
    /// Questions of the set that are not in the queue, for who drives.
    addable: Vec<Choice>,
    /// What only who scores has. Nothing of it is made for an observer.
    desk: Option<Desk>,
    errors: FormErrors,
    urls: RoomUrls,
    seq: i64,
}

#[derive(Debug, Serialize)]
struct QueuePart {
    id: QuestionId,
    number: usize,
    title: String,
    meta: String,
    done: bool,
    /// The room is here.
    current: bool,
    /// This page shows it.
    shown: bool,
    skipped: bool,
    /// The reader's own score.
    value: Option<Value>,
    scored: bool,
    /// Where who scores can look at it without moving the room.
    url: Option<String>,
}

/// The question that this page shows: the current one, or another that a reader who scores looks at.
#[derive(Debug, Serialize)]
struct QuestionPart {
    id: QuestionId,
    number: usize,
    kind: &'static str,
    areas: Vec<String>,
    level: &'static str,
    minutes: u16,
    prompt: String,
    current: bool,
    skipped: bool,
    hidden: bool,
    timer: Option<QuestionTimer>,
    next: Option<QuestionId>,
    previous: Option<QuestionId>,
    next_url: Option<String>,
    previous_url: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

impl Template for ConsolePage {
    const PATH: &'static str = "rooms/console.html";
    const ALONE: bool = true;
    const PARTS: &'static [&'static str] = &["clock", "people", "controls", "asks", "queue", "question", "pad", "score"];

    fn title(&self) -> String {
        match &self.question {
            Some(question) => format!("Question {} of {} · {}", question.number, self.total, self.candidate),
            None => format!("{} · Live interview", self.candidate),
        }
    }

    fn samples() -> Vec<Self> {
        let visits = super::samples::visits(&[Phase::Live, Phase::Paused]);
        let page = |(visit, actor): &(Visit, Actor)| Self::of(visit, actor, super::samples::urls(), &Typed::default());
        visits.iter().filter(|(visit, _)| visit.view.panel.is_some()).filter_map(page).collect()
    }
}

impl ConsolePage {
    /// None for a reader who is not of the panel.
    pub fn of(visit: &Visit, actor: &Actor, urls: RoomUrls, typed: &Typed) -> Option<Self> {
        let panel = visit.view.panel.as_ref()?;
        let shown = shown(visit, typed.look_at);
        let name = &visit.view.candidate_name;
        Some(ConsolePage {
            candidate: name.clone(),
            candidate_first: words::first_name(name).to_owned(),
            about: about(visit, panel),
            timer: TimerPart::of(&visit.view.clock),
            people: people(visit, panel),
            paused: visit.view.phase == Phase::Paused,
            break_asked: visit.view.break_asked_at.is_some(),
            quiet: QuietPart::of(visit),
            phase: if visit.view.phase == Phase::Paused { "paused" } else { "live" },
            you_drive: panel.you_drive,
            may_take_the_wheel: panel.may_take_the_wheel,
            queue: queue(visit, panel, shown.map(|question| question.id), &urls.here),
            asked: panel.asked,
            total: panel.queue.len(),
            question: shown.map(|question| question_part(visit, panel, question, &urls.here)),
            pad: PadPart::of(visit, actor, shown.map(|question| question.id), &urls),
            addable: if panel.you_drive { addable(visit, panel) } else { Vec::new() },
            desk: visit.card.as_ref().map(|card| Desk::of(visit, actor, card, shown, typed)),
            errors: typed.errors.clone(),
            urls,
            seq: visit.view.last_seq,
        })
    }
}

/// Who scores may look at any question of the interview; an observer sees what is asked.
fn shown(visit: &Visit, look_at: Option<QuestionId>) -> Option<&Question> {
    let room = &visit.entered.room;
    let looked_at = look_at.filter(|id| visit.card.is_some() && room.question(*id).is_some());
    looked_at.or(room.question_id).and_then(|id| visit.entered.set.question(id))
}

fn about(visit: &Visit, panel: &PanelView) -> String {
    let driver = panel.seats.iter().find(|seat| seat.drives);
    let leads = match driver {
        Some(seat) if seat.you => "you are leading".to_owned(),
        Some(seat) => format!("{} is leading", words::first_name(&seat.name)),
        None => "nobody is leading".to_owned(),
    };
    format!("{}, {} · {leads}", visit.entered.set.name, words::level(visit.entered.found.brief.level))
}

fn people(visit: &Visit, panel: &PanelView) -> Vec<PersonPart> {
    let seats = panel.seats.iter().map(|seat| PersonPart::new(&seat.name, seat.you, Some(words::seat(seat.seat)), seat.presence));
    std::iter::once(PersonPart::candidate(visit)).chain(seats).collect()
}

fn queue(visit: &Visit, panel: &PanelView, shown: Option<QuestionId>, here: &str) -> Vec<QueuePart> {
    let part = |item: &QueueItem| {
        let value = visit.card.as_ref().and_then(|card| own_value(card, item.question_id));
        QueuePart {
            id: item.question_id,
            number: item.number,
            title: item.title.clone(),
            meta: meta(item, &visit.rubric),
            done: (item.asked && !item.current) || item.skipped,
            current: item.current,
            shown: shown == Some(item.question_id),
            skipped: item.skipped,
            scored: value.is_some(),
            value,
            url: visit.card.is_some().then(|| look_url(here, item.question_id)),
        }
    };
    panel.queue.iter().map(part).collect()
}

/// As in `Production · 6:55 of 7 min`.
fn meta(item: &QueueItem, rubric: &RubricVersion) -> String {
    let area = item.areas.first().and_then(|number| rubric.area(*number)).map_or("", |area| area.short_name.as_str());
    let time =
        if item.asked { format!("{} of {} min", clock::text(item.used_seconds), item.minutes) } else { format!("{} min", item.minutes) };
    let more = match (item.skipped, item.added_in_room) {
        (true, _) => " · skipped",
        (false, true) => " · added",
        (false, false) => "",
    };
    format!("{area} · {time}{more}")
}

fn own_value(card: &OwnCard, question: QuestionId) -> Option<Value> {
    card.content.questions.iter().find(|score| score.question_id == question).and_then(|score| score.value)
}

fn look_url(here: &str, question: QuestionId) -> String {
    format!("{here}?question={question}")
}

fn question_part(visit: &Visit, panel: &PanelView, question: &Question, here: &str) -> QuestionPart {
    let place = panel.queue.iter().position(|item| item.question_id == question.id);
    let current = visit.entered.room.question_id == Some(question.id);
    let area = |number: &u8| visit.rubric.area(*number).map(|area| area.short_name.clone());
    let beside = |step: isize| {
        let item = panel.queue.get(place?.checked_add_signed(step)?)?;
        visit.card.as_ref().map(|_| look_url(here, item.question_id))
    };
    QuestionPart {
        id: question.id,
        number: place.map_or(0, |place| place + 1),
        kind: words::kind(question.kind),
        areas: question.areas.iter().filter_map(area).collect(),
        level: words::level_chip(visit.entered.found.brief.level),
        minutes: question.minutes,
        prompt: question.prompt.clone(),
        current,
        skipped: visit.entered.room.question(question.id).is_some_and(|asked| asked.skipped),
        hidden: panel.prompt_hidden,
        timer: QuestionTimer::of(&visit.view.clock).filter(|_| current),
        next: panel.next_question_id.filter(|_| current),
        previous: panel.previous_question_id.filter(|_| current),
        next_url: beside(1),
        previous_url: beside(-1),
    }
}

fn addable(visit: &Visit, panel: &PanelView) -> Vec<Choice> {
    let level = visit.entered.found.brief.level;
    let there = |question: &&Question| panel.queue.iter().all(|item| item.question_id != question.id);
    let fitting = visit.entered.set.questions.iter().filter(there).filter(|question| question.fits(level));
    fitting
        .map(|question| Choice { value: question.id.to_string(), label: format!("{} · {} min", question.title, question.minutes) })
        .collect()
}

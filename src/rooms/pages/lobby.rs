//! Before the start, after the end, and where there is no room at all.

use serde::Serialize;

use super::super::model::{self, Phase};
use super::super::service::Visit;
use super::super::view::PanelSeat;
use super::pad::PadLink;
use super::parts::{NotesPart, PersonPart, RoomUrls};
use super::words;
use crate::policy::{self, Act, Actor, Mode, Seat};
use crate::web::form::FormErrors;
use crate::web::page::Template;
use crate::web::times::Moment;

/// The door of the room: what to expect, and who waits for whom.
#[derive(Debug, Serialize)]
pub struct LobbyPage {
    /// The reader is the candidate.
    candidate: bool,
    greeting: String,
    when: Moment,
    /// The same time where the interview was planned, if that reads differently.
    there: Option<Moment>,
    minutes: String,
    place: String,
    place_is_link: bool,
    people: Vec<PersonPart>,
    instructions: String,
    kit_url: Option<String>,
    scheduled: bool,
    you_drive: bool,
    may_take_the_wheel: bool,
    driver: Option<String>,
    urls: RoomUrls,
    seq: i64,
}

impl Template for LobbyPage {
    const PATH: &'static str = "rooms/lobby.html";
    const ALONE: bool = true;
    const PARTS: &'static [&'static str] = &["people"];

    fn title(&self) -> String {
        self.greeting.clone()
    }

    fn samples() -> Vec<Self> {
        super::samples::visits(&[Phase::Waiting]).iter().map(|(visit, actor)| Self::of(visit, actor, super::samples::urls())).collect()
    }
}

impl LobbyPage {
    pub fn of(visit: &Visit, actor: &Actor, urls: RoomUrls) -> Self {
        let brief = &visit.entered.found.brief;
        let zone = actor.time_zone();
        let candidate = visit.entered.found.standing.seat == Some(Seat::Candidate);
        let (when, there) = (Moment::of(brief.starts_at, zone), Moment::of(brief.starts_at, brief.time_zone));
        let panel = visit.view.panel.as_ref();
        let driver = panel.and_then(|panel| panel.seats.iter().find(|seat| seat.drives));
        LobbyPage {
            candidate,
            greeting: greeting(visit, candidate),
            there: Some(there).filter(|there| there.text != when.text),
            when,
            minutes: words::minutes(brief.minutes, brief.extra_minutes),
            place_is_link: brief.place.starts_with("https://") || brief.place.starts_with("http://"),
            place: brief.place.clone(),
            people: if candidate { PersonPart::named(visit) } else { seated(visit) },
            kit_url: policy::may(&visit.entered.found.standing, Act::ReadKit).then(|| urls.kit.clone()),
            instructions: if candidate { String::new() } else { brief.instructions.clone() },
            scheduled: brief.facts.scheduled_at.is_some(),
            you_drive: panel.is_some_and(|panel| panel.you_drive),
            may_take_the_wheel: panel.is_some_and(|panel| panel.may_take_the_wheel),
            driver: driver.map(|seat| seat.name.clone()),
            urls,
            seq: visit.view.last_seq,
        }
    }
}

fn greeting(visit: &Visit, candidate: bool) -> String {
    let name = &visit.view.candidate_name;
    match (candidate, visit.view.mode) {
        (true, _) => format!("Welcome, {}", words::first_name(name)),
        (false, Mode::Mock) => format!("Mock interview with {name}"),
        (false, Mode::Hiring) => format!("Interview with {name}"),
    }
}

/// The candidate first, then the panel with its seats.
fn seated(visit: &Visit) -> Vec<PersonPart> {
    let panel = visit.view.panel.iter().flat_map(|panel| &panel.seats);
    let part = |seat: &PanelSeat| PersonPart::new(&seat.name, seat.you, Some(words::seat(seat.seat)), seat.presence);
    std::iter::once(PersonPart::candidate(visit)).chain(panel.map(part)).collect()
}

/// The interview is over, or was never to be.
#[derive(Debug, Serialize)]
pub struct OverPage {
    candidate: bool,
    heading: String,
    /// It was held; else it has no room.
    held: bool,
    used: String,
    asked: usize,
    planned: usize,
    owes_card: bool,
    submitted: bool,
    card_url: String,
    home_url: String,
    /// The room of the second half, in which the roles are swapped.
    next_half: Option<String>,
    guided: bool,
    /// Two practised with each other.
    peers: bool,
    /// What was typed together.
    pads: Vec<PadLink>,
    /// The candidate's own notes, if they wrote any.
    notes: Option<NotesPart>,
    errors: FormErrors,
    urls: RoomUrls,
}

impl Template for OverPage {
    const PATH: &'static str = "rooms/over.html";
    const ALONE: bool = true;

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let mut samples: Vec<Self> = super::samples::visits(&[Phase::Ended])
            .iter()
            .flat_map(|visit| [(visit, false), (visit, true)])
            .map(|((visit, actor), guided)| {
                let half = actor.account_or_none().map(|_| format!("{}/room", super::samples::page_url()));
                let next = Next { half, peers: guided, guided };
                Self::of(visit, actor, &super::samples::page_url(), next, (super::samples::urls(), &FormErrors::default()))
            })
            .collect();
        let closed: Vec<Self> = super::samples::visits(&[Phase::Waiting])
            .into_iter()
            .map(|(mut visit, actor)| {
                visit.entered.found.brief.facts.cancelled_at = Some(visit.now);
                let rest = (super::samples::urls(), &FormErrors::default());
                Self::of(&visit, &actor, &super::samples::page_url(), Next::default(), rest)
            })
            .collect();
        samples.extend(closed);
        samples
    }
}

/// What comes after the room.
#[derive(Debug, Default)]
pub struct Next {
    /// The room of the second half.
    pub half: Option<String>,
    /// Two practised with each other,
    pub peers: bool,
    /// and the reader's card is given on a guided page.
    pub guided: bool,
}

impl OverPage {
    /// `interview_url` is the page of the interview itself.
    pub fn of(
        visit: &Visit,
        actor: &Actor,
        interview_url: &str,
        Next { half, peers, guided }: Next,
        (urls, errors): (RoomUrls, &FormErrors),
    ) -> Self {
        let found = &visit.entered.found;
        let candidate = found.standing.seat == Some(Seat::Candidate);
        let stage = found.brief.stage();
        let held = !model::closed(stage);
        OverPage {
            candidate,
            heading: heading(visit, candidate, held),
            held,
            used: took(visit.view.clock.used_seconds),
            asked: visit.entered.room.asked(),
            planned: visit.entered.room.questions.len(),
            owes_card: held && visit.card.is_some(),
            submitted: visit.card.as_ref().is_some_and(|card| card.submitted_at.is_some()),
            card_url: format!("{interview_url}/{}", if guided { "feedback" } else { "scorecard" }),
            guided,
            peers,
            next_half: half,
            pads: if held { PadLink::all(&visit.entered, actor, &urls) } else { Vec::new() },
            notes: NotesPart::of(visit, actor, errors).filter(|_| held),
            errors: errors.clone(),
            urls,
            home_url: if actor.account_or_none().is_some() { interview_url.to_owned() } else { String::new() },
        }
    }
}

/// In whole minutes; nobody wants to know the seconds.
fn took(seconds: i64) -> String {
    match (seconds + 30) / 60 {
        ..=0 => "less than a minute".into(),
        1 => "one minute".into(),
        minutes => format!("{minutes} minutes"),
    }
}

fn heading(visit: &Visit, candidate: bool, held: bool) -> String {
    let name = &visit.view.candidate_name;
    match (held, candidate) {
        (false, _) if visit.entered.found.brief.facts.cancelled_at.is_some() => "This interview was cancelled".to_owned(),
        (false, _) => "This interview was not held".to_owned(),
        (true, true) => format!("Thank you, {}", words::first_name(name)),
        (true, false) => format!("The interview with {name} is over"),
    }
}

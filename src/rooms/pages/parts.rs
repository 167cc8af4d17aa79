//! Parts that several of the room's pages share.

use serde::Serialize;

use super::super::clock::{self, ClockView};
use super::super::presence::Presence;
use super::super::service::Visit;
use crate::accounts::initials;
use crate::policy::{Actor, InterviewId, TeamId};
use crate::web::form::FormErrors;

/// Where the room's forms and scripts go.
#[derive(Debug, Serialize)]
pub struct RoomUrls {
    pub here: String,
    pub skips: String,
    pub prompt: String,
    pub questions: String,
    pub driver: String,
    pub notes: String,
    pub marks: String,
    pub events: String,
    pub clock: String,
    pub card: String,
    pub breaks: String,
    pub later: String,
    pub quiet: String,
    pub own_notes: String,
    pub own_notes_api: String,
    pub presence: String,
    /// The people in it, as a part of the page.
    pub people: String,
    pub kit: String,
    /// With a question's id behind it, its pad.
    pub pads: String,
    pub pads_api: String,
}

impl RoomUrls {
    pub fn of(team: TeamId, id: InterviewId) -> Self {
        let (here, api) = (here(team, id), format!("/api/v1/teams/{team}/interviews/{id}"));
        RoomUrls {
            skips: format!("{here}/skips"),
            prompt: format!("{here}/prompt"),
            questions: format!("{here}/questions"),
            driver: format!("{here}/driver"),
            notes: format!("{here}/notes"),
            marks: format!("{here}/marks"),
            events: format!("{api}/events"),
            clock: format!("{api}/room/clock"),
            card: format!("{api}/scorecard"),
            breaks: format!("{here}/break"),
            later: format!("{here}/break/postponement"),
            quiet: format!("{here}/quiet"),
            own_notes: format!("{here}/own-notes"),
            own_notes_api: format!("{api}/own-notes"),
            presence: format!("{api}/room/presence/"),
            people: format!("{here}?fragment=people"),
            pads: format!("{here}/pads/"),
            pads_api: format!("{api}/room/pads/"),
            kit: format!("/teams/{team}/interviews/{id}/kit"),
            here,
        }
    }
}

pub fn here(team: TeamId, id: InterviewId) -> String {
    format!("/teams/{team}/interviews/{id}/room")
}

/// The interview's clock for `<timer>`.
#[derive(Debug, Serialize)]
pub struct TimerPart {
    pub server_now: String,
    pub ends_at: String,
    pub paused_at: Option<String>,
    pub text: String,
    pub total_minutes: i64,
}

impl TimerPart {
    pub fn of(clock: &ClockView) -> Self {
        TimerPart {
            server_now: clock.server_now.to_rfc3339(),
            ends_at: clock.ends_at.to_rfc3339(),
            paused_at: clock.paused_at.map(|at| at.to_rfc3339()),
            text: clock::text_left(clock),
            total_minutes: clock.budget_seconds / 60,
        }
    }
}

/// Time on the current question for `<question_timer>`.
#[derive(Debug, Serialize)]
pub struct QuestionTimer {
    pub server_now: String,
    pub started_at: String,
    pub paused_at: Option<String>,
    pub text: String,
    pub budget_minutes: i64,
}

impl QuestionTimer {
    pub fn of(clock: &ClockView) -> Option<Self> {
        let question = clock.question.as_ref()?;
        Some(QuestionTimer {
            server_now: clock.server_now.to_rfc3339(),
            started_at: (clock.server_now - chrono::TimeDelta::seconds(question.used_seconds)).to_rfc3339(),
            paused_at: clock.paused_at.map(|at| at.to_rfc3339()),
            text: clock::text(question.used_seconds),
            budget_minutes: question.budget_seconds / 60,
        })
    }
}

/// Minutes in which the candidate thinks, for a clock that runs down.
#[derive(Debug, Serialize)]
pub struct QuietPart {
    pub server_now: String,
    pub until: String,
    pub text: String,
    pub total_seconds: i64,
}

impl QuietPart {
    pub fn of(visit: &Visit) -> Option<Self> {
        let until = visit.view.quiet_until?;
        let left = (until - visit.now).num_seconds();
        Some(QuietPart { server_now: visit.now.to_rfc3339(), until: until.to_rfc3339(), text: clock::text(left), total_seconds: left })
    }
}

/// The candidate's own notes, with what was wrong with them.
#[derive(Debug, Serialize)]
pub struct NotesPart {
    text: String,
    version: i32,
    error: Option<String>,
    account: String,
}

impl NotesPart {
    pub fn of(visit: &Visit, actor: &Actor, errors: &FormErrors) -> Option<Self> {
        let notes = visit.notes.as_ref()?;
        Some(NotesPart {
            text: notes.text.clone(),
            version: notes.version,
            error: errors.fields.get("text").cloned(),
            account: actor.reader().map(|id| id.to_string()).unwrap_or_default(),
        })
    }
}

/// Somebody in the room, for `<avatars>` and `<people>`.
#[derive(Debug, Serialize)]
pub struct PersonPart {
    pub name: String,
    pub initials: String,
    pub you: bool,
    pub title: Option<&'static str>,
    /// `here` or `away`; none for who is not there.
    pub presence: Option<&'static str>,
}

impl PersonPart {
    pub fn new(name: &str, you: bool, title: Option<&'static str>, presence: Presence) -> Self {
        let presence = (presence != Presence::Left).then(|| presence.as_str());
        PersonPart { name: name.to_owned(), initials: initials(name), you, title, presence }
    }

    /// The candidate, as the panel has them in a row of people.
    pub fn candidate(visit: &Visit) -> Self {
        Self::new(&visit.view.candidate_name, false, Some("candidate"), visit.view.candidate_presence)
    }

    /// As people, without seats.
    pub fn named(visit: &Visit) -> Vec<Self> {
        visit.view.people.iter().map(|person| Self::new(&person.name, person.you, None, person.presence)).collect()
    }
}

//! The invitation, for the candidate.

use serde::Serialize;

use super::super::super::model::{CandidateState as State, InvitationView};
use super::super::super::words::{self, PersonLine, When};
use super::super::index::stage_word;
use super::is_link;
use crate::policy::{Actor, TeamId};

#[derive(Debug, Serialize)]
pub struct InvitationPart {
    pub(super) team: String,
    pub(super) stage: &'static str,
    pub(super) stage_label: Option<&'static str>,
    pub(super) when: When,
    pub(super) minutes: String,
    pub(super) place: String,
    pub(super) place_is_link: bool,
    pub(super) people: Vec<PersonLine>,
    pub(super) what_now: &'static str,
    pub(super) go_label: &'static str,
    /// The candidate's room before and during the interview, their report after it.
    pub(super) go_url: Option<String>,
    pub(super) calendar_url: Option<String>,
}

pub fn part(view: &InvitationView, actor: &Actor, team: TeamId) -> InvitationPart {
    let here = format!("/teams/{team}/interviews/{}", view.id);
    let (go_label, go_url) = match view.state {
        State::Scheduled | State::Live => ("Go to the room", Some(format!("{here}/room"))),
        State::Over => ("Your report", Some(format!("{here}/report"))),
        State::NoShow | State::Cancelled => ("", None),
    };
    InvitationPart {
        team: view.team.clone(),
        stage: stage_word(view.state),
        stage_label: (view.state == State::Over).then_some("Over"),
        when: When::of(view.starts_at, view.ends_at, view.time_zone, actor.time_zone()),
        minutes: words::minutes(view.minutes, 0),
        place: view.place.clone(),
        place_is_link: is_link(&view.place),
        people: view.people.iter().map(|name| PersonLine::named(name)).collect(),
        what_now: match view.state {
            State::Scheduled => "You see one question at a time. Think aloud, and ask for a break whenever you need one.",
            State::Live => "Your interview is running.",
            State::Over => "Thank you for your time. The team will get back to you.",
            State::NoShow => "This interview did not take place.",
            State::Cancelled => "This interview was cancelled.",
        },
        go_label,
        go_url,
        calendar_url: (view.state == State::Scheduled).then(|| format!("{here}/calendar.ics")),
    }
}

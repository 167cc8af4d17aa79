//! One interview: the plan for its panel and the leads, an invitation for its candidate.

mod history;
mod invitation;
mod plan;

use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::super::model::{InterviewView, Warning};
use super::super::service;
use super::super::words::{self, PersonLine, When};
use super::id_of;
use crate::accounts::Visitor;
use crate::web::download::attachment;
use crate::web::page::{Nav, PageResult, Template};
use history::HistoryLine;
use invitation::InvitationPart;
pub use plan::areas_of;
use plan::{ActLink, HalfLink, NextStep, PlanPart, QuestionLine};

/// One of the two is there.
#[derive(Debug, Serialize)]
pub struct ShowPage {
    plan: Option<PlanPart>,
    invitation: Option<InvitationPart>,
}

pub async fn show(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id_of(&path)?;
    visitor
        .page(move |tx, actor| match service::show(tx, actor, id)? {
            InterviewView::Plan(plan) => Ok(ShowPage { plan: Some(plan::part(tx, actor, &plan)?), invitation: None }),
            InterviewView::Invitation(view) => {
                Ok(ShowPage { plan: None, invitation: Some(invitation::part(&view, actor, actor.team_id()?)) })
            }
        })
        .await
}

/// The interview for one's own calendar.
pub async fn calendar(visitor: Visitor, path: Path<(String, String)>) -> PageResult {
    let id = id_of(&path)?;
    let file = visitor.read(move |tx, actor| service::calendar_file(tx, actor, id)).await?;
    Ok(attachment("text/calendar; charset=utf-8", "interview.ics", file))
}

/// Only what is surely an address of the web is made a link.
pub(super) fn is_link(place: &str) -> bool {
    (place.starts_with("https://") || place.starts_with("http://")) && !place.contains(char::is_whitespace)
}

impl Template for ShowPage {
    const PATH: &'static str = "interviews/show.html";
    const NAV: Nav = Nav::Interviews;

    fn title(&self) -> String {
        match (&self.plan, &self.invitation) {
            (Some(plan), _) => format!("Interview with {}", plan.candidate),
            (None, Some(invitation)) => format!("Your interview with {}", invitation.team),
            (None, None) => "Interview".into(),
        }
    }

    fn samples() -> Vec<Self> {
        let at: DateTime<Utc> = DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
        let when = || When::of(at, at, chrono_tz::Asia::Kolkata, chrono_tz::UTC);
        let bare = PlanPart {
            list_url: "/teams/1/interviews/1".into(),
            candidate: "Sofia Marin".into(),
            email: None,
            stage: "draft",
            stage_label: None,
            level: "Mid",
            mode: "Hiring",
            when: when(),
            minutes: words::minutes(45, 0),
            place: String::new(),
            place_is_link: false,
            instructions: String::new(),
            question_set: "Django backend, version 1".into(),
            rubric: "Five areas, version 1".into(),
            panel: Vec::new(),
            questions: None,
            questions_meta: String::new(),
            warnings: Vec::new(),
            history: Vec::new(),
            next: Some(NextStep {
                title: "This is a draft".into(),
                text: "Nobody knows.".into(),
                label: Some("Go on"),
                url: Some("/teams/1/interviews/1".into()),
            }),
            other_half: Some(HalfLink { label: "Half-way", url: None }),
            panel_url: None,
            kit_url: None,
            calendar_url: None,
            acts: Vec::new(),
            your_seat: None,
        };
        let full = PlanPart {
            list_url: "/teams/1/interviews/1".into(),
            candidate: "Sofia Marin".into(),
            email: Some("sofia@example.com".into()),
            stage: "scheduled",
            stage_label: Some("Not started"),
            level: "Mid",
            mode: "Hiring",
            when: when(),
            minutes: words::minutes(45, 15),
            place: "https://meet.example/1".into(),
            place_is_link: true,
            instructions: "Look at the cache.\nBe kind.".into(),
            question_set: "Django backend, version 1".into(),
            rubric: "Five areas, version 1".into(),
            panel: vec![PersonLine { you: true, chip: Some("Observer".into()), ..PersonLine::named("Jonas Lind") }],
            questions: Some(vec![QuestionLine { title: "Lazy querysets".into(), meta: "Framework · technical".into(), minutes: 5 }]),
            questions_meta: "5 of 45 min".into(),
            warnings: vec![Warning { code: "over-time", message: "Too long.".into() }],
            history: vec![HistoryLine {
                text: "x".into(),
                detail: Some("y".into()),
                changes: vec!["60 min → 75 min".into()],
                at: "z".into(),
                at_iso: "z".into(),
                kind: Some("warn"),
            }],
            next: Some(NextStep { title: "Waiting".into(), text: "For cards.".into(), label: None, url: None }),
            other_half: Some(HalfLink { label: "The second half", url: Some("/teams/1/interviews/1".into()) }),
            panel_url: Some("/teams/1/interviews/1/seats".into()),
            kit_url: Some("/teams/1/interviews/1/kit".into()),
            calendar_url: Some("/teams/1/interviews/1/calendar.ics".into()),
            acts: vec![ActLink { label: "Reschedule", icon: "clock", url: "/teams/1/interviews/1/schedule".into() }],
            your_seat: Some("Observer"),
        };
        let calendar = "/teams/1/interviews/1/calendar.ics";
        let invitation = |place: &str| InvitationPart {
            team: "North".into(),
            stage: "scheduled",
            stage_label: None,
            when: when(),
            minutes: words::minutes(60, 0),
            place: place.to_owned(),
            place_is_link: is_link(place),
            people: vec![PersonLine::named("Adaeze Okafor")],
            what_now: "Think aloud.",
            go_label: "Go to the room",
            go_url: Some("/teams/1/interviews/1/room".into()),
            calendar_url: (!place.is_empty()).then(|| calendar.into()),
        };
        let invited = |place| ShowPage { plan: None, invitation: Some(invitation(place)) };
        let planned = |plan| ShowPage { plan: Some(plan), invitation: None };
        vec![planned(bare), planned(full), invited("https://meet.example/1"), invited("Room 4"), invited("")]
    }
}
